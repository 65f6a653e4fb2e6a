"""A workbook (xlsx, xlsm) to text: sheet after sheet, titles as lines and what stands below as tables.

Values come out as Excel shows them (`xlsx_values`).  Hidden sheets are left out, hidden rows and columns are
taken in, since a filter hides rows of what was published.  Formulas come out as the values last calculated,
an uncalculated one as nothing; charts, pictures and remarks are not read.  Words that are left out are told
with the reason; numbers are not counted, since a file stores them otherwise than Excel shows them.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Final

from lxml import etree  # type: ignore[import-untyped]
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from index.errors import SourceError
from index.reading.extracted import Extracted, Left
from index.reading.seen import beside_cells, xlsx_words
from index.reading.table_lines import (
    Part,
    Placed,
    Spot,
    filled,
    grid,
    moved,
    put_together,
    repeated,
    table_parts,
)
from index.reading.xlsx_values import shown_value
from index.reading.xml import Element, local, parse_xml
from index.reading.zip_package import Package
from index.records import Grid, LeftReason, PageStart

HEADER_SHARE: Final = 0.5
"""Share of a table's columns that its first row fills; rows above with fewer are titles (单位：万元)."""
MOST_CELLS: Final = 500_000
"""Cells with a value in one workbook; a county's project list has some ten thousand."""

_BESIDE: Final[dict[str, LeftReason]] = {
    "comments": "comment",
    "ThreadedComments": "comment",
    "head": "running head",
}
MOST_SPANNED: Final = 5000
"""Rows that a merged cell is taken to cover: a number in a file is not to fill memory."""


def read_xlsx(data: bytes, name: str) -> Extracted:
    """The text of a workbook, a page a sheet; raises SourceError where it cannot be read."""
    package = Package(data, name)
    clipped: dict[str, bytes] = {}
    for part in package.infos:
        if part.endswith((".xml", ".rels")):
            root = parse_xml(package.read(part), part, name)
            if _clip_merges(root, name):
                clipped[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    if clipped:
        data = _with_parts(package, clipped)
    try:
        book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False, rich_text=True)
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        AttributeError,
        OSError,  # "no valid workbook part"
    ) as error:
        raise SourceError(f"{name}: is no workbook that can be read ({error}). Save it again.") from error
    text, pages, count = "", [], 0
    grids: list[Grid] = []
    left, added = list(_beside(package)), list[str]()
    for sheet in book.worksheets:
        struck, unsaid = _strike_out(sheet)
        cells = list(_cells(sheet))
        if sheet.sheet_state != "visible":
            left.append(Left("hidden sheet", "\n".join(_strings(sheet)), sheet.title))
            continue
        left += struck
        added.append(unsaid)
        count += len(cells)
        added += [_numbers(sheet), repeated(cells)]
        if count > MOST_CELLS:
            raise SourceError(f"{name}: has more than {MOST_CELLS} cells. Split it into several workbooks.")
        if cells:
            pages.append(PageStart(len(text), "sheet", sheet.title))
            words, found = put_together(part for block in _blocks(cells) for part in _parts(block))
            grids += (moved(one, len(text)) for one in found)
            text += words
    return Extracted(
        text,
        tuple(pages),
        whole=xlsx_words(package),
        left=tuple(left),
        added="".join(added),
        grids=tuple(grids),
    )


def _clip_merges(root: Element, name: str) -> bool:
    """End merged cells where the sheet's rows and columns end; false where all did.

    openpyxl makes a cell of each place that one covers: 5 kB may ask for a million rows of 16,384.  Raises
    SourceError where there are still more than MOST_CELLS.
    """
    merges = root.findall("{*}mergeCells/{*}mergeCell")
    if not merges or local(root) != "worksheet":
        return False
    cells = root.findall("{*}sheetData/{*}row/{*}c")
    used = [place for cell in cells if (place := _boundaries(cell.get("r", "")))]
    last_column, last_row = max((at[0] for at in used), default=1), max((at[1] for at in used), default=1)
    covered, changed = 0, False
    for merge in merges:
        place = _boundaries(merge.get("ref", ""))
        if place is None:
            continue
        left, top, right, bottom = place
        right, bottom = max(left, min(right, last_column)), max(top, min(bottom, last_row))
        covered += (right - left + 1) * (bottom - top + 1)
        ref = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
        changed = changed or ref != merge.get("ref")
        merge.set("ref", ref)
    if covered > MOST_CELLS:
        raise SourceError(f"{name}: merges more than {MOST_CELLS} cells. Save it without merged cells.")
    return changed


