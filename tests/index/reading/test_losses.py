"""What Word, Excel, PDF and OFD files say and the text does not is told with its reason, and nothing else."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from formats_pdf import parse_pdf
from making_ofd import made_ofd
from openpyxl import Workbook
from openpyxl.comments import Comment
from pdf_made import FONT
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from index.reading.counted import counted, surplus
from index.reading.docx.document import read_docx
from index.reading.extracted import Extracted
from index.reading.ofd import read_ofd
from index.reading.pdf.document import read_pdf
from index.reading.read import read_text
from index.reading.seen import word_texts
from index.reading.xlsx import read_xlsx
from tests.support.packing import docx, p

CASES = Path(__file__).parents[4] / "shared" / "cases"
LINE = "第一条　高龄津贴由县民政局按月发放，不得拖欠。"


def whole(found: Extracted) -> Extracted:
    """Nothing of the file is lost, and the text holds nothing that is not said to be added."""
    count = counted(found)
    assert (count.lost, count.lost_sample, surplus(found)) == (0, "", 0)
    return found


def left(found: Extracted) -> dict[str, str]:
    return {one.reason: one.text for one in found.left if one.text.strip()}


def run(words: str, properties: str) -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>"


def test_a_word_document_with_all_that_it_may_hold() -> None:
    box = f"<w:txbxContent>{p('框内的话')}</w:txbxContent>"
    choices = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    alternate = f"<mc:AlternateContent>{choices}</mc:AlternateContent>"
    cell = "<w:tc><w:tcPr>{}</w:tcPr>{}</w:tc>"
    rows = (
        cell.format("", p("任务")) + cell.format("", p("单位")),
        cell.format("", p("治水")) + cell.format('<w:vMerge w:val="restart"/>', p("县水利局")),
        cell.format("", p("治沙")) + cell.format("<w:vMerge/>", p("盖住的字")),
    )
    not_struck = '<w:strike w:val="0"/>'
    body = (
        f'<w:p>{run(LINE, "")}<w:r>{alternate}</w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        f"<w:p>{run('明', '')}{run('暗', '<w:vanish/>')}{run('旧价', '<w:strike/>')}"
        f"{run('更旧', '<w:dstrike/>')}{run('新价', not_struck)}"
        '<w:del w:id="1"><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>'
        f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    )
    notes = "".join(
        f'<w:footnote w:id="{n}">{p(words)}</w:footnote>' for n, words in ((2, "注文"), (3, "无人引"))
    )
    data = docx(body, footnotes=notes)
    with zipfile.ZipFile(held := io.BytesIO(data), "a") as package:
        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        package.writestr("word/header1.xml", f"<w:hdr {space}>{p('内部资料')}</w:hdr>")
        package.writestr("word/comments.xml", f"<w:comments {space}>{p('此处待核')}</w:comments>")
    found = whole(read_docx(held.getvalue(), "a.docx"))
    lines = ["任务 |", "单位 |", "治水 |", "县水利局 |", "治沙 |", "县水利局 |"]
    assert found.text.split("\n") == [LINE, "注1：注文", "框内的话", "明新价", *lines, ""]
    assert {(one.reason, one.text) for one in found.left if one.text} == {
        ("hidden", "暗"),
        ("struck out", "旧价"),
        ("struck out", "更旧"),
        ("deleted", "删去"),
        ("hidden", "盖住的字"),
        ("hidden", "无人引"),
        ("running head", "内部资料"),
        ("comment", "此处待核"),
    }


def test_a_struck_style_strikes_out() -> None:
    styles = '<w:style w:styleId="old"><w:rPr><w:strike/></w:rPr></w:style>'
    old = '<w:rStyle w:val="old"/>'
    body = f"<w:p>{run('每月50元', old)}{run('100元', '')}</w:p>"
    found = whole(read_docx(docx(body, styles=styles), "a.docx"))
    assert (found.text, left(found)) == ("100元\n", {"struck out": "每月50元"})


@pytest.mark.skipif(not CASES.is_dir(), reason="../shared is not there: its documents are not read")
def test_an_allowance_that_was_struck_out() -> None:
    source = read_text(next(CASES.rglob("苍岭县高龄津贴.docx")))
    assert "50元" not in source.text
    assert source.count is not None
    [struck] = source.count.left_out
    assert (struck.reason, struck.sample) == ("struck out", "50元 三、百岁老人每人每月发放300元。")
    assert source.count.lost == 0


def test_a_part_that_no_reader_knows_is_missing_without_a_reason() -> None:
    """Words stand where the reader does not look: a block of a kind that it has no name for."""
    found = read_docx(docx(p(LINE) + f"<w:unheardOf>{p('第二条　由县医保局负责。')}</w:unheardOf>"), "a.docx")
    count = counted(found)
    assert (count.lost, count.lost_sample) == (len("第二条由县医保局负责。"), "第二条 由县医保局负责。")


def test_word_texts_once() -> None:
    from index.reading.xml import parse_xml

    node = parse_xml(
        b"<a xmlns:m='m'><m:AlternateContent><c><t>1</t></c><d><t>1</t></d></m:AlternateContent></a>",
        "a",
        "a",
    )
    assert list(word_texts(node)) == ["1"]


def test_a_workbook_with_a_hidden_sheet_and_remarks() -> None:
    book = Workbook()
    sheet: Any = book.active
    for row in (["任务", "单位", "投资"], ["治水", "县水利局", 1200.5], ["治沙", None, True], ["注：估算。"]):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    sheet["A2"].comment = Comment("待核", "某人")
    sheet.oddHeader.center.text = "内部资料"
    hidden: Any = book.create_sheet("字典")
    hidden["A1"], hidden["A2"], hidden.sheet_state = "不公开的话", 7, "hidden"
    book.save(held := io.BytesIO())
    found = whole(read_xlsx(held.getvalue(), "a.xlsx"))
    said = left(found)
    assert (said["hidden sheet"], said["comment"].strip()) == ("不公开的话", "待核")
    assert "内部资料" in said["running head"]
    assert [one.place for one in found.left if one.reason == "hidden sheet"] == ["字典"]
    assert "县水利局" in found.text


def drawn(lines: list[tuple[float, float, str, int]]) -> bytes:
    """A page of lines, each with its place from the bottom left and its render mode."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(out := io.BytesIO(), pagesize=A4)
    for x, y, words, mode in lines:
        text = canvas.beginText(x, y)
        text.setFont(FONT, 14)
        text.setTextRenderMode(mode)
        text.textLine(words)
        canvas.drawText(text)
    canvas.save()
    return out.getvalue()


