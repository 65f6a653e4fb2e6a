"""PDF files made from a text, one line a paragraph, in the ways in which offices make them.

reportlab (one column or two), LibreOffice (from a docx with a header and a PAGE field), Chromium (a web
page printed, with the browser's own head and foot) and a scan (the pages of another PDF as images).
Titles are centred, signatures stand right, paragraphs are indented, flattened tables are ruled again.
"""

from __future__ import annotations

import html
import io
import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

import docx
import pypdfium2
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.run import Run
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Table

from index.clauses.flat_tables import find_tables

HEAD = "某某市人民政府公报 2024年第9期"
FONT = "STSong-Light"
CHROMIUM = "/usr/bin/chromium"
SCAN_DPI = 200

# 2024年9月14日, 202474
_DATE = re.compile(
    r"[0-9〇一二三四五六七八九十\s]{4,8}年?[\d\s一二三四五六七八九十]{1,6}月?[\d\s一二三四五六七八九十]{0,4}日?"
)
# 运城市人民政府办公室
_SIGNER = re.compile(r"[一-鿿]{4,24}(?:政府|办公室|局|委员会)")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a table's rows; a row of one cell is a section row."""

    kind: Literal["title", "body", "right", "table"]
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(text: str) -> Iterator[Block]:
    """The text's lines as paragraphs, its flattened tables as rows."""
    at, running = 0, False
    for table in find_tables(text):
        for block in _paragraphs(text[at : table.start], running):
            running = running or block.kind == "body"
            yield block
        rows = [tuple(text[c.start : c.end] for c in row.cells) for row in table.rows]
        kinds = [row.kind for row in table.rows]
        yield Block(
            "table",
            rows=tuple(row[:1] if kind == "section" else row for row, kind in zip(rows, kinds, strict=True)),
        )
        at = table.end
    yield from _paragraphs(text[at:], running)


def _paragraphs(text: str, running: bool) -> Iterator[Block]:
    for line in text.split("\n"):
        words = line.strip()
        if not words:
            continue
        if _DATE.fullmatch(words) or (_SIGNER.fullmatch(words) and running):
            yield Block("right", words)
        elif not running and not re.search(r"[。：:；]", words):
            yield Block("title", words)
        else:
            running = True
            yield Block("body", words)


def by_reportlab(text: str, columns: int = 1, font: str = FONT) -> bytes:
    """A4 with a running head and — 3 —, which stands right on odd pages and left on even ones.

    ``font`` is a name that was registered with reportlab; FONT is in no file, so what its pages look like is
    the viewer's choice.
    """
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    size = 12 if columns > 1 else 14
    body = ParagraphStyle(
        "body", fontName=font, fontSize=size, leading=size * 1.6, wordWrap="CJK", firstLineIndent=size * 2
    )
    title = ParagraphStyle("title", body, fontSize=size + 4, alignment=1, firstLineIndent=0, leading=size * 2)
    right = ParagraphStyle("right", body, alignment=2, firstLineIndent=0)
    cell = ParagraphStyle("cell", body, fontSize=10, leading=14, firstLineIndent=0)
    styles = {"body": body, "title": title, "right": right}
    width, height = A4
    gutter = 0.8 * cm
    column = (width - 5 * cm - gutter * (columns - 1)) / columns
    frames = [
        Frame(2.5 * cm + i * (column + gutter), 2.5 * cm, column, height - 5 * cm, 0, 0, 0, 0)
        for i in range(columns)
    ]
    story: list[Flowable] = []
    for block in blocks(text):
        if block.kind == "table":
            story.append(_ruled(block, cell, column))
        else:
            story.append(Paragraph(escape(block.text), styles[block.kind]))
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=A4)
    document.addPageTemplates([PageTemplate("page", frames, onPage=partial(_paper, font=font))])
    document.build(story)
    return out.getvalue()


def _paper(canvas: Canvas, document: BaseDocTemplate, font: str) -> None:
    width, height = A4
    canvas.setFont(font, 10)
    canvas.drawCentredString(width / 2, height - 1.5 * cm, HEAD)
    number = f"— {document.page} —"
    if document.page % 2:
        canvas.drawRightString(width - 2.5 * cm, 1.5 * cm, number)
    else:
        canvas.drawString(2.5 * cm, 1.5 * cm, number)


