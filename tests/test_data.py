"""The hand-written test data stands word for word in the documents; see data/README.md."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
DOCUMENTS = HERE.parent / "documents"
SPAM = "365体育投注"
TYPES = {"agency": 14, "target": 13, "list": 7, "compare": 7} | {
    "deadline": 6,
    "inverse": 5,
    "metadata": 4,
    "followup": 4,
}
FACTS = ("agencies", "deadlines", "targets", "money")


def norm(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).replace(SPAM, "").split())


def load(name: str) -> list[dict[str, Any]]:
    lines = (HERE / "data" / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


SOURCES = {path.name: path.read_text(encoding="utf-8") for path in DOCUMENTS.glob("*.txt")}
NORMED = {name: norm(text) for name, text in SOURCES.items()}
ANSWERABLE = load("questions_answerable.jsonl")
UNANSWERABLE = load("questions_unanswerable.jsonl")
EVERYDAY = load("questions_everyday.jsonl")
ASKED_ONCE = load("questions_asked_once.jsonl")
LEDGER = load("ledger_sample.jsonl")


def test_counts() -> None:
    assert Counter(q["type"] for q in ANSWERABLE) == TYPES
    assert {q["type"] for q in UNANSWERABLE} == {"none"}
    assert len(UNANSWERABLE) == 60
    assert len(LEDGER) == 100
    assert {c["file"] for c in LEDGER} == set(SOURCES)
    assert Counter(q["type"] == "none" for q in EVERYDAY) == {False: 195, True: 45}
    assert Counter(q["type"] == "none" for q in ASKED_ONCE) == {False: 419, True: 138}
    everything = ANSWERABLE + UNANSWERABLE + EVERYDAY + ASKED_ONCE
    assert len({q["id"] for q in everything}) == len(everything)
    assert len({(q["question"], *q.get("history", [])) for q in everything}) == len(everything)
    assert len({norm(c["text"]) for c in LEDGER}) == len(LEDGER)


@pytest.mark.parametrize(
    "question",
    [*ANSWERABLE, *(q for q in EVERYDAY + ASKED_ONCE if q["type"] != "none")],
    ids=lambda q: q["id"],
)
def test_answerable_stands_in_the_documents(question: dict[str, Any]) -> None:
    texts = [NORMED[name] for name in question["documents"]]
    for string in [s for group in question["evidence"] for s in group] + question["answer"]:
        assert any(norm(string) in text for text in texts), string
    for text in texts:
        assert any(norm(string) in text for group in question["evidence"] for string in group)


@pytest.mark.parametrize("question", UNANSWERABLE, ids=lambda q: q["id"])
def test_unanswerable_words_are_absent(question: dict[str, Any]) -> None:
    assert question["evidence"] == question["answer"] == question["documents"] == []
    assert question["note"]
    for name, words in question.get("absent", {}).items():
        assert [word for word in words if norm(word) in NORMED[name]] == []


@pytest.mark.parametrize("clause", LEDGER, ids=lambda c: c["id"])
def test_ledger_stands_in_the_documents(clause: dict[str, Any]) -> None:
    text = clause["text"]
    assert text in SOURCES[clause["file"]]
    for kind in FACTS:
        for printed, count in Counter(fact["text"] for fact in clause[kind]).items():
            assert text.count(printed) >= count, printed
    assert all(words in text for words in clause.get("either", []))
    assert all(str(d["year"]) in d["text"] for d in clause["deadlines"])
    years = {d["year"] for d in clause["deadlines"]} | {None}
    assert all(t["year"] in years for t in clause["targets"])
    assert {a["role"] for a in clause["agencies"]} <= {"lead", "first", "responsible", "support"}


def test_unseen_answers_stand_in_their_documents():
    shared = HERE.parent.parent / "shared" / "eval"
    if not shared.is_dir():
        pytest.skip("../shared is not there: the notices and regulations do not ship with the project")
    folders = {"n": shared / "gov_notices" / "documents", "r": shared / "regulations"}
    questions = load("questions_unseen.jsonl")
    assert Counter(question["id"][0] for question in questions) == {"n": 50, "r": 50}
    for question in questions:
        text = (folders[question["id"][0]] / question["document"]).read_text(encoding="utf-8")
        assert norm(question["answer"]) in norm(text), question["id"]
