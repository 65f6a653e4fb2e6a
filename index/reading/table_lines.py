"""A table's cells to the lines that `index.clauses.flat_tables` reads: one cell a line ending in `` |``.

Left out: where the cells come from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

# The labels of a page's metadata table, blanks dropped: 索引号, 发文机关, 文号, 成文日期.
META_LABEL = re.compile(
    r"^【?\[?(?:索引号|分类|主题分类|体裁分类|发布机构|发文机关|发文单位|制发单位|成文日期|发文日期|发布日期"
    r"|生成日期|公开日期|标题|名称|文号|发文字号|发布文号|内容概述|效力状态|有效性|时效|主题词|信息来源)】?\]?[:：]?"
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell in a table's grid: its words, and the columns and rows that it covers, counted from 0."""

    row: int
    column: int
    words: str
    columns: int = 1
    rows: int = 1


def grid(cells: Iterable[Placed]) -> list[list[str]]:
    """Rows of one width.  A cell over several rows stands in each of them, since it speaks for each; over
    several columns, in its first.  Columns that no cell begins in fall away."""
    held = list(cells)
    starts = {start: place for place, start in enumerate(sorted({cell.column for cell in held}))}
    rows = [[""] * len(starts) for _ in range(max((cell.row + cell.rows for cell in held), default=0))]
    for cell in held:
        for row in range(cell.row, cell.row + cell.rows):
            rows[row][starts[cell.column]] = cell.words
    return [row for row in rows if any(row)]


def repeated(cells: Iterable[Placed]) -> str:
    """The words that `grid` says again: those of a cell over several rows, in each row but the first."""
    return "".join(cell.words * (cell.rows - 1) for cell in cells)


def table_lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a table whose rows have one width; those of a page's metadata as 标签:值.

    A bar inside a cell becomes ｜, since | ends a cell; line breaks become blanks.
    """
    cells = [cell for row in rows for cell in row if cell]
    if sum(bool(META_LABEL.match(bare(cell))) for cell in cells) >= 2:
        yield from _meta_lines(rows)
        return
    for row in rows:
        words = [" ".join(cell.split()).replace("|", "｜") for cell in row]
        if words[0] and not any(words[1:]) and len(words) > 1:
            yield f"{words[0]} |"
            yield "|" * (len(words) - 1)
        else:
            yield from (f"{cell} |" if cell else "|" for cell in words)


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
