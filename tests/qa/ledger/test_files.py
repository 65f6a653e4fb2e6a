"""The ledger as CSV and as a workbook, read back by other programs' rules."""

from __future__ import annotations

import csv
import io
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
    data = ledger_csv(tasks)
    assert data.startswith(b"\xef\xbb\xbf")  # Excel takes it for UTF-8 only so
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == len(tasks)
    assert list(rows[0]) == list(COLUMNS)
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


def test_a_document_cannot_plant_a_formula(tasks):
    evil = [replace(tasks[0], task=f"{sign}HYPERLINK(1)", quote="=1+1\x07") for sign in "=@+-"]
    for row in list(csv.reader(io.StringIO(ledger_csv(evil).decode("utf-8-sig"))))[1:]:
        assert row[2][0] == "'"
        assert row[-1][0] == "'"
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
