"""A model's words → its sentences, each with the numbers that it cites, as soon as each is whole.

Thinking aloud (<think>…</think>), Markdown and list marks are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# [1], [1][2], 【1,2】, ［3、4］
_CITED: Final = re.compile(r"\s*[\[【［]\s*(\d{1,4}(?:\s*[,，、;；]\s*\d{1,4})*)\s*[\]】］]")
_MARKS: Final = r"(?:\s*[\[【［]\s*\d{1,4}(?:\s*[,，、;；]\s*\d{1,4})*\s*[\]】］])*"
_SENTENCE: Final = re.compile(rf"[^。！？!?\n]*(?:[。！？!?]+[”’』」）)\"]*{_MARKS}[。]?|\n)")
# A citation that may still be on its way behind a sentence's end.
_COMING: Final = re.compile(r"[^\S\n]*(?:[\[【［]\s*[\d\s,，、;；]*)?")
_THOUGHT: Final = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG_BEGUN: Final = re.compile(r"<[a-z]{0,8}\Z", re.IGNORECASE)
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
    """Takes words in and gives whole sentences out."""

    def __init__(self) -> None:
        self._text = ""
        self._given = 0

    def add(self, words: str) -> list[Sentence]:
        """The sentences that are whole with these words; the last one waits for what may still be cited."""
        self._text += words
        text = self._spoken()
        if begun := _TAG_BEGUN.search(text):
            text = text[: begun.start()]
        whole = _SENTENCE.finditer(text, self._given)
        return self._take([found for found in whole if not _COMING.fullmatch(text, found.end())])

    def end(self) -> list[Sentence]:
        """What is left when no more words come."""
        return self._take(list(_SENTENCE.finditer(f"{self._spoken()}\n", self._given)))

    def _spoken(self) -> str:
        return _THOUGHT.sub("", self._text)

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
