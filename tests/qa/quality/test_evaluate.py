"""The figures: worked by hand, in agreement with the reference scorer, and why an answer fell short."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build.build import build
from index.errors import SourceError
from index.language.folding import plain
from index.search.index import Index, open_index
from qa.api.batch import run_batch
from qa.quality.evaluate import Evaluation, evaluate, evaluation_object
from qa.quality.scoring import common_length, rank_of, rouge_l

ROOT = Path(__file__).parents[3]
DATA = ROOT / "tests" / "data"
SHARED = ROOT.parent / "shared" / "eval"
NOTICES = 20
"""Questions of the notices that are scored, over an index of their documents alone."""


class TestMeasures:
    def test_texts_are_compared_without_width_and_blanks(self):
        assert plain("３０ ％\n以上（含）") == "30%以上(含)"

    def test_the_rank_is_of_the_first_text_with_any_string(self):
        texts = ["海绵城市", "达到 ３０％以上", "30%以上"]
        assert rank_of(["40%", "30%"], texts) == 2
        assert rank_of(["50%"], texts) is None

    def test_rouge_by_hand(self):
        # 县住建局 is common: precision 4/8, recall 4/4.
        assert rouge_l("责任单位县住建局", "县住建局") == pytest.approx(2 * 0.5 * 1 / 1.5)
        assert rouge_l("", "县住建局") == rouge_l("甲", "") == rouge_l("甲", "乙") == 0.0

    @given(st.text("甲乙丙丁", max_size=40), st.text("甲乙丙丁", max_size=40))
    def test_the_common_length_is_that_of_the_table(self, one: str, other: str):
        table = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
        for i, j in product(range(len(one)), range(len(other))):
            same = one[i] == other[j]
            table[i + 1][j + 1] = table[i][j] + 1 if same else max(table[i][j + 1], table[i + 1][j])
        assert common_length(one, other) == table[-1][-1]


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def written(path: Path, questions: list[dict]) -> Path:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in questions), "utf-8")
    return path


def reference(kind: str, questions: Path, answers: Path, documents: Path) -> dict:
    command = [sys.executable, SHARED / "score.py", kind, questions, answers, documents]
    return json.loads(subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout)


def agrees(said: dict, expected: dict) -> None:
    """Every figure of ours is the reference's; by type they are compared apart."""
    assert {name: value for name, value in expected.items() if name in said} == pytest.approx(said)
    assert set(expected) - set(said) <= {"complete_by_type"}


EVERY = 4
"""Of the questions and lines one in so many is compared with the reference; all kinds are among them."""


class TestAgreement:
    @pytest.fixture(params=["development", "own"])
    def questions(self, request, tmp_path: Path) -> Path:
        if not (SHARED / "score.py").is_file():  # before anything is asked
            pytest.skip("the reference scorer is not here (../shared/eval/score.py)")
        own = (DATA / "questions_answerable.jsonl", DATA / "questions_unanswerable.jsonl")
        files = own if request.param == "own" else (SHARED / "policy_dev.jsonl",)
        return written(tmp_path / "q.jsonl", [one for file in files for one in lines(file)[::EVERY]])

    def test_over_clauses(self, policy_index: Index, questions: Path, tmp_path: Path):
        run_batch(questions, tmp_path / "answers.jsonl", policy_index)
        expected = reference("policy", questions, tmp_path / "answers.jsonl", ROOT / "documents")
        said = evaluation_object(evaluate(questions, policy_index))
        agrees(said["clauses"], expected)
        assert said["complete_by_type"] == expected["complete_by_type"]
        assert said["documents"] is None
        assert said["clauses"]["quotes_verbatim"] == 1.0

    def test_over_documents(self, tmp_path: Path):
        if not (SHARED / "gov_notices").is_dir():
            pytest.skip("the notices are not here (../shared/eval/gov_notices)")
        asked = lines(SHARED / "gov_notices" / "questions_dev.jsonl")[:NOTICES]
        questions = written(tmp_path / "questions.jsonl", asked)
        documents = tmp_path / "documents"
        documents.mkdir()
        for name in {one["document"] for one in asked}:
            (documents / name).write_bytes((SHARED / "gov_notices" / "documents" / name).read_bytes())
        build(documents, tmp_path / "store")
        with open_index(tmp_path / "store") as index:
            run_batch(questions, tmp_path / "answers.jsonl", index)
            said = evaluation_object(evaluate(questions, index))
        expected = reference("notices", questions, tmp_path / "answers.jsonl", documents)
        agrees(said["documents"], expected)
        assert said["clauses"] is None


