"""What is wrong with an index on disk is noticed, named, and has a way back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.build.build import build, remove
from index.check.verify import restore, verify
from index.errors import IndexBusy, IndexDamaged, IndexMissing
from index.search.index import open_index
from index.storage.disk import FileSum, sha256_of
from index.storage.generation import (
    CURRENT,
    MANIFEST,
    PARTS,
    POSTINGS,
    STORE,
    VECTORS,
    current_number,
    folder_of,
    read_manifest,
)
from index.storage.lock import writing
from index.storage.manifest import text_of

ROOT = Path(__file__).parents[3]
FIRST = Path("generations") / "000001"
PART = FIRST / PARTS / "1"


def flip(path: Path, at: int) -> None:
    """Flip one bit of a byte; a negative ``at`` counts from the end."""
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def files_of(store: Path) -> list[Path]:
    return [path for path in sorted((store / FIRST).rglob("*")) if path.is_file() and path.suffix != ".lock"]


class TestDamage:
    @pytest.mark.parametrize("name", [STORE, VECTORS])
    def test_a_flipped_byte_is_found_by_verify(self, store, name):
        flip(store / PART / name, -100)
        problems = verify(store).all_problems
        assert len(problems) == 1
        assert name in problems[0]

    def test_a_flipped_byte_in_any_file_of_the_postings_is_found(self, store):
        for path in (store / FIRST / POSTINGS).iterdir():
            if path.suffix != ".lock":
                flip(path, path.stat().st_size // 2)
                assert any(path.name in problem for problem in verify(store).all_problems)
                flip(path, path.stat().st_size // 2)
        assert verify(store).all_problems == ()

    def test_any_missing_file_is_refused_with_its_name_and_the_way_back(self, store):
        for path in files_of(store):
            kept = path.read_bytes()
            path.unlink()
            with pytest.raises(IndexDamaged, match=rf"{path.name}.*python -m index build"):
                open_index(store)
            path.write_bytes(kept)
        open_index(store).close()

    def test_a_truncated_file_is_refused(self, store):
        path = store / PART / VECTORS
        path.write_bytes(path.read_bytes()[:-1])
        with pytest.raises(IndexDamaged, match=VECTORS):
            open_index(store)

    @pytest.mark.parametrize("said", ["", "one", "²", "7"])
    def test_nonsense_in_current_leaves_the_newest_generation(self, store, said):
        (store / CURRENT).write_text(said, encoding="utf-8")
        with open_index(store) as index:
            assert index.manifest.number == 1
            assert CURRENT in index.warning or "000007" in index.warning
            assert "python -m index build" in index.warning

    @pytest.mark.parametrize("said", ["", "[]", "{}", '{"format": 1}'])
    def test_nonsense_in_the_manifest_is_refused(self, store, said):
        (store / FIRST / MANIFEST).write_text(said, encoding="utf-8")
        with pytest.raises(IndexDamaged, match=MANIFEST):
            open_index(store)

    def test_another_format_is_refused_by_number(self, store):
        path = store / FIRST / MANIFEST
        path.write_text(json.dumps({**json.loads(path.read_text()), "format": 99}))
        with pytest.raises(IndexDamaged, match="format 99"):
            open_index(store)

    def test_a_damaged_index_can_be_built_over(self, store, documents, encoder):
        (store / CURRENT).write_text("nonsense")
        (store / FIRST / MANIFEST).unlink()
        build(documents, store, encoder=encoder)
        assert verify(store).all_problems == ()

    def test_no_index(self, tmp_path):
        with pytest.raises(IndexMissing, match="python -m index build"):
            open_index(tmp_path)

    def test_texts_that_disagree_with_their_offsets_are_named(self, store):
        """Changed through SQLite with the checksum made to fit: only the offsets can tell."""
        import sqlite3

        path = store / PART / STORE
        with open_index(store) as index:
            gone = index.keys(searched=True)[3]
        with sqlite3.connect(path) as base:
            base.execute("UPDATE clauses SET text = replace(text, '2025', '2035') WHERE text LIKE '%2025%'")
            base.execute("DELETE FROM clauses WHERE key = ?", (gone,))
        base.close()
        manifest = read_manifest(store, 1)
        manifest.files[f"{PARTS}/1/{STORE}"] = FileSum(path.stat().st_size, sha256_of(path))
        (store / FIRST / MANIFEST).write_text(text_of(manifest), encoding="utf-8")
        problems = " ".join(verify(store).all_problems)
        assert "is not what stands at" in problems
        assert "stand in no clause" in problems
        assert f"1 vectors without a clause to search: {gone}" in problems
        assert f"1 postings without a clause to search: {gone}" in problems


class TestRestore:
    def test_the_generation_before_can_be_made_current_again(self, store):
        with open_index(store) as index:
            files = [info.file for info in index.infos]
        remove(files[:1], store)
        flip(store / "generations" / "000002" / MANIFEST, 0)
        with open_index(store) as index:
            assert index.manifest.number == 1
            assert "python -m index restore" in index.warning
        with pytest.raises(IndexDamaged, match="python -m index restore"):
            remove(files[:1], store)
        assert restore(store) == 1
        with open_index(store) as index:
            assert [info.file for info in index.infos] == files
        assert remove(files[:1], store).generation == 3

    def test_with_nothing_kept_there_is_no_way_back(self, store):
        with pytest.raises(IndexDamaged, match="No earlier generation"):
            restore(store)

    def test_a_damaged_one_is_not_gone_back_to(self, store):
        with open_index(store) as index:
            remove([index.infos[0].file], store)
        flip(store / PART / VECTORS, -1)
        with pytest.raises(IndexDamaged, match="damaged too"):
            restore(store)
        assert current_number(store) == 2


class TestReadOnly:
    def test_an_index_that_may_only_be_read_is_searched(self, store):
        folders = [path for path in (store, *store.rglob("*")) if path.is_dir()]
        for folder in folders:
            folder.chmod(0o555)
        try:
            if os.access(store, os.W_OK):
                pytest.skip("this user may write everywhere")
            with open_index(store) as index:
                assert index.search_words("海绵城市", 1)
                assert len(index.vectors)
        finally:
            for folder in folders:
                folder.chmod(0o755)


class TestLock:
    def test_the_second_of_two_writers_is_told_of_the_first(self, store, documents, encoder):
        with writing(store, "build"), pytest.raises(IndexBusy, match=r"process \d+ \(build since"):
            build(documents, store, encoder=encoder)
        build(documents, store, encoder=encoder)

    def test_readers_need_no_lock(self, store):
        with writing(store, "build"), open_index(store) as index:
            assert index.search_words("海绵城市", 1)

    def test_a_killed_writer_leaves_no_lock(self, store):
        code = (
            "import os, sys\nfrom pathlib import Path\nfrom index.storage.lock import writing\n"
            "with writing(Path(sys.argv[1]), 'build'):\n    os._exit(9)"
        )
        assert subprocess.run([sys.executable, "-c", code, store], cwd=ROOT, check=False).returncode == 9
        with writing(store, "add"):
            assert "add" in (store / "lock").read_text()

    def test_generations_are_kept_two_deep(self, store, documents, encoder):
        for _ in range(3):
            build(documents, store, encoder=encoder)
        assert sorted(path.name for path in (store / "generations").iterdir()) == ["000003", "000004"]
        assert folder_of(store, 4).is_dir()
