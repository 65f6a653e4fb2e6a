"""What a message is taken for, over messages that the heads were not fitted on (tests/data/turns.jsonl)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import ModelError
from qa.question.reader import shipped_question_reader
from qa.question.turns import FOLDER, Turns, shipped_turns

LINES = Path(__file__).parents[2] / "data" / "turns.jsonl"
BEFORE = "平遥县危房改造由谁负责"


def _read() -> Iterator[tuple[dict[str, str], str, str]]:
    for line in LINES.read_text("utf-8").splitlines():
        one = json.loads(line)
        reading = shipped_question_reader().read(one["text"], BEFORE)
        yield one, shipped_turns().turn(reading), shipped_turns().refers(reading)


def test_messages_are_taken_for_what_they_are() -> None:
    read = list(_read())
    turns = [(one["turn"], turn) for one, turn, _ in read]
    assert len(turns) > 200
    assert sum(told == turn for told, turn in turns) / len(turns) >= 0.77
    usual = [turn for told, turn in turns if told == "question"]
    assert sum(turn == "question" for turn in usual) / len(usual) >= 0.97
    pointing = [
        (one.get("refers", "nothing"), refers) for one, _, refers in read if one["turn"] == "question"
    ]
    assert sum(told == refers for told, refers in pointing) / len(pointing) >= 0.84


def test_heads_of_another_reader_are_refused(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "turns"))
    about = json.loads((folder / "model.json").read_text("utf-8"))
    (folder / "model.json").write_text(json.dumps(about | {"reader": "0" * 64}), "utf-8")
    with pytest.raises(ModelError, match="fitted to another question reader"):
        Turns(folder)
    (folder / "weights.npz").unlink()
    with pytest.raises(ModelError, match="No reader of turns"):
        Turns(folder)
