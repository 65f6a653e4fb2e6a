"""Flattened tables: rows, columns and section rows, and what is no table."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.clauses.flat_tables import find_tables
from index.clauses.tables import Table

PROJECTS = """序号 |
项目名称 |
单位 |
一、基础设施行动 |
||
1 |
污水处理项目 |
市住建局,各县(市)人民政府 |
2 |
供热管网
改造项目 |
市城市管理局 |
二、生态行动 |
||
3 |
再生水项目 |
|
"""


def words(text: str, table: Table) -> list[list[str]]:
    return [[text[c.start : c.end] for c in row.cells] for row in table.rows]


def test_one_cell_a_line() -> None:
    text = f"附件3\n项目清单\n{PROJECTS}以上为清单。"
    (table,) = find_tables(text)
    assert table.columns == ("序号", "项目名称", "单位")
    assert [row.kind for row in table.rows] == ["header", "section", "row", "row", "section", "row"]
    assert words(text, table)[2] == ["1", "污水处理项目", "市住建局,各县(市)人民政府"]
    assert words(text, table)[3][1] == "供热管网\n改造项目"
    assert words(text, table)[5] == ["3", "再生水项目", ""]
    assert text[table.start : table.end] == PROJECTS.rstrip("\n")


def test_a_table_whose_first_row_is_cut_off() -> None:
    text = (
        "全县查处非法捕捞案件并按月报送有关进展情况，及时建立台账并向社会公布。 |\n县河长办 |\n"
        "2 |\n强化督查 |\n4 |\n严格执行已出台的工作督查制度，推动问题清单有效解决，跟踪督办。 |\n县河长办 |\n"
        "3 |\n完善方案 |\n2 |\n修订完善乡镇河长制工作考核方案，明确各项指标的分值和扣分。 |\n县水利局 |\n"
        "二、 |\n部门考核 |\n60 |\n|\n|\n"
        "1 |\n农村垃圾 |\n9 |\n探索实行农村生活垃圾分类试点，完善城乡垃圾处理体制机制。 |\n县委农工部 |\n"
    )
    (table,) = find_tables(text)
    assert [row.kind for row in table.rows] == ["row", "row", "row", "section", "row"]
    assert words(text, table)[0][:3] == ["", "", ""] and words(text, table)[0][4] == "县河长办"
    assert words(text, table)[4][1:3] == ["农村垃圾", "9"]


def test_markdown_with_and_without_a_header() -> None:
    text = "| 任务 | 单位 |\n|:--|--:|\n| 供水 | 水务局 |\n| a \\| b | |\n"
    (table,) = find_tables(text)
    assert table.columns == ("任务", "单位")
    assert [row.kind for row in table.rows] == ["header", "row", "row"]
    assert words(text, table)[2] == ["a \\| b", ""]
    (bare,) = find_tables("| 供水 | 水务局 |\n" * 4)
    assert bare.columns == ()


def test_two_appendices_are_two_tables() -> None:
    text = "附件2\n试点县 |\n方向 |\n新绛县 |\n文旅 |\n附件3\n" + PROJECTS
    assert [table.columns for table in find_tables(text)] == [
        ("试点县", "方向"),
        ("序号", "项目名称", "单位"),
    ]


def test_a_line_or_two_with_a_bar_is_no_table() -> None:
    assert find_tables("求生记 | 扶持企业放硬招\n首页 > 政策 |\n正文。") == []


@given(st.text("|甲1① \n-", max_size=200))
def test_rows_tile_their_table(text: str) -> None:
    for table in find_tables(text):
        assert table.start <= table.rows[0].start and table.rows[-1].end <= table.end
        for row, after in zip(table.rows, table.rows[1:], strict=False):
            assert row.end <= after.start
            assert not text[row.end : after.start].strip()
        for row in table.rows:
            assert all(row.start <= c.start <= c.end <= row.end for c in row.cells)
