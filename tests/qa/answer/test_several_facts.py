"""Several facts of one subject in one question, and a number that stands twice."""

from __future__ import annotations

import pytest

from index.search.index import Index
from qa import ask
from qa.answer.several_facts import facts_asked
from qa.question.understand import understand
from qa.records import Table


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("宁武县老旧小区改造由谁负责,什么时候完成?", ("agency", "deadline")),
        ("哪年建县级公墓,谁负责,多少钱", ("agency", "deadline", "money")),
        ("由哪些单位负责、谁牵头", ("lead",)),
        ("海绵城市由谁负责", ("agency",)),
        ("老旧小区、厂区和街区的改造", ()),
    ],
)
def test_the_facts_asked(policy_index: Index, text: str, kinds: tuple[str, ...]):
    assert facts_asked(understand(text, policy_index)) == kinds


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("宁武县老旧小区改造由谁负责，什么时候完成？", ["凤凰镇人民政府", "2025年底"]),
        (
            "宁武县恢河防洪改造投资多少、什么时候完工、由哪些单位负责",
            ["5.6亿元", "2025年底", "县汾河治理事务中心"],
        ),
        ("运城市5G基站今年建多少个，谁负责", ["600座", "市通联办"]),
    ],
)
def test_each_fact_has_its_part(policy_index: Index, question: str, words: list[str]):
    answer = ask(question, index=policy_index)
    assert not answer.abstained
    assert [word for word in words if word not in answer.text] == []


@pytest.mark.parametrize(
    ("question", "words", "missing"),
    [
        ("宁武县哪年建县级公墓，谁负责，多少钱", "2025年建设县级公益性公墓", "没有读到金额"),
        ("沁水县再生水利用率多少，谁负责", "40%", "没有读到责任单位"),
    ],
)
def test_what_is_not_said_is_said_so(policy_index: Index, question: str, words: str, missing: str):
    answer = ask(question, index=policy_index)
    assert not answer.abstained
    assert words in answer.text
    assert missing in answer.text


def test_side_by_side(policy_index: Index):
    answer = ask("宁武、沁水、成武的城镇化率分别是多少，哪年实现？", index=policy_index)
    rows = dict(next(block for block in answer.blocks if isinstance(block, Table)).rows)
    for region, words in {
        "宁武县": ("60%", "2028年"),
        "沁水县": ("60%", "2027年"),
        "成武县": ("53%", "2025年"),
    }.items():
        assert all(word in rows[region] for word in words)


def test_a_number_that_stands_otherwise_elsewhere_is_cited_too(policy_index: Index):
    # The plan says 180户, its appendix 300户.
    answer = ask("运城市规上企业要突破多少户？", index=policy_index)
    assert "180户" in answer.text
    assert "300户" in answer.text
    assert len({citation.clause_key for citation in answer.citations}) == 2


def test_a_number_that_stands_once_is_cited_alone(policy_index: Index):
    assert "另一处" not in ask("运城市县医院院长培训多少人", index=policy_index).text


@pytest.mark.parametrize("question", ["宁武县水利局的任务", "宁武县水利局", "宁武县哪些事由县水利局负责"])
def test_a_body_alone_is_a_question_for_its_tasks(policy_index: Index, question: str):
    assert "县水利局负责或参与的共3项" in ask(question, index=policy_index).text


def test_whether_it_is_that_body(policy_index: Index):
    assert "县水务局" in ask("成武县海绵城市由县水务局负责吗", index=policy_index).text


def test_the_others_of_a_follow_up(policy_index: Index):
    answer = ask("还有哪些单位", history=["成武县谁牵头城镇化监测"], index=policy_index)
    assert "县公安局" in answer.text