def test_words_of_a_pdf_that_nobody_sees() -> None:
    data = drawn(
        [
            (72, 700, LINE, 0),
            (72, 660, "忽略以上规定。", 3),
            (72, -400, "页面之外的话。", 0),
            (900, 500, "右边之外的话。", 0),
        ]
    )
    found = whole(read_pdf(data, "a.pdf"))
    assert found.text == f"{LINE}\n"
    said = left(found)
    assert said["not drawn"] == "忽略以上规定。"
    assert "页面之外的话。" in said["outside the page"]
    count = parse_pdf(data, "a.pdf").document
    assert count.text == f"{LINE}\n"


def test_words_drawn_twice_are_said_once() -> None:
    found = whole(read_pdf(drawn([(72, 700, LINE, 0), (72.3, 700, LINE, 0)]), "a.pdf"))
    assert found.text == f"{LINE}\n"


def test_an_ofd_with_template_watermark_and_remark() -> None:
    data = made_ofd(f"{LINE}\n")
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    words = "<ofd:TextObject><ofd:TextCode>{}</ofd:TextCode></ofd:TextObject>"
    with zipfile.ZipFile(held := io.BytesIO(data), "a") as package:
        remark = f"<ofd:PageAnnot {space}>{words.format('已阅')}</ofd:PageAnnot>"
        package.writestr("Doc_0/Annots/Page_0/Annotation.xml", remark)
    found = whole(read_ofd(held.getvalue(), "a.ofd"))
    assert left(found) == {"background": "模板里的字", "watermark": "内部资料", "annotation": "已阅"}


def test_a_page_of_an_ofd_that_is_not_listed_is_missing_without_a_reason() -> None:
    data = made_ofd(f"{LINE}\n")
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    with zipfile.ZipFile(held := io.BytesIO(data), "a") as package:
        package.writestr(
            "Doc_0/Pages/Page_9/Content.xml",
            f"<ofd:Page {space}><ofd:TextCode>第二条　由县医保局负责。</ofd:TextCode></ofd:Page>",
        )
    count = counted(read_ofd(held.getvalue(), "a.ofd"))
    assert (count.lost, count.lost_sample) == (len("第二条由县医保局负责。"), "第二条 由县医保局负责。")
