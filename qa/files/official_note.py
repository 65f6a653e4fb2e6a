"""A Word document that looks like an official note: A4, the faces, sizes and margins of GB/T 9704-2012.

The title in 小标宋, the text in 仿宋 of size three, headings in 黑体 and 楷体, 22 lines of 28 characters a
page, the page's number between dashes at its outer edge.  Each face is named as offices have it, and the
document's own table of fonts says what stands in where a machine has it not.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from index.language.numerals import chinese_numeral

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import _Footer

TITLE_FACE, TEXT_FACE, HEADING_FACE, SUBHEADING_FACE, NUMBER_FACE = (
    "方正小标宋简体",
    "仿宋_GB2312",
    "黑体",
    "楷体_GB2312",
    "宋体",
)
STAND_IN: Final = {
    TITLE_FACE: "方正小标宋_GBK;小标宋;华文中宋;宋体;SimSun",
    TEXT_FACE: "仿宋;FangSong;FangSong_GB2312;STFangsong",
    HEADING_FACE: "SimHei;Heiti SC;微软雅黑",
    SUBHEADING_FACE: "楷体;KaiTi;KaiTi_GB2312;STKaiti",
}
"""What stands in for a face, first choice first (``w:altName``), on Windows, WPS and macOS."""
LATIN_FACE: Final = "Times New Roman"
TITLE_POINTS, TEXT_POINTS, TABLE_POINTS, PAGE_POINTS = 22.0, 16.0, 10.5, 14.0
"""二号, 三号, 五号, 四号."""
LINE_POINTS: Final = 28.0
"""22 lines in the 225 mm of text that the standard prescribes."""
TEXT_MILLIMETRES: Final = 156
NARROWEST, WIDEST = 6, 40
"""Characters by which a table's columns share the page: a longer cell takes more lines instead."""
_MILLIMETRES: Final = {
    "page_width": 210,
    "page_height": 297,
    "top_margin": 37,
    "bottom_margin": 35,
    "left_margin": 28,
    "right_margin": 26,
    "footer_distance": 28,
}
"""天头 37, 订口 28, 版心 156 by 225; the page's number lies 7 mm below the text."""
# Characters that no XML 1.0 text may hold, and so no Word document.
_NOT_IN_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class OfficialNote:
    """A note that is written from top to bottom and then handed out as bytes."""

    def __init__(self, title: str, below: Sequence[str]) -> None:
        """``below`` are lines under the title, as the day."""
        import docx  # noqa: PLC0415 - a fifth of a second, and only here

        self._document: Document = docx.Document()
        self._headings = 0
        _lay_out(self._document)
        _styles(self._document)
        _name_stand_ins(self._document)
        self._document.core_properties.title = title
        self._document.core_properties.author = ""
        self._document.core_properties.comments = ""
        self._add(title, "Title")
        for line in below:
            self._add(line, "Subtitle")

    def heading(self, text: str) -> None:
        """一、…, counted on."""
        self._headings += 1
        self._add(f"{chinese_numeral(self._headings)}、{text}", "Heading 1")

    def subheading(self, text: str) -> None:
        """A heading below the last."""
        self._add(text, "Heading 2")

    def text(self, text: str) -> None:
        """A paragraph."""
        self._add(text, "Normal")

    def table(self, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table with lines, whose head is printed again on each page."""
        table = self._document.add_table(rows=0, cols=len(header), style="Table Grid")
        _widths(table, header, rows := list(rows))
        for number, line in enumerate((header, *rows)):
            row = table.add_row()
            _mark_row(row, head=number == 0)
            for cell, words in zip(row.cells, line, strict=True):
                paragraph = cell.paragraphs[0]
                paragraph.style = "Table Head" if number == 0 else "Table Text"
                paragraph.add_run(_clean(words))

    def as_bytes(self) -> bytes:
        """The document as a file's bytes."""
        held = io.BytesIO()
        self._document.save(held)
        return held.getvalue()

    def _add(self, text: str, style: str) -> None:
        self._document.add_paragraph(_clean(text), style=style)


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("", text)


def _lay_out(document: Document) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    section = document.sections[0]
    for name, millimetres in _MILLIMETRES.items():
        setattr(section, name, Mm(millimetres))
    document.settings.odd_and_even_pages_header_footer = True
    _number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def _number(footer: _Footer, side: Any) -> None:
    """— 1 —, one character in from the edge."""
    from docx.shared import Pt  # noqa: PLC0415

    paragraph = footer.paragraphs[0]
    paragraph.style = "Footer"
    paragraph.alignment = side
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(PAGE_POINTS)
    paragraph.add_run("— ")
    _field(paragraph.add_run(), "PAGE")
    paragraph.add_run(" —")


def _field(run: Any, code: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    for kind in ("begin", "", "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        run._r.append(element)


def _styles(document: Document) -> None:
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    indent, centre = Pt(2 * TEXT_POINTS), WD_ALIGN_PARAGRAPH.CENTER
    for name in ("Table Head", "Table Text"):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
    looks: tuple[tuple[str, str, float, Any, Any], ...] = (
        ("Normal", TEXT_FACE, TEXT_POINTS, indent, WD_ALIGN_PARAGRAPH.JUSTIFY),
        ("Title", TITLE_FACE, TITLE_POINTS, Pt(0), centre),
        ("Subtitle", SUBHEADING_FACE, TEXT_POINTS, Pt(0), centre),
        ("Heading 1", HEADING_FACE, TEXT_POINTS, indent, WD_ALIGN_PARAGRAPH.LEFT),
        ("Heading 2", SUBHEADING_FACE, TEXT_POINTS, indent, WD_ALIGN_PARAGRAPH.LEFT),
        ("Table Head", HEADING_FACE, TABLE_POINTS, Pt(0), centre),
        ("Table Text", NUMBER_FACE, TABLE_POINTS, Pt(0), WD_ALIGN_PARAGRAPH.LEFT),
        ("Footer", NUMBER_FACE, PAGE_POINTS, Pt(0), WD_ALIGN_PARAGRAPH.RIGHT),
    )
    for name, face, points, first, side in looks:
        style: Any = document.styles[name]
        _face(style, face, points)
        paragraph = style.paragraph_format
        paragraph.first_line_indent, paragraph.alignment = first, side
        paragraph.space_before = paragraph.space_after = Pt(0)
        paragraph.line_spacing = Pt(LINE_POINTS if points >= TEXT_POINTS else 1.5 * points)
    document.styles["Title"].paragraph_format.space_after = Pt(LINE_POINTS)
    document.styles["Title"].paragraph_format.line_spacing = Pt(36)
    for name in ("Title", "Heading 1", "Heading 2"):
        _plain(document.styles[name])


def _face(style: Any, face: str, points: float) -> None:
    """Face and size, black and upright, in place of what the template's theme has."""
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    font = style.font
    font.name, font.size, font.bold, font.italic = LATIN_FACE, Pt(points), False, False
    font.color.rgb = RGBColor(0, 0, 0)
    faces = style.element.rPr.rFonts
    for attribute in list(faces.attrib):
        if attribute.endswith("Theme"):
            del faces.attrib[attribute]
    faces.set(qn("w:eastAsia"), face)
    faces.set(qn("w:cs"), LATIN_FACE)


def _plain(style: Any) -> None:
    """Without the line that the template draws under a title, nor its spacing of letters."""
    from docx.oxml.ns import qn  # noqa: PLC0415

    for element, name in ((style.element.pPr, "w:pBdr"), (style.element.rPr, "w:spacing")):
        found = element.find(qn(name)) if element is not None else None
        if found is not None:
            element.remove(found)


def _name_stand_ins(document: Document) -> None:
    """Put the faces and what stands in for them into the document's table of fonts."""
    from docx.oxml import parse_xml  # noqa: PLC0415
    from docx.oxml.ns import nsdecls, qn  # noqa: PLC0415
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415

    table: Any = next(p for p in document.part.package.iter_parts() if p.partname == "/word/fontTable.xml")
    fonts = etree.fromstring(table.blob)
    for face, others in STAND_IN.items():
        for known in [one for one in fonts if one.get(qn("w:name")) == face]:
            fonts.remove(known)
        fonts.append(
            parse_xml(
                f'<w:font {nsdecls("w")} w:name="{face}"><w:altName w:val="{others}"/>'
                '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="default"/></w:font>'
            )
        )
    table._blob = etree.tostring(fonts, xml_declaration=True, encoding="UTF-8", standalone=True)


def _widths(table: Any, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as what stands in them asks for: a column of names leaves the others its room."""
    from docx.shared import Mm  # noqa: PLC0415

    lines = [header, *rows]
    longest = [max(len(line[place]) for line in lines) for place in range(len(header))]
    shares = [min(max(each, NARROWEST), WIDEST) for each in longest]
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Mm(TEXT_MILLIMETRES * share / sum(shares))


def _mark_row(row: Any, *, head: bool) -> None:
    """Never broken over two pages; the head is printed again on each."""
    from docx.oxml import OxmlElement  # noqa: PLC0415

    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))
