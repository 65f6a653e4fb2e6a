"""Titles of the library's documents that a question spells, put in brackets, as titles are printed and the
question reader reads them: 殡葬管理条例有几章 → 《殡葬管理条例》有几章.

Left out: titles of which a question spells a part (`titles_shortened`).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from qa.question.terms import word_count, word_ends

_BRACKETED: Final = re.compile(r"《[^》]*》?")
LONGEST_WORD: Final = 4
"""Characters of the longest word that is looked up across a title's end."""


def with_brackets(text: str, titles: Collection[str]) -> str:
    """The text with each of these titles that it spells in brackets, the longest of those that begin at one
    place; what stands in brackets stays, and so does a title whose end a word runs across (公司法人)."""
    ends = {title[-1] for title in titles}
    if ends.isdisjoint(text):
        return text
    lengths = sorted({len(title) for title in titles}, reverse=True)
    found: list[str] = []
    at = 0
    while at < len(text):
        bracketed = _BRACKETED.match(text, at)
        title = "" if bracketed else _title_at(text, at, titles, ends, lengths)
        found.append(bracketed.group() if bracketed else f"《{title}》" if title else text[at])
        at += len(bracketed.group()) if bracketed else len(title) or 1
    return "".join(found)


def _title_at(
    text: str, at: int, titles: Collection[str], ends: Collection[str], lengths: Collection[int]
) -> str:
    fitting = (at + length for length in lengths if at + length <= len(text))
    typed = (text[at:end] for end in fitting if text[end - 1] in ends)
    return next((one for one in typed if one in titles and not is_crossed(text, at + len(one))), "")


def is_crossed(text: str, end: int) -> bool:
    """True where a word of the dictionary runs across this end and none begins at it (法人, but 法|规定), and
    jieba's cut does not end a word there either (方案|由, though 案由 is a word)."""
    if end in word_ends(text):
        return False
    sizes = range(2, LONGEST_WORD + 1)
    spans = ((start, start + size) for size in sizes for start in range(max(0, end - size + 1), end))
    crossed = any(stop <= len(text) and word_count(text[start:stop]) for start, stop in spans)
    follows = any(word_count(text[end : end + size]) for size in sizes)
    return crossed and not follows
