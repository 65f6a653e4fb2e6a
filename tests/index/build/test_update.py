"""An index follows its folder: only what changed is touched, and nothing is lost on the way."""

from __future__ import annotations

import shutil
import threading
import time
from pathlib import Path

import pytest

from index.build.build import add, edit, remove
from index.build.change import BuildReport
from index.build.update import update
from index.build.watch import watch
from index.check.verify import verify
from index.errors import SourceError
from index.search.index import open_index
from index.storage.generation import current_number, read_manifest
from index.storage.manifest import text_of

NOTICE = "关于加强养老服务的通知\n\n一、总体要求\n到2027年，建成1处综合养老服务中心，由县民政局牵头。\n"


@pytest.fixture
def followed(store, documents):
    """The index of the five documents, as if it had been built from their copy."""
    from dataclasses import replace

    from index.storage.generation import MANIFEST, folder_of

    manifest = replace(read_manifest(store, 1), root=str(documents.resolve()))
    (folder_of(store, 1) / MANIFEST).write_text(text_of(manifest), encoding="utf-8")
    return store


def files(store: Path) -> set[str]:
    with open_index(store) as index:
        return {info.file for info in index.infos}


def test_nothing_changed_writes_nothing(followed, documents, encoder):
    report = update(documents, followed, encoder=encoder)
    assert (report.changed, report.unchanged, current_number(followed)) == (False, 5, 1)


def test_new_changed_gone_and_moved_files_in_one_generation(followed, documents, encoder):
    first, second, third, *_ = sorted(documents.glob("*.txt"))
    (documents / "养老.txt").write_text(NOTICE, encoding="utf-8")
    second.write_text(second.read_text("utf-8") + "\n市养老局负责新增事项。\n", encoding="utf-8")
    third.unlink()
    first.rename(documents / "改名.txt")
    report = update(documents, followed, encoder=encoder)
    assert set(report.added) == {"养老.txt", second.name}
    assert report.replaced == (second.name,)
    assert report.removed == (third.name,)
    assert [(one.before, one.now) for one in report.renamed] == [(first.name, "改名.txt")]
    assert report.unchanged == 2
    assert current_number(followed) == 2
    assert files(followed) == {path.name for path in documents.glob("*.txt")}
    assert verify(followed).all_problems == ()
    with open_index(followed, encoder) as index:
        assert index.search_words("市养老局负责新增事项", 1)
        assert not [k for k in index.entries_of("改名.txt") if k.file != "改名.txt"]


def test_a_file_that_only_moved_encodes_nothing_and_keeps_its_edits(followed, documents, encoder):
    first = min(documents.glob("*.txt"))
    edit(first.name, {"issuer": "某县人民政府"}, followed, encoder=encoder)
    (documents / "子").mkdir()
    first.rename(documents / "子" / first.name)
    report = update(documents, followed, encoder=encoder)
    assert report.encoded == 0
    assert [one.now for one in report.renamed] == [f"子/{first.name}"]
    with open_index(followed) as index:
        assert index.info(f"子/{first.name}").value("issuer") == "某县人民政府"
    (documents / "子" / first.name).unlink()
    assert update(documents, followed, encoder=encoder).removed == (f"子/{first.name}",)
    assert "某县人民政府" not in (followed / "edits.json").read_text("utf-8")


def test_documents_from_elsewhere_stay(followed, documents, encoder, tmp_path):
    (tmp_path / "外来.txt").write_text(NOTICE, encoding="utf-8")
    add([tmp_path / "外来.txt"], followed, encoder=encoder)
    assert not update(documents, followed, encoder=encoder).changed
    assert "外来.txt" in files(followed)
    remove(["外来.txt"], followed)
    assert read_manifest(followed, current_number(followed)).outside == ()


def test_a_changed_file_that_cannot_be_read_leaves_its_document(followed, documents, encoder):
    first = min(documents.glob("*.txt"))
    first.write_bytes(b"\xff\xff\x00\x01" * 50)
    (documents / "养老.txt").write_text(NOTICE, encoding="utf-8")
    report = update(documents, followed, encoder=encoder)
    assert [one.file for one in report.skipped] == [first.name]
    assert report.removed == ()
    assert first.name in files(followed)


def test_a_folder_that_is_not_there_or_empty_empties_no_index(followed, documents, encoder):
    moved = documents.rename(documents.with_name("weg"))
    with pytest.raises(SourceError, match="Nothing was taken out"):
        update(documents, followed, encoder=encoder)
    documents.mkdir()
    with pytest.raises(SourceError, match="No document to read"):
        update(documents, followed, encoder=encoder)
    with pytest.raises(SourceError, match="was built from"):
        update(moved, followed, encoder=encoder)
    assert len(files(followed)) == 5


def test_a_watched_folder_is_followed(followed, documents, encoder):
    told: list[BuildReport] = []
    failed: list[str] = []
    stop, hidden = threading.Event(), documents.with_name("hidden")
    thread = threading.Thread(
        target=watch,
        args=(documents, followed, told.append, failed.append),
        kwargs={"stop": stop, "encoder": encoder, "quiet": 0.2},
    )
    thread.start()
    try:
        wait_for(lambda: len(told) == 1)
        (documents / "养老.txt").write_text(NOTICE, encoding="utf-8")
        wait_for(lambda: "养老.txt" in files(followed))
        documents.rename(hidden)
        wait_for(lambda: bool(failed))
        assert "Nothing was taken out" in failed[-1]
        hidden.rename(documents)
        shutil.rmtree(hidden, ignore_errors=True)
    finally:
        stop.set()
        thread.join(60)
    assert not thread.is_alive()
    assert "养老.txt" in files(followed)


def wait_for(holds, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.1)
