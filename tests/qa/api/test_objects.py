"""Answers and hits as JSON: what the schemas in docs say, key for key, with offsets that hold."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from index.search.index import Index
from qa.api.ask import ask, ledger, search
from qa.api.objects import answer_object, hit_objects, task_object
from qa.llm.serial import written_object
from qa.llm.write import SAID_FAULT, SAID_WHY, Written

jsonschema = pytest.importorskip("jsonschema")
referencing = pytest.importorskip("referencing")

ROOT = Path(__file__).parents[3]
SCHEMAS = ROOT / "docs" / "schemas"
QUESTIONS = (
    "宁武县海绵城市建设由谁负责?",
    "到2025年,各地的城镇化率目标是多少?",
    "成武县的文件是哪个单位发布的,文号是什么?",
    "运城市住建局要干哪些活?",
    "沁水县集中供热普及率要到多少?",
    "运城市附件里有哪些医疗项目?",
    "北京市的地铁票价是多少?",
    "成武县养猫要办证吗?",
)
"""One for every form of answer, and two that the documents do not answer."""


def load(name: str) -> dict:
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))


def validator(name: str):
    loaded = [load(path.stem) for path in SCHEMAS.glob("*.json")]
    registry = referencing.Registry().with_resources(
        (schema["$id"], referencing.Resource.from_contents(schema)) for schema in loaded
    )
    kind = jsonschema.Draft202012Validator
    return kind(load(name), registry=registry)


@pytest.mark.parametrize("name", ["hit", "answer", "why", "task", "batch_input", "batch_output"])
def test_the_schemas_are_schemas(name):
    jsonschema.Draft202012Validator.check_schema(load(name))


def test_the_schemas_are_what_the_types_say():
    told = subprocess.run(
        [sys.executable, ROOT / "tools" / "write_schemas.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stdout) == (0, ""), told.stdout + told.stderr


def test_an_object_with_another_key_or_value_is_refused(policy_index: Index):
    hit = json.loads(json.dumps(hit_objects(search("海绵城市", top_k=1, index=policy_index))[0]))
    assert validator("hit").is_valid(hit)
    assert not validator("hit").is_valid({**hit, "reason": "近"})
    assert not validator("hit").is_valid({**hit, "rank": 0})
    agency = next(fact for fact in hit["facts"] if fact["kind"] == "agency")
    assert not validator("hit").is_valid({**hit, "facts": [{**agency, "role": "chief"}]})


def test_a_line_of_a_batch_needs_its_id(policy_index: Index):
    said = json.loads(json.dumps(answer_object(ask(QUESTIONS[0], index=policy_index))))
    assert validator("batch_output").is_valid({"id": "1", **said})
    assert not validator("batch_output").is_valid(said)
    question = validator("batch_input")
    assert question.is_valid({"id": "1", "question": "谁牵头?", "history": None, "gold": "县住建局"})
    assert not question.is_valid({"id": " ", "question": "谁牵头?"})


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_what_its_schema_says(question: str, policy_index: Index):
    said = json.loads(json.dumps(answer_object(ask(question, index=policy_index))))
    validator("answer").validate(said)
    assert list(said) == load("answer")["required"]
    citation = load("answer")["$defs"]["CitationObject"]["properties"]
    assert all(list(one) == list(citation) for one in said["citations"])
    assert said["question"] == question


@pytest.mark.parametrize("why", [None, *SAID_WHY, "listed"])
def test_an_answer_of_a_language_model_is_too(why, policy_index: Index):
    struck = tuple((reason,) for reason in SAID_FAULT)
    written = Written(ask(QUESTIONS[0], index=policy_index), why is None, "m", why, struck, 1, "改写")
    said = json.loads(json.dumps(written_object(written, why=True)))
    validator("answer").validate(said)
    assert ["id", *said] == list(load("answer")["properties"])


@pytest.mark.parametrize("question", QUESTIONS)
def test_offsets_lead_back_to_the_words(question: str, policy_index: Index):
    said = answer_object(ask(question, index=policy_index))
    for number, one in enumerate(said["citations"], 1):
        text = policy_index.document(one["file"]).text
        assert one["number"] == number
        assert text[one["start"] : one["end"]] == one["quote"]
        assert text[one["clause_start"] :].startswith(one["text"])
    for rank, hit in enumerate(said["hits"], 1):
        text = policy_index.document(hit["file"]).text
        assert hit["rank"] == rank
        assert text[hit["start"] : hit["end"]] == hit["text"]
        assert all(text[fact["start"] : fact["end"]] == fact["text"] for fact in hit["facts"])


def test_hits_are_what_their_schema_says(policy_index: Index):
    hits = json.loads(json.dumps(hit_objects(search("海绵城市", top_k=30, index=policy_index))))
    schema = validator("hit")
    assert len(hits) == 30
    for hit in hits:
        schema.validate(hit)
        assert list(hit) == list(load("hit")["properties"])
    kinds = {fact["kind"] for hit in hits for fact in hit["facts"]}
    assert kinds >= {"agency", "deadline", "target"}


def test_a_task_is_what_its_schema_says(policy_index: Index):
    said = json.loads(json.dumps([task_object(task) for task in ledger(index=policy_index)]))
    assert len(said) > 250
    for one in said:
        validator("task").validate(one)
        assert list(one) == list(load("task")["properties"])
        text = policy_index.document(one["file"]).text
        assert text[one["start"] : one["end"]] == one["quote"]
        assert all(text[fact["start"] : fact["end"]] == fact["text"] for fact in one["facts"])
