"""The first-level headings of a document, as its table of contents would list them.

The outermost numbering of the text gives them: 第一章 where there are chapters, else 一、 .  Annexes, tables
and single articles are left out, and what is printed twice (a text saved twice) is listed once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from index.clauses.numbering import Family, marker_at
from index.clauses.plain_headings import shown
from index.records import Clause

_OUTERMOST: Final[tuple[Family, ...]] = ("部分", "编", "章", "一、")
_CLOSE: Final = re.compile(r"[。；;：:\n]|(?<=\S)[ \u3000]{2,}")
"""What ends a heading that runs into its text: 一、申请条件。…, 收费标准：…"""


def first_level_of(clauses: Iterable[Clause]) -> tuple[str, ...]:
    """The headings with their numbers, as printed, on one line, without the mark that closes them."""
    numbered = [clause for clause in clauses if clause.label and clause.kind != "row"]
    annexes = [_annex_of(clause) for clause in numbered]
    for annex in dict.fromkeys(["", *annexes]):  # a plan that is itself an annex has its headings there
        inside = [one for one, own in zip(numbered, annexes, strict=True) if own == annex]
        if listed := _outermost(inside):
            return listed
    return ()


def _outermost(clauses: Iterable[Clause]) -> tuple[str, ...]:
    found: dict[Family, list[str]] = {family: [] for family in _OUTERMOST}
    for clause in clauses:
        marker = marker_at(clause.text, 0, len(clause.text))
        if marker and marker.family in found:
            found[marker.family].append(_words(clause))
    return tuple(dict.fromkeys(next((own for own in found.values() if own), [])))


def _annex_of(clause: Clause) -> str:
    """The heading of the annex that a clause stands in, "" in none."""
    return next((heading for heading in clause.path if re.match(r"附\s?[件表录]", heading)), "")


def _words(clause: Clause) -> str:
    if clause.kind == "heading":
        return shown(clause.text).rstrip("。：:")
    if clause.heading:
        blank = " " if (clause.label or "").endswith(("章", "部分", "编")) else ""
        return f"{shown(clause.label or '')}{blank}{clause.heading}"
    first, *rest = _CLOSE.split(clause.text, maxsplit=1)
    return shown(first if rest and rest[0].strip() else clause.text)
