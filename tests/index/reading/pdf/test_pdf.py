"""PDF files as four programs make them, against the texts they hold; files that cannot be read."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from shutil import which

import pytest
from formats_pdf import cleaned, parse_pdf, same, words_of
from pdf_made import CHROMIUM, FONT, HEAD, by_chromium, by_libreoffice, by_reportlab
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from index.clauses.flat_tables import find_tables
from index.errors import SourceError
from index.parsing.parse import parse_source
from index.reading.extracted import Extracted
from index.reading.pdf import document as pdf
from index.reading.pdf.document import read_pdf
from index.reading.read import read_text

DOCUMENTS = Path(__file__).parents[4] / "documents"
FLOOR = 0.97
"""The least agreement of clauses with the text."""


def chinese_fonts() -> bool:
    """True where a Chinese font is installed, by which pdfium measures the letters of one not embedded."""
    if which("fc-list") is None:
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout.strip())


not_embedded = pytest.mark.skipif(
    not chinese_fonts(),
    reason="the page's font is not embedded, and none is here: apt-get install fonts-noto-cjk",
)


def document(name: str) -> Path:
    return next(DOCUMENTS.glob(f"{name}*.txt"))


def agreement(name: str, data: bytes) -> float:
    source = read_text(document(name))
    return same(words_of(parse_source(source, f"{name}.txt")), words_of(parse_pdf(data, f"{name}.txt")))


def drawn(*pages: list[tuple[float, float, str]], size: float = 14, **options: object) -> bytes:
    """Pages of lines, each with its place from the bottom left."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, **options)
    for lines in pages:
        canvas.setFont(FONT, size)
        for x, y, words in lines:
            canvas.drawString(x, y, words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def furniture(extracted: Extracted) -> list[str]:
    return [extracted.text[f.start : f.end].strip() for f in extracted.furniture]


@pytest.mark.parametrize("columns", [1, pytest.param(2, marks=not_embedded)])
@pytest.mark.parametrize("name", ["宁武县", "成武县", "杭锦旗", "沁水县", "运城市"])
def test_reportlab(name: str, columns: int) -> None:
    assert agreement(name, by_reportlab(read_text(document(name)).text, columns)) >= FLOOR


@pytest.mark.parametrize("name", ["成武县", "运城市"])
def test_libreoffice(name: str) -> None:
    if which("soffice") is None:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-writer-nogui")
    assert agreement(name, by_libreoffice(read_text(document(name)).text)) >= FLOOR


@pytest.mark.parametrize("name", ["沁水县", "运城市"])
def test_chromium(name: str) -> None:
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no browser at {CHROMIUM}; install it: apt-get install chromium fonts-noto-cjk")
    assert agreement(name, by_chromium(read_text(document(name)).text)) >= FLOOR


def test_pages_begin_at_their_words_and_furniture_is_all_the_paper_adds() -> None:
    text = read_text(document("宁武县")).text
    extracted = read_pdf(by_reportlab(text), "宁武县.pdf")
    assert [page.name for page in extracted.pages] == [str(n + 1) for n in range(len(extracted.pages))]
    assert furniture(extracted).count(HEAD) == len(extracted.pages)
    assert [f for f in furniture(extracted) if f != HEAD] == [f"— {page.name} —" for page in extracted.pages]
    assert "".join(cleaned(extracted).split()) == "".join(text.split())
    # a page begins with its running head, also where a paragraph runs over the break
    assert all(extracted.text[page.at :].startswith(HEAD) for page in extracted.pages)


def test_a_table_over_pages_is_one_table_with_its_head_once() -> None:
    text = read_text(document("运城市")).text
    extracted = read_pdf(by_reportlab(text), "运城市.pdf")
    expected, found = find_tables(text)[-1], find_tables(cleaned(extracted))[-1]
    assert found.columns == expected.columns == ("序号", "项目名称", "项目内容", "单位")
    assert [row.kind for row in found.rows] == [row.kind for row in expected.rows]
    assert sum(f.startswith("序号 |") for f in furniture(extracted)) > 1


def test_a_number_by_itself_is_text_and_one_that_counts_on_is_not() -> None:
    body = [(80, 600, "一、总体要求"), (80, 570, "到2025年完成改造任务三百项。")]
    pages = [[*body, (295, 40, str(number))] for number in (3, 4, 5)]
    assert furniture(read_pdf(drawn(*pages), "a.pdf")) == ["3", "4", "5"]
    assert furniture(read_pdf(drawn([*body, (295, 40, "23")]), "a.pdf")) == []
    assert furniture(read_pdf(drawn([*body, (295, 40, "1")]), "a.pdf")) == ["1"]
    assert furniture(read_pdf(drawn([*body, (280, 40, "第 1 页 共 1 页")]), "a.pdf")) == ["第 1 页 共 1 页"]
    assert furniture(read_pdf(drawn([*body, (280, 300, "- 7 -")]), "a.pdf")) == []


def test_a_word_cut_at_the_line_end_is_whole_and_english_words_stay_apart() -> None:
    lines = [
        "The county shall promote the develop-",
        "ment of new towns and of the area",
        "around them by 2025.",
    ]
    data = drawn([(80, 700 - 20 * n, words) for n, words in enumerate(lines)])
    assert read_pdf(data, "a.pdf").text == (
        "The county shall promote the development of new towns and of the area around them by 2025.\n"
    )


def test_an_official_letter() -> None:
    """红头, 发文字号, 主送机关, 正文, 落款 at the right."""
    body = "为贯彻落实党中央、国务院决策部署,现就推进以县城为重要载体的城镇化建设有关事项通知如下,请"
    lines = [
        (200, 760, "某某县人民政府文件"),
        (230, 700, "某政发〔2024〕3号"),
        (190, 640, "某某县人民政府关于印发"),
        (190, 615, "城镇化建设方案的通知"),
        (80, 570, "各乡镇人民政府:"),
        (80 + 28, 545, body[:29]),
        (80, 520, body[29:] + "认真贯彻执行。"),
        (380, 470, "某某县人民政府"),
        (380, 445, "2024年7月4日"),
    ]
    assert read_pdf(drawn(lines), "a.pdf").text.split("\n") == [
        "某某县人民政府文件",
        "某政发〔2024〕3号",
        "某某县人民政府关于印发",
        "城镇化建设方案的通知",
        "各乡镇人民政府:",
        body + "认真贯彻执行。",
        "某某县人民政府",
        "2024年7月4日",
        "",
    ]


@not_embedded
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned_reads_as_it_is_held(turn: int) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.translate(*{90: (500, 100), 180: (500, 700), 270: (100, 700)}[turn])
    canvas.rotate(turn)
    canvas.setFont(FONT, 14)
    canvas.drawString(0, 0, "一、总体要求")
    canvas.drawString(0, -25, "到2025年完成改造任务三百项。")
    canvas.save()
    assert read_pdf(out.getvalue(), "a.pdf").text == "一、总体要求\n到2025年完成改造任务三百项。\n"


def test_a_watermark_is_furniture_and_words_nobody_sees_are_left_out() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont(FONT, 14)
    canvas.drawString(80, 600, "到2025年完成改造任务三百项。")
    canvas.saveState()
    hidden = canvas.beginText(80, 500)
    hidden.setTextRenderMode(3)
    hidden.textOut("隐藏的话")
    canvas.drawText(hidden)
    canvas.restoreState()
    canvas.rotate(45)
    canvas.drawString(400, 100, "内部资料")
    canvas.save()
    extracted = read_pdf(out.getvalue(), "a.pdf")
    assert extracted.text == "到2025年完成改造任务三百项。\n内部资料\n"
    assert furniture(extracted) == ["内部资料"]


def test_bold_drawn_twice_and_quotes_drawn_last_read_once_and_in_place() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    line = [(80, 600, "实施"), (80.4, 600, "实施"), (136, 600, "大脑"), (108, 600, "城市")]
    assert read_pdf(drawn(line), "a.pdf").text == "实施城市大脑\n"


def test_radicals_of_a_font_become_ideographs() -> None:
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no browser at {CHROMIUM}; install it: apt-get install chromium fonts-noto-cjk")
    assert "执行长期规划" in read_pdf(by_chromium("执⾏⻓期规划，分步实施。"), "a.pdf").text


def test_text_without_a_character_map_is_not_taken_for_text(monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no browser at {CHROMIUM}; install it: apt-get install chromium fonts-noto-cjk")
    data = by_chromium(read_text(document("沁水县")).text).replace(b"/ToUnicode", b"/XoUnicode")
    monkeypatch.setattr("index.reading.pdf.ocr.find_spec", lambda name: None)  # as where the extra is absent
    with pytest.raises(SourceError, match=r"^沁水县\.pdf: .*pictures \(1, 2, .*tiaowen\[ocr\]"):
        read_pdf(data, "沁水县.pdf")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no PDF"),
        (b"PK\x03\x04", "no PDF"),
        (b"%PDF-1.4\n%%EOF", "damaged"),
        (drawn([(80, 600, "通知")])[:-60], "cut short"),
        (drawn([(80, 600, "通知")], encrypt="secret"), "password"),
        (drawn([]), "no text"),
    ],
    ids=["empty", "zip", "nothing", "truncated", "encrypted", "blank"],
)
def test_what_cannot_be_read_is_said(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=rf"^通知\.pdf: .*{said}"):
        read_pdf(data, "通知.pdf")


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    with pytest.raises(SourceError, match=r"has 3 pages; between 1 and 2"):
        read_pdf(drawn(*[[(80, 600, "通知")]] * 3), "a.pdf")
