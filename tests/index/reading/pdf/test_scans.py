"""Scanned pages: pictures of PDF pages at 200 dpi, read with the models that the extra carries."""

from __future__ import annotations

import socket

import pytest
from formats_pdf import alike, cleaned, words_of
from pdf_made import HEAD, by_reportlab, scan_of
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from index.clauses.flat_tables import find_tables
from index.errors import SourceError
from index.parsing.parse import parse_source
from index.reading.pdf import ocr
from index.reading.pdf.document import read_pdf
from index.reading.pdf.ocr_corrections import mended
from index.reading.pdf.page import Page, Piece
from index.reading.read import Source

TEXT = """\
某某县推进城镇化建设行动方案
为贯彻落实党中央、国务院决策部署，加快推进以县城为重要载体的城镇化建设，结合我县实际，制定本方案。
一、总体要求
（一）指导思想。坚持以人民为中心的发展思想，统筹县城生产、生活、生态、安全需要，尊重县城发展规律。
（二）发展目标。到2025年，县城建设取得重要进展，短板弱项进一步补齐，公共设施和服务能力明显提升。
二、重点任务
（一）完善市政设施。改造供水管网38.6公里，投资1.57亿元，管网漏损率控制在9%以内。
序号 |
项目名称 |
责任单位 |
1 |
供水管网改造项目 |
县水务局 |
2 |
老旧小区改造项目 |
县住房城乡建设局 |
"""


FONT = "NotoSerifCJKsc-part"
"""The file of tests/data/font with the characters of TEXT and HEAD: the picture is the same everywhere."""


@pytest.fixture(scope="module")
def printed(pytestconfig: pytest.Config) -> bytes:
    if not ocr.is_installed():
        pytest.skip("the extra ocr is not installed: pip install 'tiaowen[ocr]'")
    file = pytestconfig.rootpath / "tests" / "data" / "font" / f"{FONT}.ttf"
    pdfmetrics.registerFont(TTFont(FONT, str(file)))
    return by_reportlab(TEXT, font=FONT)


def test_a_scan_reads_as_its_text_without_asking_the_network(
    printed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("an address was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    extracted = read_pdf(scan_of(printed), "方案.pdf")
    text = cleaned(extracted)
    head = HEAD.replace(" ", "")  # which a picture has not; and on one page a running head may be a title
    whole = f"{head}\n{TEXT}"
    reference = words_of(parse_source(Source(whole, ""), "方案.txt"), signs=True)
    assert alike(reference, words_of(parse_source(Source(text, ""), "方案.txt"), signs=True)) >= 0.93
    (table,) = find_tables(text)
    assert table.columns == ("序号", "项目名称", "责任单位")
    assert [text[c.start : c.end] for c in table.rows[2].cells] == [
        "2",
        "老旧小区改造项目",
        "县住房城乡建设局",
    ]
    assert [page.name for page in extracted.pages] == ["1"]


def test_a_page_on_its_side_is_turned(printed: bytes) -> None:
    import pypdfium2

    with pypdfium2.PdfDocument(scan_of(printed)) as document:
        picture = document[0].render(scale=200 / 72, grayscale=True, rotation=90).to_numpy()
        picture = picture.reshape(picture.shape[:2]).copy()
    page = ocr.read_picture(picture, 1, 72 / 200)
    assert page.width < page.height
    assert any("坚持以人民为中心的发展思想" in piece.text for piece in page.pieces)


def test_scans_without_the_extra_are_named(printed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.reading.pdf.ocr.find_spec", lambda name: None)
    with pytest.raises(SourceError, match=r"^方案\.pdf: 1 pages .* \(1\)\. Install OCR: pip install"):
        read_pdf(scan_of(printed), "方案.pdf")


def test_the_mark_after_a_number_is_put_back_where_numbers_count_on() -> None:
    texts = [
        "一、总体要求",
        "二重点任务",
        "三农工作持续加强，其中",
        "三方面要求",
        "三保障措施",
        "二是要加强领导。",
    ]
    pieces = tuple(Piece(text, 0, 1, n, n + 1, n, 1, n) for n, text in enumerate(texts))
    (page,) = mended([Page(1, 100, 100, pieces)])
    assert [piece.text for piece in page.pieces] == [
        "一、总体要求",
        "二、重点任务",
        "三、农工作持续加强，其中",  # what it costs: a line of running text that begins with the next number
        "三方面要求",
        "三保障措施",
        "二是要加强领导。",
    ]


def test_a_lone_traditional_character_is_misread_and_a_traditional_text_is_not() -> None:
    simplified = Piece(
        "坚持以人民为中心的发展思想，统筹县城生产、生活、生态、安全需要，不断強化实施保障，加快推进建设"
        + "，到2025年取得进展" * 3,
        0,
        1,
        0,
        1,
        0,
        1,
        0,
    )
    traditional = Piece("強化實施保障", 0, 1, 0, 1, 0, 1, 0)
    (page,) = mended([Page(1, 100, 100, (simplified,))])
    assert "强化实施保障" in page.pieces[0].text
    (page,) = mended([Page(1, 100, 100, (traditional,))])
    assert page.pieces[0].text == "強化實施保障"
