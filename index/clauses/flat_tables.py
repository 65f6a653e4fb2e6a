"""Tables in plain text: Markdown, which keeps its grid, and tables that lost it.

A flattened table stands one cell a line, each ending in ``|``; a section row is a cell followed by the empty
cells of its row, ``|||``.  How many columns it had must be guessed: from numbered rows, else so that each
column holds cells of one kind; where no number of columns gives that, the lines stay text.  It does not read
tables flattened without any mark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from index.clauses.grid_tables import table_of
from index.clauses.tables import Row, RowKind, Table, TableCell
from index.records import Grid, GridCell, GridRow

_LINE = re.compile(r"[^\n]*\n?")
_RULE = re.compile(r"[\s|:\-—─]+")  # |---|:--:|
_NEXT_APPENDIX = re.compile(r"附\s?[件表录]")  # 附件3: another table begins
LONGEST_HEADER_CELL = 8
"""A column's name is short: 序号, 项目名称, 责任单位; the longest in the samples has six characters."""
MOST_COLUMNS = 12
FEWEST_LINES = 4
"""Fewer lines ending in | than one header and one row of two columns are no table."""
LONGEST_WORDS: Final = 30
"""A cell of more characters is running text: what is to be done, and not its name."""
LEAST_AGREEMENT: Final = 0.75
"""Share of cells of one kind in their columns from which a guess at the columns is believed; set by hand over
the flattened tables of 110 plans, where a table cut at its start gives less."""
_KINDS: Final = {
    "value": re.compile(r"[≥≤<>约]?\d[\d,.]*\s*(?:[%％]|[^\s\d]{1,4})?"),  # 12, 45%, 300万元
    "time": re.compile(
        r"(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日|[上中下]旬)?(?:底|末)?前?(?:完成)?|长期|全年|持续推进"
    ),
    # 县住建局、县财政局
    "bodies": re.compile(
        r"(?:[^，。、；\s]{1,16}(?:局|委|厅|办|部|院|会|府|室|中心|公司|单位|部门|集团|校|所|队|站|镇|乡|街道|县|区)[、，；\s]*)+"
    ),
}
_SECTION: Final = re.compile(r"[一二三四五六七八九十]{1,3}[、.．]?")  # 二、
FEWEST_COUNTED: Final = 3
"""Numbers that count on by which rows are told whose first is cut off: two may do so by chance."""
LONGEST_GAP = 2
"""Lines without | inside a table: a cell whose text runs over lines."""


def find_tables(text: str, start: int = 0, end: int | None = None) -> list[Table]:
    """Every flattened table of ``text[start:end]``, in order."""
    found = []
    for first, last in _regions(text, start, len(text) if end is None else end):
        table = _markdown(text, first, last) or _one_cell_a_line(text, first, last)
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
    """Rows of one line each: | a | b |.  The row above the rule |---| holds the columns' names."""
    lines = [m for m in _LINE.finditer(text, start, end) if m.group().strip()]
    if any(not m.group().strip().startswith("|") or m.group().count("|") < 3 for m in lines):
        return None
    rows: list[GridRow] = []
    for number, line in enumerate(lines):
        if _RULE.fullmatch(line.group()) and rows:
            rows[-1] = replace(rows[-1], end=line.end(), is_head=number == 1 and _has_words(rows[-1]))
            continue
        bars = [line.start() + m.start() for m in re.finditer(r"(?<!\\)\|", line.group())]
        cells = [_cell(text, a + 1, b) for a, b in pairwise(bars)]
        begin = line.start()
        if rows and not any(map(_has_words, rows)):  # names left blank, as converters write them
            begin = rows.pop().start
        rows.append(GridRow(begin, line.end(), tuple(GridCell(one.start, one.end) for one in cells)))
    width = max(len(row.cells) for row in rows)
    rows = [
        replace(row, cells=row.cells + (GridCell(row.end, row.end),) * (width - len(row.cells)))
        for row in rows
    ]
    return replace(table_of(text, Grid(tuple(rows))), start=start, end=end)


def _has_words(row: GridRow) -> bool:
    return any(cell.end > cell.start for cell in row.cells)


