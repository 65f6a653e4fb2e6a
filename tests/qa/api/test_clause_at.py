"""The clause at a place of a document, with its neighbours and its page."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from index.build.build import build
from index.errors import QuestionError, SourceError
from index.search.index import Index, open_index
from qa.api.clause_at import clause_at


def test_every_character_leads_to_its_clause(policy_index: Index):
    for info in policy_index.infos:
        entries = policy_index.entries_of(info.file)
        for number, entry in enumerate(entries):
            for at in (
                entry.clause.start,
                (entry.clause.start + entry.clause.end) // 2,
                entry.clause.end - 1,
            ):
                read = clause_at(policy_index, info.file, at, around=2)
                assert read.entry == entry
                assert read.before == entries[max(number - 2, 0) : number]
                assert read.after == entries[number + 1 : number + 3]
                assert (read.document, read.page) == (info, None)


def test_alone(policy_index: Index):
    read = clause_at(policy_index, policy_index.infos[0].file, 0, around=0)
    assert (read.before, read.after) == ((), ())


@pytest.mark.parametrize("at", [-1, 10**9])
def test_a_place_outside(policy_index: Index, at: int):
    with pytest.raises(QuestionError, match=f"none is at {at}"):
        clause_at(policy_index, policy_index.infos[0].file, at)


def test_a_document_that_is_not_there(policy_index: Index):
    with pytest.raises(SourceError, match=r"没有\.txt"):
        clause_at(policy_index, "没有.txt", 0)


def test_the_sheet_on_which_it_begins(tmp_path: Path):
    (tmp_path / "documents").mkdir()
    book = openpyxl.Workbook()
    for name, body in (("城建", "县住建局"), ("水务", "县水务局")):
        sheet = book.create_sheet(name)
        for row in (
            ("序号", "任务", "责任单位"),
            (1, f"{name}改造提升工程", body),
            (2, f"{name}巡查工作", body),
        ):
            sheet.append(row)
    del book["Sheet"]
    book.save(tmp_path / "documents" / "任务.xlsx")
    build(tmp_path / "documents", tmp_path / "store")
    with open_index(tmp_path / "store") as index:
        at = index.document("任务.xlsx").text.index("水务巡查工作")
        read = clause_at(index, "任务.xlsx", at)
        assert "水务巡查工作" in read.entry.clause.text
        assert read.page is not None
        assert (read.page.kind, read.page.name) == ("sheet", "水务")
