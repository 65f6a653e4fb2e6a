"""A document that a page prints twice over, as its text and again as its file or for the printer.

Only a second printing that is word for word the first, line by line, and a large part of the whole is found;
what it says stands in the first.  Left out: printings that differ in a word, texts without line breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

SMALLEST_SHARE: Final = 0.25
"""Of the document's characters that a second printing has at least: a declaration or a receipt that a form
holds twice stays, each where it stands.  Of 110 plans as crawlers keep them ten say .32 to .50 of
their characters twice, of 599 notices and 1,146 laws and regulations none."""
FEWEST_CHARACTERS: Final = 400
"""Of a second printing; below are announcements whose every line may be said again."""
FEWEST_LINES: Final = 5
_TELLING: Final = 20
"""Characters of a line by which a second printing is looked for: shorter ones are headings and cells."""

_LINE: Final = re.compile(r"[^\n]*[^\s][^\n]*\n?")


def printed_twice(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of whole lines that stand word for word further up, in order."""
    lines = list(_LINE.finditer(text))
    words = ["".join(line[0].split()) for line in lines]
    fewest = max(FEWEST_CHARACTERS, int(SMALLEST_SHARE * sum(map(len, words))))
    first: dict[str, int] = {}
    seen = at = 0  # all lines above ``seen`` were compared
    while at < len(words):
        above = first.setdefault(words[at], at) if len(words[at]) >= _TELLING else at
        if above == at:
            at += 1
            continue
        begin, end = _run(words, above, at, seen)
        if end - begin >= FEWEST_LINES and sum(map(len, words[begin:end])) >= fewest:
            yield lines[begin].start(), lines[end - 1].end()
        seen = at = end


def _run(words: Sequence[str], above: int, at: int, seen: int) -> tuple[int, int]:
    """The lines around ``at`` that are those around ``above``: the first, and the one after the last."""
    begin, end, back = at, at, above
    while back > 0 and begin > max(seen, above + 1) and words[back - 1] == words[begin - 1]:
        begin, back = begin - 1, back - 1
    while end < len(words) and above + end - at < begin and words[above + end - at] == words[end]:
        end += 1
    return begin, max(end, at + 1)
