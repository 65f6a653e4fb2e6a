"""An OFD's printed lines become the paragraphs that were written; what is the paper's goes."""

from __future__ import annotations

from pathlib import Path

import pytest
from making_ofd import made_ofd

from index.errors import SourceError
from index.parsing.parse import parse_source
from index.reading.ofd import _deltas, read_ofd
from index.reading.ofd_paragraphs import Line, paragraphs
from index.reading.read import text_of
from tests.support.packing import packed

LONG = (
    "到2025年，县城公共供水普及率达到92%以上，管网漏损率控制在9%以内，污水处理率达到97%。由县住建局牵头，县财政局、"
    "县水务局、县发展改革局、县自然资源局、县农业农村局按职责分工负责，各乡镇人民政府配合落实，确保按期完成各项目标任务。"
)
TEXT = "虚构县行动方案\n一、总体要求\n" + "".join(
    f"{number}.第{number}项。{LONG}\n" for number in range(1, 25)
)


def test_paragraphs_across_lines_and_pages() -> None:
    found = read_ofd(made_ofd(TEXT), "a.ofd")
    assert [(page.kind, page.name) for page in found.pages] == [("page", str(n)) for n in range(1, 6)]
    parsed = parse_source(text_of(made_ofd(TEXT), Path("a.ofd")), "a.ofd")
    assert parsed.document.text == TEXT
    assert {removal.reason for removal in parsed.document.removals} == {"page number"}
    assert [removal.text.strip() for removal in parsed.document.removals] == [f"- {n} -" for n in range(1, 6)]
    starts = [parsed.document.text[page.at :][:3] for page in parsed.document.pages]
    assert starts[0] == "虚构县"
    last = parsed.document.page_at(len(TEXT) - 2)
    assert last is not None
    assert last.name == "5"


def test_templates_and_watermarks_are_left_out() -> None:
    text = read_ofd(made_ofd(TEXT), "a.ofd").text
    assert "模板" not in text
    assert "内部资料" not in text


def test_several_documents_in_one_container() -> None:
    found = read_ofd(made_ofd("第一条 甲。\n", documents=2), "a.ofd")
    assert found.text.count("第一条 甲。") == 2
    assert [page.name for page in found.pages] == ["1", "2"]


def test_steps_between_characters() -> None:
    assert _deltas("3.5 g 3 2.5 4") == [3.5, 2.5, 2.5, 2.5, 4.0]


def test_running_heads_are_marked_and_titles_stay() -> None:
    page = [Line("虚构县人民政府公报", 28, 80, 5), Line("正文" * 14, 38, 180, 5), Line("第 1 页", 90, 110, 5)]
    found = paragraphs([page, page, page])
    assert [(found.text[f.start : f.end].strip(), f.reason) for f in found.furniture] == [
        ("虚构县人民政府公报", "running head"),
        ("第 1 页", "page number"),
    ] * 3
    assert not paragraphs([page[:2]]).furniture


def test_a_bare_number_is_a_page_number_only_where_it_runs_along() -> None:
    body = Line("正文" * 14, 38, 180, 5)
    running = [[body, Line(str(number + 4), 100, 104, 5)] for number in range(5)]
    assert [one.reason for one in paragraphs([*running, []]).furniture] == ["page number"] * 5
    cells = [[body, Line(words, 100, 110, 5)] for words in ("1200", "17", "3", "88")]
    assert not paragraphs(cells).furniture


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (made_ofd(TEXT)[:-40], "damaged"),
        (packed({"OFD.xml": "<!DOCTYPE x><x/>"}), "entities"),
        (packed({"OFD.xml": "<x/>"}), "no page"),
        (packed({"OFD.xml": "<x><DocRoot>../../etc/passwd</DocRoot></x>"}), "lacks its part etc/passwd"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        text_of(data, Path("a.ofd"))