def _one_cell_a_line(text: str, start: int, end: int) -> Table | None:
    """Rows found by counting cells: every | ends one."""
    cells: list[TableCell] = []
    ends: list[int] = []
    at = start
    for match in re.finditer(r"\|", text[start:end]):
        cells.append(_cell(text, at, start + match.start()))
        at = start + match.end()
        ends.append(at)
    words = [text[c.start : c.end] for c in cells]
    width, lacking = _width(words), 0
    if width is None:
        width, lacking = _cut_off(words)
    if width is None:
        return None
    cells = [TableCell(start, start)] * lacking + cells
    ends = [start] * lacking + ends
    header = all(0 < c.end - c.start <= LONGEST_HEADER_CELL for c in cells[:width])
    columns = tuple(text[c.start : c.end] for c in cells[:width]) if header else ()
    rows: list[Row] = []
    at = start
    for first in range(0, len(cells), width):
        row = cells[first : first + width]
        stop = ends[first + len(row) - 1]
        kind = _row_kind(row, first == 0 and header)
        if lacking and _SECTION.fullmatch(text[row[0].start : row[0].end]):
            kind = "section"  # among rows that count 1, 2, 3
        rows.append(Row(kind, tuple(row), at, stop))
        at = stop
    return Table(columns, tuple(rows), start, at)


def _row_kind(row: list[TableCell], header: bool) -> RowKind:
    if header:
        return "header"
    filled = [c for c in row if c.end > c.start]
    return "section" if len(filled) == 1 and row[0].end > row[0].start and len(row) > 1 else "row"


def _width(words: Sequence[str]) -> int | None:
    """The number of columns: from numbered rows, else the one by which each column holds cells of one kind;
    None where there is none."""
    widths = range(2, min(MOST_COLUMNS, len(words)) + 1)
    counted = next((w for w in widths if _counts(words, w)), None)
    if counted:
        return counted
    section, named = _by_section(words), _by_names(words)
    fitting = sorted({*named, *([section] if section else [])}, reverse=True)
    if not fitting:
        return None
    agree = {width: _agreement(words, width) for width in fitting}
    best = max(fitting, key=lambda width: agree[width])
    return best if agree[best] >= LEAST_AGREEMENT else None


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


def _cut_off(words: Sequence[str]) -> tuple[int | None, int]:
    """The number of columns of a table whose first row lacks its first cells, and how many it lacks.

    Told by rows that count on (2, 3, 3, 二、, 1, 2), and by cells of one kind in each column.
    """
    for width in range(3, min(MOST_COLUMNS, len(words) // FEWEST_COUNTED) + 1):
        for lacking in range(1, width):
            firsts = words[width - lacking :: width]
            if _counts_on(firsts) and _agreement([""] * lacking + list(words), width) >= LEAST_AGREEMENT:
                return width, lacking
    return None, 0


def _counts_on(firsts: Sequence[str]) -> bool:
    """Whether these are numbers of rows: each that before or the next, 1 after a section (二、)."""
    allowed, numbers = set[int](), 0
    for word in firsts:
        if word.isdecimal() and (not numbers or int(word) in allowed):
            allowed, numbers = {int(word), int(word) + 1}, numbers + 1
        elif _SECTION.fullmatch(word):
            allowed |= {1}
        elif word:
            return False
    return numbers >= FEWEST_COUNTED


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


def _by_names(words: Sequence[str]) -> list[int]:
    """The widths of a first row of short names that divide the cells evenly."""
    short = 0
    while short < len(words) and 0 < len(words[short]) <= LONGEST_HEADER_CELL:
        short += 1
    return [w for w in range(2, min(short, MOST_COLUMNS, len(words) // 2) + 1) if len(words) % w == 0]


def _agreement(words: Sequence[str], width: int) -> float:
    """The share of cells below the first row that are of their column's usual kind; section rows aside."""
    rows = [words[at : at + width] for at in range(width, len(words), width)]
    rows = [row for row in rows if sum(map(bool, row)) > 1]
    right = total = 0
    for column in range(width):
        kinds = Counter(_kind(row[column]) for row in rows if column < len(row) and row[column])
        right += max(kinds.values(), default=0)
        total += kinds.total()
    return right / total if total else 1.0  # a form without entries


def _kind(words: str) -> str:
    """What a cell holds: a value, a time, bodies, a text, or other words."""
    for kind, pattern in _KINDS.items():
        if pattern.fullmatch(words):
            return kind
    return "text" if len(words) > LONGEST_WORDS else "words"
