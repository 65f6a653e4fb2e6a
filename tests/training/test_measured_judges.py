"""Vectors are those that an index keeps, means are of like judges, and answers are measured set by set."""

from __future__ import annotations

import argparse
import json
import sqlite3
from pathlib import Path

import numpy as np
import pytest
import torch

from index.encoders.packed import OnnxEncoder
from index.encoders.vector_cache import CACHE, VectorCache
from index.search.index import Index
from tests.support.made_judge import made_arrays
from training.judge_vectors import Vectors
from training.mean_of_judges import joinable, mean
from training.measure_answers import further, measure
from training.net import Judge, Shape

HEADING, TEXT = "第二章 保障", "第七条 县财政局负责落实补助资金。"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    encoder = OnnxEncoder()
    cache = VectorCache(tmp_path / CACHE, encoder.checksum, 0)
    joined = f"{HEADING}\n{TEXT}"
    cache.put({joined: encoder.encode_with_tokens([joined])[0]})
    cache.close()
    return tmp_path


def test_a_kept_window_is_what_encoding_gives_and_another_is_encoded(kept: Path) -> None:
    found, alone = Vectors(kept), Vectors()
    assert np.array_equal(found.window(HEADING, TEXT), alone.window(HEADING, TEXT))
    assert np.array_equal(found.window(HEADING, "另一句。"), alone.window(HEADING, "另一句。"))


def test_what_is_encoded_is_kept(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["一、总则", "二、附则"]
    Vectors(kept).know((HEADING, text) for text in texts)
    monkeypatch.setattr(OnnxEncoder, "encode_with_tokens", None)
    assert all(len(Vectors(kept).window(HEADING, text)) for text in texts)


def test_a_kept_window_is_not_encoded(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("encoded")

    monkeypatch.setattr(OnnxEncoder, "encode_with_tokens", never)
    assert Vectors(kept).window(HEADING, TEXT).shape[1] == 64


def test_a_folder_without_kept_windows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=CACHE):
        Vectors(tmp_path / "mistyped")


def test_while_another_run_writes_a_window_is_encoded(kept: Path) -> None:
    with sqlite3.connect(kept / CACHE) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert len(Vectors(kept).window(HEADING, TEXT))


def test_what_is_wrong_with_the_kept_windows_is_not_hidden(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr(VectorCache, "get", full)
    with pytest.raises(sqlite3.OperationalError, match="full"):
        Vectors(kept).window(HEADING, TEXT)


def test_a_judge_is_joined_with_what_it_became() -> None:
    arrays = made_arrays(2)
    plain = Judge(arrays, Shape(2, 0, 0)).state_dict()
    matched = Judge(arrays, Shape(2, 0, 1)).state_dict()
    matched |= {name: one for name, one in plain.items() if name != "matched.weight"}
    matched["matched.weight"] += 1.0
    assert joinable(plain, matched)
    assert joinable(matched, matched)
    found = mean(plain, matched, 0.75)
    assert torch.all(found["matched.weight"] == 0.75)
    assert torch.allclose(found["answer.weight"], plain["answer.weight"].float())


def test_judges_of_other_shapes_are_not_joined() -> None:
    arrays = made_arrays(3)
    whole, short = (Judge(arrays, Shape(layers, 0, 1)).state_dict() for layers in (3, 2))
    assert not joinable(short, whole)
    assert not joinable(whole, short)
    narrow = {**whole, "matched.weight": whole["matched.weight"][:, :8]}
    assert not joinable(narrow, whole)
    assert not joinable(whole, {name: one for name, one in whole.items() if name != "matched.weight"})


def test_answers_are_measured_by_wording_and_kind(policy_index: Index, tmp_path: Path) -> None:
    said = {
        "file": "宁武县推进以县城为重要载体的城镇化建设行动方案.txt",
        "topic": "",
        "span": None,
        "near": None,
    }
    answered = {"kind": "agency", "evidence": [["系统化全域推进海绵城市建设"]], "answer": ["县住建局"]}
    lines = [
        {"id": "a", "variants": ["海绵城市建设由哪个部门牵头?", "海绵城市谁管"], **answered},
        {"id": "b", "variants": ["哪个部门牵头建设宇航发射场?", "谁来修火箭发射场"], "kind": "none"},
    ]
    lines = [{"evidence": [], "answer": [], **said, **line} for line in lines]
    questions = tmp_path / "two.jsonl"
    questions.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines), "utf-8")
    figures = measure("two", questions, policy_index, tmp_path)
    assert figures == json.loads((tmp_path / "two.json").read_text("utf-8"))
    assert figures["told apart"] == figures["told apart, 0"] == 1.0
    assert figures["abstain_recall"] == 1.0
    assert figures["quotes_verbatim"] == 1.0
    assert len((tmp_path / "two.features.jsonl").read_text("utf-8").splitlines()) == 4


@pytest.mark.parametrize("said", ["fresh.jsonl", "fresh.jsonl=cities", "missing.jsonl=plans"])
def test_further_questions_need_a_file_and_an_index(said: str, tmp_path: Path) -> None:
    (tmp_path / "fresh.jsonl").write_text("", "utf-8")
    with pytest.raises(argparse.ArgumentTypeError, match="policy, plans, notices, laws"):
        further(str(tmp_path / said))
