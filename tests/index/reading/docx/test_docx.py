"""A Word document is read as it is printed, and nothing of it is lost."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from index.clauses.flat_tables import find_tables
from index.errors import SourceError
from index.reading.docx.document import read_docx
from index.reading.read import read_text, text_of
from tests.support.packing import RELS, SPACES, lines, p, packed
from tests.support.packing import docx as made


def run(inner: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>"


def t(words: str) -> str:
    return run(f"<w:t>{words}</w:t>")


def test_breaks_tabs_and_signs() -> None:
    inner = "<w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t>"
    assert lines(f"<w:p>{run(inner)}</w:p>") == ["甲", "乙\tA-B"]
    box = '<w:sym w:font="Wingdings" w:char="F0FE"/>'
    assert lines(f"<w:p>{run(box)}{t('同意')}</w:p>") == ["☑同意"]


def test_tracked_changes_as_accepted() -> None:
    body = (
        f'<w:p>{t("由县")}<w:del w:id="1"><w:r><w:delText>教育局</w:delText></w:r></w:del>'
        f'<w:ins w:id="2">{t("住建局")}</w:ins>{t("牵头。")}</w:p>'
        f'<w:p><w:pPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr>{t("前半句")}</w:p><w:p>{t("后半句。")}</w:p>'
        f'<w:moveFrom w:id="4">{p("移走")}</w:moveFrom>'
    )
    assert lines(body) == ["由县住建局牵头。", "前半句后半句。"]


def test_hidden_words_and_the_codes_of_fields_are_not_printed() -> None:
    def turn(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    def code(words: str) -> str:
        return f"{turn('begin')}<w:r><w:instrText>{words}</w:instrText></w:r>"

    hidden = run("<w:t>暗</w:t>", "<w:vanish/>") + run("<w:t>明</w:t>", '<w:vanish w:val="0"/>')
    circled = code("eq \\o\\ac(○,11)") + turn("end")
    body = (
        f"<w:p>{t('见')}{code('REF x')}{turn('separate')}{t('第三条')}{turn('end')}{t('。')}{hidden}"
        f'<w:fldSimple w:instr="PAGE">{t("7")}</w:fldSimple>{circled}</w:p>'
    )
    assert lines(body) == ["见第三条。明7⑪"]


def test_links_content_controls_and_readings() -> None:
    body = (
        f"<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:hyperlink>{t('通知')}</w:hyperlink>"
        f"<w:sdt><w:sdtContent>{t('全文')}</w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>"
        f"<w:p><w:r><w:ruby><w:rt>{t('wǔ')}</w:rt><w:rubyBase>{t('武')}</w:rubyBase></w:ruby></w:r></w:p>"
    )
    assert lines(body) == ["通知全文", "武"]


def test_a_text_box_once_and_notes_after_their_paragraph() -> None:
    box = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
    note = '<w:footnote w:id="2">' + p("见国发〔2022〕1号。") + "</w:footnote>"
    end = '<w:endnote w:id="1">' + p("自印发之日起。") + "</w:endnote>"
    separator = '<w:footnote w:type="separator" w:id="0">' + p("——") + "</w:footnote>"
    body = (
        f"<w:p>{t('正文')}<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        f'</mc:AlternateContent></w:r><w:r><w:footnoteReference w:id="2"/></w:r>{t("后文")}'
        f'<w:r><w:endnoteReference w:id="1"/></w:r></w:p>{p("下一段")}'
    )
    assert lines(body, footnotes=separator + note, endnotes=end) == [
        *("正文后文", "注1：见国发〔2022〕1号。", "注2：自印发之日起。", "框内", "下一段"),
    ]


def cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(words)}</w:tc>"


def test_a_table_with_merged_cells() -> None:
    span, down, on = '<w:gridSpan w:val="3"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [
        cell("序号") + cell("项目") + cell("单位"),
        cell("一、基础设施", span),
        cell("1") + cell("污水|处理") + cell("县水务局", down),
        cell("2") + cell("供水") + cell("", on),
        cell("3") + cell("供热") + cell("县住建局"),
    ]
    body = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    deleted = '<w:tr><w:trPr><w:del w:id="1"/></w:trPr>' + cell("4") * 3 + "</w:tr></w:tbl>"
    text = read_docx(made(body.replace("</w:tbl>", deleted)), "a.docx").text
    [table] = find_tables(text)
    assert table.columns == ("序号", "项目", "单位")
    assert [[text[c.start : c.end] for c in row.cells] for row in table.rows[1:]] == [
        *(
            ["一、基础设施", "", ""],
            ["1", "污水｜处理", "县水务局"],
            ["2", "供水", "县水务局"],
            ["3", "供热", "县住建局"],
        ),
    ]


def test_a_table_that_lays_out_the_page_is_text() -> None:
    assert lines(f"<w:tbl><w:tr>{cell('甲')}{cell('乙')}</w:tr></w:tbl>") == ["甲", "乙"]


def test_a_file_with_macros_is_refused_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    document = docx.Document()
    document.add_paragraph("一、总则")
    document.save(str(path))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    with pytest.raises(SourceError, match=r"a\.docx: holds macros.*Save it without them"):
        read_text(path)
    old = tmp_path / "a.doc"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "_VBA_PROJECT".encode("utf-16-le"))
    with pytest.raises(SourceError, match=r"a\.doc: holds macros"):
        read_text(old)


def test_headers_are_left_alone(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.add_paragraph("一、总则")
    path = tmp_path / "a.docm"
    document.save(str(path))
    assert read_text(path).text.split() == ["一、总则"]


def test_the_strict_vocabulary() -> None:
    part = f"<w:document {SPACES}><w:body>{p('甲')}</w:body></w:document>".replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert read_docx(packed({"_rels/.rels": RELS, "word/document.xml": part}), "a.docx").text == "甲\n"


LAUGHS = '<!DOCTYPE x [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;">]><x/>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (made(p("甲"))[:-30], "damaged"),
        (packed({"_rels/.rels": RELS, "word/document.xml": LAUGHS}), "entities"),
        (packed({"_rels/.rels": RELS, "word/document.xml": LAUGHS.encode("utf-16")}), "entities"),
        (packed({"_rels/.rels": RELS, "word/document.xml": "<w:document"}), "no XML"),
        (packed({"word/document.xml": "<x/>"}), "_rels/.rels"),
        (made("<w:altChunk/>"), "altChunk"),
        (made(""), "no text"),
        (packed({"_rels/.rels": RELS, "word/document.xml": b"<x>" + b"0" * 30_000_000 + b"</x>"}), "swells"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said) as raised:
        text_of(data, Path("通知.docx"))
    assert str(raised.value).startswith("通知.docx: ")
