"""What 首列 means, said once below an answer that prints it."""

from __future__ import annotations

from collections.abc import Sequence

from qa.records import Block, Statement

SIGN = "首列"
MEANING = "（首列：原文没有写明由谁牵头，这是其中列在第一位的单位。）"


def told_first_listed(blocks: Sequence[Block]) -> list[Statement]:
    """The explanation where an answer's blocks print the word; else none."""
    return [Statement(MEANING)] if any(SIGN in str(block) for block in blocks) else []
