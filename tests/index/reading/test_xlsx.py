"""A workbook's sheets are pages, its values what Excel shows."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from index.errors import SourceError
from index.parsing.parse import parse_source
from index.reading.read import text_of
from index.reading.xlsx import read_xlsx
from index.reading.xlsx_values import shown_value
from tests.support.packing import packed


def saved(book: Workbook) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def task_list() -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "任务分工"
    for row in (
        *(["虚构县重点任务分工表"], [None, None, "单位：万元"], ["序号", "任务", "责任单位", "投资"]),
        *(
            ["一、基础设施"],
            [1, "污水处理", "县水务局", 1200.5],
            [2, "供水管网", None, 800],
            ["注：投资为估算数。"],
        ),
        *([], ["联系人"], ["张三"]),
    ):
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("A4:D4")
    sheet.merge_cells("C5:C6")
    sheet["D5"].number_format = "#,##0.00"
    hidden: Any = book.create_sheet("数据字典")
    hidden["A1"], hidden.sheet_state = "不公开", "hidden"
    second: Any = book.create_sheet("时间安排")
    second["A1"] = datetime(2025, 3, 1)
    sheet["XFD1000000"].font = Font(bold=True)  # a cell far away that only has a look
    return saved(book)


def test_titles_sections_rows_and_remarks() -> None:
    found = read_xlsx(task_list(), "a.xlsx")
    assert found.text.split("\n") == [
        *(
            "虚构县重点任务分工表",
            "单位：万元",
            "序号 |",
            "任务 |",
            "责任单位 |",
            "投资 |",
            "一、基础设施 |",
            "|||",
        ),
        *("1 |", "污水处理 |", "县水务局 |", "1,200.50 |", "2 |", "供水管网 |", "县水务局 |", "800 |"),
        *("注：投资为估算数。", "联系人", "张三", "2025-03-01", ""),
    ]
    assert [(page.kind, page.name, found.text[page.at :][:5]) for page in found.pages] == [
        ("sheet", "任务分工", "虚构县重点"),
        ("sheet", "时间安排", "2025-"),
    ]


def test_a_row_is_a_clause_on_its_sheet() -> None:
    parsed = parse_source(text_of(task_list(), Path("分工.xlsx")), "分工.xlsx")
    row = next(clause for clause in parsed.clauses if "供水管网" in clause.text)
    assert [cell.column for cell in row.cells] == ["序号", "任务", "责任单位", "投资"]
    page = parsed.document.page_at(row.start)
    assert page is not None
    assert (page.kind, page.name) == ("sheet", "任务分工")
    assert any(fact.text == "县水务局" for facts in parsed.facts for fact in facts)


@pytest.mark.parametrize(
    ("value", "form", "words"),
    [
        *(
            (3.0, "General", "3"),
            (0.1 + 0.2, "General", "0.3"),
            (1e16, "General", "1E+16"),
            (True, "General", "TRUE"),
        ),
        *((0.305, "0.0%", "30.5%"), (0.3, "0%", "30%"), (1234567.891, "#,##0.00", "1,234,567.89")),
        *((7, "000", "007"), (-1234, "#,##0;[Red]-#,##0", "-1,234"), (5, "0.0_ ", "5.0"), (2.5, "0", "3")),
        *((1.5, '0.00"万元"', "1.50万元"), (12, "0\\个", "12个"), (3, "0.##", "3."), (1.25, "0.0#", "1.25")),
        *(
            (datetime(2025, 3, 1), "yyyy-mm-dd", "2025-03-01"),
            (datetime(2025, 3, 1), 'yyyy"年"m"月"', "2025年3月"),
        ),
        *((datetime(2025, 3, 1, 9, 30), "yyyy/m/d h:mm", "2025-03-01 09:30"), ("007", "@", "007")),
    ],
)
def test_values_as_excel_shows_them(value: object, form: str, words: str) -> None:
    assert shown_value(value, form) == words


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (task_list()[:2000], "damaged"),
        (
            packed({"xl/workbook.xml": "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>"}),
            "entities",
        ),
        (packed({"xl/workbook.xml": "<x/>"}), "no workbook"),
        (saved(Workbook()), "no text"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        text_of(data, Path("a.xlsx"))
