"""Token vectors of real clauses, packed, kept and compared."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.build.build import remove
from index.encoders.load import load_encoder
from index.encoders.packed import OnnxEncoder
from index.encoders.token_vectors import DIMENSION, length, packed, unpacked
from index.engines.late_interaction import QuestionTokens, late_interaction
from index.search.index import open_index
from qa.search.question_encoder import shipped_question_encoder

ONE = QuestionTokens(np.eye(1, DIMENSION, dtype=np.float32), np.ones(1, np.float32))
CLAUSES = (
    "宁武县 推进海绵城市建设。（责任单位：县住建局）",
    "宁武县 老旧小区改造 到2025年底，基本完成2000年底前建成的需改造城镇老旧小区改造任务。",
    "宁武县 提高农村公路建设标准，总投资1.2亿元。",
)


@pytest.fixture(scope="module")
def windows() -> list[bytes]:
    encoder = load_encoder()
    assert isinstance(encoder, OnnxEncoder)
    return [one.tokens for one in encoder.encode_with_tokens(CLAUSES)]


def test_packing_keeps_a_unit_vector_to_within_four_bits():
    rows = np.random.default_rng(1).standard_normal((500, DIMENSION)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    back = unpacked(packed(rows))
    assert length(packed(rows)) == 500 and back.shape == rows.shape
    assert (rows * back).sum(1).min() > 0.85
    assert np.abs(rows @ rows[:20].T - back @ rows[:20].T).mean() < 0.02


def test_every_token_of_a_text_has_a_vector_of_about_unit_length(windows: list[bytes]):
    for text, data in zip(CLAUSES, windows, strict=True):
        vectors = unpacked(data)
        assert len(text) / 3 < len(vectors) <= len(text)
        assert np.abs(np.linalg.norm(vectors, axis=1) - 1).max() < 0.2


@pytest.mark.parametrize(
    ("question", "best"), [("哪个部门牵头海绵城市", 0), ("老房子什么时候改完", 1), ("乡下的路要花多少钱", 2)]
)
def test_the_clause_that_answers_scores_highest(windows: list[bytes], question: str, best: int):
    asked = shipped_question_encoder().encode(question).tokens
    assert asked.weights.sum() == pytest.approx(1)
    scores = late_interaction(asked, list(enumerate(windows)))
    assert max(scores, key=scores.__getitem__) == best
    for key, data in enumerate(windows):
        cosines = unpacked(data) @ asked.vectors.T
        assert scores[key] == pytest.approx(float(cosines.max(0) @ asked.weights), abs=1e-5)


def test_windows_count_each_for_itself_and_one_without_vectors_not_at_all(windows: list[bytes]):
    asked = shipped_question_encoder().encode("哪个部门牵头海绵城市").tokens
    alone = late_interaction(asked, [(7, windows[0])])
    several = late_interaction(asked, [(6, windows[2]), (7, windows[0]), (8, b"")])
    assert sorted(several) == [6, 7]
    assert several[7] == pytest.approx(alone[7], abs=1e-6)
    assert late_interaction(asked, []) == {}
    nothing = QuestionTokens(np.empty((0, DIMENSION), np.float32), np.empty(0, np.float32))
    assert late_interaction(nothing, [(7, windows[0])]) == {}


def test_a_document_taken_out_leaves_no_token_vectors_behind(tmp_path: Path, policy_store: Path):
    store = tmp_path / "store"
    shutil.copytree(policy_store, store)
    with open_index(store) as before:
        name = before.infos[0].file
        kept = {key: before.score_tokens(ONE, [key]) for key in before.keys(searched=True)}
        assert all(kept[key].get(key) for key in kept)
        gone = {entry.key for entry in before.entries_of(name)}
    remove([name], store)
    with open_index(store) as after:
        own = after.keys(searched=True)
        assert own and gone.isdisjoint(own)
        assert {key: after.score_tokens(ONE, [key]) for key in own} == {key: kept[key] for key in own}
        windows = len(after.local_vectors)
        files = list(after.folder.glob("parts/*/*.sqlite"))
    assert sum(_count(file) for file in files) == windows


def _count(file: Path) -> int:
    with closing(sqlite3.connect(file)) as base:
        return int(base.execute("SELECT count(*) FROM token_vectors").fetchone()[0])
