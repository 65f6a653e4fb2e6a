"""Clean text → segments: the lines and the pieces of lines that may each open a clause.

A segment is a line, a table row, or a piece of a line that opens with a marker.  Where line breaks were
lost (a page pasted as one line), sentence ends followed by blanks count as breaks.  Segments tile the
text: every character that is not blank is in exactly one.  What they mean is decided in ``outline``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from index.numbering import ASPECT, Marker, Sequence, badge_at, marker_at, markers_inside
from index.tables import Row, Table, find_tables

_LINE = re.compile(r"[^\n]+")
_LOST_BREAK = re.compile(r"(?<=[。！？；：:])[ \t\u3000\xa0]+(?=\S)|(?<=\S)[ \t\u3000\xa0]{2,}(?=\S)")
_AFTER_BREAK = re.compile(r"[。；;：:！？][ \t\u3000\xa0]+\Z")
LONG_LINE = 240
"""A line longer than this with blanks after two sentence ends has lost its line breaks: such blanks stand
at most once in a line of the five policy documents, and 4 times a line in the median notice."""
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


def segment(text: str, cuts: Collection[int] = ()) -> list[Segment]:
    """Cut the text into segments, and at ``cuts`` too (where a title ends within a line)."""
    tables = find_tables(text)
    sequence = Sequence()
    segments: list[Segment] = []
    at = 0
    for table in tables:
        segments += _lines(text, at, table.start, sequence, cuts)
        segments += _rows(text, table)
        at = table.end
    segments += _lines(text, at, len(text), sequence, cuts)
    return segments


def _rows(text: str, table: Table) -> Iterator[Segment]:
    for row in table.rows:
        trimmed = _trim(text, row.start, row.end)
        if trimmed:
            yield Segment(*trimmed, None, row, table)


def _lines(text: str, start: int, end: int, sequence: Sequence, cuts: Collection[int]) -> Iterator[Segment]:
    for match in _LINE.finditer(text, start, end):
        inside = sorted(c for c in cuts if match.start() < c < match.end())
        for begin, stop in pairwise([match.start(), *inside, match.end()]):
            line = _trim(text, begin, stop)
            if line:
                yield from _pieces(text, *line, sequence)


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    left, right = len(piece) - len(piece.lstrip()), len(piece.rstrip())
    return (start + left, start + right) if right > left else None


def _pieces(text: str, start: int, end: int, sequence: Sequence) -> Iterator[Segment]:
    """One line, cut where a marker or a lost line break opens a new piece."""
    cuts: dict[int, Marker | None] = {start: _opening(text, start, end, sequence)}
    candidates = markers_inside(text, start, end)
    for number, marker in enumerate(candidates):
        later = [c for c in candidates[number + 1 :] if c.family == marker.family]
        if _continues(
            marker, later, sequence, after_break=bool(_AFTER_BREAK.search(text, start, marker.start))
        ):
            sequence.accept(marker)
            cuts[marker.start] = marker
    for position in _lost_breaks(text, start, end) + _aspects(text, start, end):
        cuts.setdefault(position, None)
    positions = sorted(cuts)
    for begin, stop in zip(positions, [*positions[1:], end], strict=True):
        trimmed = _trim(text, begin, stop)
        if trimmed:
            yield Segment(*trimmed, cuts[begin])


def _opening(text: str, start: int, end: int, sequence: Sequence) -> Marker | None:
    marker = marker_at(text, start, end)
    if marker is None:
        marker = badge_at(text, start, end)
        if marker is not None and marker.end < end and sequence.last.get("1.", 0) + 2 < marker.number:
            return None  # a number before words is a badge only where it carries the count on
    if marker is None or not sequence.fits(marker):
        return None
    sequence.accept(marker)
    return marker


def _continues(marker: Marker, later: list[Marker], sequence: Sequence, *, after_break: bool) -> bool:
    """Inside a line a list opens only where its second number follows, and goes on only in order.

    After a sentence end with a blank behind it (a lost line break) numbers may be missing.
    """
    if marker.number == 1:
        return any(c.number == 2 or (after_break and c.number > 1) for c in later)
    return sequence.fits(marker, inside=not after_break)


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
