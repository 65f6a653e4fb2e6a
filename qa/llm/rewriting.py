"""A question that leans on earlier ones, put by a language model into words that need none of them.

What comes back is used only where it brings in no number, place or body that the conversation has not, and is
always shown.  Left out: questions without a history, which stay as they are typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from index.language.folding import folded
from qa.llm.check import COVERED, missing
from qa.llm.client import Message, Silent, words
from qa.llm.sentences import Sentences
from qa.llm.settings import Settings
from qa.llm.source import Source, coverage

LONGEST: Final = 200
"""Characters; a longer one is no question any more."""
MOST_EARLIER: Final = 4
_RULES: Final = (
    "把最后一个问题改写成不依赖上文也能看懂的一个问题，补上省略的地区和事项。"
    "只用对话里出现过的词，不回答，不解释，只写改写后的问题。"
)


def rewritten(question: str, history: Sequence[str], settings: Settings) -> str | None:
    """The question in whole, or None where the model gives none that can be used."""
    said = [*history[-MOST_EARLIER:], question]
    listed = "\n".join(f"{number}. {' '.join(one.split())}" for number, one in enumerate(said, 1))
    asked: list[Message] = [{"role": "system", "content": _RULES}, {"role": "user", "content": listed}]
    cut = Sentences(held=True)
    try:
        found = [one for piece in words(settings, asked) for one in cut.add(piece)]
    except Silent:
        return None
    found += cut.end()
    if len(found) != 1 or not 2 <= len(found[0].text) <= LONGEST:
        return None
    new = found[0].text
    return None if new == question.strip() or _brings_in(folded(new), "\n".join(said)) else new


def _brings_in(question: str, said: str) -> bool:
    """Whether the folded question holds something that the conversation has not."""
    source = Source.of(said, (), ())
    return bool(missing(question, [source])) or coverage(question, [source]) < COVERED
