"""Figures of regions ordered, held against a number, subtracted and added up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.search.index import Index
from qa import ask
from qa.answer.computed import difference, printed


def first(question: str, index: Index) -> str:
    return ask(question, index=index).text.split("\n\n")[0]


@pytest.mark.parametrize(
    ("question", "within", "others"),
    [
        ("哪些县的财政资金超过1亿元？", "超过1亿元的有2个：红柳县（12500万元", "不在此列：白河县（9500万元"),
        (
            "农村公路总投资低于1亿元的县有哪些",
            "低于1亿元的有2个：青石县（9800万元）、红柳县",
            "白河县（1.1亿元）",
        ),
    ],
)
def test_over_and_under_a_number(case_index: Callable[[str], Index], question: str, within: str, others: str):
    text = ask(question, index=case_index("num")).text
    assert text.startswith(within)
    assert others in text.split("\n\n")[0]
    assert "未作规定" not in text


@pytest.mark.parametrize(
    ("library", "question", "head"),
    [
        ("num", "哪个县安排的财政资金最多", "红柳县更高（红柳县：12500万元（2026年）；青石县：一亿二千万元"),
        ("num", "哪个县农村生活污水治理率目标最高", "红柳县更高（红柳县：百分之四十五以上"),
        ("num", "哪个县改造农村公路最长？", "青石县更高（青石县：一百二十公里；红柳县：110公里"),
        ("winner", "农村公路总投资哪个县更多？", "西岭县更高（西岭县：1.1亿元（2026年）；东岭县：9800万元"),
        ("winner", "哪个县的农村公路总投资最少", "东岭县更低（东岭县：9800万元"),
        ("winner", "哪个县改造农村公路里程更长", "东岭县更高（东岭县：120公里"),
        ("winner", "东岭县和西岭县哪个投资大", "从高到低（西岭县：1.1亿元（2026年）；东岭县：9800万元"),
        ("winner", "哪个县危桥改造率高", "东岭县更高（东岭县：95%"),
    ],
)
def test_the_region_that_sets_most_or_least(case_index, library: str, question: str, head: str):
    assert first(question, case_index(library)).startswith(head)


def test_a_difference_is_drawn_by_the_program_and_says_so(case_index):
    text = first("青石县和白河县的高标准农田目标差多少？", case_index("num"))
    assert "相差7000亩（由程序算出，原文没有写）" in text
    assert text.endswith("[1][2]")


def test_a_sum_is_drawn_by_the_program_and_says_so(case_index):
    text = ask("青石县三年一共改造多少座户厕？", index=case_index("num")).text
    assert "按以上3项相加为5400座（由程序算出，原文没有写）" in text


def test_amounts_that_are_no_parts_of_one_whole_are_not_added(policy_index: Index):
    """The first of the four pipes has three stages, each with an amount."""
    text = ask("宁武县四条管网一共投资多少?", index=policy_index).text
    assert "没有写合计数" in text
    assert "相加" not in text


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (125_000_000, "元", "1.25亿元"),
        (7000, "亩", "7000亩"),
        (23_000_000.00000001, "元", "2300万元"),
        (0.7, "%", "0.7%"),
    ],
)
def test_numbers_are_told_short(value: float, unit: str, words: str):
    assert printed(value, unit) == words


def test_shares_lie_apart_by_points():
    assert difference(75, 60, "%").startswith("相差15个百分点")


def test_each_region_is_asked_as_if_it_alone_were_named(policy_index: Index):
    said = ask("运城市和宁武县再生水利用率分别要达到多少", index=policy_index)
    assert not said.abstained
    assert "再生水利用率达到40%以上" in said.text
    assert "再生水利用率达到30%以上" in said.text
