"""The project's own training questions: what they quote stands in their documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT / "training" / "data"
SHARED = ROOT.parent / "shared"
FOLDERS = (
    DATA,
    SHARED / "train" / "regulations",
    SHARED / "eval" / "plans" / "documents",
    SHARED / "eval" / "gov_notices" / "documents",
    SHARED / "eval" / "regulations",
)


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


def bare(text: str) -> str:
    return "".join(text.split())


def text_of(file: str) -> str:
    """The file's words without blanks; skips where the development data is not beside the project."""
    for folder in FOLDERS:
        if (folder / file).is_file():
            return bare((folder / file).read_text("utf-8"))
    pytest.skip(f"{file} is not here: the development data is not beside the project")


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.glob("questions_*.jsonl")))
def test_evidence_stands_in_the_documents(name: str) -> None:
    read = lines(name)
    assert len({line["id"] for line in read}) == len(read) > 200
    for line in read:
        words = "".join(text_of(file) for file in line.get("files") or [line["file"]])
        assert len(set(line["variants"])) == len(line["variants"]) >= 3, line["id"]
        quoted = [one for group in line["evidence"] for one in group] + [line.get("span") or ""]
        assert all(bare(one) in words for one in quoted), line["id"]
        assert line["kind"] == "none" or line["evidence"], line["id"]


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.glob("contrast_*.jsonl")))
def test_clauses_stand_in_the_documents_and_spans_in_the_clauses(name: str) -> None:
    read = lines(name)
    assert len({line["id"] for line in read}) == len(read) >= 70
    for line in read:
        assert bare(line["clause"]) in text_of(line["file"]), line["id"]
        assert len(line["yes"]) == len(line["no"]) == 5, line["id"]
        assert all(bare(one["span"]) in bare(line["clause"]) for one in line["yes"]), line["id"]


def test_words_that_describe_a_body_stand_in_their_question() -> None:
    read = lines("described_bodies.jsonl")
    assert len({line["id"] for line in read}) == len({line["question"] for line in read}) == len(read) == 190
    assert all(line["words"] in line["question"] for line in read)
    assert sum(line["body"] is None for line in read) == 40
