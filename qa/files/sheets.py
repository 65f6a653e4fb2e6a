"""Tables as files: CSV that Excel opens with its Chinese right, or a workbook with a second sheet about it.

The workbook prints as offices hand it on: A4 across, borders, the head repeated on each page, above it the
table's name and what it was narrowed to.

The words of documents are data: a cell that begins like a formula is kept from being one.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

LONGEST_CELL = 32_767
"""Characters that a cell of a workbook holds; a longer quote would be cut by the program that opens it."""
ABOUT = "说明"
A4 = 9
"""The number of that size of paper in a workbook."""
FACE, POINTS = "宋体", 10
LONGEST_HEADER = 60
"""Characters at the head of a page; Excel takes 255 with its own signs, and a page has room for a line."""
HIGHEST = 409
"""Points of a row that a workbook may have."""
# Signs by which a program takes a cell for a formula: =1+1, @SUM, +cmd, -2+3, a tab before them.
_FORMULA = re.compile(r"^[=@+\-\t\r]")
# What no XML 1.0 text may hold, and so no workbook.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Row = Sequence[str | int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, its columns with their widths in characters, its rows; ``fixed`` stays in view.

    ``printed`` counts the columns that go on paper, all where it is None: what is wider than a sheet of A4
    would be too small to read.  ``narrowed`` says what the table was narrowed to, above it on each page.
    """

    name: str
    columns: Mapping[str, int]
    rows: Sequence[Row]
    fixed: str
    printed: int | None = None
    narrowed: str = ""


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
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # noqa: PLC0415

    told, book = list(about), Workbook(write_only=True)
    line = Side(style="thin", color="808080")
    border = Border(left=line, right=line, top=line, bottom=line)
    face, bold = Font(name=FACE, size=POINTS), Font(name=FACE, size=POINTS, bold=True)
    wrapped, shaded = Alignment(wrap_text=True, vertical="top"), PatternFill("solid", fgColor="E8E4D8")
    middle = Alignment(wrap_text=True, vertical="center", horizontal="center")

    def cell(page: Any, value: str | int, *, head: bool = False) -> Cell:
        text = _NOT_IN_XML.sub("", value)[:LONGEST_CELL] if isinstance(value, str) else value
        made: Cell = WriteOnlyCell(page, value=text)
        if isinstance(value, str):
            made.data_type = "s"  # text, and never a formula
        made.font, made.alignment, made.border = bold if head else face, wrapped, border
        if head:
            made.fill = shaded
        return made

    page = book.create_sheet(sheet.name)
    _lay_out(page, sheet)
    heads = [cell(page, name, head=True) for name in sheet.columns]
    for head in heads:
        head.alignment = middle
    page.append(heads)
    widths = list(sheet.columns.values())[: sheet.printed]
    for number, row in enumerate(sheet.rows, 2):
        page.row_dimensions[number].height = _height(row, widths)
        page.append([cell(page, value) for value in row])
    notes = book.create_sheet(ABOUT)
    _lay_out(notes, Sheet(ABOUT, {"": 16, " ": 90}, told, "A1"))
    for name, value in told:
        notes.append([cell(notes, name, head=True), cell(notes, value)])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _lay_out(page: Any, sheet: Sheet) -> None:
    """Widths and what stays in view; on paper A4 across, as wide as the sheet, the head on each page."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415

    for place, width in enumerate(sheet.columns.values(), 1):
        page.column_dimensions[get_column_letter(place)].width = width
    last = get_column_letter(len(sheet.columns))
    page.freeze_panes = sheet.fixed
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", A4
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.page_margins.left = page.page_margins.right = 0.5
    page.page_margins.top, page.page_margins.bottom = 0.9, 0.7
    beside = f'　&"{FACE},Regular"&9{_in_header(sheet.narrowed)}' if sheet.narrowed else ""
    page.oddHeader.center.text = f'&"{FACE},Bold"&14{_in_header(sheet.name)}{beside}'
    page.oddFooter.center.text = "第 &P 页　共 &N 页"
    page.oddFooter.right.text = "&D"
    if sheet.name == ABOUT:
        return
    page.auto_filter.ref = f"A1:{last}{len(sheet.rows) + 1}"
    page.print_title_rows = "1:1"
    page.print_area = f"A1:{get_column_letter(sheet.printed or len(sheet.columns))}{len(sheet.rows) + 1}"


def _in_header(text: str) -> str:
    """Words as a header takes them: short, and no sign of theirs read as one of its own (&P)."""
    short = text if len(text) <= LONGEST_HEADER else f"{text[:LONGEST_HEADER]}…（见“{ABOUT}”）"
    return short.replace("&", "&&")


def _height(cells: Row, widths: Sequence[int]) -> float:
    """Points of a row in which every cell is seen whole: not every program finds that out by itself."""
    lines = 1
    for cell, width in zip(cells, widths, strict=False):
        text = [sum(1 + (ord(sign) > 255) for sign in line) for line in str(cell).splitlines()]
        lines = max(lines, sum(max(1, -(-length // max(width - 1, 1))) for length in text))
    return min(lines * 1.3 * POINTS + 4, HIGHEST)
