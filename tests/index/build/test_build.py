"""From documents to an index that finds, and every change of it."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.build.build import add, build, remove
from index.check.verify import verify
from index.encoders.vector_cache import CACHE
from index.errors import IndexMissing, ModelError, SourceError, WriteError
from index.search.index import open_index
from index.search.live import LiveIndex
from index.storage.generation import current_number, folder_of, numbers

ROOT = Path(__file__).parents[3]
CHENGWU = "成武县新型城镇化建设行动提升方案.txt"
NEW = """关于加强养老服务的通知

一、总体要求
到2027年，每个乡镇建成1处综合养老服务中心。
二、责任分工
由县民政局牵头，县财政局配合。
"""


def all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


class TestSearch:
    def test_words_find_the_clause(self, policy_store):
        with open_index(policy_store) as index:
            best = index.entry(index.search_words("绛县省级第二批海绵示范城市建设", 1)[0].key)
            assert best.file.startswith("运城市")
            assert "支持绛县省级第二批海绵示范城市建设" in best.clause.text

    def test_traditional_characters_find_the_same(self, policy_store):
        with open_index(policy_store) as index:
            assert index.search_words("綿城市建設", 5) == index.search_words("绵城市建设", 5)

    def test_vectors_find_the_clause_and_agree_with_their_scores(self, policy_store, encoder):
        with open_index(policy_store, encoder) as index:
            vector = index.encoder.encode_question("宁武县海绵城市建设的目标是什么")
            found = index.search_vectors(vector, 10)
            best = index.entries(one.key for one in found[:3])
            assert any("海绵城市" in entry.clause.text for entry in best)
            assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
            rescored = index.score_vectors(vector, [one.key for one in found])
            assert rescored == pytest.approx({one.key: one.score for one in found}, abs=1e-4)

    def test_a_file_filter_holds_for_words_vectors_and_facts(self, policy_store, encoder):
        with open_index(policy_store, encoder) as index:
            keys = {entry.key for entry in index.entries_of(CHENGWU)} & set(index.keys(searched=True))
            vector = encoder.encode_question("产业")
            assert {one.key for one in index.search_words("产业", 9999, [CHENGWU])} <= keys
            assert {one.key for one in index.search_vectors(vector, 9999, [CHENGWU])} == keys
            assert set(index.keys_by_year(2024, 2030, [CHENGWU])) == keys & set(
                index.keys_by_year(2024, 2030)
            )
            assert index.search_words("产业", 5, []) == []
            with pytest.raises(SourceError, match="没有这个"):
                index.search_words("产业", 5, ["没有这个.txt"])

    def test_opening_loads_nothing_heavy(self, policy_store):
        code = (
            "import sys\nfrom pathlib import Path\nfrom index import open_index\n"
            "index = open_index(Path(sys.argv[1]))\n"
            "print(sorted({'faiss', 'onnxruntime', 'tantivy', 'torch', 'gradio'} & set(sys.modules)))"
        )
        said = subprocess.run(
            [sys.executable, "-c", code, policy_store], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        assert said == "[]\n"


class TestBuild:
    def test_the_index_holds_together(self, policy_store):
        report = verify(policy_store)
        assert report.all_problems == ()
        assert len(report.documents) == 5
        assert all(one.coverage.share == 1.0 for one in report.documents)

    def test_a_rebuild_encodes_nothing_and_gives_the_same_vectors(self, store, documents, encoder):
        report = build(documents, store, encoder=encoder)
        assert report.encoded == 0
        assert report.cached > 100
        with open_index(store) as new, open_index(store) as index:
            vector = encoder.encode_question("养老服务")
            assert new.search_vectors(vector, 20) == index.search_vectors(vector, 20)

    def test_a_build_without_its_cache_gives_the_same_scores(self, policy_store, store, documents, encoder):
        (store / CACHE).unlink()
        vector = encoder.encode_question("养老服务")
        with open_index(policy_store) as index:
            before = [one.score for one in index.search_vectors(vector, 20)]
        build(documents / CHENGWU, store, encoder=encoder)
        build(documents, store, encoder=encoder)
        with open_index(store) as index:
            assert [one.score for one in index.search_vectors(vector, 20)] == before

    def test_files_that_cannot_be_read_are_named_and_the_others_indexed(self, store, documents, encoder):
        (documents / "空.txt").touch()
        (documents / "图.png").write_bytes(b"\x89PNG\r\n")
        (documents / "乱.txt").write_bytes(bytes(range(256)))
        (documents / ".隐藏.txt").write_text("不读", encoding="utf-8")
        (documents / "下级").mkdir()
        (documents / "下级" / "通知.txt").write_text(NEW, encoding="utf-8")
        report = build(documents, store, encoder=encoder)
        assert {one.file for one in report.skipped} == {"空.txt", "图.png", "乱.txt"}
        assert all(one.reason and str(documents) not in one.reason for one in report.skipped)
        assert "下级/通知.txt" in report.added
        assert report.documents == 6
        assert verify(store).all_problems == ()

    def test_progress_ends_at_one_and_never_goes_back(self, store, documents, encoder):
        told: list[float] = []
        build(documents, store, progress=lambda share, _: told.append(share), encoder=encoder)
        assert told == sorted(told)
        assert told[-1] == 1.0

    @pytest.mark.parametrize("make", [lambda folder: None, lambda folder: folder.mkdir()])
    def test_a_missing_or_empty_folder_is_an_error(self, tmp_path, encoder, make):
        make(tmp_path / "docs")
        with pytest.raises(SourceError, match="docs"):
            build(tmp_path / "docs", tmp_path / "store", encoder=encoder)
        assert not (tmp_path / "store").exists()

    def test_when_nothing_can_be_read_the_old_generation_stays(self, store, tmp_path, encoder):
        (tmp_path / "docs").mkdir()
        (tmp_path / "docs" / "空.txt").touch()
        with pytest.raises(SourceError, match="空"):
            build(tmp_path / "docs", store, encoder=encoder)
        assert current_number(store) == 1
        assert [path.name for path in (store / "generations").iterdir()] == ["000001"]


class TestChange:
    def test_an_added_document_is_found(self, store, tmp_path, encoder):
        (tmp_path / "养老.txt").write_text(NEW, encoding="utf-8")
        report = add([tmp_path / "养老.txt"], store, encoder=encoder)
        assert (report.added, report.replaced, report.documents) == (("养老.txt",), (), 6)
        with open_index(store, encoder) as index:
            found = index.entry(index.search_words("乡镇综合养老服务中心", 1)[0].key)
            assert found.file == "养老.txt"
            vector = encoder.encode_question("养老服务由哪个部门牵头")
            assert {one.key for one in index.search_vectors(vector, 3, ["养老.txt"])}
        assert verify(store).all_problems == ()

    def test_a_replaced_document_leaves_no_trace(self, store, documents, encoder):
        text = (documents / CHENGWU).read_text(encoding="utf-8-sig")
        marked = text.replace("促进产业集聚发展", "促进產業貔貅集聚发展")
        (documents / CHENGWU).write_text(marked, encoding="utf-8")
        add([documents / CHENGWU], store, encoder=encoder)
        with open_index(store) as index:
            assert index.search_words("貔貅", 5)
            old = {entry.key for entry in index.entries_of(CHENGWU)}
        (documents / CHENGWU).write_text(text, encoding="utf-8")
        report = add([documents / CHENGWU], store, encoder=encoder)
        assert report.replaced == (CHENGWU,)
        assert report.documents == 5
        with open_index(store) as index:
            assert index.search_words("貔貅", 5) == []
            assert not old & set(index.keys())
            assert not old & set(index.vectors.keys())
        assert "貔貅".encode() not in all_bytes(folder_of(store, current_number(store)))
        assert verify(store).all_problems == ()

    def test_a_removed_document_leaves_no_trace(self, store):
        with open_index(store) as index:
            gone = {entry.key for entry in index.entries_of(CHENGWU)}
        report = remove([CHENGWU], store)
        assert (report.removed, report.documents) == ((CHENGWU,), 4)
        with open_index(store) as index:
            assert CHENGWU not in {info.file for info in index.infos}
            held = set(index.keys()) | set(index.vectors.keys()) | set(index.postings.keys())
            assert not gone & held
        assert "成政发〔2024〕3号".encode() not in all_bytes(folder_of(store, current_number(store)))
        assert verify(store).all_problems == ()

    def test_the_last_document_may_be_removed(self, store, tmp_path, encoder):
        with open_index(store) as index:
            files = [info.file for info in index.infos]
        assert remove(files, store).documents == 0
        with open_index(store, encoder) as index:
            assert index.search_words("海绵城市", 5) == []
            assert index.search_vectors(encoder.encode_question("海绵城市"), 5) == []
        (tmp_path / "养老.txt").write_text(NEW, encoding="utf-8")
        assert add([tmp_path / "养老.txt"], store, encoder=encoder).documents == 1
        assert verify(store).all_problems == ()

    def test_keys_are_never_handed_out_again(self, store, documents, encoder):
        with open_index(store) as index:
            used = set(index.keys())
        remove([CHENGWU], store)
        add([documents / CHENGWU], store, encoder=encoder)
        with open_index(store) as index:
            again = {entry.key for entry in index.entries_of(CHENGWU)}
            assert not again & used
            used |= again
        build(documents, store, encoder=encoder)
        with open_index(store) as index:
            assert not set(index.keys()) & used

    def test_a_file_below_the_folder_of_the_build_keeps_its_name(self, tmp_path, documents, encoder, store):
        (documents / "下级").mkdir()
        (documents / "下级" / "通知.txt").write_text(NEW, encoding="utf-8")
        build(documents, store, encoder=encoder)
        report = add([documents / "下级" / "通知.txt"], store, encoder=encoder)
        assert report.replaced == ("下级/通知.txt",)
        assert remove(["通知.txt"], store).removed == ("下级/通知.txt",)

    def test_two_files_of_one_name_are_not_mixed_up(self, store, tmp_path, encoder):
        for folder in ("甲", "乙"):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "通知.txt").write_text(NEW + folder, encoding="utf-8")
        report = add([tmp_path / "甲" / "通知.txt", tmp_path / "乙" / "通知.txt"], store, encoder=encoder)
        assert report.added == ("通知.txt",)
        assert "甲" in report.skipped[0].reason

    def test_a_name_that_is_not_there_is_an_error_with_the_near_ones(self, store):
        with pytest.raises(SourceError, match=CHENGWU):
            remove(["成武县新型城镇化建设方案.txt"], store)
        assert current_number(store) == 1

    def test_no_index_is_an_error_and_makes_no_folder(self, tmp_path, documents):
        with pytest.raises(IndexMissing, match="build"):
            add([documents / CHENGWU], tmp_path / "none")
        assert not (tmp_path / "none").exists()


class TestLive:
    def test_a_generation_published_while_a_reader_is_open(self, store, tmp_path, encoder):
        live = LiveIndex(store, encoder)
        first = live.current()
        assert live.current() is first
        (tmp_path / "养老.txt").write_text(NEW, encoding="utf-8")
        add([tmp_path / "养老.txt"], store, encoder=encoder)
        second = live.current()
        assert (len(first.infos), len(second.infos)) == (5, 6)
        assert second.encoder is encoder
        for _ in range(3):  # until the first generation is deleted
            add([tmp_path / "养老.txt"], store, encoder=encoder)
        assert numbers(store) == [4, 5]
        live.current()
        first.search_words("海绵城市", 5)
        assert first.document(CHENGWU).text


class TestFailure:
    def test_a_killed_build_goes_on_where_it_stopped(self, tmp_path, documents, encoder):
        out = tmp_path / "store"
        command = [sys.executable, "-m", "index", "build", str(documents), "--out", str(out)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
            _wait_for_rows(out / CACHE, process)
            process.send_signal(signal.SIGKILL)
        assert process.returncode == -signal.SIGKILL
        with pytest.raises(IndexMissing):
            open_index(out)
        report = build(documents, out, encoder=encoder)
        assert report.cached > 0
        assert report.encoded > 0
        assert [path.name for path in (out / "generations").iterdir()] == ["000001"]
        assert verify(out).all_problems == ()

    @pytest.mark.parametrize("limit", [1_000, 50_000, 200_000, 300_000])
    def test_a_full_disk_leaves_what_was_there(self, store, limit):
        """A limit on the size of files stands for the full disk: writes past it fail the same way."""
        resource = pytest.importorskip("resource", reason="limits on file sizes are not to be had here")
        code = (
            f"import resource, sys\nresource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, -1))\n"
            "from index.__main__ import main\nsys.exit(main(sys.argv[1:]))"
        )
        command = [sys.executable, "-c", code, "build", str(ROOT / "documents"), "--out", str(store)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert resource
        assert done.returncode == 2, done.stderr
        assert "cannot be written" in done.stderr
        assert "Traceback" not in done.stderr
        assert current_number(store) == 1
        assert [path.name for path in (store / "generations").iterdir()] == ["000001"]
        assert verify(store).all_problems == ()

    def test_a_place_that_cannot_be_written_is_an_error(self, tmp_path, documents, encoder):
        (tmp_path / "file").write_text("in the way", encoding="utf-8")
        with pytest.raises(WriteError, match="file"):
            build(documents, tmp_path / "file" / "store", encoder=encoder)

    def test_another_model_is_an_error_that_names_both(self, store, documents, encoder):
        other = Renamed(encoder, "another-model", "0" * 64)
        with pytest.raises(ModelError, match=rf"{encoder.name}.*another-model"):
            open_index(store, other)
        with pytest.raises(ModelError, match=rf"{encoder.name}.*another-model"):
            add([documents / CHENGWU], store, encoder=other)
        assert current_number(store) == 1


class Renamed:
    """The shipped encoder under another name and checksum: what an index made with another model meets."""

    def __init__(self, encoder, name, checksum):
        self.name = name
        self.checksum = checksum
        self.dimension = encoder.dimension
        self.encode_passages = encoder.encode_passages
        self.encode_question = encoder.encode_question


def _wait_for_rows(path: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until a build has committed its first batch to the cache."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.05)
        if path.exists():
            try:
                with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as base:
                    if base.execute("SELECT count(*) FROM passages").fetchone()[0]:
                        return
            except sqlite3.OperationalError:  # not made yet
                continue
    pytest.fail("the build ended, or committed nothing for a minute")
