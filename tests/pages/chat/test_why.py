"""The folded line below an answer: plain words in both languages, below every complete answer alone."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from index.search.index import Index
from pages.chat.conversation import Turn, messages
from pages.chat.why import why
from pages.chat.words import EN, ZH
from pages.common import words as interface
from qa.api.ask import ask
from qa.judgement import CheckName

_TAG = re.compile(r"<[^>]+>")


def shown(question: str, index: Index, words: interface.Words = interface.ZH) -> str:
    return _TAG.sub(" ", why(ask(question, index=index), words))


def test_both_languages_have_words_for_every_test() -> None:
    assert set(ZH.failed) == set(EN.failed) == set(get_args(CheckName))


def test_what_was_understood_searched_and_chosen(policy_index: Index) -> None:
    told = shown("宁武县海绵城市建设由谁负责?", policy_index)
    assert "地区 宁武县；问 责任单位" in told
    assert "海绵 87%；城市 13%" in told
    assert "文件：宁武县推进以县城为重要载体的城镇化建设行动方案.txt；比对了 77 条" in told
    assert re.search(r"宁武县 · 推进县城海绵城市建设\s+已引用", told)
    assert "没有作答" not in told


def test_silence_says_which_test_and_its_limit(policy_index: Index) -> None:
    told = shown("杭锦旗海绵城市由谁负责", policy_index)
    assert re.search(
        r"杭锦旗 · 健全防洪排涝设施\s+已引用；条款不像是所问的答案（测得 -\d+\.\d\d，界限 -\d\.\d\d）", told
    )
    measured, limit = map(float, re.findall(r"测得 (-?[\d.]+)，界限 (-?[\d.]+)", told)[0])
    assert measured < limit
    english = shown("杭锦旗海绵城市由谁负责", policy_index, interface.EN)
    assert f"the clause is not held for an answer (measured {measured:.2f}, limit {limit:.2f})" in english


@pytest.mark.parametrize("question", ["各地的城镇化率目标是多少?", "谢谢", "沁水县再生水利用率谁负责"])
def test_no_machine_words_in_the_chinese(policy_index: Index, question: str) -> None:
    told = shown(question, policy_index).replace(".txt", "")
    assert not re.search(r"[A-Za-z_]{3,}", told)


def test_it_is_folded_below_a_complete_answer_alone(policy_index: Index) -> None:
    answer = ask("宁武县海绵城市建设由谁负责?", index=policy_index)
    turns = [Turn("问", answer, shown=9), Turn("问", answer, shown=9, growing=True)]
    complete, growing = (m["content"] for m in messages(turns, interface.ZH) if m["role"] == "assistant")
    assert complete.count('<details class="tw-why"><summary>为什么这样回答</summary>') == 1
    assert "tw-why" not in growing
    assert "\n\n" not in complete
