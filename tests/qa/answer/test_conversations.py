"""Sixty conversations of four turns (tests/data/conversations.jsonl): what is taken over, and the answers."""

from __future__ import annotations

from index.search.index import Index
from qa import ask
from tests.support.conversations import measured

UNDERSTOOD = 0.88
ANSWERED = 0.70
"""Shares of turns right, a little below what was measured (docs/quality.md)."""
A_PART = 10
"""Answers cost seconds: of every so many-th conversation only."""


def test_turns_are_understood(policy_index: Index) -> None:
    turns = list(measured(policy_index, answered=False))
    assert len(turns) == 240
    assert sum(not wrong for _, _, wrong in turns) / len(turns) >= UNDERSTOOD


def test_turns_are_answered_and_show_what_they_take_over(policy_index: Index) -> None:
    turns = list(measured(policy_index, answered=True, every=A_PART))
    assert len(turns) == 24
    assert sum(not wrong for _, _, wrong in turns) / len(turns) >= ANSWERED
    assert not [text for _, text, wrong in turns if "taken over and not shown" in wrong]


def test_another_region_is_asked_the_whole_question_before(policy_index: Index):
    """成武呢 alone would be answered by any figure of the county; its plan says nothing of 再生水."""
    said = ask("成武呢", index=policy_index, history=["沁水到2027年再生水要用到什么程度"])
    assert said.query.in_full == "成武县到2027年再生水要用到什么程度"
    assert said.abstained
    assert "再生水" in said.text


def test_a_place_that_was_mistaken_is_put_right(policy_index: Index):
    said = ask("哦打错了，是成武县", index=policy_index, history=["曹县老旧小区改造由谁负责"])
    assert "县自然资源和规划局" in said.text
    assert "曹县" not in said.text


def test_what_is_taken_over_is_shown_without_a_subject_too(policy_index: Index):
    said = ask("宁武的呢", index=policy_index, history=["成武县的方案是谁发的", "哪年发的"])
    assert "2024年12月30日" in said.text
    assert "（沿用上文，按“宁武县哪年发的”理解）" in said.text
