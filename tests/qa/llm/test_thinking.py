"""Reasoning that a model prints before its answer: whatever its marks, nothing of it is shown."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from index.search.index import Index
from qa.llm.sentences import Sentence, Sentences
from qa.llm.settings import Settings
from qa.llm.thinking import APART
from qa.llm.write import write

WHO = "宁武县海绵城市建设由谁负责?"
THOUGHT = "先看第1条，海绵城市建设的责任单位是县住建局、县财政局[1]。再看第2条，共99亿元[2]。"
RIGHT = "宁武县海绵城市建设由县住建局、县财政局负责[1]。"
WANTED = [Sentence("宁武县海绵城市建设由县住建局、县财政局负责。", (1,))]
MARKED = {
    "no opening": f"{THOUGHT}</think>\n\n{RIGHT}",
    "no opening, upper case": f"{THOUGHT}</THINK>{RIGHT}",
    "think": f"<think>\n{THOUGHT}\n</think>\n{RIGHT}",
    "nested": f"<think>{THOUGHT}<think>{THOUGHT}</think>{THOUGHT}</think>{RIGHT}",
    "two": f"<think>{THOUGHT}</think><think>{THOUGHT}</think>{RIGHT}",
    "thinking": f"<thinking>{THOUGHT}</thinking>{RIGHT}",
    "thinking, no opening": f"{THOUGHT}</thinking>{RIGHT}",
    "reasoning": f"<reasoning>{THOUGHT}</reasoning>{RIGHT}",
    "seed": f"<seed:think>{THOUGHT}</seed:think>{RIGHT}",
    "brackets": f"[THINK]{THOUGHT}[/THINK]{RIGHT}",
    "kimi": f"◁think▷{THOUGHT}◁/think▷{RIGHT}",
    "thought": (
        f"<|begin_of_thought|>{THOUGHT}<|end_of_thought|><|begin_of_solution|>{RIGHT}<|end_of_solution|>"
    ),
    "channels": (
        f"<|channel|>analysis<|message|>{THOUGHT}<|end|><|start|>assistant<|channel|>final<|message|>"
        f"{RIGHT}<|return|>"
    ),
    "another turn": f"<think>{THOUGHT}</think>{RIGHT}<|im_end|>\n<|im_start|>user\n{THOUGHT}",
    "a turn of its own": f"<|im_start|>assistant\n<think></think>{RIGHT}<|im_end|>",
    "apart": f"{APART}{RIGHT}",
    "none": RIGHT,
}


@pytest.mark.parametrize("name", MARKED)
def test_only_the_answer_is_given_however_it_is_cut(name: str):
    words = MARKED[name]
    for seed in range(12):
        chance, at, taken, found = random.Random(seed), 0, Sentences(held=True), []
        while at < len(words):
            length = chance.choice((1, 2, 3, 7, 20))
            found += taken.add(words[at : at + length])
            at += length
        assert found + taken.end() == WANTED


@pytest.mark.parametrize("words", [f"<think>{THOUGHT}", f"{THOUGHT}</think>", f"◁think▷{THOUGHT}"])
def test_reasoning_that_leads_to_nothing(words: str):
    taken = Sentences(held=True)
    assert taken.add(words) + taken.end() == []


def test_behind_a_closing_mark_sentences_come_as_they_are_whole():
    taken = Sentences(held=True)
    assert taken.add(f"{THOUGHT}</think>") == []
    assert taken.add(f"{RIGHT}到") == WANTED


@pytest.mark.parametrize("name", MARKED)
def test_nothing_of_it_reaches_the_reader(model: Callable[..., Settings], policy_index: Index, name: str):
    for written in write(WHO, model("say", MARKED[name]), index=policy_index):
        assert "先看" not in written.answer.text
        assert "责任单位是" not in written.answer.text
        assert not written.struck
    assert written.by_model


def test_reasoning_in_a_field_of_its_own_is_never_read(model: Callable[..., Settings], policy_index: Index):
    *grown, written = write(WHO, model("reason", RIGHT), index=policy_index)
    assert grown
    assert written.by_model
    assert not written.struck
    assert "99亿" not in written.answer.text
