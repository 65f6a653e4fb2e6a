"""Commands about the answer before, and what is said to messages that ask nothing."""

from __future__ import annotations

import pytest

from index.search.index import Index
from qa import ask
from qa.answer.first_listed import MEANING
from qa.answer.in_form import IN_ENGLISH
from qa.records import Table

ASKED = "宁武县海绵城市由谁负责"


def test_commands_give_the_answer_before_in_another_form(policy_index: Index) -> None:
    plain = ask(ASKED, index=policy_index)
    said = {
        command: ask(command, history=[ASKED], index=policy_index)
        for command in ("换成表格", "原文念给我听", "用英文", "详细点")
    }
    for answer in said.values():
        assert "县住建局" in answer.text
        assert "沿用上文：宁武县" in answer.text
        assert answer.query.regions == ("宁武县",)
    assert any(isinstance(block, Table) for block in said["换成表格"].blocks)
    whole = next(c for c in said["原文念给我听"].citations if c.quote == c.text)
    assert "雨污管网分流改造" in whole.quote
    assert said["用英文"].text.startswith(IN_ENGLISH)
    assert len(said["详细点"].text) > len(plain.text)


def test_a_command_without_a_question_says_so(policy_index: Index) -> None:
    answer = ask("换成表格", index=policy_index)
    assert answer.query.asks_nothing
    assert "前面还没有问过" in answer.text


def test_the_introduction_is_made_from_the_library(policy_index: Index) -> None:
    answer = ask("你能干什么", index=policy_index)
    assert "5份文件" in answer.text
    for region in policy_index.regions:
        assert region in answer.text
    samples = [line[2:] for line in answer.text.splitlines() if line.startswith("- ")]
    assert len(samples) == 5
    answers = [ask(sample, index=policy_index) for sample in samples]
    assert all(one.citations and not one.abstained for one in answers)
    assert len({(one.query.asked, len(one.query.regions) > 1) for one in answers}) >= 4


def test_thanks_and_opinions(policy_index: Index) -> None:
    assert ask("谢谢", history=[ASKED], index=policy_index).text == "不客气。需要时请继续提问。"
    answer = ask("你觉得宁武县海绵城市搞得好不好", index=policy_index)
    assert "不在能力范围内" in answer.text
    assert answer.query.asks_nothing


def test_the_first_listed_body_is_explained_once(policy_index: Index) -> None:
    several = ask("宁武县和成武县海绵城市分别由谁牵头", index=policy_index)
    assert several.text.count("首列：县") == 2
    assert several.text.count(MEANING) == 1
    assert MEANING not in ask("成武县2024年改造几个老旧小区", index=policy_index).text


def test_who_stands_first_is_told_only_where_a_lead_is_asked_for(policy_index: Index) -> None:
    text = ask("宁武县海绵城市建设的责任单位有哪些", index=policy_index).text
    assert "责任单位：县住建局、县财政局" in text
    assert "首列" not in text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who is responsible for nuclear power plants in Yuncheng?", "I did not understand"),
        ("Who is responsible for the quantum laboratory in Ningwu?", "quantum"),
    ],
)
def test_english_is_understood_or_plainly_not(policy_index: Index, question: str, words: str) -> None:
    answer = ask(question, index=policy_index)
    assert answer.abstained
    assert words in answer.text
    assert not answer.citations


def test_english_names_and_traditional_characters(policy_index: Index) -> None:
    english = ask("Who is responsible for sponge city construction in Ningwu County?", index=policy_index)
    traditional = ask("寧武縣海綿城市由誰負責", index=policy_index)
    assert {"县住建局", "县财政局"} <= {name for name in ("县住建局", "县财政局") if name in english.text}
    assert "县财政局" in traditional.text
    banner = ask("What is the sewage treatment rate in Hanggin Banner?", index=policy_index)
    assert banner.query.regions == ("杭锦旗",)
    assert "95%" in banner.text
