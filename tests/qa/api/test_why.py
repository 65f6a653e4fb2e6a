"""Why an answer is as it is: the numbers are those it was decided with, and silence names its test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest
from pydantic import TypeAdapter

from index.search.index import Index
from qa.api.ask import ask
from qa.api.objects import answer_object
from qa.api.why import WhyObject, why_object
from qa.citations import Citations
from qa.evidence.findings import Inquiry, weigh
from qa.evidence.fitted import silence_in
from qa.evidence.subject import Subject
from qa.judgement import Candidate, Check, CheckName, Judgement
from qa.question.kinds import holds_kind
from qa.question.understand import understand
from qa.search.find import find

SCHEMA = Path(__file__).parents[3] / "docs" / "schemas" / "why.json"
WHO = "宁武县海绵城市建设由谁负责?"
EVERYWHERE = "哪个部门牵头海绵城市建设?"


def every_check(why: Judgement) -> list[Check]:
    return [*why.checks, *(one for s in why.searches for c in s.candidates for one in c.checks)]


def test_the_numbers_are_those_of_search_and_evidence(policy_index: Index) -> None:
    query = understand(WHO, policy_index)
    inquiry = Inquiry(query, policy_index, Subject(query, policy_index), Citations(policy_index))
    hits = find(query, policy_index)
    findings = {one.hit.key: one for one in weigh(inquiry, hits)}
    search = ask(WHO, index=policy_index).why.searches[0]
    assert [one.found.key for one in search.candidates] == [hit.key for hit in hits]
    assert search.regions == ("宁武县",)
    assert search.documents == ("宁武县推进以县城为重要载体的城镇化建设行动方案.txt",)
    assert search.clauses >= len(hits)
    for candidate, hit in zip(search.candidates, hits, strict=True):
        found = candidate.found
        scores = (found.score, found.word_score, found.vector_score)
        assert scores == (hit.score, hit.word_score, hit.vector_score)
        finding = findings.get(hit.key)
        assert (finding is None) == (candidate.weighed is None)
        if finding and candidate.weighed:
            assert finding.judged is not None
            assert candidate.weighed.answer_odds == hit.answer_odds == finding.judged.odds
            assert candidate.weighed.coverage == finding.coverage
            assert candidate.weighed.holds_kind == holds_kind("agency", hit.facts)
            best = max((passage.score for passage in finding.passages), default=0.0)
            assert candidate.weighed.passage_odds == best
            above = inquiry.subject.coverage(" ".join(hit.clause.place))
            assert candidate.weighed.heading_coverage == pytest.approx(above)


def test_the_log_odds_are_those_that_decided(policy_index: Index) -> None:
    query = understand(WHO, policy_index)
    inquiry = Inquiry(query, policy_index, Subject(query, policy_index), Citations(policy_index))
    findings = weigh(inquiry, find(query, policy_index))
    best, odds = findings[0], [one.judged.odds for one in findings if one.judged]
    (check,) = [c for c in every_check(ask(WHO, index=policy_index).why) if c.name == "answers"]
    assert (check.key, check.threshold, check.passed) == (best.hit.key, silence_in().value, True)
    assert odds[0] == best.hit.answer_odds
    assert check.parts == silence_in().parts(max(odds), odds[0], "bodies")
    assert check.value == pytest.approx(sum(dict(check.parts).values()))
    assert check.value >= silence_in().value


@pytest.mark.parametrize(
    ("question", "test"),
    [
        ("谢谢", "asks_something"),
        ("海口市的海绵城市由谁负责?", "region_known"),
        ("杭锦旗海绵城市由谁负责", "answers"),
        ("宁武县的共享单车由哪个部门管理？", "answers"),
        ("农民工欠薪怎么处理", "answers"),
        ("沁水县再生水利用率谁负责", "answers"),
        ("杭锦旗2025年新建几所幼儿园？", "answers"),
        ("运城市2026年装配式建筑占比是多少", "answers"),
        ("宁武县住建局的办公电话是多少", "answers"),
        ("宁武县2035年要完成哪些事", "due_found"),
    ],
)
def test_the_test_that_silenced_the_answer_is_named(policy_index: Index, question: str, test: str) -> None:
    answer = ask(question, index=policy_index)
    assert answer.abstained
    (silent,) = answer.why.silences
    assert (silent.region, silent.check.name) == (None, test)
    assert not silent.check.passed


def test_regions_left_silent_name_their_tests(policy_index: Index) -> None:
    answer = ask(EVERYWHERE, index=policy_index)
    assert not answer.abstained
    silent = {one.region: one.check for one in answer.why.silences}
    assert "宁武县" not in silent
    assert silent["杭锦旗"].name == "spread"
    assert silent["杭锦旗"].value < silent["杭锦旗"].threshold


def test_candidates_passed_over_name_what_they_failed(policy_index: Index) -> None:
    def cited(candidate: Candidate) -> bool:
        return candidate.found.key == answer.citations[0].clause_key

    answer = ask("杭锦旗海绵城市由谁负责", index=policy_index)
    best = answer.why.searches[0].candidates[0]
    assert cited(best)
    assert best.failed is not None
    assert best.failed.name == "answers"


def test_an_answer_names_no_silence(policy_index: Index) -> None:
    why = ask(WHO, index=policy_index).why
    assert why.silences == ()
    assert all(word.known and not word.inherited for word in why.words)


def test_a_word_taken_over_says_so(policy_index: Index) -> None:
    why = ask("那运城呢?", history=[WHO], index=policy_index).why
    assert {word.word: word.inherited for word in why.words} == {"海绵": True, "城市": True, "建设": True}


@pytest.mark.parametrize(
    "question", [WHO, EVERYWHERE, "谢谢", "成武县的文号是什么?", "运城市住建局要干哪些活?"]
)
def test_only_where_asked_and_as_the_schema_says(policy_index: Index, question: str) -> None:
    answer = ask(question, index=policy_index)
    plain, whole = answer_object(answer), answer_object(answer, why=True)
    assert "why" not in plain
    assert list(whole) == [*plain, "why"]
    assert {name: whole[name] for name in plain} == plain
    assert whole["why"] == TypeAdapter(WhyObject).validate_python(why_object(answer), strict=True)


def test_the_schema_is_that_of_the_type() -> None:
    written = json.loads(SCHEMA.read_text("utf-8"))
    made = TypeAdapter(WhyObject).json_schema()
    assert {name: written[name] for name in made} == made


def test_every_test_is_described() -> None:
    told = (Path(__file__).parents[3] / "docs" / "api.md").read_text("utf-8")
    assert [name for name in get_args(CheckName) if f"`{name}`" not in told] == []
