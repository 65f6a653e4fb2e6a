"""A conversation as Markdown and as a Word document, read back by another program."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from index.search.index import Index
from qa import ask
from qa.files.transcript import as_docx, as_markdown
from qa.records import Answer, Statement, Table

MADE = "2026年11月22日 09:30"


@pytest.fixture(scope="module")
def answers(policy_index: Index) -> list[Answer]:
    first = "哪个部门牵头海绵城市建设?"
    return [
        ask(first, index=policy_index),
        ask("那运城的5G基站建多少?", history=[first], index=policy_index),
        ask("北京市的海绵城市由谁负责?", index=policy_index),
    ]


def test_markdown_holds_every_question_answer_and_quote(answers):
    text = as_markdown(answers, MADE)
    assert MADE in text
    for answer in answers:
        assert f"## {answer.query.question}" in text
        for citation in answer.citations:
            flat = "".join(citation.quote.split()).replace("|", "")
            assert flat[:12] in "".join(text.split()).replace("\\", "").replace("|", "")
    assert "（没有找到确切规定）" in text
    assert "| 宁武县 |" in text


def test_markdown_of_a_document_is_only_text(answers):
    evil = replace(
        answers[0], blocks=(Statement("<img src=x onerror=alert(1)> # 标题 [链接](javascript:1)"),)
    )
    text = as_markdown([evil], MADE)
    assert "<img" not in text.replace("\\<img", "")
    assert "\\[链接\\](javascript:1)" in text


def test_word_holds_the_same(answers):
    document = docx.Document(io.BytesIO(as_docx(answers, MADE)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for answer in answers:
        assert answer.query.question in text
        assert all(f"[{citation.number}] 《{citation.title}》" in text for citation in answer.citations)
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert cells[0][0] == "地区"
    table = next(block for block in answers[0].blocks if isinstance(block, Table))
    assert [row[0] for row in cells[1:]] == [row[0] for row in table.rows]
    assert len(cells) == 6


def test_what_was_narrowed_and_taken_over_stands_in_both(policy_index: Index, answers):
    narrow = ask("海绵城市建设由谁负责?", regions=["宁武县"], index=policy_index)
    text = as_markdown([narrow], MADE)
    (place,) = [line for line in text.splitlines() if line.startswith("查找范围：")]
    assert place.startswith("查找范围：") and "1 份文件（宁武县" in place
    document = docx.Document(io.BytesIO(as_docx([narrow, answers[1]], MADE)))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert place in said
    assert any(line.startswith("（沿用上文：") for line in said) == bool(answers[1].query.taken_over)


def test_word_looks_like_an_official_note(answers):
    document = docx.Document(io.BytesIO(as_docx(answers, MADE)))
    section = document.sections[0]
    size = [round(length.mm) for length in (section.page_width, section.page_height, section.top_margin)]
    assert size == [210, 297, 37]
    east = {
        name: document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Title", "Normal", "Heading 1", "Heading 2")
    }
    assert east == {
        "Title": "方正小标宋简体",
        "Normal": "仿宋_GB2312",
        "Heading 1": "黑体",
        "Heading 2": "楷体_GB2312",
    }
    assert [document.styles[name].font.size.pt for name in ("Title", "Normal")] == [22, 16]
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert [heading[:2] for heading in headings] == ["一、", "二、", "三、"]
    fonts = next(p for p in document.part.package.iter_parts() if p.partname == "/word/fontTable.xml")
    assert '<w:altName w:val="仿宋;' in fonts.blob.decode()
    assert document.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert section.footer.paragraphs[0].text.startswith("— ")


def test_what_no_word_document_may_hold_is_left_out(answers):
    evil = replace(answers[0], blocks=(Statement("一\x00二\x07三\ufffe"),))
    document = docx.Document(io.BytesIO(as_docx([evil], MADE)))
    assert any(paragraph.text == "一二三" for paragraph in document.paragraphs)
