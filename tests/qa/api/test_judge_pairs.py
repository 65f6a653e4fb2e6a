"""``qa judge``: a file of questions with texts to a file of verdicts, each bad line named, nothing lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import SourceError, WriteError
from qa.__main__ import main
from qa.api.judge_pairs import judge_pairs

READING = Path(__file__).parents[4] / "shared" / "eval"
EVERY = 9
"""Of the contrast clauses one in so many is judged, ten questions each."""
PAIR = {
    "id": "pair",
    "question": "建成区多少面积要达到海绵城市要求?",
    "heading": "二、工作内容 > 2.加强县城内涝治理",
    "text": "系统化全域推进海绵城市建设,争取到2028年,建成区30%以上的面积达到要求。(县住建局、县财政局)",
}


def written(path: Path, *lines: object) -> Path:
    """A file of these lines; strings stand as they are."""
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_contrast_sets_through_their_own_scorer(tmp_path: Path) -> None:
    scorer, contrast = READING / "reading.py", READING / "reading" / "contrast.jsonl"
    if not scorer.is_file() or not contrast.is_file():
        pytest.skip("the contrast sets are not here (../shared/eval/reading)")
    sample = tmp_path / "contrast.jsonl"
    sample.write_text("".join(contrast.read_text("utf-8").splitlines(True)[::EVERY]), "utf-8")
    pairs, judged = tmp_path / "pairs.jsonl", tmp_path / "judged.jsonl"
    subprocess.run([sys.executable, scorer, "pairs", sample, pairs], check=True)
    assert main(["judge", str(pairs), "--out", str(judged)]) == 0
    asked, given = read(pairs), read(judged)
    assert [one["id"] for one in given] == [one["id"] for one in asked]
    for one, pair in zip(given, asked, strict=True):
        assert set(one) == {"id", "answers", "span"}
        assert 0 <= one["answers"] <= 1
        assert one["span"]
        assert one["span"] in pair["text"]
    command = [sys.executable, scorer, "score-pairs", sample, judged]
    figures = json.loads(subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout)
    # Over all 54 clauses .863, .780 and .648 (docs/quality.md); these few vary more.
    assert figures["auc"] > 0.75
    assert figures["balanced_accuracy"] > 0.6
    assert figures["span_rouge_l"] > 0.5


def test_a_text_that_answers_and_one_that_does_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = {**PAIR, "id": "other", "question": "高铁站什么时候开通?", "heading": ""}
    pairs = written(tmp_path / "p.jsonl", PAIR, "", other)
    assert main(["judge", str(pairs), "--out", str(tmp_path / "j.jsonl")]) == 0
    yes, no = read(tmp_path / "j.jsonl")
    assert yes["answers"] > 0.5 > no["answers"]
    assert "30%" in yes["span"]
    assert "2 pairs judged (1 texts answer), 0 lines refused" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("{", "it is not JSON"),
        ("[1]", "it is no JSON object"),
        ({"question": "谁"}, '"id" is missing or no string'),
        ({**PAIR, "id": "bad", "question": " "}, '"question" is empty'),
        ({"id": "bad", "question": "谁", "text": "县住建局"}, '"heading" is missing or no string'),
        ({**PAIR, "id": "bad", "text": None}, '"text" is missing or no string'),
        ({**PAIR, "id": "bad", "text": " \n"}, '"text" is empty'),
        ('{"id": "1", "question": "谁", "heading": "\\ud83d", "text": "甲"}', "half a character"),
        (PAIR, "the id 'pair' stands in line 1 already"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_and_the_others_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], bad: object, why: str
) -> None:
    pairs = written(tmp_path / "p.jsonl", PAIR, bad, {**PAIR, "id": "last"})
    assert main(["judge", str(pairs), "--out", str(tmp_path / "j.jsonl")]) == 2
    assert [one["id"] for one in read(tmp_path / "j.jsonl")] == ["pair", "last"]
    said = capsys.readouterr().err
    assert f"judge: {pairs}, line 2: " in said
    assert why in said


def test_files_that_cannot_be_used(tmp_path: Path) -> None:
    out = tmp_path / "j.jsonl"
    with pytest.raises(SourceError, match=r"none\.jsonl cannot be read"):
        judge_pairs(tmp_path / "none.jsonl", out)
    with pytest.raises(SourceError, match="holds no question"):
        judge_pairs(written(tmp_path / "empty.jsonl"), out)
    pairs = written(tmp_path / "p.jsonl", PAIR)
    with pytest.raises(SourceError, match="holds the pairs"):
        judge_pairs(pairs, pairs)
    with pytest.raises(WriteError):
        judge_pairs(pairs, tmp_path / "no" / "j.jsonl")
    assert read(pairs) == [PAIR]
    assert not out.exists()


def test_what_was_there_is_replaced_and_progress_told(tmp_path: Path) -> None:
    out = written(tmp_path / "j.jsonl", "old")
    told: list[str] = []
    report = judge_pairs(written(tmp_path / "p.jsonl", PAIR), out, lambda _, words: told.append(words))
    assert (report.judged, report.answering, report.faults) == (1, 1, ())
    assert [one["id"] for one in read(out)] == ["pair"]
    assert told[-1] == "1/1"
