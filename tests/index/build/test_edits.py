"""Metadata that users edit: in the index at once, after every rebuild, and taken back."""

from __future__ import annotations

import json

import pytest

from index.__main__ import main
from index.build.build import add, build, edit, remove
from index.build.edits import EDITS, LONGEST, TAKE_BACK, read_edits
from index.check.verify import verify
from index.errors import EditError, IndexDamaged, SourceError, WriteError
from index.search.index import open_index
from index.storage.generation import current_number

CHENGWU = "成武县新型城镇化建设行动提升方案.txt"


def fields(store, file: str = CHENGWU) -> dict[str, tuple[str, bool]]:
    with open_index(store) as index:
        return {one.name: (one.value, one.edited) for one in index.info(file).fields}


def test_an_edit_is_in_the_index_without_encoding_and_marked_as_edited(store, encoder):
    before = fields(store)
    report = edit(CHENGWU, {"number": " 成政发〔2025〕 1号 ", "date": "2025-01-31"}, store)
    assert report.encoded == 0
    after = fields(store)
    assert after["number"] == ("成政发〔2025〕 1号", True)
    assert after["date"] == ("2025-01-31", True)
    assert {name: value for name, value in after.items() if name not in ("number", "date")} == {
        name: value for name, value in before.items() if name not in ("number", "date")
    }
    with open_index(store, encoder) as index:
        field = index.info(CHENGWU).field("number")
        assert (field.start, field.end) == (None, None)
        assert index.info(CHENGWU).clauses == 37
        assert index.document(CHENGWU).fields == index.info(CHENGWU).fields
    assert not verify(store).all_problems


def test_a_region_is_searched_under_its_new_name(store):
    edit(CHENGWU, {"region": "虚构县"}, store)
    with open_index(store) as index:
        assert index.info(CHENGWU).region == "虚构县"
        assert index.entry(index.search_words("虚构县", 1)[0].key).file == CHENGWU


def test_an_edit_outlives_rebuild_and_replacement_but_not_removal(store, documents):
    edit(CHENGWU, {"region": "虚构县", "issuer": None}, store)
    build(documents, store)
    assert fields(store)["region"] == ("虚构县", True)
    assert "issuer" not in fields(store)
    (documents / CHENGWU).write_text(
        "成武县商务局关于早餐店的通知\n\n一、开店\n由县商务局牵头。\n", encoding="utf-8"
    )
    add([documents / CHENGWU], store)
    assert fields(store)["region"] == ("虚构县", True)
    remove([CHENGWU], store)
    assert not read_edits(store).of(CHENGWU)
    build(documents, store)
    assert fields(store)["region"] == ("成武县", False)


def test_an_edit_taken_back_is_what_the_file_says_with_its_place(store):
    with open_index(store) as index:
        before = index.document(CHENGWU)
    edit(CHENGWU, {"title": "甲", "region": None}, store)
    edit(CHENGWU, {"title": TAKE_BACK}, store)
    edit(CHENGWU, {"region": TAKE_BACK}, store)
    with open_index(store) as index:
        assert index.document(CHENGWU) == before
    assert json.loads((store / EDITS).read_text()) == {}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Nothing"),
        ({"kind": "正文"}, "'kind' cannot be edited"),
        ({"date": "2025-02-30"}, "no date"),
        ({"date": "20250131"}, "no date"),
        ({"date": "2025年1月31日"}, "no date"),
        ({"title": "  "}, "empty"),
        ({"title": "题" * (LONGEST["title"] + 1)}, "at most 200"),
        ({"region": "宁武\u202e县"}, "U\\+202E"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(store, changes, words):
    with pytest.raises(EditError, match=words):
        edit(CHENGWU, changes, store)
    assert current_number(store) == 1
    assert not (store / EDITS).exists()


def test_a_document_that_is_not_there(store):
    with pytest.raises(SourceError, match=r"没有\.txt"):
        edit("没有.txt", {"title": "甲"}, store)


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"a.txt": 3}', '{"a.txt": {"date": "x"}}', '{"a.txt": {"kind": "x"}}', "\xff"]
)
def test_a_damaged_file_of_edits_is_named_and_stays(store, documents, text):
    (store / EDITS).write_bytes(text.encode("latin-1"))
    for change in (
        lambda: build(documents, store),
        lambda: add([documents], store),
        lambda: remove([CHENGWU], store),
        lambda: edit(CHENGWU, {"title": "甲"}, store),
    ):
        with pytest.raises(IndexDamaged, match=EDITS):
            change()
    assert current_number(store) == 1
    assert (store / EDITS).read_bytes() == text.encode("latin-1")


def test_a_failed_edit_leaves_the_edits_as_they_were(store, monkeypatch):
    edit(CHENGWU, {"title": "甲"}, store)
    before = (store / EDITS).read_bytes()

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("index.storage.generation.publish", full)
    with pytest.raises(WriteError, match="No space"):
        edit(CHENGWU, {"title": "乙"}, store)
    assert (store / EDITS).read_bytes() == before
    assert fields(store)["title"] == ("甲", True)


def test_dates_of_taking_in_are_kept_by_what_is_unchanged(store, documents):
    with open_index(store) as index:
        before = index.manifest.added
    assert len(before) == 5
    edit(CHENGWU, {"title": "甲"}, store)
    build(documents, store)
    with open_index(store) as index:
        assert index.manifest.added == before


def test_the_command_sets_clears_and_says_what_holds(store, capsys):
    assert main(["edit", CHENGWU, "--region", "虚构县", "--number", "", "--index", str(store)]) == 0
    out = capsys.readouterr().out
    assert "region   虚构县  (edited)" in out
    assert "number   -" in out
    assert main(["edit", CHENGWU, "--clear", "region", "--clear", "number", "--index", str(store)]) == 0
    assert "(edited)" not in capsys.readouterr().out
    assert main(["edit", CHENGWU, "--date", "morgen", "--index", str(store)]) == 2
    assert "'morgen' is no date" in capsys.readouterr().err
