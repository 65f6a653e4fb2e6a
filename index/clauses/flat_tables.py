"""Flattened tables: text in which the cells of a table stand as lines that end in ``|``.

Two shapes are read: one cell a line (a section row is a cell followed by the empty cells of its row,
``|||``), and Markdown, one row a line.  The columns' names come from the header row.  It does not read
tables flattened without any mark: those stay text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

_LINE = re.compile(r"[^\n]*\n?")
_RULE = re.compile(r"[\s|:\-—─]+")  # |---|:--:|
_NEXT_APPENDIX = re.compile(r"附\s?[件表录]")  # 附件3: another table begins
LONGEST_HEADER_CELL = 8
"""A column's name is short: 序号, 项目名称, 责任单位; the longest in the samples has six characters."""
MOST_COLUMNS = 12
FEWEST_LINES = 4
"""Fewer lines ending in | than one header and one row of two columns are no table."""
LONGEST_GAP = 2
"""Lines without | inside a table: a cell whose text runs over lines."""


RowKind = Literal["header", "section", "row", "remark"]
"""header: column names; section: a heading over the rows after it; remark: words that speak of the table."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """``text[start:end]`` is the cell's words; both are equal for an empty cell.

    ``high`` is the number of rows that it covers; it stands in each of them.
    """

    start: int
    end: int
    high: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``start`` and ``end`` hold its marks too, so that the rows tile the table."""

    kind: RowKind
    cells: tuple[TableCell, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table in the text; ``columns`` is empty where it has no header row.

    ``is_grid`` where its file holds it as a table, so that nothing of its width is guessed.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    start: int
    end: int
    is_grid: bool = False


def find_tables(text: str, start: int = 0, end: int | None = None) -> list[Table]:
    """Every flattened table of ``text[start:end]``, in order."""
    found = []
    for start, end in _regions(text, start, len(text) if end is None else end):
        table = _markdown(text, start, end) or _one_cell_a_line(text, start, end)
        if table:
            found.append(table)
    return found


def _regions(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Stretches of lines that end in |, with at most LONGEST_GAP other lines in between."""
    regions: list[tuple[int, int]] = []
    begin = last = -1
    marked = gap = 0
    for match in _LINE.finditer(text, start, stop):
        if not match.group():
            break
        line = match.group().strip()
        if line.endswith("|"):
            begin = match.start() if begin < 0 else begin
            marked, gap, last = marked + 1, 0, match.end()
        elif begin >= 0 and line:
            gap += 1
            if gap > LONGEST_GAP or _NEXT_APPENDIX.match(line):
                if marked >= FEWEST_LINES:
                    regions.append((begin, last))
                begin, marked, gap = -1, 0, 0
    if begin >= 0 and marked >= FEWEST_LINES:
        regions.append((begin, last))
    return regions


def _cell(text: str, start: int, end: int) -> TableCell:
    words = text[start:end]
    stripped = words.strip()
    begin = start + words.index(stripped[0]) if stripped else start
    return TableCell(begin, begin + len(stripped))


def _markdown(text: str, start: int, end: int) -> Table | None:
    """Rows of one line each: | a | b |."""
    lines = [m for m in _LINE.finditer(text, start, end) if m.group().strip()]
    if any(not m.group().strip().startswith("|") or m.group().count("|") < 3 for m in lines):
        return None
    rows: list[Row] = []
    columns: tuple[str, ...] = ()
    for number, line in enumerate(lines):
        bars = [line.start() + m.start() for m in re.finditer(r"(?<!\\)\|", line.group())]
        cells = tuple(_cell(text, a + 1, b) for a, b in pairwise(bars))
        rule = _RULE.fullmatch(line.group()) is not None
        header = rule or (number == 0 and len(lines) > 1 and bool(_RULE.fullmatch(lines[1].group())))
        if rule and rows:
            rows[-1] = replace(rows[-1], end=line.end())
            continue
        if header and not rule:
            columns = tuple(text[c.start : c.end] for c in cells)
        rows.append(Row("header" if header else "row", () if rule else cells, line.start(), line.end()))
    return Table(columns, tuple(rows), start, end)


def _one_cell_a_line(text: str, start: int, end: int) -> Table | None:
    """Rows found by counting cells: every | ends one."""
    cells: list[TableCell] = []
    ends: list[int] = []
    at = start
    for match in re.finditer(r"\|", text[start:end]):
        cells.append(_cell(text, at, start + match.start()))
        at = start + match.end()
        ends.append(at)
    width = _width(text, cells)
    if width is None:
        return None
    header = all(0 < c.end - c.start <= LONGEST_HEADER_CELL for c in cells[:width])
    columns = tuple(text[c.start : c.end] for c in cells[:width]) if header else ()
    rows: list[Row] = []
    at = start
    for first in range(0, len(cells), width):
        row = cells[first : first + width]
        stop = ends[first + len(row) - 1]
        rows.append(Row(_row_kind(row, first == 0 and header), tuple(row), at, stop))
        at = stop
    return Table(columns, tuple(rows), start, at)


def _row_kind(row: list[TableCell], header: bool) -> RowKind:
    if header:
        return "header"
    filled = [c for c in row if c.end > c.start]
    return "section" if len(filled) == 1 and row[0].end > row[0].start and len(row) > 1 else "row"


def _width(text: str, cells: Sequence[TableCell]) -> int | None:
    """The number of columns: from numbered rows, else from a section row's empty cells, else the header."""
    words = [text[c.start : c.end] for c in cells]
    widths = range(2, min(MOST_COLUMNS, len(cells)) + 1)
    return next((w for w in widths if _counts(words, w)), None) or _by_section(words) or _by_header(words)


def _counts(words: Sequence[str], width: int) -> bool:
    """True where the first column counts 1, 2, 3 and every row that does not is a section row."""
    firsts = range(width, len(words), width)
    numbers = [words[i] for i in firsts if words[i].isdecimal()]
    sections = [i for i in firsts if not words[i].isdecimal()]
    return (
        len(numbers) > 1
        and [int(n) for n in numbers] == list(range(1, len(numbers) + 1))
        and all(words[i] and not any(words[i + 1 : i + width]) for i in sections)
    )


def _by_section(words: Sequence[str]) -> int | None:
    """A cell followed by the empty cells of its row, with whole rows before it."""
    for first in range(len(words) - 1):
        if not words[first]:
            continue
        run = 0
        while first + 1 + run < len(words) and not words[first + 1 + run]:
            run += 1
        if run and first % (run + 1) == 0 and run < MOST_COLUMNS:
            return run + 1
    return None


def _by_header(words: Sequence[str]) -> int | None:
    """The widest header of short names that divides the cells evenly."""
    short = 0
    while short < len(words) and 0 < len(words[short]) <= LONGEST_HEADER_CELL:
        short += 1
    fitting = [w for w in range(2, min(short, MOST_COLUMNS, len(words) // 2) + 1) if len(words) % w == 0]
    return fitting[-1] if fitting else None
