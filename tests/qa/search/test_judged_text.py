"""A text that is in no index, judged: its pieces are the text, and its span stands in it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ModelError
from qa.search.clause_judge import Verdict, shipped_judge
from qa.search.judged_text import MOST_CHARACTERS, best_span, judge_text, pair_threshold, pieces, share_of

SPONGE = (
    "系统化全域推进海绵城市建设,争取到2028年,建成区30%以上的面积达到海绵城市建设要求。(县住建局、县财政局)"
)
FILLER = "第二条管网是供水管网更新改造，从2025年3月开始，2026年完成，投资1.4亿元。"


@given(st.text("甲乙，。；！？\n", max_size=1200))
def test_pieces_are_the_text(text: str) -> None:
    found = pieces(text)
    assert "".join(found) == text
    assert len(found) <= max(1, -(-len(text) // MOST_CHARACTERS))
    if len(text) <= 360:
        assert found == [text]


def test_a_long_text_counts_by_its_best_piece_and_offsets_are_of_the_whole() -> None:
    text = FILLER * 12 + SPONGE + FILLER * 3
    assert len(pieces(text)) == 3
    judge = shipped_judge()
    alone = judge_text(judge, "建成区多少面积要达到海绵城市要求", "", SPONGE)
    found = judge_text(judge, "建成区多少面积要达到海绵城市要求", "", text)
    assert alone.odds > pair_threshold()
    assert "30%" in SPONGE[alone.start : alone.end]
    assert "30%" in text[found.start : found.end]
    assert judge_text(judge, "高铁什么时候开通", "", text).odds < pair_threshold()


def test_half_is_at_the_threshold() -> None:
    assert share_of(-0.6, -0.6) == 0.5
    assert share_of(1.4, -0.6) == pytest.approx(1 / (1 + np.exp(-2.0)))
    assert (share_of(-1e6, 0), share_of(1e6, 0)) == (0.0, 1.0)


def test_a_threshold_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"thresholds\.json"):
        pair_threshold(tmp_path)
    (tmp_path / "thresholds.json").write_text('{"silence": {}}', "utf-8")
    with pytest.raises(ModelError, match="pair"):
        pair_threshold(tmp_path)


def test_what_lies_inside_decides_between_equal_ends() -> None:
    places = np.array([[0, 2], [2, 3], [3, 5], [5, 6]], np.int32)
    first = np.array([1, -9, -9, 1], np.float32)
    last = np.array([-9, 1, -9, 1], np.float32)
    inside = np.array([0, 0, -50, 9], np.float32)
    assert best_span(Verdict(0.0, places, inside, first, last)) == (5, 6)
    nothing = np.zeros(0, np.float32)
    assert best_span(Verdict(0.0, np.zeros((0, 2), np.int32), nothing, nothing, nothing)) == (0, 0)
