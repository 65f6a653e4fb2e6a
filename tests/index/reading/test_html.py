"""A web page comes out whole: what is not in its text stands among what was left out, with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.clauses.flat_tables import find_tables
from index.parsing.parse import parse_file
from index.reading.counted import counted, surplus
from index.reading.extracted import Extracted
from index.reading.html import read_html
from index.records import Parsed

CASES = Path(__file__).parents[4] / "shared" / "cases"
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason="../shared is not there: its pages are not read")

NOTICE = (
    "<h1>桐岭县关于护理补贴的通知</h1><p>一、一级残疾人护理补贴为每人每月120元，由县民政局会同县财政局按月发放，"
    "不得拖欠、截留和挪用。</p>"
)


def page(body: str) -> str:
    return f'<html><head><meta charset="utf-8"><title>桐岭县</title></head><body>{body}</body></html>'


def case(name: str) -> Parsed:
    path = next(CASES.rglob(name))
    return parse_file(path, path.parent)


def read(body: str) -> Extracted:
    """The page as read, nothing of it lost and nothing added that is not said to be."""
    found = read_html(page(body))
    assert counted(found).lost == 0
    assert surplus(found) == 0
    return found


def left(found: Extracted) -> dict[str, str]:
    return {one.reason: one.text for one in found.left}


@needs_cases
@pytest.mark.parametrize("path", sorted(CASES.rglob("*.html")), ids=lambda path: path.name)
def test_nothing_of_a_page_vanishes(path: Path) -> None:
    count = parse_file(path, path.parent).document.count
    assert count is not None
    assert (count.lost, count.lost_sample) == (0, "")


@needs_cases
def test_a_body_hidden_until_a_script_runs() -> None:
    parsed = case("01-body-hidden-until-script.html")
    assert [clause.label for clause in parsed.clauses if clause.label] == ["第一条", "第二条", "第三条"]
    assert parsed.document.value("number") == "某民规字〔2024〕3号"
    assert parsed.document.value("date") == "2024-03-14"
    assert "各区民政局：" in parsed.document.text


@needs_cases
def test_a_page_that_is_a_table() -> None:
    parsed = case("03-table-only-page.html")
    assert parsed.document.title == "某县2024年河长制考核细则"
    lines = parsed.document.text.split("\n")
    assert lines[:10] == [
        *("某县2024年河长制考核细则", "序号 |", "考核项目 |", "分值 |", "考核内容 |", "责任单位 |"),
        *("|", "总分 |", "100 |", "|"),
    ]
    assert lines[-2:] == ["县委宣传部 |", ""]


@needs_cases
def test_a_page_that_ends_with_a_table() -> None:
    text = case("04-page-ends-with-table.html").document.text
    [table] = find_tables(text)
    assert table.columns == ("任务", "责任单位", "完成时限", "配合单位")
    assert text.count("月底前") + text.count("年底前") == 10


@needs_cases
@pytest.mark.parametrize("name", ["办法_末尾列表.html", "办法_末尾列表ul.html"])
def test_a_page_that_ends_with_a_list(name: str) -> None:
    text = case(name).document.text
    for words in ("身份证原件和复印件；", "户口簿；", "近期一寸照片两张；", "本人银行卡。"):
        assert words in text


@needs_cases
def test_the_end_of_a_site_is_taken_out_with_its_reason() -> None:
    parsed = case("16-site-footer.html")
    assert parsed.document.text.rstrip().endswith("某市民政局\n2025年5月30日")
    count = parsed.document.count
    assert count is not None
    [end] = count.left_out
    assert (end.reason, end.characters) == ("footer", 202)
    assert end.sample.startswith("扫一扫在手机打开当前页 相关新闻")


@needs_cases
def test_struck_out_words_are_not_in_force() -> None:
    text = case("苍岭县护理补贴.html").document.text
    assert "每人每月120元" in text
    assert "每人每月90元" in text
    assert not [words for words in ("80元", "60元", "40元") if words in text]


def test_each_reason() -> None:
    found = read(
        "<nav>首页 政务公开</nav><aside>热点推荐</aside>"
        f"{NOTICE}<p>二、二级<s>每月60元</s>"
        "<span style='Text-Decoration: line-through'>每月70元</span>90元。</p>"
        "<div style='display:none'>内部审签稿</div><div hidden>草稿</div>"
        "<select><option>市直部门</option></select><svg><text>图中的字</text></svg>"
        "<footer>主办：桐岭县</footer>"
    )
    assert found.text.endswith("二、二级90元。\n")
    reasons = {
        *("navigation", "beside the text", "struck out", "hidden", "form control", "picture", "footer"),
    }
    assert left(found).keys() == reasons


def test_what_is_hidden_is_read_where_nothing_else_is_the_document() -> None:
    found = read(f"<div id='app' style='display:none'>{NOTICE}</div><p>正在加载</p>")
    assert "每人每月120元" in found.text
    found = read(f"{NOTICE}<div style='display:none'>{'内部审签稿。' * 30}</div>")
    assert "内部审签稿" not in found.text


def test_links_around_the_document_are_navigation_and_lines_after_it_stay() -> None:
    found = read(
        f"<div><a href='/'>首页</a> <a href='/z'>政务公开</a></div><div class='con'>{NOTICE * 3}</div>"
        "<div>桐岭县民政局</div><div>2025年1月1日</div><div class='footer-nav'>联系方式</div>"
    )
    assert "桐岭县民政局\n2025年1月1日" in found.text
    assert "政务公开" in left(found)["navigation"]
    assert left(found)["footer"] == "联系方式"


def test_words_around_and_inside_cells() -> None:
    found = read(
        f"{NOTICE}<table><caption>分工表</caption>说明<tr><th>任务</th><th>单位</th></tr>"
        "<tr><td>治水</td><td rowspan='2'><p>县水利局</p><p>县财政局<s>县物价局</s></p></td></tr>"
        "<tr><td>治沙</td></tr><tr style='display:none'><td>作废</td><td>作废</td></tr></table>"
    )
    assert (
        "分工表\n说明\n任务 |\n单位 |\n治水 |\n县水利局 县财政局 |\n治沙 |\n县水利局 县财政局 |\n"
        in found.text
    )
    words = {reason: "".join(text.split()) for reason, text in left(found).items()}
    assert words == {"hidden": "作废作废", "struck out": "县物价局"}


def test_elements_in_one_another_by_the_hundred() -> None:
    """They are read like others, hidden words left out, as far as libxml2 goes; what lies deeper is told."""

    def nested(depth: int) -> Extracted:
        hidden = "<p style='display:none'>内部审签稿</p>"
        deep = f"{'<div>' * depth}<p>第二条　由县水利局负责。</p>{hidden}{'</div>' * depth}"
        return read_html(page(f"{NOTICE}{deep}<p>第三条　本办法自印发之日起施行。</p>"))

    for depth in (400, 1900):
        found = nested(depth)
        assert counted(found).lost == 0
        assert "第二条　由县水利局负责。\n第三条　本办法自印发之日起施行。" in found.text
        assert left(found)["hidden"] == "内部审签稿"
    told = counted(nested(4000))
    assert told.lost > 0 and told.lost_sample.startswith("第二条")
