"""A model's words → its sentences, each with the numbers that it cites, as soon as each is whole.

Reasoning (`thinking`), Markdown and list marks are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from qa.llm.thinking import is_past, spoken

# [1], [1][2], 【1,2】, ［3、4］
_CITED: Final = re.compile(r"\s*[\[【［]\s*(\d{1,4}(?:\s*[,，、;；]\s*\d{1,4})*)\s*[\]】］]")
_MARKS: Final = r"(?:\s*[\[【［]\s*\d{1,4}(?:\s*[,，、;；]\s*\d{1,4})*\s*[\]】］])*"
_SENTENCE: Final = re.compile(rf"[^。！？!?\n]*(?:[。！？!?]+[”’』」）)\"]*{_MARKS}[。]?|\n)")
# A citation that may still be on its way behind a sentence's end.
_COMING: Final = re.compile(r"[^\S\n]*(?:[\[【［]\s*[\d\s,，、;；]*)?")
# "- ", "1. ", "（2）", "## ", "> " before a sentence.
_LIST_MARK: Final = re.compile(
    r"^\s*(?:[-*•·>]+\s+|#{1,6}\s*|\d{1,2}[.、)）](?!\d)\s*|[（(]\d{1,2}[)）]\s*)+"
)
_MARKDOWN: Final = re.compile(r"\*\*|__|`+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without its citations, and the numbers that it cites, in order."""

    text: str
    cited: tuple[int, ...]


class Sentences:
    """Takes words in and gives whole sentences out.

    A closing mark may come alone, behind reasoning that nothing announced.  With ``held`` nothing is given
    before such a mark, or the end, has come.
    """

    def __init__(self, *, held: bool = False) -> None:
        self._text = ""
        self._given = 0
        self._held = held
        self._past = False

    def add(self, words: str) -> list[Sentence]:
        """The sentences that are whole with these words; the last one waits for what may still be cited."""
        self._text += words
        if not self._past and is_past(self._text):
            self._past, self._given = True, 0
        if self._held and not self._past:
            return []
        text = spoken(self._text, whole=False)
        whole = _SENTENCE.finditer(text, self._given)
        return self._take([found for found in whole if not _COMING.fullmatch(text, found.end())])

    def end(self) -> list[Sentence]:
        """What is left when no more words come."""
        return self._take(list(_SENTENCE.finditer(f"{spoken(self._text, whole=True)}\n", self._given)))

    def _take(self, found: list[re.Match[str]]) -> list[Sentence]:
        if found:
            self._given = found[-1].end()
        return [sentence for sentence in map(_read, (one[0] for one in found)) if sentence.text]


def _read(words: str) -> Sentence:
    cited = [int(n) for found in _CITED.finditer(words) for n in re.findall(r"\d+", found[1])]
    text = _MARKDOWN.sub("", _LIST_MARK.sub("", _CITED.sub("", words))).strip()
    if not any(sign.isalnum() for sign in text):
        text = ""
    return Sentence(text, tuple(dict.fromkeys(cited)))
