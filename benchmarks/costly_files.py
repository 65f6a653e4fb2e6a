"""Small files that ask for much of whoever reads them."""

from __future__ import annotations

import io
import zipfile


def small_and_costly() -> list[tuple[str, bytes]]:
    """A merge over a million rows, 100,000 paragraphs, a megabyte of digits, a span of 65,534."""
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        '<c r="A1" t="inlineStr"><is><t>由县住建局牵头</t></is></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:A1048576"/></mergeCells></worksheet>'
    )
    return [
        ("merged.xlsx", _workbook(sheet)),
        ("paragraphs.html", "<p>由县住建局牵头。</p>".encode() * 100_000),
        ("digits.pdf", b"%PDF-1.4\n" + b"1" * 1_000_000),
        ("span.html", "<table><tr><td rowspan=65534>由县住建局牵头</td></tr></table>".encode() * 200),
    ]


def _workbook(sheet: str) -> bytes:
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" '
        f'ContentType="{kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
        f'ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" '
        f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        f'xmlns:r="{relations}"><sheets><sheet name="a" sheetId="1" r:id="s"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="s" '
        f'Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()
