"""Tables of a plain text whose columns had to be guessed, since the text lost their grid.

A reader of Word, Excel, HTML or PDF knows a table's columns, and Markdown prints them; in a flattened text
(one cell a line, each ending in ``|``) they follow from the cells alone.  Left out: tables without any mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from index.records import Clause, Document

TEXT_ENDINGS: Final = (".txt", ".md", ".markdown")
"""The files whose tables have no grid of their own."""
FEWEST_LINES: Final = 4
"""Lines that end in | in one clause, from which they look like a table's cells."""
_CELL: Final = re.compile(r"\|[ \t\u3000]*(?:\n|$)")


@dataclass(frozen=True, slots=True)
class GuessedTable:
    """Rows of one table, from ``start`` to ``end`` of the clean text; ``columns`` is 0 where no number of
    columns fits the cells, so that they stay lines of text."""

    start: int
    end: int
    rows: int
    columns: int
    opening: str

    def __str__(self) -> str:
        if not self.columns:
            return f"the cells from “{self.opening}” on fit no number of columns and were left as lines."
        return f"the {self.columns} columns of {self.rows} rows from “{self.opening}” on were guessed."


def guessed_tables(document: Document, clauses: Sequence[Clause]) -> tuple[GuessedTable, ...]:
    """The tables of a text file that lost their grid, in order; none for files that hold their tables."""
    if not document.file.lower().endswith(TEXT_ENDINGS):
        return ()
    return tuple(_guessed(sorted(clauses, key=lambda clause: clause.start)))


def _guessed(clauses: Sequence[Clause]) -> Iterator[GuessedTable]:
    for kind, group in groupby(clauses, key=_kind):
        held = list(group)
        if kind == "row":
            cells = max(len(_CELL.findall(clause.text)) for clause in held)
            yield _table(held, len(held), cells)
        elif kind == "lines":
            yield _table(held, 0, 0)


def _kind(clause: Clause) -> str:
    """row: of a flattened table; lines: text that still has the bars of one; other: anything else."""
    bars = len(_CELL.findall(clause.text))
    if clause.text.lstrip().startswith("| ") or not bars:
        return "other"
    if clause.kind == "row":
        return "row"
    return "lines" if clause.kind == "body" and bars >= FEWEST_LINES else "other"


def _table(clauses: Sequence[Clause], rows: int, columns: int) -> GuessedTable:
    opening = " ".join(clauses[0].text.replace("|", " ").split())[:24]
    return GuessedTable(clauses[0].start, clauses[-1].end, rows, columns, opening)
