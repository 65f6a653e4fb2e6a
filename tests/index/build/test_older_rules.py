"""An index made with older rules answers and says so; an update parses it again and encodes nothing."""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.__main__ import main
from index.build.build import add, edit
from index.build.change import BuildReport
from index.build.update import update
from index.build.watch import watch
from index.check.verify import verify
from index.parsing.rules import rules_version
from index.search.index import Index, open_index
from index.search.live import LiveIndex
from index.search.older_rules import with_older_rules
from index.storage.generation import MANIFEST, current_number, file_sums, folder_of, read_manifest
from index.storage.manifest import Manifest, manifest_of, text_of

OLDER = "0123456789abcdef"


def manifest_at(store: Path) -> Manifest:
    return read_manifest(store, current_number(store))


@pytest.fixture
def older(store, documents) -> Path:
    """The index of the five documents as older rules left it: without the facts that newer ones find."""
    manifest, folder = manifest_at(store), folder_of(store, 1)
    with sqlite3.connect(folder / "parts" / "1" / "documents.sqlite") as database:
        database.execute("DELETE FROM facts")
    database.close()
    rules = dict.fromkeys(manifest.sources, OLDER)
    root = str(documents.resolve())
    said = replace(manifest, rules=rules, root=root, files=file_sums(folder))
    (folder / MANIFEST).write_text(text_of(said), encoding="utf-8")
    return store


def facts(index: Index) -> list[object]:
    return [(entry.clause.text, entry.facts) for info in index.infos for entry in index.entries_of(info.file)]


def test_a_build_notes_the_rules_of_this_program(policy_store):
    manifest = manifest_at(policy_store)
    assert manifest.rules == dict.fromkeys(manifest.sources, rules_version())
    assert with_older_rules(manifest) == ()


def test_update_parses_what_it_kept_again(older, documents, policy_index, encoder):
    with open_index(older, encoder) as index:
        assert facts(index) != facts(policy_index)
    report = update(documents, older, encoder=encoder)
    assert set(report.reread) == {path.name for path in documents.glob("*.txt")}
    assert (report.added, report.replaced, report.unchanged, report.changed) == ((), (), 0, True)
    assert (report.encoded, report.documents) == (0, 5)
    with open_index(older, encoder) as index:
        assert facts(index) == facts(policy_index)
    assert verify(older).all_problems == ()
    again = update(documents, older, encoder=encoder)
    assert (again.changed, again.reread, again.unchanged) == (False, (), 5)


def test_it_answers_and_says_so_with_the_command(older, documents, encoder, caplog):
    for opened in (lambda: open_index(older, encoder), lambda: LiveIndex(older, encoder).current()):
        caplog.clear()
        with caplog.at_level(logging.WARNING), opened() as index:
            assert index.search_words("海绵城市", 3)
            assert index.warning is None
        (said,) = [record.getMessage() for record in caplog.records]
        assert "5 of 5 documents" in said
        assert f"python -m index update {documents.resolve()} --index {older}" in said


def test_an_index_of_this_programs_rules_says_nothing(policy_store, encoder, caplog):
    with caplog.at_level(logging.WARNING), open_index(policy_store, encoder):
        assert not caplog.records


def test_the_commands_say_so(older, documents, capfd, caplog):
    assert main(["stats", "--index", str(older), "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["parsed_by_older_rules"] == 5
    assert f"index update {documents.resolve()}" in caplog.text
    main(["verify", "--index", str(older), "--json", "--brief"])
    assert len(json.loads(capfd.readouterr().out)["parsed_by_older_rules"]) == 5
    assert main(["update", str(documents), "--index", str(older)]) == 0
    assert "5 parsed again by newer rules" in capfd.readouterr().out
    assert main(["verify", "--index", str(older), "--brief"]) == 0


def test_a_manifest_from_before_rules_were_noted(older, documents, encoder):
    path = folder_of(older, 1) / MANIFEST
    said = json.loads(path.read_text("utf-8"))
    del said["rules"], said["sum"]
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    written = {**said, "sum": hashlib.sha256(text.encode()).hexdigest()}
    path.write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
    assert manifest_of(path.read_text("utf-8")).rules == {}
    assert len(with_older_rules(manifest_at(older))) == 5
    assert len(update(documents, older, encoder=encoder).reread) == 5
    assert with_older_rules(manifest_at(older)) == ()


@pytest.mark.parametrize("change", [edit, add], ids=["edit", "add"])
def test_another_change_leaves_the_others_as_old_as_they_were(older, documents, encoder, change):
    one = sorted(documents.glob("*.txt"))[0]
    if change is add:
        add([one], older, encoder=encoder)
    else:
        edit(one.name, {"issuer": "县人民政府"}, older, encoder=encoder)
    assert (one.name in with_older_rules(manifest_at(older))) == (change is edit)
    assert len(with_older_rules(manifest_at(older))) == (4 if change is add else 5)


def test_edits_and_moves_outlive_it(older, documents, policy_index, encoder):
    first, second, *_ = sorted(documents.glob("*.txt"))
    edit(first.name, {"issuer": "县人民政府"}, older, encoder=encoder)
    first.rename(documents / "改名.txt")
    second.unlink()
    report = update(documents, older, encoder=encoder)
    assert [(one.before, one.now) for one in report.renamed] == [(first.name, "改名.txt")]
    assert (len(report.reread), report.removed, report.unchanged) == (4, (second.name,), 0)
    assert verify(older).all_problems == ()
    with open_index(older, encoder) as index:
        assert index.info("改名.txt").value("issuer") == "县人民政府"
        moved = [entry.facts for entry in index.entries_of("改名.txt")]
    assert moved == [entry.facts for entry in policy_index.entries_of(first.name)]
    assert with_older_rules(manifest_at(older)) == ()


def test_a_file_that_can_no_longer_be_read_keeps_what_it_had(older, documents, encoder):
    first = sorted(documents.glob("*.txt"))[0]
    first.chmod(0)
    unreadable = documents / "只有名.pdf"
    unreadable.write_bytes(b"%PDF-1.7 nothing")
    report = update(documents, older, encoder=encoder)
    assert [one.file for one in report.skipped] == [unreadable.name]
    assert len(report.reread) >= 4


def test_what_was_added_from_elsewhere_stays_and_is_named(older, documents, tmp_path, encoder, caplog):
    other = tmp_path / "elsewhere" / "养老.txt"
    other.parent.mkdir()
    other.write_text("关于养老服务的通知\n\n一、由县民政局牵头，到2027年建成1处。\n", encoding="utf-8")
    add([other], older, encoder=encoder)
    manifest = manifest_at(older)
    path = folder_of(older, manifest.number) / MANIFEST
    said = replace(manifest, rules=dict.fromkeys(manifest.sources, OLDER))
    path.write_text(text_of(said), encoding="utf-8")
    assert len(update(documents, older, encoder=encoder).reread) == 5
    with caplog.at_level(logging.WARNING), open_index(older, encoder):
        assert "1 of 6 documents" in caplog.text
        assert "养老.txt; add again: python -m index add FILE" in caplog.text
    assert update(documents, older, encoder=encoder).changed is False


def test_watching_parses_again_at_once(older, documents, encoder):
    stop, told = threading.Event(), list[BuildReport]()

    def tell(report: BuildReport) -> None:
        told.append(report)
        stop.set()

    fail: Callable[[str], None] = pytest.fail
    watch(documents, older, tell, fail, stop=stop, encoder=encoder, quiet=0.01)
    assert len(told[0].reread) == 5
