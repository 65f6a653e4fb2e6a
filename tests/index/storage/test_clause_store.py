"""SQLite, postings and vectors hold what was put in, and give it back as it was."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.clauses.windows import WINDOW_CHARACTERS, posted_text, windows
from index.engines.posting_files import Posting, write_postings
from index.engines.postings import Postings
from index.engines.selection import KeyRanges
from index.engines.vector_files import new_vectors, remove_keys, write_vectors
from index.engines.vectors import Vectors, window_id
from index.entries import KeyRange
from index.errors import IndexDamaged
from index.language.sentences import sentences
from index.language.tokens import tokens
from index.parsing.parse import parse_file
from index.records import Deadline
from index.storage.clause_store import Store

DOCUMENTS = Path(__file__).parents[3] / "documents"
FILES = sorted(DOCUMENTS.glob("*.txt"))


@pytest.fixture(scope="module")
def parsed():
    return [parse_file(path, DOCUMENTS) for path in FILES]


@pytest.fixture
def store(tmp_path, parsed):
    draft = Store.create(tmp_path / "documents.sqlite")
    key = 7
    for one in parsed:
        key = draft.put(one.document, one.clauses, one.facts, key).last + 1
    draft.finish(compact=False)
    opened = Store(tmp_path / "documents.sqlite")
    yield opened
    opened.close()


class TestStore:
    def test_gives_back_the_very_dataclasses(self, store, parsed):
        for one in parsed:
            info = next(info for info in store.infos() if info.file == one.document.file)
            entries = store.entries_between(info.keys)
            assert store.document(one.document.file) == one.document
            assert tuple(entry.clause for entry in entries) == one.clauses
            assert tuple(entry.facts for entry in entries) == one.facts
            assert info.title == one.document.title
            assert info.region == one.document.region
            assert info.clauses == len(one.clauses)

    def test_entries_come_in_the_order_asked_for(self, store):
        assert [entry.key for entry in store.entries([30, 8, 19])] == [30, 8, 19]

    def test_an_unknown_key_is_a_key_error(self, store):
        with pytest.raises(KeyError):
            store.entries([6])

    def test_keys_by_agency_are_the_clauses_that_name_it(self, store):
        names = store.agency_names()
        name = max(names, key=names.__getitem__)
        keys = store.keys_by_agency(name)
        assert len(keys) == names[name] > 5
        assert all(
            any(getattr(fact, "name", None) == name for fact in entry.facts) for entry in store.entries(keys)
        )

    def test_keys_by_year_include_spans_that_reach_into_the_years(self, store):
        found = {
            entry.key
            for info in store.infos()
            for entry in store.entries_between(info.keys)
            for fact in entry.facts
            if isinstance(fact, Deadline) and fact.due_year is not None
            if fact.due_year >= 2026 and (fact.first_year or fact.due_year) <= 2028
        }
        assert set(store.keys_by_year(2026, 2028)) == found
        assert found

    def test_nothing_of_a_removed_document_is_left_in_the_file(self, tmp_path, parsed):
        path = tmp_path / "documents.sqlite"
        draft = Store.create(path)
        draft.put(parsed[0].document, parsed[0].clauses, parsed[0].facts, 1)
        draft.put(parsed[1].document, parsed[1].clauses, parsed[1].facts, 10_000)
        draft.remove(next(info for info in draft.infos() if info.file == parsed[0].document.file))
        draft.finish(compact=True)
        kept = Store(path)
        assert [info.file for info in kept.infos()] == [parsed[1].document.file]
        assert parsed[0].document.title.encode() not in path.read_bytes()
        kept.close()

    def test_a_file_that_is_no_database_is_damaged(self, tmp_path):
        path = tmp_path / "documents.sqlite"
        path.write_text("条" * 4096, encoding="utf-8")
        with pytest.raises(IndexDamaged, match=r"documents\.sqlite"):
            Store(path).infos()


class TestWindows:
    def test_every_window_fits_and_keeps_the_innermost_heading(self, parsed):
        for one in parsed:
            for clause in one.clauses:
                for window in windows(one.document, clause):
                    assert len(window) <= WINDOW_CHARACTERS
                    if clause.path:
                        assert " ".join(clause.path[-1].split())[:60] in window

    def test_a_long_clause_is_covered_by_overlapping_windows(self, parsed):
        long = [
            (one.document, clause)
            for one in parsed
            for clause in one.clauses
            if len(clause.text) > 600 and not clause.cells
        ]
        assert long
        for document, clause in long:
            bodies = ["".join(window.split("\n", 1)[1].split()) for window in windows(document, clause)]
            assert len(bodies) > 1
            for sentence in sentences(clause.text, semicolons=True):
                words = "".join(clause.text[sentence.start : sentence.end].split())
                assert any(words in body for body in bodies) or len(words) > 150

    def test_a_table_row_is_read_with_its_columns(self, parsed):
        document, row = next(
            (one.document, clause)
            for one in parsed
            for clause in one.clauses
            if sum(bool(cell.column) for cell in clause.cells) > 1
        )
        cell = next(
            cell for cell in row.cells if cell.column and document.text[cell.start : cell.end].strip()
        )
        assert f"{cell.column}: {document.text[cell.start : cell.end].strip()}" in posted_text(document, row)


class TestPostings:
    def test_tokens_by_hand(self):
        assert tokens("海绵城市30%，PM2.5 ≤1,200") == ["海绵", "绵城", "城市", "30", "pm2.5", "1200"]
        assert tokens("海綿城市") == tokens("海绵 城市") == ["海绵", "绵城", "城市"]
        assert tokens("水、５Ｇ") == ["水", "5g"]
        assert tokens("。——") == []

    def test_bm25_by_hand(self, tmp_path):
        """Against the formula of BM25 (k1 = 1.2, b = .75), every text of four tokens."""
        bodies = {1: "海绵城市建", 2: "海绵体建设", 3: "老旧小区改", 4: "供水管网改"}
        write_postings(tmp_path / "p", (Posting(key, 1, body) for key, body in bodies.items()))
        found = {one.key: one.score for one in Postings(tmp_path / "p").search("海绵", 9)}
        inverse = np.log(1 + (4 - 2 + 0.5) / (2 + 0.5))
        expected = inverse * (1 * 2.2) / (1 + 1.2)
        assert found == pytest.approx({1: expected, 2: expected}, rel=1e-4)

    def test_a_filter_leaves_the_scores_as_they_are(self, tmp_path, parsed):
        write_postings(
            tmp_path / "p",
            (
                Posting(1000 * number + clause.ordinal, number, posted_text(one.document, clause))
                for number, one in enumerate(parsed)
                for clause in one.clauses
            ),
        )
        postings = Postings(tmp_path / "p")
        everywhere = {one.key: one.score for one in postings.search("海绵城市建设", 10_000)}
        within = {
            one.key: one.score
            for one in postings.search("海绵城市建设", 10_000, within=KeyRanges.of([KeyRange(3, 3)]))
        }
        assert within == {key: score for key, score in everywhere.items() if key // 1000 == 3}
        assert postings.score("海绵城市建设", [*within, 1]) == {**within, 1: everywhere.get(1, 0.0)}
        assert postings.search("。", 5) == []
        assert postings.search("海绵", 5, within=KeyRanges.of([])) == []

    def test_a_missing_folder_is_damaged(self, tmp_path):
        with pytest.raises(IndexDamaged, match="postings"):
            Postings(tmp_path / "postings")


class TestVectors:
    @pytest.fixture
    def path(self, tmp_path):
        """Three clauses in a plane: key 1 at 0° and 60°, key 2 at 30°, key 5 at 90°."""
        angles = {(1, 0): 0, (1, 1): 60, (2, 0): 30, (5, 0): 90}
        rows = np.array([[np.cos(np.radians(a)), np.sin(np.radians(a))] for a in angles.values()], np.float32)
        vectors = new_vectors(2)
        vectors.add_with_ids(rows, np.array([window_id(*at) for at in angles], np.int64))
        write_vectors(vectors, tmp_path / "v.faiss")
        return tmp_path / "v.faiss"

    def test_a_clause_scores_as_its_best_window_does(self, path):
        east = np.array([1, 0], np.float32)
        found = Vectors([path]).search(east, 2)
        assert [one.key for one in found] == [1, 2]
        assert [one.score for one in found] == pytest.approx([1.0, np.cos(np.radians(30))], abs=1e-3)
        assert Vectors([path]).score(east, [5, 1]) == pytest.approx({5: 0.0, 1: 1.0}, abs=1e-3)

    def test_a_filter_finds_what_is_allowed_only(self, path):
        north = np.array([0, 1], np.float32)
        assert [one.key for one in Vectors([path]).search(north, 9, within=[KeyRange(1, 2)])] == [1, 2]
        assert Vectors([path]).search(north, 9, within=[]) == []

    def test_removal_takes_all_windows(self, path, tmp_path):
        from index.engines.vector_files import load_vectors

        vectors = load_vectors(path)
        remove_keys(vectors, [KeyRange(1, 1)])
        assert vectors.ntotal == 2
        write_vectors(vectors, tmp_path / "new.faiss")
        assert list(Vectors([tmp_path / "new.faiss"]).keys()) == [2, 5]

    def test_a_key_without_a_vector_is_damage(self, path):
        with pytest.raises(IndexDamaged, match="3"):
            Vectors([path]).score(np.array([1, 0], np.float32), [3])

    def test_a_file_that_is_no_index_is_damaged(self, tmp_path):
        (tmp_path / "v.faiss").write_bytes(b"not vectors")
        with pytest.raises(IndexDamaged, match=r"v\.faiss"):
            Vectors([tmp_path / "v.faiss"])
