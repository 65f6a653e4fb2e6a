"""A backup of the library, and the way back: what is in it, what is refused, what is kept."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path

import pytest

from index.__main__ import main
from index.build.backup import backup_named, backups, come_back, make_backup
from index.build.build import edit
from index.build.uploads import Folders, Upload, take_in
from index.errors import SourceError
from index.search.index import open_index
from index.settings import beside

CHENGWU = "成武县新型城镇化建设行动提升方案.txt"
NOTICE = "虚构县人民政府关于养老服务的通知\n\n一、总体要求\n到2027年，每个乡镇建成1处养老服务中心。\n"


def said(path: Path) -> list[tuple[str]]:
    with sqlite3.connect(path) as base:
        return base.execute("SELECT word FROM said").fetchall()


def test_all_comes_back_and_nothing_said_since_is_lost(store, documents, tmp_path):
    folders, feedback = Folders(documents, documents), beside(store, "feedback.sqlite")
    (tmp_path / "sent").write_text(NOTICE, encoding="utf-8")
    take_in([Upload("养老.txt", tmp_path / "sent")], documents, store, by="张三")
    edit(CHENGWU, {"number": "成政发〔2024〕99号"}, store)
    with sqlite3.connect(feedback) as base:
        base.execute("CREATE TABLE said (word TEXT)")
        base.execute("INSERT INTO said VALUES ('有用')")
    made = make_backup(folders, store)
    assert [one.name for one in backups(store)] == [made.name]
    with zipfile.ZipFile(made) as archive:
        names = set(archive.namelist())
    assert {f"documents/{CHENGWU}", "documents/.uploads.json", "index/edits.json"} <= names
    assert {"beside/feedback.sqlite", "beside/changes.jsonl"} <= names

    edit(CHENGWU, {"number": None}, store)
    (documents / "养老.txt").unlink()
    (documents / "新来.txt").write_text(NOTICE, encoding="utf-8")
    with sqlite3.connect(feedback) as base:
        base.execute("INSERT INTO said VALUES ('引用错误')")
    assert come_back(made, folders, store).documents == 6
    assert (documents / "养老.txt").is_file() and not (documents / "新来.txt").exists()
    assert said(feedback) == [("有用",), ("引用错误",)]
    with open_index(store) as index:
        assert index.info(CHENGWU).value("number") == "成政发〔2024〕99号"
    assert len(backups(store)) == 2  # what was there
    with pytest.raises(SourceError, match="No backup"):
        backup_named(store, "../../etc/passwd")


@pytest.mark.parametrize(
    "name",
    [
        "../outside.txt",
        "/etc/x",
        "documents/../../x",
        "index/CURRENT",
        "beside/users.json",
        "x/y.txt",
        "a\\b",
    ],
)
def test_an_archive_that_is_no_backup_changes_nothing(store, documents, tmp_path, name):
    archive = tmp_path / "bad.zip"
    with zipfile.ZipFile(archive, "w") as held:
        held.writestr("documents/a.txt", NOTICE)
        held.writestr(name, "x")
    before = sorted(documents.iterdir())
    with pytest.raises(SourceError, match="no backup"):
        come_back(archive, Folders(documents, documents), store)
    assert sorted(documents.iterdir()) == before
    assert not (tmp_path.parent / "outside.txt").exists()


def test_the_commands(store, documents, capsys):
    assert main(["backup", "--out", str(store), "--documents", str(documents)]) == 0
    made = Path(capsys.readouterr().out.split("  ")[0])
    assert made.is_file()
    (documents / CHENGWU).unlink()
    assert main(["come-back", str(made), "--out", str(store), "--documents", str(documents)]) == 0
    assert "the index holds 5 documents" in capsys.readouterr().out
    assert (documents / CHENGWU).is_file()
