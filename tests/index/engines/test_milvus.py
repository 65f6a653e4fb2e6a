"""Milvus gives what FAISS gives, and follows the index; asked as a file and as a server of milvus-lite."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.__main__ import main
from index.build import milvus_push
from index.build.build import add, build, remove
from index.build.milvus_push import Pushed, link_for, push
from index.check.verify import restore, verify
from index.clauses.windows import is_searched
from index.encoders.encoder import Encoder
from index.engines.milvus_link import LINK, TOKEN, read_link, write_link
from index.engines.milvus_server import Server
from index.engines.milvus_vectors import DOCUMENTS_A_REQUEST, MilvusVectors
from index.entries import KeyRange, Scored
from index.errors import IndexDamaged, IndexMissing, ModelError, ServerError, WriteError
from index.search.index import open_index
from index.search.live import LiveIndex
from index.search.whole import WholeIndex
from index.storage import generation
from qa.api.ask import ask
from tests.support.paragraphs import DOCUMENTS

pytest.importorskip("pymilvus", reason="pymilvus is not installed: pip install 'tiaowen[milvus]'")
pytest.importorskip("milvus_lite", reason="milvus-lite is not installed: pip install 'tiaowen[milvus]'")

QUESTIONS = Path(__file__).parents[4] / "shared" / "eval" / "policy_dev.jsonl"
TOLERANCE = 1e-6
"""How far a cosine may differ: FAISS keeps fp16, Milvus the same values as fp32; 3e-7 was seen."""


def assert_same(ours: list[Scored], theirs: list[Scored]) -> None:
    """The same clauses with the same scores; those of one score may stand in any order."""
    assert [one.score for one in ours] == pytest.approx([one.score for one in theirs], abs=TOLERANCE)
    last = theirs[-1].score + 2 * TOLERANCE if theirs else 0.0
    assert {o.key for o in ours if o.score > last} == {o.key for o in theirs if o.score > last}


def push_to(store: Path, uri: str, **options: object) -> Pushed:
    with open_index(store) as index:
        return push(store, link_for(store, uri, None, None, **options), index, lambda _: None)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a milvus-lite server in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("milvus")
    command = [sys.executable, "-m", "milvus_lite", "server", "--data-dir", f"{folder}/data"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port)], stdout=log, stderr=log
        )
    for _ in range(600):
        with socket.socket() as trial:
            if not trial.connect_ex(("127.0.0.1", port)):
                break
        time.sleep(0.2)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(20)


@pytest.fixture(scope="module", params=["file", "server"])
def pushed(
    request: pytest.FixtureRequest, policy_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """An index of the five documents that asks Milvus; not to be changed."""
    folder = tmp_path_factory.mktemp(request.param)
    store = Path(shutil.copytree(policy_store, folder / "store"))
    uri = request.getfixturevalue("server") if request.param == "server" else f"{folder}/milvus.db"
    assert push_to(store, uri).rows == 435
    return store


@pytest.fixture
def index(pushed: Path) -> Iterator[WholeIndex]:
    with open_index(pushed) as index:
        assert isinstance(index.vectors, MilvusVectors)
        yield index


@pytest.fixture
def file(tmp_path: Path) -> str:
    return f"{tmp_path}/milvus.db"


@pytest.fixture(scope="module")
def vectors_of_questions(encoder: Encoder) -> np.ndarray:
    if not QUESTIONS.is_file():
        asked = ["哪个部门牵头海绵城市建设?", "运城市2025年农村规模化供水要覆盖多少农村人口?", "老旧小区改造"]
    else:
        asked = [json.loads(line)["question"] for line in QUESTIONS.read_text("utf-8").splitlines()]
    return np.stack([encoder.encode_question(question) for question in asked])


def expected_rows(index: WholeIndex) -> set[int]:
    return set(index.local_vectors.rows(KeyRange(0, 1 << 50)).ids.tolist())


def rows_in_milvus(store: Path, number: int | None = None) -> set[int]:
    link = read_link(store)
    with closing(Server(link.uri)) as server:
        collection = link.collections[number or generation.current_number(store)]
        server.load(collection)
        return set(server.ids(collection, "key >= 0"))


class TestAsTheVectorsOfOneGeneration:
    def test_gives_the_same_top_10_as_faiss(self, index, vectors_of_questions):
        for vector in vectors_of_questions:
            assert_same(index.vectors.search(vector, 10), index.local_vectors.search(vector, 10))

    def test_gives_the_same_within_some_documents(self, index, vectors_of_questions):
        for named in ("运城", "宁武", "沁水"):
            files = [info.file for info in index.infos if named in info.file]
            ranges = [index.info(file).keys for file in files]
            for vector in vectors_of_questions[:10]:
                theirs = index.local_vectors.search(vector, 10, within=ranges)
                assert_same(index.search_vectors(vector, 10, files), theirs)

    def test_gives_the_same_within_parts_of_documents(self, index, vectors_of_questions):
        ranges = [KeyRange(20, 60), KeyRange(200, 230), KeyRange(400, 400)]
        theirs = index.local_vectors.search(vectors_of_questions[0], 30, within=ranges)
        assert_same(index.vectors.search(vectors_of_questions[0], 30, within=ranges), theirs)
        assert index.vectors.search(vectors_of_questions[0], 10, within=[]) == []
        assert index.vectors.search(vectors_of_questions[0], 0) == []

    def test_scores_the_same(self, index, vectors_of_questions):
        keys = [key for key in index.keys(searched=True) if key % 5 == 0]
        ours = index.vectors.score(vectors_of_questions[0], keys)
        assert ours == pytest.approx(index.local_vectors.score(vectors_of_questions[0], keys), abs=TOLERANCE)
        assert list(ours) == keys
        assert index.vectors.score(vectors_of_questions[0], []) == {}

    def test_a_key_without_vectors_is_damage(self, index, vectors_of_questions):
        heading = next(
            entry.key for entry in index.entries_of(index.infos[0].file) if not is_searched(entry.clause)
        )
        with pytest.raises(IndexDamaged, match="milvus push"):
            index.vectors.score(vectors_of_questions[0], [heading])

    def test_counts_and_lists_what_faiss_does(self, index):
        assert len(index.vectors) == len(index.local_vectors) == 435
        assert list(index.vectors.keys()) == list(index.local_vectors.keys())
        assert index.vectors.dimension == 384

    def test_many_documents_are_asked_in_turns(self, index, vectors_of_questions, monkeypatch):
        assert DOCUMENTS_A_REQUEST > 2
        monkeypatch.setattr("index.engines.milvus_vectors.DOCUMENTS_A_REQUEST", 1)
        files = [info.file for info in index.infos][:2]
        ranges = [index.info(file).keys for file in files]
        theirs = index.local_vectors.search(vectors_of_questions[0], 10, within=ranges)
        assert_same(index.vectors.search(vectors_of_questions[0], 10, within=ranges), theirs)
        assert len(index.vectors) == 435

    def test_the_index_holds_together_and_answers(self, pushed, index, policy_index):
        assert verify(pushed).all_problems == ()
        question = "哪个部门牵头海绵城市建设?"
        assert ask(question, index=index).text == ask(question, index=policy_index).text


@pytest.mark.parametrize("kind", ["IVF_SQ8", "HNSW"])
def test_other_kinds_find_nearly_the_same(kind, store, file, vectors_of_questions):
    with open_index(store) as index:
        push(store, link_for(store, file, None, kind), index, lambda _: None)
    with open_index(store) as index:
        found = sum(
            len(
                {o.key for o in index.vectors.search(v, 10)}
                & {o.key for o in index.local_vectors.search(v, 10)}
            )
            for v in vectors_of_questions
        )
    assert found >= 0.98 * 10 * len(vectors_of_questions)


class TestFollowingTheIndex:
    def test_a_push_repeated_sends_nothing_and_mends_what_is_missing(self, store, file):
        assert push_to(store, file).written == 435
        assert push_to(store, file).written == 0
        link = read_link(store)
        with closing(Server(link.uri)) as server:
            server.load(link.collections[1])
            server.delete(link.collections[1], "key <= 9")
        assert verify(store).all_problems
        assert 5 <= push_to(store, file).written < 15
        assert verify(store).all_problems == ()

    def test_a_killed_push_goes_on_where_it_stopped(self, store, file, monkeypatch):
        monkeypatch.setattr(milvus_push, "ROWS_A_REQUEST", 100)
        shares = []

        def killed(share: float) -> None:
            shares.append(share)
            if len(shares) == 2:
                raise KeyboardInterrupt

        with open_index(store) as index, pytest.raises(KeyboardInterrupt):
            push(store, link_for(store, file, None, None), index, killed)
        with open_index(store) as index:
            assert index.vectors is index.local_vectors  # nothing half-filled is asked
        assert 100 < push_to(store, file).written < 335
        assert shares == sorted(shares)
        assert verify(store).all_problems == ()

    def test_add_replace_and_remove_are_followed(self, store, file, documents, encoder):
        push_to(store, file)
        remove(["成武县新型城镇化建设行动提升方案.txt"], store)
        with open_index(store) as index:
            assert len(index.vectors) == len(index.local_vectors) == 389
            assert rows_in_milvus(store) > expected_rows(index)  # the generation before still needs them
            vector = encoder.encode_question("成武县的招商引资")
            assert_same(index.vectors.search(vector, 10), index.local_vectors.search(vector, 10))
            assert {one.key for one in index.vectors.search(vector, 400)} <= set(index.keys())
        changed = documents / "宁武县推进以县城为重要载体的城镇化建设行动方案.txt"
        changed.write_text(changed.read_text("utf-8") + "\n本方案由宁武县发展和改革局负责解释。\n", "utf-8")
        add([changed, documents / "成武县新型城镇化建设行动提升方案.txt"], store, encoder=encoder)
        assert verify(store).all_problems == ()
        with open_index(store) as index:
            assert isinstance(index.vectors, MilvusVectors)
            best = index.vectors.search(encoder.encode_question("宁武县的方案由谁负责解释?"), 10)
            assert any("负责解释" in index.entry(one.key).clause.text for one in best)
        push_to(store, file)
        numbers = generation.numbers(store)
        kept = set()
        for number in numbers:
            manifest = generation.read_manifest(store, number)
            with WholeIndex(store, manifest, open_index(store).lazy_encoder) as index:
                kept |= expected_rows(index)
        assert rows_in_milvus(store) == kept

    def test_the_generation_before_can_be_asked_again(self, store, file, encoder):
        push_to(store, file)
        build(DOCUMENTS, store, encoder=encoder)
        assert len(set(read_link(store).collections.values())) == 2
        restore(store)
        assert verify(store).all_problems == ()

    def test_a_change_after_going_back_is_followed_too(self, store, file, documents, encoder):
        push_to(store, file)
        first, second = sorted(documents.glob("*.txt"))[:2]
        add([first], store, encoder=encoder)
        restore(store)
        add([second], store, encoder=encoder)
        assert verify(store).all_problems == ()

    def test_a_build_is_the_way_back_here_too(self, store, file, encoder):
        push_to(store, file)
        (store / "CURRENT").write_text("nonsense", "utf-8")
        build(DOCUMENTS, store, encoder=encoder)
        assert verify(store).all_problems == ()

    def test_a_change_that_failed_leaves_nothing_wrong(self, store, file, documents, encoder, monkeypatch):
        push_to(store, file)

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch, pytest.raises(WriteError, match="No space"):
            patch.setattr(generation, "publish", full)
            add([documents / "宁武县推进以县城为重要载体的城镇化建设行动方案.txt"], store, encoder=encoder)
        assert verify(store).all_problems == ()
        other = documents.parent / "短.txt"
        other.write_text("某县人民政府关于短文件的通知\n一、总体要求\n到2025年完成全部任务。\n", "utf-8")
        add([other], store, encoder=encoder)
        assert verify(store).all_problems == ()
        with open_index(store) as index:
            assert rows_in_milvus(store) == expected_rows(index)

    def test_a_rebuild_switches_the_alias_under_a_reader(self, store, server, encoder):
        with open_index(store) as index:
            push(store, link_for(store, server, "switched", None), index, lambda _: None)
        live, stop, faults, seen = LiveIndex(store, encoder), threading.Event(), [], set()
        vector = encoder.encode_question("海绵城市")
        expected = [o.score for o in live.current().local_vectors.search(vector, 10)]

        def ask_on() -> None:
            while not stop.is_set():
                try:
                    index = live.current()
                    found = index.vectors.search(vector, 10)
                    seen.add(index.manifest.number)
                    if [one.score for one in found] != pytest.approx(expected, abs=TOLERANCE):
                        faults.append(found)
                except Exception as error:
                    faults.append(error)
                    raise

        reader = threading.Thread(target=ask_on)
        reader.start()
        try:
            before = read_link(store).collections[1]
            build(DOCUMENTS, store, encoder=encoder)
            build(DOCUMENTS, store, encoder=encoder)
            until = time.monotonic() + 60
            while not ({1, 3} <= seen or faults) and time.monotonic() < until:
                time.sleep(0.05)
        finally:
            stop.set()
            reader.join(30)
        link = read_link(store)
        with closing(Server(server)) as asked:
            assert asked.alias(link.alias) == link.collections[3] != before
        assert not faults
        assert {1, 3} <= seen

    def test_left_and_taken_up_again(self, store, file, capsys):
        push_to(store, file)
        command = ["milvus", "leave", "--index", str(store)]
        assert main(command) == 0
        with open_index(store) as index:
            assert index.vectors is index.local_vectors
        assert main(["milvus", "status", "--index", str(store)]) == 1
        assert main(["milvus", "push", "--index", str(store)]) == 0
        assert "0 of 435 windows sent" in capsys.readouterr().out
        assert main(["milvus", "status", "--index", str(store)]) == 0
        assert main([*command, "--drop"]) == 0
        assert not (store / LINK).exists()
        with closing(Server(file)) as server:
            assert server.collections("") == []

    def test_what_no_generation_needs_is_dropped(self, store, file, encoder):
        push_to(store, file)
        for _ in range(3):
            build(DOCUMENTS, store, encoder=encoder)
        link = read_link(store)
        with closing(Server(link.uri)) as server:
            assert set(server.collections(link.prefix)) <= {*link.collections.values()}
            assert len(server.collections(link.prefix)) <= 3


class TestWhatCanGoWrong:
    def test_nothing_answers(self, store, encoder):
        with pytest.raises(ServerError, match="the server runs"):
            push_to(store, "http://127.0.0.1:1")
        with open_index(store) as index:
            assert index.vectors is index.local_vectors

    def test_a_server_that_went_away_is_no_reason_to_ask_faiss(self, store, file, encoder, tmp_path):
        push_to(store, file)
        write_link(store, replace(read_link(store), uri="http://127.0.0.1:1"))
        with open_index(store) as index, pytest.raises(ServerError):
            index.search_vectors(encoder.encode_question("海绵城市"), 10)
        with pytest.raises(ServerError):
            remove(["成武县新型城镇化建设行动提升方案.txt"], store)
        assert generation.current_number(store) == 1

    def test_the_collection_is_gone(self, store, file):
        push_to(store, file)
        link = read_link(store)
        with closing(Server(link.uri)) as server:
            server.abandon(link.alias, link.prefix)
        with open_index(store) as index, pytest.raises(IndexMissing, match="milvus push"):
            _ = index.vectors
        push_to(store, file)
        assert verify(store).all_problems == ()

    def test_a_generation_that_was_not_pushed(self, store, file):
        push_to(store, file)
        link = read_link(store)
        write_link(store, replace(link, collections={9: link.collections[1]}))
        with open_index(store) as index, pytest.raises(IndexMissing, match="Generation 1 is not in Milvus"):
            _ = index.vectors

    def test_another_model(self, store, file):
        push_to(store, file)
        link = read_link(store)
        name = f"{link.prefix}0123abcd_000001"
        with closing(Server(link.uri)) as server:
            server.create(name, 512, "FLAT")
        write_link(store, replace(link, collections={1: name}))
        with open_index(store) as index, pytest.raises(ModelError, match="512 dimensions"):
            _ = index.vectors

    def test_the_alias_of_another_index(self, store, policy_store, file, tmp_path):
        other = Path(shutil.copytree(policy_store, tmp_path / "other"))
        push_to(store, file)
        with pytest.raises(WriteError, match="another index"):
            push_to(other, file)
        with open_index(other) as index:
            push(other, link_for(other, file, "elsewhere", None), index, lambda _: None)
        assert verify(other).all_problems == verify(store).all_problems == ()

    def test_a_damaged_link(self, store):
        (store / LINK).write_text("{", "utf-8")
        with open_index(store) as index, pytest.raises(IndexDamaged, match=LINK):
            _ = index.vectors

    def test_a_file_that_another_process_holds(self, pushed):
        if read_link(pushed).uri.startswith("http"):
            pytest.skip("a server may be asked by many")
        with open_index(pushed) as index:
            assert len(index.vectors) == 435
            command = [sys.executable, "-m", "index", "milvus", "status", "--index", str(pushed)]
            other = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert other.returncode == 2
        assert "Traceback" not in other.stderr

    def test_without_pymilvus(self, store, monkeypatch):
        monkeypatch.setitem(sys.modules, "pymilvus", None)
        with pytest.raises(ServerError, match=r"tiaowen\[milvus\]"):
            push_to(store, "http://127.0.0.1:1")

    def test_the_token_is_kept_nowhere(self, store, file, monkeypatch):
        monkeypatch.setenv(TOKEN, "root:geheim")
        push_to(store, file)
        assert "geheim" not in (store / LINK).read_text("utf-8")
        with pytest.raises(ServerError) as told:
            push_to(store, "http://127.0.0.1:1")
        assert "geheim" not in str(told.value)

    def test_an_address_that_is_none(self, store):
        with pytest.raises(ServerError, match=r"\.db"):
            push_to(store, "nowhere")
        with pytest.raises(WriteError, match="--uri"):
            link_for(store, None, None, None)