def _boundaries(ref: str) -> tuple[int, int, int, int] | None:
    """First column and row, last column and row of B2 or A1:B2; None for what names no cells (A:B, x)."""
    try:
        left, top, right, bottom = range_boundaries(ref)
    except ValueError:
        return None
    return (left, top, right, bottom) if left and top and right and bottom else None


def _with_parts(package: Package, changed: dict[str, bytes]) -> bytes:
    """The package with these parts in place of its own."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as into:
        for part in package.infos:
            into.writestr(part, changed[part] if part in changed else package.read(part))
    return made.getvalue()


def _beside(package: Package) -> Iterator[Left]:
    """Remarks, heads and feet, words in drawings and charts."""
    for part, kind, words in beside_cells(package):
        yield Left(_BESIDE.get(kind, "picture"), words, posixpath.basename(part))


def _strike_out(sheet: Worksheet) -> tuple[list[Left], str]:
    """Take struck-out words out of the cells: these words, and of them the numbers, which nobody counts."""
    left, unsaid = list[Left](), ""
    for cell in sheet._cells.values():
        runs = cell.value if isinstance(cell.value, CellRichText) else ()
        gone = [run.text for run in runs if isinstance(run, TextBlock) and run.font.strike]
        if cell.value is not None and cell.has_style and cell.font.strike:
            gone = (
                [str(cell.value)] if cell.data_type == "s" else [shown_value(cell.value, cell.number_format)]
            )
            unsaid += "" if cell.data_type == "s" else gone[0]
            cell.value = None
        elif runs:
            kept = [
                run if isinstance(run, str) else run.text
                for run in runs
                if isinstance(run, str) or not run.font.strike
            ]
            cell.value = "".join(kept) or None
        left += (Left("struck out", words, sheet.title) for words in gone)
    return left, unsaid


def _strings(sheet: Worksheet) -> Iterator[str]:
    return (
        str(cell.value) for cell in sheet._cells.values() if cell.data_type == "s" and cell.value is not None
    )


def _numbers(sheet: Worksheet) -> str:
    """What is shown of the cells that hold no words: numbers, days, TRUE, #N/A."""
    cells = (cell for cell in sheet._cells.values() if cell.data_type != "s" and cell.value is not None)
    return "".join(shown_value(cell.value, cell.number_format) for cell in cells)


def _cells(sheet: Worksheet) -> Iterator[Placed]:
    """The cells with words, by row and column, merged ones as large as they are."""
    last = max(
        (row for row, _ in sheet._cells), default=0
    )  # the sparse store: a sheet may claim a million rows
    merged = {(one.min_row, one.min_col): one for one in sheet.merged_cells.ranges}
    for (row, column), cell in sorted(sheet._cells.items()):
        words = shown_value(cell.value, cell.number_format) if cell.value is not None else ""
        if words.strip():
            over = merged.get((row, column))
            wide = over.max_col - column + 1 if over else 1
            high = min(over.max_row - row + 1, last - row + 1, MOST_SPANNED) if over else 1
            yield Placed(row, column, words.strip(), wide, high)


def _blocks(cells: list[Placed]) -> Iterator[list[Placed]]:
    """The cells in stretches of rows without an empty row between them; each counts its rows from 0."""
    block: list[Placed] = []
    first = end = 0
    for cell in cells:
        if block and cell.row > end:
            yield block
            block = []
        if not block:
            first = end = cell.row
        end = max(end, cell.row + cell.rows)
        block.append(Placed(cell.row - first, cell.column, cell.words, cell.columns, cell.rows))
    if block:
        yield block


def _parts(block: list[Placed]) -> Iterator[Part]:
    """Titles and closing remarks as lines of text, what stands between as a table."""
    rows = grid(block)
    width = len(rows[0])
    full = [
        number
        for number, row in enumerate(rows)
        if filled(row) > 1 and sum(spot.wide for spot in row if spot.words) >= HEADER_SHARE * width
    ]
    first, last = (
        (full[0], max(n for n, row in enumerate(rows) if filled(row) > 1)) if full else (len(rows), -1)
    )
    table = rows[first : last + 1]
    if len(table) < 2:
        first, last, table = len(rows), len(rows), []
    yield from map(_line, rows[:first])
    if table:
        yield from table_parts(table)
    yield from map(_line, rows[last + 1 :])


def _line(row: list[Spot]) -> str:
    """The words of a row outside a table, line breaks inside a cell kept."""
    return " ".join(spot.words for spot in row if spot.words).replace("\r\n", "\n").replace("\r", "\n")