def _ruled(block: Block, style: ParagraphStyle, width: float) -> Table:
    columns = max(len(row) for row in block.rows)
    first = 0.1 if all(len(row[0]) < 4 for row in block.rows if len(row) > 1) else 1 / columns
    widths = [width * first, *[width * (1 - first) / (columns - 1)] * (columns - 1)]
    rows = [[Paragraph(escape(c), style) for c in row] + [""] * (columns - len(row)) for row in block.rows]
    spans = [("SPAN", (0, i), (-1, i)) for i, row in enumerate(block.rows) if len(row) == 1]
    return Table(rows, widths, repeatRows=1, style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black), *spans])


def by_libreoffice(text: str) -> bytes:
    """A docx as Word makes it (page header, PAGE field, first lines indented), printed by LibreOffice."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.7)
    section.header.paragraphs[0].text = HEAD
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("- ")
    _page_field(foot.add_run())
    foot.add_run(" -")
    for block in blocks(text):
        if block.kind == "table":
            _docx_table(document, block)
            continue
        paragraph = document.add_paragraph()
        run = paragraph.add_run(block.text)
        run.font.size = Pt(18 if block.kind == "title" else 16)
        if block.kind == "body":
            paragraph.paragraph_format.first_line_indent = Pt(32)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        else:
            centre = block.kind == "title"
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centre else WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.space_after = Pt(0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.docx"
        document.save(str(path))
        return _convert(path)


def _page_field(run: Run) -> None:
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = words
        run._r.append(element)


def _docx_table(document: docx.document.Document, block: Block) -> None:
    columns = max(len(row) for row in block.rows)
    table = document.add_table(rows=0, cols=columns, style="Table Grid")
    for number, row in enumerate(block.rows):
        cells = table.add_row().cells
        if len(row) == 1:
            cells[0].merge(cells[-1])
        for cell, words in zip(cells, row, strict=False):
            cell.text = words
        if number == 0:
            properties = table.rows[0]._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:tblHeader"))


def _convert(path: Path) -> bytes:
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(path.parent),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return path.with_suffix(".pdf").read_bytes()


def by_chromium(text: str) -> bytes:
    """A web page without first-line indents, printed with the browser's date, title, address and 1/9."""
    parts = ["<!doctype html><meta charset=utf-8><title>政府信息公开</title><style>"]
    parts.append("td,th{border:1px solid #000}table{border-collapse:collapse}.title{text-align:center}")
    parts.append(".right{text-align:right}</style>")
    for block in blocks(text):
        if block.kind == "table":
            columns = max(len(row) for row in block.rows)
            rows = [_html_row(row, columns, number == 0) for number, row in enumerate(block.rows)]
            parts.append(f"<table><thead>{rows[0]}</thead><tbody>{''.join(rows[1:])}</tbody></table>")
        else:
            parts.append(f"<p class={block.kind}>{html.escape(block.text)}</p>")
    with tempfile.TemporaryDirectory() as folder:
        page, out = Path(folder) / "made.html", Path(folder) / "made.pdf"
        page.write_text("".join(parts), encoding="utf-8")
        flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        command = [CHROMIUM, *flags, f"--print-to-pdf={out}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
        return out.read_bytes()


def _html_row(row: tuple[str, ...], columns: int, header: bool) -> str:
    if len(row) == 1:
        return f"<tr><td colspan={columns}>{html.escape(row[0])}</td></tr>"
    tag = "th" if header else "td"
    return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in row) + "</tr>"


def scan_of(pdf: bytes, dpi: int = SCAN_DPI, pages: frozenset[int] | None = None) -> bytes:
    """The pages (from 0; all without ``pages``) as images and nothing else, in a file of their own."""
    out = io.BytesIO()
    canvas = Canvas(out)
    with closing(pypdfium2.PdfDocument(pdf)) as source:
        for number in range(len(source)) if pages is None else sorted(pages):
            page = source[number]
            width, height = page.get_size()
            held = io.BytesIO()
            page.render(scale=dpi / 72, grayscale=True).to_pil().save(held, "JPEG", quality=85)
            page.close()
            canvas.setPageSize((width, height))
            canvas.drawImage(ImageReader(held), 0, 0, width, height)
            canvas.showPage()
    canvas.save()
    return out.getvalue()
