"""Sentences whose truth is known: others' answers over the five documents, and kinds of our own."""

from __future__ import annotations

import pytest
from cases import CASES, clauses_of_documents, moved_cases, printed_cases, role_cases, source_of, turned_cases
from cases import written_cases as cases_of

from qa.llm.check import faults
from qa.llm.source import Source

GOOD, WRONG = 0.95, 0.90


def struck(cases) -> float:
    return sum(bool(case.reasons) for case in cases if not case.is_silent) / len(cases)


def test_true_answers_of_others_stand():
    if not CASES.is_dir():
        pytest.skip(f"the answers are not at {CASES}")
    assert struck(cases_of(CASES / "good_answers.jsonl")) <= 1 - GOOD


def test_false_answers_of_others_are_struck():
    if not CASES.is_dir():
        pytest.skip(f"the answers are not at {CASES}")
    assert struck(cases_of(CASES / "wrong_answers.jsonl")) >= WRONG


def test_the_form_of_the_prompt_stands_and_a_raised_role_falls():
    assert struck(list(role_cases(true=True))) <= 1 - GOOD
    assert struck(list(role_cases(true=False))) >= WRONG


def test_printed_sentences_stand_and_turned_ones_fall():
    printed = printed_cases()[::4]
    assert struck(printed) <= 1 - GOOD
    for kind, turned in turned_cases(printed_cases()).items():
        assert struck(turned[:200]) >= WRONG, kind
    assert struck(moved_cases(printed)) >= WRONG


def source(words: str) -> Source:
    return next(source_of(*one) for one in clauses_of_documents() if words in one[1].text)


SEWAGE = "农村生活污水处理率达到25%"
AGE = "不得以年龄为由"
PROJECT = "26.强化城镇化项目支撑"
NETWORK = "第二条管网是供水管网更新改造"
HOSPITAL = "争取在东城区新建一所标准化中医院"
CARE = "普惠托位占比力争达到60%以上"
SPONGE = "支持绛县省级第二批海绵示范城市建设"


@pytest.mark.parametrize(
    ("words", "sentence", "reason"),
    [
        (SEWAGE, "沁水县到2025年再生水利用率达到40%。", "bound"),
        (SEWAGE, "沁水县到2027年再生水利用率达到40%左右。", "word"),
        (SEWAGE, "宁武县到2027年再生水利用率达到40%。", "place"),
        (AGE, "成武县企业可以年龄为由清退大龄农民工。", "lost"),
        (PROJECT, "成武县城镇化项目支撑由县财政局牵头。", "role"),
        (NETWORK, "宁武县二期2027年至2028年投资2.8亿元。", "bound"),
        (NETWORK, "宁武县第三条管网投资1.4亿元。", "bound"),
        (HOSPITAL, "宁武县2024年在东城区新建一所标准化中医院。", "lost"),
        (CARE, "沁水县普惠托位占比达到60%以上。", "lost"),
        (SPONGE, "运城市海绵城市建设由市财政局、市水务局负责。", "role"),
        (SPONGE, "条款没有写明海绵城市建设和雨污分流改造。", "strange"),
    ],
)
def test_what_is_turned_falls(words: str, sentence: str, reason: str):
    assert reason in faults(sentence, [source(words)])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (SEWAGE, "沁水县到2027年再生水利用率达到40%。"),
        (AGE, "成武县不得以年龄为由“一刀切”清退大龄农民工。"),
        (PROJECT, "成武县城镇化项目支撑由县发展和改革局牵头，县财政局、县水务局等部门按职责分工负责。"),
        (NETWORK, "宁武县第二条管网投资1.4亿元，2026年完成。"),
        (NETWORK, "宁武县雨污管网分流改造合计投资7.2亿元，其中一期3.6亿元、二期2.8亿元、三期8000万元。"),
        (CARE, "沁水县普惠托位占比力争达到60%以上。"),
        (SPONGE, "运城市海绵城市建设由市城市管理局、市财政局、市水务局负责。"),
        (SPONGE, "运城市海绵城市建设由市城市管理局等部门负责。"),
        (SPONGE, "条款没有写明牵头单位。"),
    ],
)
def test_what_is_said_as_it_stands_stands(words: str, sentence: str):
    assert faults(sentence, [source(words)]) == []


def test_what_is_told_of_a_region_is_carried_by_its_own_clause():
    both = [source(SPONGE), source(SEWAGE)]
    assert faults("沁水县到2025年，海绵示范县城建成区30%面积达到海绵城市建设要求。", both)
    assert faults("运城市到2025年，海绵示范县城建成区30%面积达到海绵城市建设要求。", both) == []
