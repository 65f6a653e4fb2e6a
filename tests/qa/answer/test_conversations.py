"""Sixty conversations of four turns (tests/data/conversations.jsonl): what is taken over, and the answers."""

from __future__ import annotations

from index.search.index import Index
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
