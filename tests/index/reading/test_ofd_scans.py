"""Pages of an OFD without words: a picture of the page, and characters drawn as outlines, go to OCR."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from pdf_made import by_reportlab
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from index.errors import SourceError
from index.reading.ofd_parts import page_size
from index.reading.pdf import ocr
from index.reading.read import text_of
from index.reading.xml import parse_xml
from index.reading.zip_package import Package

FONT = "NotoSerifCJKsc-part"
"""The file of tests/data/font with the characters of TEXT: the picture is the same everywhere."""
TEXT = "（二）发展目标。到2025年，县城建设取得重要进展，短板弱项进一步补齐，公共设施和服务能力明显提升。\n"
SCALE = 200 / 72
MILLIMETRES = 25.4 / 200
NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


@pytest.fixture(scope="module")
def picture(pytestconfig: pytest.Config) -> np.ndarray:
    """The head and the words of a page at 200 dpi."""
    file = pytestconfig.rootpath / "tests" / "data" / "font" / f"{FONT}.ttf"
    pdfmetrics.registerFont(TTFont(FONT, str(file)))
    page = pypdfium2.PdfDocument(by_reportlab(TEXT, font=FONT))[0]
    drawn = page.render(scale=SCALE, grayscale=True).to_numpy().squeeze()
    return drawn[:600]


def ofd(content: str, size: tuple[int, int], image: bytes = b"") -> bytes:
    high, wide = size
    box = f"0 0 {wide * MILLIMETRES:g} {high * MILLIMETRES:g}"
    area = f"<ofd:Area><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:Area>"
    parts = {
        "OFD.xml": "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>",
        "Doc_0/Document.xml": "<ofd:CommonData><ofd:DocumentRes>Res.xml</ofd:DocumentRes></ofd:CommonData>"
        '<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/0/Content.xml"/></ofd:Pages>',
        "Doc_0/Res.xml": '<ofd:MultiMedias><ofd:MultiMedia ID="7" Type="Image">'
        "<ofd:MediaFile>page.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>",
        "Doc_0/Pages/0/Content.xml": f"{area}<ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content>",
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        for name, body in parts.items():
            base = ' BaseLoc="Res"' if name.endswith("Res.xml") else ""
            package.writestr(name, f"<ofd:Any {NAMESPACE}{base}>{body}</ofd:Any>")
        package.writestr("Doc_0/Res/page.png", image)
    return held.getvalue()


def png(picture: np.ndarray) -> bytes:
    held = io.BytesIO()
    Image.fromarray(picture).save(held, "PNG")
    return held.getvalue()


def scanned(picture: np.ndarray) -> bytes:
    high, wide = picture.shape
    box = f"0 0 {wide * MILLIMETRES:g} {high * MILLIMETRES:g}"
    matrix = f"{wide * MILLIMETRES:g} 0 0 {high * MILLIMETRES:g} 0 0"
    placed = f'<ofd:ImageObject ID="8" ResourceID="7" Boundary="{box}" CTM="{matrix}"/>'
    return ofd(placed, picture.shape, png(picture))


def outlined(picture: np.ndarray) -> bytes:
    cv2 = pytest.importorskip("cv2")
    found, _ = cv2.findContours((picture < 128).astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    steps = ""
    for contour in found:
        points = [f"{x * MILLIMETRES:.3f} {y * MILLIMETRES:.3f}" for [[x, y]] in contour.tolist()]
        steps += f"M {points[0]} " + " ".join(f"L {point}" for point in points[1:]) + " C "
    data = f"<ofd:AbbreviatedData>{steps}</ofd:AbbreviatedData>"
    shown = 'Boundary="0 0 300 300" Fill="true" Stroke="false"'
    return ofd(f'<ofd:PathObject ID="8" {shown}>{data}</ofd:PathObject>', picture.shape)


@pytest.mark.skipif(not ocr.is_installed(), reason="the extra ocr is not installed")
def test_a_page_that_is_a_picture_is_read(picture: np.ndarray) -> None:
    found = text_of(scanned(picture), Path("a.ofd"))
    assert "".join(found.text.split()).endswith(TEXT.strip())
    assert found.count is not None and found.count.lost == 0
    assert [page.name for page in found.pages] == ["1"]


@pytest.mark.parametrize("made", [scanned, outlined])
def test_a_page_is_drawn_as_it_is_printed(
    made: Callable[[np.ndarray], bytes], picture: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("cv2")
    from index.reading.ofd_picture import draw, images_of

    package = Package(made(picture), "a.ofd")
    document = parse_xml(package.read("Doc_0/Document.xml"), "", "")
    page = parse_xml(package.read("Doc_0/Pages/0/Content.xml"), "", "")
    drawn = draw(page, page_size(page, document), images_of(package, document, "Doc_0"), package).picture
    high, wide = picture.shape
    differ = (drawn[:high, :wide] < 128) != (picture < 128)
    assert differ.mean() < 0.004 and (picture < 128).mean() > 0.01  # the edges of characters
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    with pytest.raises(SourceError, match=r"a\.ofd: 1 pages have no readable text .* \(1\)\. Install OCR"):
        text_of(made(picture), Path("a.ofd"))
