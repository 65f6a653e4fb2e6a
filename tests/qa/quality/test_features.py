"""``evaluate --why``: what every answer was decided on, beside what is right, for a script that fits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa.__main__ import main

QUESTIONS = (
    {
        "id": "who",
        "question": "宁武县海绵城市建设由谁负责?",
        "type": "agency",
        "evidence": [["系统化全域推进海绵城市建设"]],
        "answer": ["县住建局", "县财政局"],
    },
    {"id": "none", "question": "杭锦旗海绵城市由谁负责", "type": "none", "evidence": [], "answer": []},
    {
        "id": "span",
        "question": "宁武县海绵城市建设由谁负责?",
        "document": "宁武县推进以县城为重要载体的城镇化建设行动方案.txt",
        "answer": "县住建局、县财政局",
    },
)


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "q.jsonl"
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in QUESTIONS), "utf-8")
    return path


def test_a_line_a_question_with_what_is_right(policy_store: Path, questions: Path, tmp_path: Path) -> None:
    out = tmp_path / "features.jsonl"
    assert main(["evaluate", str(questions), "--index", str(policy_store), "--why", str(out)]) == 0
    who, none, span = (json.loads(line) for line in out.read_text("utf-8").splitlines())
    assert [one["id"] for one in (who, none, span)] == ["who", "none", "span"]
    assert (who["type"], who["answerable"], who["abstained"], who["as_expected"]) == (
        "agency",
        True,
        False,
        True,
    )
    assert (none["type"], none["answerable"], none["abstained"]) == ("none", False, True)
    assert not any(any(found) for found in none["right"])
    assert span["type"] == "document"
    for line in (who, none, span):
        counts = [len(search["candidates"]) for search in line["why"]["searches"]]
        assert [len(found) for found in line["right"]] == counts
    assert who["right"][0][0] is True
    assert who["right"][0].count(True) == 1
    assert none["why"]["silenced"][0]["check"]["name"] == "answers"


def test_what_cannot_be_written_is_said(
    policy_store: Path, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = ["--index", str(policy_store)]
    assert main(["evaluate", str(questions), *index, "--why", str(questions)]) == 2
    assert "holds the questions" in capsys.readouterr().err
    assert main(["evaluate", str(questions), *index, "--why", "f", "--model", "m"]) == 2
    assert "leave out --model" in capsys.readouterr().err
