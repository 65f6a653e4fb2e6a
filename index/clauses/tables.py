"""The values of a table in the text: rows that tile it, their cells, what each row is.

Left out: where they come from (`grid_tables` from a file's own table, `flat_tables` from text).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
