"""Numbers that a numbered list lacks, prints twice or prints out of order: 15, 17, 19 without 16 and 18.

Lists are followed as they stand, so that a list may begin anew under each heading and may as well run on
across chapters; a list inside another does not break it.  A number counts as missing only where nothing
between its neighbours could be it.  Table rows are followed by their 序号.  Left out: what the lost number
may have headed, appendices (附件), and gaps wider than a parser can tell from another list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

from index.check.spots import Layout, Spot
from index.clauses.nesting import ranks
from index.clauses.numbering import LARGEST_GAP, Family, Marker, marker_at
from index.clauses.segments import Segment, segment
from index.language.folding import compatible, without_blanks
from index.language.numerals import ORDINALS, read_ordinal
from index.records import Clause

FEWEST_WITHOUT_FIRST: Final = 2
"""A list that begins past 1 must go on at least once more: a lone 15、 in a notice is no list."""
MOST_OPEN: Final = 8
"""Lists of one family that may go on after those inside them; 2 give the same notes on all documents read.
Without a bound a document of thousands of lists takes seconds."""
ROW_NUMBERS: Final = frozenset({"序号", "序", "编号", "项次"})
"""Column names over numbers that count the rows."""

# How a number of a family may be printed anywhere, also where no list was seen to go on: glued to words
# (申领发票1.), or inside a line; 第三章 and 第三条 open their line.
_ANYWHERE: dict[Family, re.Pattern[str]] = {
    "部分": re.compile(rf"第([{ORDINALS}\d]+)部分"),  # 第一部分
    "编": re.compile(rf"第([{ORDINALS}\d]+)分?编"),  # 第一编
    "章": re.compile(rf"(?:(?m:^[#*]*)|(?<=\s))第([{ORDINALS}\d]+)\s?章"),  # 第三章 监督管理
    "节": re.compile(rf"(?:(?m:^[#*]*)|(?<=\s))第([{ORDINALS}\d]+)\s?节"),  # 第二节 职责
    "条": re.compile(rf"(?:(?m:^[#*]*)|(?<=\s))第([{ORDINALS}\d]+)\s?条"),  # 第十六条
    "一、": re.compile(rf"([{ORDINALS}]{{1,3}})[、.．，,]"),  # 十六、
    "（一）": re.compile(rf"([{ORDINALS}]{{1,3}})[)）]|[（(]([{ORDINALS}]{{1,3}})"),  # （十六), （十六
    # 16. 16、 16
    "1.": re.compile(r"(?<![\d.])0?(\d{1,3})(?:\s?[.．、)）,，]|(?m:[ \t\u3000]*$)|[ \t\u3000])"),
    "（1）": re.compile(r"(?<!\d)(\d{1,2})[)）]|[（(](\d{1,2})(?!\d)"),  # （16） 16)
    "①": re.compile(r"([①-⑳])"),  # ⑯
}  # fmt: skip

_LINE_BELOW = re.compile(r"\s*[^\n]+")

Fault = Literal["missing", "repeated", "out of order"]
Scheme = Family | Literal["序号"]


@dataclass(frozen=True, slots=True)
class NumberingNote:
    """Numbers of one list that are ``missing`` between two of it, or printed again, or too late.

    ``before`` and ``after`` are the numbers as printed with the words that follow; ``before`` is None where
    the first numbers of the list are missing.
    """

    fault: Fault
    scheme: Scheme
    numbers: tuple[int, ...]
    before: Spot | None
    after: Spot


@dataclass(frozen=True, slots=True)
class _Step:
    """A number of a list: its marker, the end of its line, and which of the segments that is."""

    marker: Marker
    end: int
    at: int


@dataclass(slots=True)
class _Run:
    """One list, its numbers in order; ``since`` is where it may have begun at the earliest."""

    since: int
    steps: list[_Step] = field(default_factory=list)

    @property
    def next_number(self) -> int:
        return self.steps[-1].marker.number + 1


def numbering_notes(layout: Layout) -> tuple[NumberingNote, ...]:
    """What is odd in the numbering of a document, in the order of the text."""
    found = segment(layout.document.text)
    segments = [piece for piece in found if not _is_in_row(layout.clause_at(piece.start), piece)]
    notes = [*_list_notes(layout, segments), *_row_notes(layout)]
    return tuple(sorted(notes, key=lambda note: note.after.start))


def _is_in_row(clause: Clause | None, piece: Segment) -> bool:
    return clause is not None and clause.kind == "row" and piece.start < clause.end


def _list_notes(layout: Layout, segments: Sequence[Segment]) -> Iterator[NumberingNote]:
    for run in _runs(segments):
        if run.steps[0].marker.number > 1 and len(run.steps) >= FEWEST_WITHOUT_FIRST:
            yield from _missing(layout, segments, None, run.steps[0], run.since)
        for before, after in pairwise(run.steps):
            gap = after.marker.number - before.marker.number
            if gap > 1:
                yield from _missing(layout, segments, before, after, before.marker.end)
            elif gap == 0 and _is_repeated(layout.document.text, before.marker, after.marker):
                yield _note(layout, "repeated", (after.marker.number,), before, after)


def _runs(segments: Sequence[Segment]) -> list[_Run]:
    """The lists of a document; one that is interrupted by another of its kind goes on after it."""
    runs: list[_Run] = []
    rank, since = ranks(segments), 0
    open_runs: dict[Family, list[_Run]] = {}
    for at, piece in enumerate(segments):
        marker = piece.marker
        if marker is None or marker.family == "附件" or marker.outer:
            continue
        if marker.family == "条":  # the lists inside an article end with it
            open_runs = {family: own for family, own in open_runs.items() if rank[family] <= rank["条"]}
            since = marker.end
        opened = open_runs.setdefault(marker.family, [])
        goes_on = [run for run in opened if run.next_number == marker.number]
        if goes_on:
            del opened[opened.index(goes_on[-1]) + 1 :]
        elif marker.number == 1 or not opened:
            del opened[: 1 - MOST_OPEN]
            opened.append(_Run(since if rank[marker.family] > rank["条"] else 0))
            runs.append(opened[-1])
        opened[-1].steps.append(_Step(marker, piece.end, at))
    return runs


def _missing(
    layout: Layout, segments: Sequence[Segment], before: _Step | None, after: _Step, since: int
) -> Iterator[NumberingNote]:
    """The numbers between two of a list that stand nowhere from ``since`` to the second."""
    first = before.marker.number + 1 if before else 1
    numbers, family = range(first, after.marker.number), after.marker.family
    if len(numbers) >= LARGEST_GAP:
        return
    if set(numbers) & _printed(layout.document.text, family, since, after.marker.start):
        return
    late = _late(layout.document.text, segments, after, numbers)
    if late:
        yield _note(layout, "out of order", tuple(numbers), after, late)
    else:
        yield _note(layout, "missing", tuple(numbers), before, after)


def _printed(text: str, family: Family, start: int, end: int) -> set[int]:
    """Every number between two offsets that may be one of the family, however it stands there."""
    if family == "①":
        return {ord(match[1]) - ord("①") + 1 for match in _ANYWHERE[family].finditer(text, start, end)}
    plain = compatible(text[start:end])  # ⒈ is 1.
    found = _ANYWHERE[family].finditer(plain)
    numbers = {read_ordinal(next(group for group in match.groups() if group)) for match in found}
    # A flattened table prints row 1 and its item 1. as 11.
    return numbers | {number % 10 for number in numbers} if family == "1." else numbers


def _late(text: str, segments: Sequence[Segment], after: _Step, numbers: range) -> _Step | None:
    """A line past a number, before the next of its family, that opens with one of ``numbers``."""
    for at, piece in enumerate(segments[after.at + 1 :], after.at + 1):
        if piece.marker and piece.marker.family == after.marker.family:
            return None
        opening = None if piece.marker or piece.row else marker_at(text, piece.start, piece.end)
        if opening and opening.family == after.marker.family and opening.number in numbers:
            return _Step(opening, piece.end, at)
    return None


def _is_repeated(text: str, before: Marker, after: Marker) -> bool:
    """True where a number follows itself in the same print, and no lower one stands between them.

    2、 and 2. are of two lists, and 第八条之一 follows 第八条.
    """
    if "之" in before.label + after.label or before.label.lstrip("0") != after.label.lstrip("0"):
        return False
    printed = _printed(text, after.family, before.end, after.start)
    return not any(0 < number < after.number for number in printed)


def _row_notes(layout: Layout) -> Iterator[NumberingNote]:
    """序号 that are missing between the rows of one table; headings of sections may stand between them."""
    numbered: list[tuple[int, Clause]] = []
    for clause in layout.clauses:
        if clause.kind == "row":
            if (number := _row_number(clause)) is not None:
                numbered.append((number, clause))
        elif clause.kind != "heading":
            yield from _row_gaps(layout, numbered)
            numbered = []
    yield from _row_gaps(layout, numbered)


def _row_gaps(layout: Layout, numbered: Sequence[tuple[int, Clause]]) -> Iterator[NumberingNote]:
    for (lower, before), (upper, after) in pairwise(numbered):
        if 1 < upper - lower <= LARGEST_GAP:
            spots = _row_spot(layout, before), _row_spot(layout, after)
            yield NumberingNote("missing", "序号", tuple(range(lower + 1, upper)), *spots)


def _row_number(row: Clause) -> int | None:
    """The number in a row's first cell under 序号; None without one."""
    if not row.cells or without_blanks(row.cells[0].column) not in ROW_NUMBERS:
        return None
    words = row.text[row.cells[0].start - row.start : row.cells[0].end - row.start]
    return int(words) if words.isdecimal() else None


def _row_spot(layout: Layout, row: Clause) -> Spot:
    return layout.spot(row.cells[0].start, row.cells[min(1, len(row.cells) - 1)].end)


def _note(
    layout: Layout, fault: Fault, numbers: tuple[int, ...], before: _Step | None, after: _Step
) -> NumberingNote:
    spots = _line_spot(layout, before) if before else None, _line_spot(layout, after)
    return NumberingNote(fault, after.marker.family, numbers, *spots)


def _line_spot(layout: Layout, step: _Step) -> Spot:
    """A number with the words after it; a badge alone on its line with the line below it."""
    alone = step.marker.end == step.end
    below = _LINE_BELOW.match(layout.document.text, step.end) if alone else None
    return layout.spot(step.marker.start, below.end() if below else step.end)
