"""A file of questions to a file of answers: every good line answered, every bad one named, nothing lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.errors import QuestionError, SourceError, WriteError
from index.search.index import Index
from qa.api.ask import ask
from qa.api.batch import run_batch
from qa.api.objects import answer_object
from qa.files.question_lines import Fault, Line, read_lines

NINGWU = {"id": "1", "question": "宁武县海绵城市建设由谁负责?"}
YUNCHENG = {"id": "2", "question": "那运城呢?", "history": [NINGWU["question"]]}


def written(path: Path, *lines: object) -> Path:
    """A file of these lines; strings stand as they are."""
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def test_one_line_a_question_in_their_order(policy_index: Index, tmp_path: Path):
    questions = written(tmp_path / "q.jsonl", NINGWU, "", YUNCHENG)
    report = run_batch(questions, tmp_path / "a.jsonl", policy_index)
    lines = read(tmp_path / "a.jsonl")
    assert (report.answered, report.faults) == (2, ())
    assert [line["id"] for line in lines] == ["1", "2"]
    assert lines[0] == {
        "id": "1",
        **json.loads(json.dumps(answer_object(ask(NINGWU["question"], index=policy_index)))),
    }
    assert {citation["region"] for citation in lines[1]["citations"]} == {"运城市"}
    assert "region" not in lines[0]["understood"]["inherited"]


def test_hits_are_at_most_top_k(policy_index: Index, tmp_path: Path):
    questions = written(tmp_path / "q.jsonl", NINGWU)
    for top_k in (1, 3, 20):
        run_batch(questions, tmp_path / "a.jsonl", policy_index, top_k=top_k)
        assert len(read(tmp_path / "a.jsonl")[0]["hits"]) == top_k
    with pytest.raises(QuestionError, match="top_k is 0"):
        run_batch(questions, tmp_path / "a.jsonl", policy_index, top_k=0)


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[1]", "no JSON object"),
        ({"question": "海绵城市?"}, '"id" is missing'),
        ({"id": 7, "question": "海绵城市?"}, '"id" is missing or no string'),
        ({"id": "", "question": "海绵城市?"}, '"id" is empty'),
        ({"id": "1", "question": "海绵城市?"}, "'1' stands in line 1 already"),
        ({"id": "b"}, '"question" is missing'),
        ({"id": "b", "question": " "}, '"question" is empty'),
        ({"id": "b", "question": "???"}, "question is empty"),
        ({"id": "b", "question": "海" * 10_000}, "10000 characters"),
        ({"id": "b", "question": "海绵城市?", "history": "运城"}, '"history" is no list'),
        ('{"id": "b", "question": "海绵\\ud83d"}', "half a character"),
    ],
)
def test_a_bad_line_is_named_and_the_others_answered(
    policy_index: Index, tmp_path: Path, bad: object, why: str
):
    questions = written(tmp_path / "q.jsonl", NINGWU, "", bad, YUNCHENG)
    report = run_batch(questions, tmp_path / "a.jsonl", policy_index)
    assert [line["id"] for line in read(tmp_path / "a.jsonl")] == ["1", "2"]
    assert [fault.number for fault in report.faults] == [3]
    assert why in str(report.faults[0])


def test_bytes_that_are_no_text_spoil_only_their_line(tmp_path: Path):
    good = json.dumps(NINGWU, ensure_ascii=False).encode()
    (tmp_path / "q.jsonl").write_bytes(b"\xef\xbb\xbf" + good + b"\r\n" + good.decode().encode("gb18030"))
    first, second = read_lines(tmp_path / "q.jsonl")
    assert isinstance(first, Line)
    assert first.question == NINGWU["question"]
    assert second == Fault(2, "it is not UTF-8")


def test_a_line_separator_inside_a_string_ends_no_line(tmp_path: Path):
    questions = written(tmp_path / "q.jsonl", {"id": "1", "question": "海绵\u2028城市"})
    assert len(read_lines(questions)) == 1


class TestTheFileOfAnswers:
    def test_stays_as_it_was_where_nothing_can_be_read(self, policy_index: Index, tmp_path: Path):
        out = written(tmp_path / "a.jsonl", "what was there")
        with pytest.raises(SourceError, match="cannot be read"):
            run_batch(tmp_path / "none.jsonl", out, policy_index)
        with pytest.raises(SourceError, match="holds no question"):
            run_batch(written(tmp_path / "empty.jsonl", " "), out, policy_index)
        assert out.read_text() == "what was there"

    def test_stays_as_it_was_where_the_batch_is_stopped(self, policy_index: Index, tmp_path: Path):
        out = written(tmp_path / "a.jsonl", "what was there")
        questions = written(tmp_path / "q.jsonl", NINGWU, YUNCHENG)

        def stop(share: float, _: str) -> None:
            if share > 0:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            run_batch(questions, out, policy_index, progress=stop)
        assert out.read_text() == "what was there"
        assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "q.jsonl"]

    def test_is_refused_where_it_cannot_be_written(self, policy_index: Index, tmp_path: Path):
        questions = written(tmp_path / "q.jsonl", NINGWU)
        for out in (tmp_path / "none" / "a.jsonl", questions / "a.jsonl", tmp_path):
            with pytest.raises(WriteError):
                run_batch(questions, out, policy_index)

    def test_is_never_the_questions(self, policy_index: Index, tmp_path: Path):
        questions = written(tmp_path / "q.jsonl", NINGWU)
        with pytest.raises(SourceError, match="holds the questions"):
            run_batch(questions, tmp_path / "." / "q.jsonl", policy_index)
        assert read(questions) == [NINGWU]


def test_progress_ends_at_the_whole(policy_index: Index, tmp_path: Path):
    told: list[float] = []
    questions = written(tmp_path / "q.jsonl", NINGWU, "{", YUNCHENG)
    run_batch(questions, tmp_path / "a.jsonl", policy_index, progress=lambda share, _: told.append(share))
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_why_comes_only_where_it_is_asked_for(policy_index: Index, tmp_path: Path):
    questions = written(tmp_path / "q.jsonl", NINGWU)
    run_batch(questions, tmp_path / "plain.jsonl", policy_index)
    run_batch(questions, tmp_path / "why.jsonl", policy_index, why=True)
    (plain,), (whole,) = read(tmp_path / "plain.jsonl"), read(tmp_path / "why.jsonl")
    assert whole.pop("why")["searches"][0]["candidates"]
    assert whole == plain
