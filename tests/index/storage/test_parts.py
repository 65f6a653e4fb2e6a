"""A generation in several parts answers as one part does, and a change touches only the parts it must."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from index.build import draft
from index.build.build import add, build, remove
from index.check.verify import verify
from index.encoders.vector_cache import CACHE
from index.engines import vector_files
from index.search.index import Index, open_index
from index.storage import generation
from index.storage.generation import PARTS, STORE, VECTORS, current_number, folder_of, read_manifest

QUESTIONS = ("哪个部门牵头海绵城市建设", "老旧小区改造到2025年", "污水处理厂", "杭锦旗特色产业")


@pytest.fixture
def small_parts(monkeypatch):
    """Parts that are closed after the first document, and inverted files from 100 windows on."""
    monkeypatch.setattr(draft, "SMALL_PART", 1)
    monkeypatch.setattr(generation, "SMALL_PART", 1)
    monkeypatch.setattr(vector_files, "FLAT_MOST", 100)
    monkeypatch.setattr(draft, "POSTED_AFRESH", 0)
    monkeypatch.setattr("index.storage.disk.COPIED_BYTES", 0)


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix == ".txt")


@pytest.fixture
def encoded(tmp_path, policy_store):
    """A folder for an index that has the windows of the five documents encoded."""
    folder = tmp_path / "grown"
    folder.mkdir()
    shutil.copyfile(policy_store / CACHE, folder / CACHE)
    return folder


@pytest.fixture
def grown(encoded, documents, encoder, small_parts):
    """An index of five documents, added one after another."""
    files, store = files_in(documents), encoded
    build(files[0], store, encoder=encoder)
    for file in files[1:]:
        add([file], store, encoder=encoder)
    return store


def found(index: Index, question: str) -> list[tuple[str, str]]:
    vector = index.encoder.encode_question(question)
    lists = (index.search_words(question, 10), index.search_vectors(vector, 10))
    return [(entry.file, entry.clause.text) for one in lists for entry in index.entries([s.key for s in one])]


def test_several_parts_find_what_one_part_finds(grown, store, encoder):
    assert len(read_manifest(grown, current_number(grown)).parts) > 1
    with open_index(grown, encoder) as many, open_index(store, encoder) as one:
        assert [info.file for info in many.infos] == [info.file for info in one.infos]
        assert many.agencies == one.agencies
        assert many.count_facts() == one.count_facts()
        assert len(many.keys_by_year(2020, 2035)) == len(one.keys_by_year(2020, 2035))
        for question in QUESTIONS:
            wanted = set(found(one, question))
            assert len(set(found(many, question)) & wanted) >= 0.9 * len(wanted)
        keys = many.keys(searched=True)
        assert [entry.key for entry in many.entries(keys[::-7])] == keys[::-7]


def test_every_generation_holds_together(grown):
    assert verify(grown).all_problems == ()


def test_a_part_that_nothing_touches_is_the_same_file(grown, documents, encoder, tmp_path):
    number = current_number(grown)
    new = tmp_path / "新增.txt"
    new.write_text("关于印发新增办法的通知\n\n一、总体要求\n\n市住建局负责海绵城市建设。\n", encoding="utf-8")
    before = read_manifest(grown, number)
    add([new], grown, encoder=encoder)
    after = read_manifest(grown, current_number(grown))
    kept = [part for part in after.parts if part in before.parts]
    assert kept
    for part in kept:
        for name in (STORE, VECTORS):
            old = folder_of(grown, number) / PARTS / part.name / name
            assert old.samefile(folder_of(grown, number + 1) / PARTS / part.name / name)
    assert verify(grown).all_problems == ()


def test_what_is_removed_from_any_part_is_never_found_again(grown, encoder):
    with open_index(grown, encoder) as index:
        files = [info.file for info in index.infos]
    for left, file in zip(range(4, 0, -1), files[:4], strict=True):
        remove([file], grown)
        assert verify(grown).all_problems == ()
        with open_index(grown, encoder) as index:
            assert len(index.infos) == left
            assert all(name != file for question in QUESTIONS for name, _ in found(index, question))
        text = next(folder_of(grown, current_number(grown)).rglob(STORE)).read_bytes()
        assert file.encode() not in text


def test_a_damaged_part_is_seen_and_the_generation_before_answers(grown, encoder, monkeypatch):
    number = current_number(grown)
    monkeypatch.setattr("index.storage.disk.COPIED_BYTES", 1 << 40)
    with open_index(grown, encoder) as index:
        remove([index.infos[0].file], grown)
    victim = max(folder_of(grown, number + 1).rglob(STORE))
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 1
    victim.write_bytes(data)
    with open_index(grown, encoder) as index:
        assert index.manifest.number == number
        assert str(victim) in index.warning


def test_an_inverted_file_loses_only_what_is_removed(tmp_path, monkeypatch):
    from index.engines.vectors import Vectors, window_id
    from index.entries import KeyRange

    monkeypatch.setattr(vector_files, "FLAT_MOST", 100)
    random = np.random.default_rng(7)
    rows = random.standard_normal((3000, 32)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    ids = np.array([window_id(key, 0) for key in range(1, 3001)])
    flat = vector_files.new_vectors(32)
    flat.add_with_ids(rows, ids)
    inverted = vector_files.fitted(flat)
    vector_files.remove_keys(inverted, [KeyRange(11, 20), KeyRange(2991, 3000)])
    vector_files.write_vectors(inverted, tmp_path / "v.faiss")
    vectors = Vectors([tmp_path / "v.faiss"])
    assert list(vectors.keys()) == [*range(1, 11), *range(21, 2991)]
    for key in (1, 10, 21, 2990):
        assert vectors.score(rows[key - 1], [key])[key] == pytest.approx(1, abs=0.02)
        assert vectors.search(rows[key - 1], 1, within=[KeyRange(key - 1, key + 5)])[0].key == key


def test_a_document_of_a_part_being_joined_is_replaced_whole(
    encoded, documents, encoder, small_parts, tmp_path
):
    """The first new document joins the last parts; another then replaces one of the part that was joined."""
    files, store = files_in(documents), encoded
    build(files[0], store, encoder=encoder)
    for number, text in enumerate(("一、总则\n甲局负责。\n", "一、总则\n乙局负责。\n")):
        (tmp_path / f"小{number}.txt").write_text(text, encoding="utf-8")
        add([tmp_path / f"小{number}.txt"], store, encoder=encoder)
    assert len(read_manifest(store, current_number(store)).parts) == 3
    (tmp_path / "小1.txt").write_text("一、总则\n丁局负责。\n", encoding="utf-8")
    (tmp_path / "新.txt").write_text("一、总则\n戊局负责。\n", encoding="utf-8")
    add([tmp_path / "新.txt", tmp_path / "小1.txt"], store, encoder=encoder)
    assert verify(store).all_problems == ()
    with open_index(store, encoder) as index:
        assert all(
            index.entries([one.key]) for one in index.search_vectors(encoder.encode_question("乙局"), 50)
        )


def test_alike_parts_are_joined(tmp_path, encoded, documents, encoder, small_parts):
    files, store = files_in(documents), encoded
    build(files[0], store, encoder=encoder)
    for number in range(8):
        copy = tmp_path / f"{number}.txt"
        copy.write_bytes(files[1 + number % 4].read_bytes())
        add([copy], store, encoder=encoder)
    assert len(read_manifest(store, current_number(store)).parts) <= 5
    assert verify(store).all_problems == ()
