"""Tables as files: CSV that Excel opens with its Chinese right, or a workbook with a second sheet about it.

The words of documents are data: a cell that begins like a formula is kept from being one.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

LONGEST_CELL = 32_767
"""Characters that a cell of a workbook holds; a longer quote would be cut by the program that opens it."""
ABOUT = "说明"
# Signs by which a program takes a cell for a formula: =1+1, @SUM, +cmd, -2+3, a tab before them.
_FORMULA = re.compile(r"^[=@+\-\t\r]")
# What no XML 1.0 text may hold, and so no workbook.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Row = Sequence[str | int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, its columns with their widths in characters, its rows; ``fixed`` stays in view."""

    name: str
    columns: Mapping[str, int]
    rows: Sequence[Row]
    fixed: str


def csv_of(columns: Iterable[str], rows: Iterable[Row]) -> bytes:
    """UTF-8 with the mark by which Excel knows it, a header, a line a row."""
    words = io.StringIO()
    writer = csv.writer(words, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_no_formula(cell) for cell in row])
    return words.getvalue().encode("utf-8-sig")


def _no_formula(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def workbook_of(sheet: Sheet, about: Iterable[tuple[str, str]]) -> bytes:
    """A workbook: the rows to sort and filter, and a second sheet of names and what they mean."""
    from openpyxl import Workbook  # noqa: PLC0415 - a tenth of a second, and only here
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    page = book.create_sheet(sheet.name)
    page.freeze_panes = sheet.fixed
    for place, width in enumerate(sheet.columns.values(), 1):
        page.column_dimensions[get_column_letter(place)].width = width
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"

    def cell(value: str | int, *, head: bool = False) -> Cell:
        text = _NOT_IN_XML.sub("", value)[:LONGEST_CELL] if isinstance(value, str) else value
        made: Cell = WriteOnlyCell(page, value=text)
        if isinstance(value, str):
            made.data_type = "s"  # text, and never a formula
        made.alignment = Alignment(wrap_text=True, vertical="top")
        if head:
            made.font, made.fill = Font(bold=True), PatternFill("solid", fgColor="E8E4D8")
        return made

    page.append([cell(name, head=True) for name in sheet.columns])
    for row in sheet.rows:
        page.append([cell(value) for value in row])
    told = book.create_sheet(ABOUT)
    told.column_dimensions["A"].width, told.column_dimensions["B"].width = 16, 90
    for name, value in about:
        told.append([cell(name, head=True), cell(value)])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
