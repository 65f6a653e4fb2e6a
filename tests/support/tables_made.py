"""One table written as html, docx, xlsx and pdf, so that a test can say once what must be read of it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from tests.support.packing import docx, p

FONT = "STSong-Light"


@dataclass(frozen=True, slots=True)
class Made:
    """A cell: its words, the columns and rows that it covers, and a table inside it."""

    words: str
    wide: int = 1
    high: int = 1
    inner: tuple[tuple[str, ...], ...] = ()


Cell = str | Made
Rows = Sequence[Sequence[Cell]]
"""The cells that begin in each row, as html has them."""


@dataclass(frozen=True, slots=True)
class Page:
    """Paragraphs and tables in their order."""

    parts: tuple[str | Rows, ...]


def _cell(cell: Cell) -> Made:
    return cell if isinstance(cell, Made) else Made(cell)


def placed(rows: Rows) -> Iterator[tuple[int, int, Made]]:
    """Row, column and cell, past those that reach down from the rows above."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        column = 0
        for cell in map(_cell, cells):
            while (row, column) in taken:
                column += 1
            taken |= {(row + a, column + b) for a in range(cell.high) for b in range(cell.wide)}
            yield row, column, cell
            column += cell.wide


def _size(rows: Rows) -> tuple[int, int]:
    cells = list(placed(rows))
    return max(r + c.high for r, _, c in cells), max(at + c.wide for _, at, c in cells)


def html(page: Page) -> bytes:
    def table(rows: Rows) -> str:
        return (
            "<table border='1'>" + "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows) + "</table>"
        )

    def cell(one: Cell) -> str:
        made = _cell(one)
        inner = table(made.inner) if made.inner else ""
        return f"<td colspan='{made.wide}' rowspan='{made.high}'>{made.words}{inner}</td>"

    body = "".join(f"<p>{part}</p>" if isinstance(part, str) else table(part) for part in page.parts)
    return f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>".encode()


def word(page: Page) -> bytes:
    def table(rows: Rows) -> str:
        height, width = _size(rows)
        at = {(row, column): cell for row, column, cell in placed(rows)}
        lines = []
        for row in range(height):
            cells, column = [], 0
            while column < width:
                top = next(
                    (r for r in range(row, -1, -1) if (r, column) in at and r + at[r, column].high > row),
                    None,
                )
                assert top is not None, (row, column)
                made = at[top, column]
                merge = (
                    ""
                    if made.high == 1
                    else f"<w:vMerge{' w:val=' + chr(34) + 'restart' + chr(34) if top == row else ''}/>"
                )
                inner = table(made.inner) if made.inner and top == row else ""
                cells.append(
                    f'<w:tc><w:tcPr><w:gridSpan w:val="{made.wide}"/>{merge}</w:tcPr>'
                    f"{p(made.words if top == row else '')}{inner}{p('') if inner else ''}</w:tc>"
                )
                column += made.wide
            lines.append(f"<w:tr>{''.join(cells)}</w:tr>")
        return f"<w:tbl>{''.join(lines)}</w:tbl>"

    return docx("".join(p(part) if isinstance(part, str) else table(part) for part in page.parts))


def excel(page: Page) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    line = 1
    for number, part in enumerate(page.parts):
        if isinstance(part, str):
            sheet.cell(line, 1, part)
            line += 1
            continue
        if number and not isinstance(page.parts[number - 1], str):
            line += 1  # a table of its own
        for row, column, made in placed(part):
            words = "\n".join([made.words, *map(" ".join, made.inner)]) if made.inner else made.words
            sheet.cell(line + row, column + 1, words or None)
            if made.wide > 1 or made.high > 1:
                sheet.merge_cells(
                    start_row=line + row,
                    end_row=line + row + made.high - 1,
                    start_column=column + 1,
                    end_column=column + made.wide,
                )
        line += _size(part)[0]
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def pdf(page: Page) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = ParagraphStyle("words", fontName=FONT, fontSize=9, leading=12, wordWrap="CJK")

    def table(rows: Rows) -> Flowable:
        height, width = _size(rows)
        said: list[list[Flowable | str]] = [[""] * width for _ in range(height)]
        spans = []
        for row, column, made in placed(rows):
            words = "<br/>".join([made.words, *map(" ".join, made.inner)]) if made.inner else made.words
            said[row][column] = Paragraph(words, style) if words else ""
            if made.wide > 1 or made.high > 1:
                spans.append(("SPAN", (column, row), (column + made.wide - 1, row + made.high - 1)))
        return Table(
            said,
            colWidths=[740 / width] * width,
            style=[("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP"), *spans],
        )

    flow: list[Flowable] = []
    for part in page.parts:
        flow += [Paragraph(part, style), Spacer(1, 14)] if isinstance(part, str) else [table(part)]
    held = io.BytesIO()
    SimpleDocTemplate(held, pagesize=landscape(A4), topMargin=60, bottomMargin=60).build(flow)
    return held.getvalue()


WRITERS: dict[str, Callable[[Page], bytes]] = {"html": html, "docx": word, "xlsx": excel, "pdf": pdf}
