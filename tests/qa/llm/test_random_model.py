"""A real server with a model of random weights: none of its nonsense reaches the reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from random_model import make_model, served
from upheld import unheld

from index.search.index import Index
from qa.api.ask import ask
from qa.llm.client import Silent, words
from qa.llm.settings import Settings
from qa.llm.write import write

ROOT = Path(__file__).parents[3]
QUESTIONS = [
    json.loads(line)["question"]
    for line in (ROOT / "tests/data/questions_answerable.jsonl").read_text("utf-8").splitlines()
][::4]


@pytest.fixture(scope="module")
def random_model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    folder = tmp_path_factory.mktemp("random")
    make_model(folder / "model", ROOT / "documents")
    with served(folder / "model", folder / "log") as address:
        yield Settings(address, str(folder / "model"), temperature=1.0, timeout=30)


def test_it_does_say_something(random_model: Settings):
    said = ""
    for _ in range(5):
        try:
            said += "".join(words(random_model, [{"role": "user", "content": "海绵城市"}]))
        except Silent as silent:
            assert silent.why == "half"  # it may go on beyond what is taken
    assert "[" in said
    assert "年" in said


def test_nothing_of_it_is_stated(random_model: Settings, policy_index: Index):
    struck = 0
    for question in QUESTIONS:
        plain = ask(question, index=policy_index)
        for written in write(question, random_model, index=policy_index):
            assert list(unheld(written, policy_index)) == []
        struck += len(written.struck)
        if not written.by_model:
            assert written.answer.blocks[-len(plain.blocks) :] == plain.blocks
    assert struck > len(QUESTIONS)
