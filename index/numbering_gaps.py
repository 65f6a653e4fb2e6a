"""Numbers that a numbered list lacks, prints twice or prints out of order: 15, 17, 19 without 16 and 18.

Lists are followed as they stand, so that a list may begin anew under each heading and may as well run on
across chapters; a list inside another does not break it.  A number counts as missing only where nothing
between its neighbours could be it.  Table rows are followed by their 序号.  Left out: what the lost number
may have headed, appendices (附件), and gaps wider than a parser can tell from another list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import Final, Literal

from index.nesting import ranks
from index.numbering import LARGEST_GAP, Family, Marker, chinese_number, marker_at
from index.segments import Segment, segment
from index.spots import Layout, Spot

FEWEST_WITHOUT_FIRST: Final = 2
"""A list that begins past 1 must go on at least once more: a lone 15、 in a notice is no list."""
ROW_NUMBERS: Final = frozenset({"序号", "序", "编号", "项次"})
"""Column names over numbers that count the rows."""

_CN = "零〇一二三四五六七八九十百千两"
# How a number of a family may be printed anywhere, also where no list was seen to go on: glued to words
# (申领发票1.), or inside a line; 第三章 and 第三条 open their line.
_ANYWHERE: dict[Family, re.Pattern[str]] = {
    "部分": re.compile(rf"第([{_CN}\d]+)部分"),  # 第一部分
    "编": re.compile(rf"第([{_CN}\d]+)分?编"),  # 第一编
    "章": re.compile(rf"(?:(?m:^[#*]*)|(?<=\s))第([{_CN}\d]+)\s?章"),  # 第三章 监督管理
    "节": re.compile(rf"(?:(?m:^[#*]*)|(?<=\s))第([{_CN}\d]+)\s?节"),  # 第二节 职责
    "条": re.compile(rf"(?:(?m:^[#*]*)|(?<=\s))第([{_CN}\d]+)\s?条"),  # 第十六条
    "一、": re.compile(rf"([{_CN}]{{1,3}})[、.．，,]"),  # 十六、
    "（一）": re.compile(rf"([{_CN}]{{1,3}})[)）]|[（(]([{_CN}]{{1,3}})"),  # （十六), （十六
    # 16. 16、 16
    "1.": re.compile(r"(?<![\d.])0?(\d{1,3})(?:\s?[.．、)）,，]|(?m:[ \t\u3000]*$)|[ \t\u3000])"),
    "（1）": re.compile(r"(?<!\d)(\d{1,2})[)）]|[（(](\d{1,2})(?!\d)"),  # （16） 16)
    "①": re.compile(r"([①-⑳])"),  # ⑯
}  # fmt: skip

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


@dataclass(slots=True)
class _Run:
    """One list: the segments that its numbers open, in order."""

    steps: list[Segment] = field(default_factory=list)

    @property
    def last(self) -> Marker:
        marker = self.steps[-1].marker
        assert marker is not None
        return marker


def numbering_notes(layout: Layout) -> tuple[NumberingNote, ...]:
    """What is odd in the numbering of a document, in the order of the text."""
    segments = segment(layout.document.text)
    notes = [*_list_notes(layout, segments), *_row_notes(layout, segments)]
    return tuple(sorted(notes, key=lambda note: note.after.start))


def _list_notes(layout: Layout, segments: Sequence[Segment]) -> Iterator[NumberingNote]:
    for run in _runs(segments):
        first = run.steps[0].marker
        if first and first.number > 1 and len(run.steps) >= FEWEST_WITHOUT_FIRST:
            yield from _missing(layout, segments, None, run.steps[0])
        for before, after in pairwise(run.steps):
            assert before.marker and after.marker
            gap = after.marker.number - before.marker.number
            if gap > 1:
                yield from _missing(layout, segments, before, after)
            elif gap == 0 and _is_repeated(layout.document.text, before, after):
                yield _note(layout, "repeated", (after.marker.number,), before, after)


def _runs(segments: Sequence[Segment]) -> list[_Run]:
    """The lists of a document; one that is interrupted by another of its kind goes on after it."""
    runs: list[_Run] = []
    rank = ranks(segments)
    open_runs: dict[Family, list[_Run]] = {}
    for piece in segments:
        marker = piece.marker
        if marker is None or marker.family == "附件":
            continue
        if marker.family == "条":  # the lists inside an article end with it
            open_runs = {family: own for family, own in open_runs.items() if rank[family] <= rank["条"]}
        opened = open_runs.setdefault(marker.family, [])
        goes_on = [run for run in opened if run.last.number == marker.number - 1]
        if goes_on:
            del opened[opened.index(goes_on[-1]) + 1 :]
        elif marker.number == 1 or not opened:
            opened.append(_Run())
            runs.append(opened[-1])
        opened[-1].steps.append(piece)
    return runs


def _missing(
    layout: Layout, segments: Sequence[Segment], before: Segment | None, after: Segment
) -> Iterator[NumberingNote]:
    """The numbers between two of a list that stand nowhere between them."""
    text, marker = layout.document.text, after.marker
    assert marker is not None
    lower = before.marker if before else None
    numbers = range(lower.number + 1 if lower else 1, marker.number)
    if len(numbers) >= LARGEST_GAP:
        return
    if set(numbers) & _printed(text, marker.family, lower.end if lower else 0, marker.start):
        return
    late = _late(text, segments, marker, numbers)
    if late:
        yield _note(layout, "out of order", tuple(numbers), after, late)
    else:
        yield _note(layout, "missing", tuple(numbers), before, after)


def _printed(text: str, family: Family, start: int, end: int) -> set[int]:
    """Every number between two offsets that may be one of the family, however it stands there."""
    if family == "①":
        return {ord(match[1]) - ord("①") + 1 for match in _ANYWHERE[family].finditer(text, start, end)}
    plain = unicodedata.normalize("NFKC", text[start:end])  # ⒈ is 1.
    found = _ANYWHERE[family].finditer(plain)
    numbers = {chinese_number(next(group for group in match.groups() if group)) for match in found}
    # A flattened table prints row 1 and its item 1. as 11.
    return numbers | {number % 10 for number in numbers} if family == "1." else numbers


def _late(text: str, segments: Sequence[Segment], marker: Marker, numbers: range) -> Segment | None:
    """A line after the marker, before the next of its family, that opens with one of the numbers."""
    for piece in segments:
        if piece.start <= marker.start or piece.row:
            continue
        if piece.marker and piece.marker.family == marker.family:
            return None
        opening = marker_at(text, piece.start, piece.end) if piece.marker is None else None
        if opening and opening.family == marker.family and opening.number in numbers:
            return replace(piece, marker=opening)
    return None


def _is_repeated(text: str, before: Segment, after: Segment) -> bool:
    """True where a number follows itself in the same print, and no lower one stands between them.

    2、 and 2. are of two lists, and 第八条之一 follows 第八条.
    """
    one, other = before.marker, after.marker
    assert one and other
    if "之" in one.label + other.label or one.label.lstrip("0") != other.label.lstrip("0"):
        return False
    return not any(
        number < other.number for number in _printed(text, other.family, one.end, other.start) if number
    )


def _row_notes(layout: Layout, segments: Sequence[Segment]) -> Iterator[NumberingNote]:
    """序号 that are missing between the rows of one table."""
    rows = (piece for piece in segments if piece.row and piece.row.kind == "row" and piece.table)
    for _, table in groupby(rows, key=lambda piece: piece.table.start if piece.table else -1):
        numbered = [(number, piece) for piece in table if (number := _row_number(layout, piece)) is not None]
        for (lower, before), (upper, after) in pairwise(numbered):
            if 1 < upper - lower <= LARGEST_GAP:
                spots = _row_spot(layout, before), _row_spot(layout, after)
                yield NumberingNote("missing", "序号", tuple(range(lower + 1, upper)), *spots)


def _row_number(layout: Layout, piece: Segment) -> int | None:
    """The number in a row's first cell under 序号; None without one."""
    if not piece.row or not piece.table or not piece.table.columns[:1]:
        return None
    named = re.sub(r"\s", "", piece.table.columns[0])
    words = layout.document.text[piece.row.cells[0].start : piece.row.cells[0].end]
    return int(words) if named in ROW_NUMBERS and words.isdecimal() else None


def _row_spot(layout: Layout, piece: Segment) -> Spot:
    cells = [cell for cell in piece.row.cells if cell.end > cell.start] if piece.row else []
    return layout.spot(cells[0].start, cells[min(1, len(cells) - 1)].end)


def _note(
    layout: Layout, fault: Fault, numbers: tuple[int, ...], before: Segment | None, after: Segment
) -> NumberingNote:
    assert after.marker is not None
    spots = _line_spot(layout, before) if before else None, _line_spot(layout, after)
    return NumberingNote(fault, after.marker.family, numbers, *spots)


def _line_spot(layout: Layout, piece: Segment) -> Spot:
    """A number with the words after it; a badge alone on its line with the line below it."""
    alone = piece.marker is not None and piece.marker.end == piece.end
    below = re.compile(r"\s*[^\n]+").match(layout.document.text, piece.end) if alone else None
    return layout.spot(piece.start, below.end() if below else piece.end)
