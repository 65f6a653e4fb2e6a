"""The ledger as CSV and as a workbook, read back by other programs' rules."""

from __future__ import annotations

import csv
import html
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from index.errors import WriteError
from index.search.index import Index
from qa import ledger
from qa.ledger.files import COLUMNS, ledger_csv, ledger_xlsx, write_ledger


@pytest.fixture(scope="module")
def tasks(policy_index: Index):
    return ledger(index=policy_index, regions=["宁武县"])


def test_csv_holds_every_row(tasks):
    data = ledger_csv(tasks, [("地区", "宁武县"), ("角色", "首列")])
    assert data.startswith(b"\xef\xbb\xbf")  # Excel takes it for UTF-8 only so
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == len(tasks)
    assert list(rows[0]) == [*COLUMNS, "筛选条件"]
    assert {row["筛选条件"] for row in rows} == {"地区：宁武县；角色：首列"}
    (sponge,) = (row for row in rows if row["任务"] == "推进县城海绵城市建设")
    assert sponge["首列单位"] == "县住建局"
    assert sponge["其他责任单位"] == "县财政局"
    assert sponge["牵头单位"] == ""
    assert "30%以上（2028年）" in sponge["目标"]
    assert sponge["文号"] == "宁政办发〔2024〕63号"
    assert [row["原文"] for row in rows] == [task.quote.strip() for task in tasks]


def test_workbook_holds_the_same(tasks):
    book = load_workbook(io.BytesIO(ledger_xlsx(tasks, [("筛选：地区", "宁武县")])))
    sheet, about = book.worksheets
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == tuple(COLUMNS)
    assert len(rows) == len(tasks) + 1
    assert sheet.auto_filter.ref == f"A1:P{len(tasks) + 1}"
    assert rows[1][-1] == tasks[0].quote.strip()
    assert ("筛选：地区", "宁武县") in list(about.iter_rows(values_only=True))


def test_workbook_prints_as_offices_hand_it_on(tasks):
    data = ledger_xlsx(tasks, [("地区", "宁武县 & 沁水县")])
    (sheet, _) = load_workbook(io.BytesIO(data)).worksheets
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.print_area.endswith(f"$A$1:$L${len(tasks) + 1}")
    assert sum(list(COLUMNS.values())[:12]) < 210  # so many characters of 10 points are still 7 points high
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        head = html.unescape(package.read("xl/worksheets/sheet1.xml").decode()).partition("<oddHeader>")[2]
    assert "任务台账" in head.partition("</oddHeader>")[0] and "宁武县 && 沁水县" in head
    for cell in (sheet["A1"], sheet["P2"]):
        sides = (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom)
        assert {side.style for side in sides} == {"thin"}
        assert cell.font.name == "宋体"


def test_a_document_cannot_plant_a_formula(tasks):
    evil = [replace(tasks[0], task=f"{sign}HYPERLINK(1)", quote="=1+1\x07") for sign in "=@+-"]
    told = ledger_csv(evil, [("原文", "=1+1")]).decode("utf-8-sig")
    for row in list(csv.reader(io.StringIO(told)))[1:]:
        assert row[2][0] == "'"
        assert row[-2][0] == "'"
    sheet = load_workbook(io.BytesIO(ledger_xlsx(evil))).worksheets[0]
    for line in sheet.iter_rows(min_row=2):
        assert [cell.data_type for cell in line[1:3]] == ["s", "s"]
        assert line[-1].value == "=1+1"
        assert line[-1].data_type == "s"


def test_what_cannot_be_written(tasks, tmp_path: Path):
    with pytest.raises(WriteError, match=r"neither in \.csv nor in \.xlsx"):
        write_ledger(tmp_path / "a.doc", tasks)
    with pytest.raises(WriteError, match="cannot be written"):
        write_ledger(tmp_path / "no" / "a.csv", tasks)
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(WriteError, match="is a folder"):
        write_ledger(tmp_path / "folder.csv", tasks)
    write_ledger(tmp_path / "a.XLSX", tasks)
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["a.XLSX", "folder.csv"]