class TestSeveralWordings:
    def test_the_figures_are_those_of_the_reference(self, reading_folder: Path, tmp_path: Path):
        chosen = lines(reading_folder / "questions.jsonl")[::EVERY]
        questions = written(tmp_path / "sample.jsonl", chosen)
        scorer, asked, given = SHARED / "reading.py", tmp_path / "asked.jsonl", tmp_path / "answers.jsonl"
        subprocess.run([sys.executable, scorer, "questions", questions, asked], check=True)
        with open_index(reading_folder / "store") as index:
            run_batch(asked, given, index)
            evaluation = evaluate(questions, index)
        command = [sys.executable, scorer, "score", questions, given, reading_folder / "documents"]
        printed = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
        expected, said = json.loads(printed), evaluation_object(evaluation)
        assert said["complete_by_kind"] == expected.pop("by_kind")
        assert said["reading"] == pytest.approx(expected)
        assert {one["questions"] for one in said["by_wording"][:3]} == {len(chosen)}
        asked_of_wording = sum(one["questions"] for one in said["by_wording"])
        assert asked_of_wording == said["reading"]["questions"] == len(lines(asked))
        bins = said["reliability"]["bins"]
        assert sum(one["questions"] for one in bins) + said["reliability"]["unread"] == asked_of_wording
        assert said["clauses"] is said["documents"] is None

    def test_each_wording_is_a_question_beside_those_of_other_formats(self, evaluated):
        evaluation = evaluated(WORDINGS, SPONGE)
        said = evaluation_object(evaluation)
        assert (said["reading"]["questions"], said["reading"]["lines"]) == (2, 1)
        assert said["reading"]["document_R@1"] == 1.0
        assert said["clauses"]["questions"] == 1
        assert [one["wording"] for one in said["by_wording"]] == [0, 1]
        assert evaluation.faults == ()

    def test_one_wording_that_is_not_answered_is_a_confusion_and_the_line_not_complete(self, evaluated):
        evaluation = evaluated({**WORDINGS, "answer": ["县气象局"]})
        assert [one.id for one in evaluation.confusions] == ["w#0", "w#1"]
        said = evaluation_object(evaluation)["reading"]
        assert (said["answer_complete"], said["all_wordings"]) == (0.0, 0.0)

    def test_what_the_documents_do_not_say(self, evaluated):
        unsaid = {"kind": "none", "evidence": [], "answer": [], "span": None, "file": None}
        wordings = ["海口市的海绵城市由谁负责?", "宁武县海绵城市建设由谁负责?"]
        said = evaluation_object(evaluated({**WORDINGS, **unsaid, "variants": wordings}))
        assert said["complete_by_kind"] == {"none": [0.5, 2]}
        assert said["reading"]["abstain_recall"] == 0.5
        assert said["reading"]["document_R@1"] is said["reading"]["answer_complete"] is None

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"variants": []}, '"variants" is no list of wordings'),
            ({"variants": ["谁", " "]}, "holds a wording that is empty"),
            ({"id": 5}, '"id" is missing, empty or no string'),
            ({"id": "w"}, "the id 'w#0' stands in line 1 already"),
            ({"kind": None}, '"kind" is missing'),
            ({"evidence": ["推进"]}, '"evidence" is no list of lists'),
            ({"answer": None}, '"answer" is missing or no list'),
            ({"answer": []}, "which only the kind 'none' may be"),
            ({"span": 1}, '"span" is no string'),
            ({"file": None}, '"file" is missing'),
        ],
    )
    def test_a_line_that_expects_nothing_sensible_is_named_once(self, evaluated, change: dict, why: str):
        evaluation = evaluated(WORDINGS, {**WORDINGS, "id": "b", **change})
        assert [fault.number for fault in evaluation.faults] == [2]
        assert why in evaluation.faults[0].why
        assert evaluation.reading_figures[0].value == 2


