"""Clean text → segments: the lines and the pieces of lines that may each open a clause.

A segment is a line, a table row, or a piece of a line that opens with a marker.  Where line breaks were
lost (a page pasted as one line), sentence ends followed by blanks count as breaks.  Segments tile the
text: every character that is not blank is in exactly one.  What they mean is decided in ``outline``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from index.clauses.flat_tables import find_tables
from index.clauses.grid_tables import table_of
from index.clauses.numbering import (
    ASPECT,
    Family,
    Marker,
    Sequence,
    badge_at,
    marker_at,
    markers_glued,
    markers_inside,
    usual_heading,
)
from index.clauses.tables import Row, Table
from index.records import Grid

_LINE = re.compile(r"[^\n]+")
_LOST_BREAK = re.compile(r"(?<=[。！？；：:])[ \t\u3000\xa0]+(?=\S)|(?<=\S)[ \t\u3000\xa0]{2,}(?=\S)")
_BREAK_BLANKS = " \t\u3000\xa0"
_BREAK_ENDS = tuple("。；;：:！？")
WIDEST_BREAK = 60
"""Blanks that a lost line break leaves behind: 5 of the notices' 6,116 are wider than 36."""
LONG_LINE = 240
"""A line longer than this with blanks after two sentence ends has lost its line breaks: such blanks stand
at most once in a line of the five policy documents, and 7 times in the median notice."""
FEWEST_LOST_BREAKS = 2
FEWEST_ASPECTS = 2


@dataclass(frozen=True, slots=True)
class Segment:
    """``text[start:end]`` without blanks around it, with the marker that opens it."""

    start: int
    end: int
    marker: Marker | None
    row: Row | None = None
    table: Table | None = None


def segment(text: str, cuts: Collection[int] = (), grids: Iterable[Grid] = ()) -> list[Segment]:
    """Cut the text into segments, and at ``cuts`` too (where a title ends within a line).

    ``grids`` are the tables that its file holds; others are looked for between them.
    """
    tables = _tables(text, grids)
    sequence = Sequence()
    segments: list[Segment] = []
    at = 0
    for table in tables:
        segments += _lines(text, at, table.start, sequence, cuts)
        segments += _rows(text, table)
        at = table.end
    segments += _lines(text, at, len(text), sequence, cuts)
    return segments


def _tables(text: str, grids: Iterable[Grid]) -> list[Table]:
    tables: list[Table] = []
    at = 0
    for grid in grids:
        tables += find_tables(text, at, grid.start)
        tables.append(table_of(text, grid, tables[-1] if tables else None))
        at = grid.end
    return [*tables, *find_tables(text, at)]


def _rows(text: str, table: Table) -> Iterator[Segment]:
    for row in table.rows:
        trimmed = _trim(text, row.start, row.end)
        if trimmed:
            yield Segment(*trimmed, None, row, table)


def _lines(text: str, start: int, end: int, sequence: Sequence, cuts: Collection[int]) -> Iterator[Segment]:
    for match in _LINE.finditer(text, start, end):
        breaks = _lost_breaks(text, match.start(), match.end())
        inside = sorted(c for c in cuts if match.start() < c < match.end())
        for begin, stop in pairwise([match.start(), *inside, match.end()]):
            line = _trim(text, begin, stop)
            if line:
                yield from _pieces(text, *line, sequence, breaks)


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    left, right = len(piece) - len(piece.lstrip()), len(piece.rstrip())
    return (start + left, start + right) if right > left else None


