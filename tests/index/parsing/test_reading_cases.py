"""Kinds of files that were read wrongly, each by a small file and what must come out of it.

Tables, clauses and headings; titles, bodies and dates are tested with `metadata` and `facts`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from index.parsing.parse import Parsed, parse_file
from index.reading.pdf import ocr
from index.records import Clause
from tests.support.tiling import check_tiles

CASES = Path(__file__).parents[4] / "shared" / "cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the cases (../shared/cases) are not here")


@cache
def case(name: str, folder: str = "reading") -> Parsed:
    parsed = parse_file(CASES / folder / name, CASES / folder)
    check_tiles(parsed.document.text, parsed.clauses)
    assert parsed.document.count is not None and parsed.document.count.lost == 0
    return parsed


def rows(parsed: Parsed) -> list[dict[str, str]]:
    text = parsed.document.text
    return [
        {cell.column: text[cell.start : cell.end] for cell in clause.cells}
        for clause in parsed.clauses
        if clause.kind == "row"
    ]


def opening(parsed: Parsed, words: str) -> Clause:
    return next(clause for clause in parsed.clauses if clause.text.startswith(words))


def headings(parsed: Parsed) -> list[str]:
    return [clause.text for clause in parsed.clauses if clause.kind == "heading"]


@pytest.mark.parametrize("ending", ["html", "docx", "xlsx"])
def test_02_a_blank_cell_moves_no_row(ending: str) -> None:
    parsed = case(f"02-table-with-empty-cell.{ending}")
    assert rows(parsed) == [
        {"任务": "建成县级养老服务平台", "责任单位": "县民政局", "完成时限": "2025年6月底前"},
        {"任务": "改造老旧小区12个", "责任单位": "县住建局", "完成时限": "2025年底前", "备注": "续建"},
        {"任务": "新建农村公路30公里", "责任单位": "县交通运输局", "完成时限": "2026年9月底前"},
    ]
    assert all(not clause.path for clause in parsed.clauses if clause.kind == "row")


def test_03_a_page_that_is_a_table() -> None:
    parsed = case("03-table-only-page.html")
    assert [(row.get("序号"), row["考核项目"], row.get("责任单位")) for row in rows(parsed)] == [
        (None, "总分", None),
        ("1", "组织领导", "县水利局"),
        ("2", "宣传工作", "县委宣传部"),
    ]
    assert parsed.clauses[0].text == "某县2024年河长制考核细则"


def test_04_a_page_that_ends_with_a_table() -> None:
    read = rows(case("04-page-ends-with-table.html"))
    assert len(read) == 10
    assert all(list(row) == ["任务", "责任单位", "完成时限", "配合单位"] for row in read)


def test_09_numbers_of_other_shapes() -> None:
    parsed = case("09-item-number-before-year-or-small-stop.txt")
    at = {clause.label: clause.path for clause in parsed.clauses if clause.label}
    assert list(at) == ["一、", "（一）", "1.", "2.", "3.", "（二）", "1﹒", "2﹒", "二、", "第1条"]
    assert at["1."] == at["2."] == at["3."] == ("一、主要任务", "（一）平台建设")
    assert at["1﹒"] == at["2﹒"] == ("一、主要任务", "（二）网络建设")
    assert at["一、"] == at["二、"] == ()
    assert opening(parsed, "2.").text.startswith("2.2025年底前建成")
    assert opening(parsed, "专栏1").kind == "heading"


def test_10_lost_line_breaks() -> None:
    parsed = case("10-line-breaks-lost.txt")
    labelled = [clause for clause in parsed.clauses if clause.label]
    assert [f"{clause.label}{clause.heading or clause.text[2:]}" for clause in labelled] == [
        "一、总体要求",
        "（一）指导思想",
        "（二）发展目标",
        "二、主要任务",
        "（一）壮大产业集群",
        "（二）加强产品培育",
        "（三）发展新零售",
        "三、保障措施",
        "（一）健全机制",
    ]
    assert opening(parsed, "（二）加强产品培育").path == ("二、主要任务",)
    assert all(clause.text.endswith(("。", "）")) for clause in labelled if clause.kind == "body")
    last = parsed.clauses[-1]
    assert (last.kind, last.text) == ("front", "某市人民政府2024年6月28日（此件公开发布）")


def test_13_lines_that_are_no_headings() -> None:
    parsed = case("13-lines-that-are-no-headings.html")
    assert headings(parsed) == ["一、总体要求", "二、组织领导", "附件", "重点项目名单"]
    assert opening(parsed, "一、总体要求").path == ()
    assert opening(parsed, "附件").path == ()
    names = opening(parsed, "成立工作领导小组")
    assert "丁某某 省投资集团董事长" in names.text
    assert "某发〔2019〕5号" in parsed.clauses[0].text


def test_15_an_addressee_is_no_heading() -> None:
    parsed = case("15-red-letterhead.txt")
    assert not any("区中医院" in heading for clause in parsed.clauses for heading in clause.path)


def test_16_a_sites_end_is_no_clause() -> None:
    parsed = case("16-site-footer.html")
    assert parsed.clauses[-1].text == "某市民政局\n2025年5月30日"
    assert {one.reason for one in parsed.document.count.left_out} == {"footer"}  # type: ignore[union-attr]


def test_17_a_page_break_inside_a_sentence() -> None:
    parsed = case("17-page-break-inside-sentence.txt")
    first, second = (opening(parsed, label) for label in ("1.", "2."))
    assert first.text.endswith("（牵头部门：市交通委、市水务局、市经济信息化委）")
    assert second.text.endswith(
        "探索区块链等新兴技术融合，开展评估和增值服务。（牵头部门：市科委、市发展改革委）"
    )
    assert {removal.reason for removal in parsed.document.removals} == {"line break"}


@pytest.mark.skipif(not ocr.is_installed(), reason="OCR is not installed")
def test_19_characters_drawn_as_outlines() -> None:
    parsed = case("19-text-as-outlines.pdf")
    assert [clause.label for clause in parsed.clauses if clause.label] == ["一、", "二、"]
    assert "于2024年7月31日前报送落实情况" in parsed.document.text
    assert parsed.document.value("date") == "2024-02-18"


def test_21_decimal_sections() -> None:
    parsed = case("21-decimal-sections.txt")
    found = {clause.label: clause.path for clause in parsed.clauses if clause.kind == "heading"}
    assert list(found) == ["1", "2", "2.1", "2.2", "3", "3.1", "3.2", "3.2.1", "3.2.2"]
    assert found["3.2.2"] == ("3版面要求", "3.2版面")
    bodies = [clause for clause in parsed.clauses if clause.kind == "body"]
    assert [clause.path[-1] for clause in bodies] == [
        "1范围",
        "2.1字",
        "2.2行",
        "3.1幅面",
        "3.2.1页边与版心尺寸",
        "3.2.2字体和字号",
    ]


@pytest.mark.parametrize(
    ("name", "columns", "count"),
    [
        ("tabmin/1_榆树湾县分工3x3.docx", "任务 牵头单位 时限", 2),
        ("tabmin/2_榆树湾县分工3x4.docx", "任务 牵头单位 时限", 3),
        ("tabmin/3_榆树湾县分工长任务.docx", "任务 牵头单位 时限", 3),
        ("tabmin/4_榆树湾县分工序号.docx", "序号 任务 牵头单位 时限", 3),
        ("tabmin/7_榆树湾县一行表.docx", "序号 任务 牵头单位 时限", 1),
        ("tabmin/8_榆树湾县分工.md", "任务 牵头单位 时限", 2),
        ("tab/a_梨树县重点项目表.xlsx", "序号 项目名称 总投资（万元） 责任单位", 3),
        ("tab/f_梨树县分年度项目表.xlsx", "项目名称 投资（万元） 责任单位", 4),
        ("pdf/跨页_无序号.pdf", "任务 牵头单位 完成时限", 8),
        ("pdf/跨页_无重复表头.pdf", "序号 任务 牵头单位 完成时限", 8),
        ("pdf/跨页_重复表头.pdf", "序号 任务 牵头单位 完成时限", 8),
        ("pdf/跨页_行被切断.pdf", "序号 任务 牵头单位 完成时限", 8),
        ("pdf/旋转页.pdf", "序号 任务 牵头单位 完成时限", 8),
    ],
)
def test_tables_of_the_answers(name: str, columns: str, count: int) -> None:
    read = rows(case(name, "answers"))
    assert [" ".join(row) for row in read] == [columns] * count


def test_a_table_with_blank_cells_of_the_answers() -> None:
    assert rows(case("tab/h_梨树县任务清单.docx", "answers")) == [
        {"任务": "污水管网", "牵头单位": "县住建局", "时限": "2026年6月底前"},
        {"任务": "农贸市场", "牵头单位": "县商务局", "配合单位": "县市场监管局"},
        {"任务": "停车场", "牵头单位": "县城管局", "配合单位": "县公安局", "时限": "2025年12月底前"},
    ]


@pytest.mark.parametrize("name", ["tab/c_梨树县年度投资表.xlsx", "fmt/柳河县乡村建设分年度指标表.xlsx"])
def test_two_rows_of_names_of_the_answers(name: str) -> None:
    first = rows(case(name, "answers"))[0]
    assert {"2025年 投资（万元）", "2026年 投资（万元）"} <= set(first)


def test_short_tasks_are_clauses_of_their_own() -> None:
    parsed = case("short/松岭县2025年民生实事责任分解.txt", "answers")
    assert [clause.label for clause in parsed.clauses if clause.kind == "body"] == [
        *("1.", "2.", "3.") * 2,
        *("（一）", "（二）", "（三）"),
    ]


def test_an_article_printed_late_is_an_article() -> None:
    parsed = case("structure/松阳岭县动物防疫办法.txt", "answers")
    articles = [
        clause.label
        for clause in parsed.clauses
        if clause.label and clause.label.startswith("第") and "条" in clause.label
    ]
    assert articles == ["第一条", "第二条", "第三条", "第四条", "第四条之一", "第六条", "第五条"]


@pytest.mark.parametrize("name", ["白岭县物业html.html", "白岭县物业txt.txt"])
def test_radicals_are_the_ideographs_that_they_look_like(name: str) -> None:
    parsed = case(f"radical/{name}", "answers")
    assert [clause.label for clause in parsed.clauses if clause.label] == ["第一条", "第二条", "第三条"]
    assert "2025年1月1日" in parsed.document.text


def test_invisible_characters_inside_words_are_taken_out() -> None:
    parsed = case("chars/岚谷县犬只管理通告.txt", "answers")
    assert "养犬登记由县公安局负责" in parsed.document.text


@pytest.mark.parametrize("name", ["苍岭县护理补贴.html", "苍岭县高龄津贴.docx"])
def test_struck_out_words_are_left_out_and_told(name: str) -> None:
    parsed = case(f"strike/{name}", "answers")
    assert {one.reason for one in parsed.document.count.left_out} == {"struck out"}  # type: ignore[union-attr]
    assert "50元" not in parsed.document.text and "60元" not in parsed.document.text