@pytest.fixture
def evaluated(policy_index: Index, tmp_path: Path):
    def of(*questions: dict) -> Evaluation:
        return evaluate(written(tmp_path / "q.jsonl", list(questions)), policy_index)

    return of


SPONGE = {
    "id": "a",
    "question": "宁武县海绵城市建设由谁负责?",
    "type": "agency",
    "evidence": [["推进县城海绵城市建设。加强水利措施"]],
    "answer": ["县住建局", "县财政局"],
}


WORDINGS = {
    "id": "w",
    "kind": "agency",
    "variants": ["宁武县海绵城市建设由谁负责?", "宁武县海绵城市建设的责任单位是哪些?"],
    "file": "宁武县推进以县城为重要载体的城镇化建设行动方案.txt",
    "evidence": [["系统化全域推进海绵城市建设"]],
    "answer": ["县住建局"],
    "span": "县住建局、县财政局",
}


class TestConfusions:
    def test_there_is_none_where_all_is_as_expected(self, evaluated):
        evaluation = evaluated(SPONGE)
        assert evaluation.confusions == ()
        assert {one.name: one.value for one in evaluation.clause_figures}["answer_complete"] == 1.0

    def test_words_that_are_missing_are_named(self, evaluated):
        (one,) = evaluated({**SPONGE, "answer": ["县住建局", "县气象局"]}).confusions
        assert one.expected == "县住建局、县气象局"
        assert "县住建局" in one.given
        assert one.why.startswith("not in the answer: 县气象局; evidence at rank ")

    def test_evidence_that_was_not_found_is_told_from_an_answer_not_made(self, evaluated):
        (one,) = evaluated({**SPONGE, "evidence": [["没有这句话"]], "answer": ["县气象局"]}).confusions
        assert one.why == "not in the answer: 县气象局; no evidence among the hits"

    def test_an_answer_where_the_documents_do_not_say(self, evaluated):
        (one,) = evaluated({**SPONGE, "type": "none", "evidence": [], "answer": []}).confusions
        assert one.why == "answered, although the documents do not say"

    def test_silence_where_the_documents_say(self, evaluated):
        (one,) = evaluated({**SPONGE, "question": "海口市的海绵城市由谁负责?"}).confusions
        assert one.why.startswith("abstained, although the documents say; ")

    def test_both_kinds_of_questions_in_one_file(self, evaluated):
        about = {"id": "b", "question": SPONGE["question"], "document": "没有.txt", "answer": "县住建局"}
        evaluation = evaluated(SPONGE, about)
        said = evaluation_object(evaluation)
        assert said["clauses"]["questions"] == said["documents"]["questions"] == 1
        assert said["documents"]["document_MRR@10"] == 0
        assert said["documents"]["answer_contains_gold"] == 1


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"type": None}, '"type" is missing'),
        ({"evidence": ["推进"]}, '"evidence" is no list of lists'),
        ({"answer": "县住建局"}, '"answer" is missing or no list'),
        ({"answer": []}, "which only the type 'none' may be"),
        ({"question": ""}, '"question" is empty'),
    ],
)
def test_a_line_that_expects_nothing_sensible_is_named(evaluated, change: dict, why: str):
    evaluation = evaluated(SPONGE, {**SPONGE, "id": "b", **change})
    assert [fault.number for fault in evaluation.faults] == [2]
    assert why in evaluation.faults[0].why
    assert evaluation.clause_figures[0].value == 1


def test_questions_without_expectations_are_refused(evaluated):
    evaluation = evaluated({"id": "a", "question": "宁武县海绵城市由谁负责?"})
    assert "it expects nothing" in evaluation.faults[0].why
    assert evaluation.clause_figures == evaluation.document_figures == ()


def test_a_missing_file_is_named(policy_index: Index, tmp_path: Path):
    with pytest.raises(SourceError, match=r"none\.jsonl cannot be read"):
        evaluate(tmp_path / "none.jsonl", policy_index)