def _pieces(
    text: str, start: int, end: int, sequence: Sequence, breaks: Collection[int]
) -> Iterator[Segment]:
    """One line, or a part of it, cut where a marker or a lost line break opens a new piece."""
    cuts: dict[int, Marker | None] = {start: _opening(text, start, end, sequence)}
    for candidate in _candidates(text, start, end):
        if candidate.marker.start in cuts:
            continue
        if _continues(candidate, sequence) or (
            candidate.heading in cuts and _opens_under(candidate, sequence)
        ):
            sequence.accept(candidate.marker)
            cuts[candidate.marker.start] = candidate.marker
    if end - start >= LONG_LINE:
        for marker in [one for one in cuts.values() if one and one.family in ("一、", "（一）")]:
            at = usual_heading(text, marker.end, end)
            if at is not None:
                cuts.setdefault(at, None)
    for position in (*breaks, *_aspects(text, start, end)):
        if start < position < end:
            cuts.setdefault(position, None)
    positions = sorted(cuts)
    for begin, stop in zip(positions, [*positions[1:], end], strict=True):
        trimmed = _trim(text, begin, stop)
        if trimmed:
            yield Segment(*trimmed, cuts[begin])


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A marker inside a line, whether a lost line break stands before it, and what follows it in the line.

    ``heading`` is where the heading begins that it stands right behind, -1 for one after a mark or a blank.
    """

    marker: Marker
    after_break: bool
    second_follows: bool
    more_follow: bool
    heading: int = -1


def _candidates(text: str, start: int, end: int) -> list[_Candidate]:
    found: list[_Candidate] = []
    later: dict[Family, set[int]] = {}
    inside = [(-1, marker) for marker in markers_inside(text, start, end)]
    if end - start >= LONG_LINE or text.startswith("第", start):  # 第七章 安全保障 第三十八条 …
        inside = sorted([*inside, *markers_glued(text, start, end)], key=lambda one: one[1].start)
    for heading, marker in reversed(inside):
        numbers = later.setdefault(marker.family, set())
        before = text[max(start, marker.start - WIDEST_BREAK) : marker.start]
        after_break = before != (bare := before.rstrip(_BREAK_BLANKS)) and bare.endswith(_BREAK_ENDS)
        found.append(_Candidate(marker, after_break, 2 in numbers, len(numbers - {0, 1}) > 0, heading))
        numbers.add(min(marker.number, 3))
    return found[::-1]


def _opening(text: str, start: int, end: int, sequence: Sequence) -> Marker | None:
    marker = marker_at(text, start, end)
    if marker is None:
        marker = badge_at(text, start, end)
        if marker is not None and marker.end < end and sequence.last.get("1.", 0) + 2 < marker.number:
            return None  # a number before words is a badge only where it carries the count on
    if marker is None:
        return None
    if not sequence.fits(marker, spaced=marker.end == end or text[marker.end].isspace()):
        return None
    sequence.accept(marker)
    return marker


def _continues(candidate: _Candidate, sequence: Sequence) -> bool:
    """Inside a line a list opens only where its second number follows, and goes on only in order.

    After a sentence end with a blank behind it (a lost line break) numbers may be missing.
    """
    marker = candidate.marker
    if marker.family == "附件":
        return True
    if marker.number == 1:
        return candidate.second_follows or (candidate.after_break and candidate.more_follow)
    return sequence.fits(marker, inside=not candidate.after_break)


def _opens_under(candidate: _Candidate, sequence: Sequence) -> bool:
    """Right behind a heading a list opens, or goes on by one, as articles do from chapter to chapter."""
    marker = candidate.marker
    return marker.number == 1 or marker.number == sequence.last.get(marker.family, 0) + 1


def _lost_breaks(text: str, start: int, end: int) -> list[int]:
    if end - start < LONG_LINE:
        return []
    breaks = [m.end() for m in _LOST_BREAK.finditer(text, start, end)]
    return breaks if len(breaks) >= FEWEST_LOST_BREAKS else []


def _aspects(text: str, start: int, end: int) -> list[int]:
    """Where …方面, opens one of several aspects of a long line."""
    if end - start < LONG_LINE:
        return []
    found = [m.start() for m in ASPECT.finditer(text, start, end) if m.start() > start]
    return found if len(found) >= FEWEST_ASPECTS else []
