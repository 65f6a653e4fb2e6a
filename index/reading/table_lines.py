"""A table's cells to lines of text, one cell a line ending in `` |``, and to the grid that they stand in.

The grid is carried beside the text (`index.records.Grid`), so that nobody has to guess the columns again.
Left out: where the cells come from, and which of the rows are column names.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from index.errors import SourceError
from index.records import Grid, GridCell, GridRow

# The labels of a page's metadata table, blanks dropped: 索引号, 发文机关, 文号, 成文日期.
META_LABEL = re.compile(
    r"^【?\[?(?:索引号|分类|主题分类|体裁分类|发布机构|发文机关|发文单位|制发单位|成文日期|发文日期|发布日期"
    r"|生成日期|公开日期|标题|名称|文号|发文字号|发布文号|内容概述|效力状态|有效性|时效|主题词|信息来源)】?\]?[:：]?"
)

# A section's number, whose row is the table's own also above all others: 一、基础设施 （二）生态 第一部分
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|第[一二三四五六七八九十]+"
)


MOST_SPOTS: Final = 2_000_000
"""Places of a table's grid; a county's project list has some hundred thousand."""
MOST_REPEATED: Final = 5_000_000
"""Characters that merged cells say again in the rows that they span."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell in a table's grid: its words, and the columns and rows that it covers, counted from 0.

    ``is_head`` where the file marks it as a column's name.
    """

    row: int
    column: int
    words: str
    columns: int = 1
    rows: int = 1
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """What stands at one place of the grid; the numbers are those of `index.records.GridCell`."""

    words: str = ""
    wide: int = 1
    high: int = 1
    above: int = 0
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class TableText:
    """A table as lines without the last line's end, and its grid in offsets of them; None for metadata."""

    text: str
    grid: Grid | None


Part = str | TableText
"""A line, or a table among lines."""


def grid(cells: Iterable[Placed]) -> list[list[Spot]]:
    """Rows of one width.  A cell over several rows stands in each of them, since it speaks for each; over
    several columns, in its first.  Columns that no cell begins in fall away."""
    held = list(cells)
    columns = sorted({cell.column for cell in held})
    starts = {start: place for place, start in enumerate(columns)}
    height = max((cell.row + cell.rows for cell in held), default=0)
    if height * len(starts) > MOST_SPOTS:
        raise SourceError(f"has a table of {height} rows and {len(starts)} columns. Split it.")
    if sum(len(cell.words) * (cell.rows - 1) for cell in held) > MOST_REPEATED:
        raise SourceError("has a table whose merged cells say too much in too many rows. Split it.")
    rows = [[Spot()] * len(starts) for _ in range(height)]
    for cell in held:
        first = starts[cell.column]
        wide = max(1, bisect_left(columns, cell.column + cell.columns) - first)
        for above in range(cell.rows):
            row = rows[cell.row + above]
            row[first] = Spot(cell.words, wide, cell.rows, above, cell.is_head)
            row[first + 1 : first + wide] = [Spot(wide=0)] * (wide - 1)
    return [row for row in rows if any(spot.words for spot in row)]


def repeated(cells: Iterable[Placed]) -> str:
    """The words that `grid` says again: those of a cell over several rows, in each row but the first."""
    return "".join(cell.words * (cell.rows - 1) for cell in cells)


def filled(row: Sequence[Spot]) -> int:
    """How many cells of a row hold words."""
    return sum(bool(spot.words) for spot in row)


def is_whole(row: Sequence[Spot]) -> bool:
    """True for a row that one cell spans: a caption, a section, a remark below the table."""
    return len(row) > 1 and bool(row[0].words) and row[0].wide == len(row)


def is_caption(row: Sequence[Spot]) -> bool:
    """True for a row above or below a table's own that speaks of the whole: a name, 单位：万元, 注：…"""
    return is_whole(row) and not _NUMBERED.match(row[0].words)


def table_parts(rows: Sequence[Sequence[Spot]]) -> Iterator[Part]:
    """A table whose rows have one width, with the rows that span it above and below as lines of text.

    The lines of a page's metadata are 标签:值.
    """
    cells = [spot.words for row in rows for spot in row if spot.words]
    if sum(bool(META_LABEL.match(bare(cell))) for cell in cells) >= 2:
        yield TableText("\n".join(_meta_lines([[spot.words for spot in row] for row in rows])), None)
        return
    inner = [number for number, row in enumerate(rows) if not is_caption(row)]
    first, last = (inner[0], inner[-1] + 1) if inner else (len(rows), len(rows))
    yield from (_flat(row[0].words) for row in rows[:first])
    if first < last:
        yield table_text(rows[first:last])
    yield from (_flat(row[0].words) for row in rows[last:])


def table_text(rows: Sequence[Sequence[Spot]]) -> TableText:
    """A table's rows, which have one width, as lines."""
    lines: list[str] = []
    held: list[GridRow] = []
    at = 0
    for row in rows:
        start, cells = at, []
        for spot in row:
            words = _flat(spot.words)
            cells.append(GridCell(at, at + len(words), spot.wide, spot.high, spot.above))
            lines.append(f"{words} |" if words else "|")
            at += len(lines[-1]) + 1
        if len(row) > 1 and filled(row) == 1 and row[0].words:
            lines[1 - len(row) :] = ["|" * (len(row) - 1)]
            at = start + len(lines[-2]) + 1 + len(row)
            cells[1:] = [replace(one, start=at - 1, end=at - 1) for one in cells[1:]]
        said = [spot for spot in row if spot.words and not spot.above]
        held.append(GridRow(start, at - 1, tuple(cells), bool(said) and all(spot.is_head for spot in said)))
    return TableText("\n".join(lines), Grid(tuple(held)))


def _flat(words: str) -> str:
    """On one line, and without the bar that would end the cell."""
    return " ".join(words.split()).replace("|", "｜")


def put_together(parts: Iterable[Part]) -> tuple[str, tuple[Grid, ...]]:
    """One text of the parts, a line end after each, and the grids in its offsets."""
    text: list[str] = []
    grids: list[Grid] = []
    at = 0
    for part in parts:
        words = part if isinstance(part, str) else part.text
        if not isinstance(part, str) and part.grid:
            grids.append(moved(part.grid, at))
        text.append(f"{words}\n")
        at += len(words) + 1
    return "".join(text), tuple(grids)


def joined(tables: Sequence[Grid]) -> Grid:
    """One table of the rows of several."""
    return Grid(tuple(row for table in tables for row in table.rows))


def moved(table: Grid, by: int) -> Grid:
    """The same table ``by`` characters further on."""
    return Grid(
        tuple(
            replace(
                row,
                start=row.start + by,
                end=row.end + by,
                cells=tuple(replace(one, start=one.start + by, end=one.end + by) for one in row.cells),
            )
            for row in table.rows
        )
    )


def _meta_lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A metadata table as 标签:值, one a line."""
    for row in rows:
        cells = [cell for cell in row if cell]
        while cells:
            cell = cells.pop(0)
            label = META_LABEL.fullmatch(bare(cell))
            if label and cells and not META_LABEL.match(bare(cells[0])):
                yield f"{cell.rstrip(' :：')}:{cells.pop(0)}"
            else:
                yield cell


def bare(text: str) -> str:
    """Without blanks and line breaks."""
    return re.sub(r"\s+", "", text)
