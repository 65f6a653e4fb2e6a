"""Segments: where lines are cut, and that every character is in one."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.clauses.segments import LONG_LINE, segment


def pieces(text: str, cuts: tuple[int, ...] = ()) -> list[str]:
    return [text[s.start : s.end] for s in segment(text, cuts)]


def test_lines_and_markers_that_run_together() -> None:
    text = "现通知如下： 一、排查病人。由社区负责。 二、分类安排。由区负责。"
    assert pieces(text) == ["现通知如下：", "一、排查病人。由社区负责。", "二、分类安排。由区负责。"]


def test_a_single_number_inside_a_line_opens_nothing() -> None:
    assert len(pieces("按照方案要求： 一、二级医院均应接诊。发热患者由（三）类医院收治。")) == 1


def test_lost_line_breaks_are_found_only_in_long_lines() -> None:
    paragraph = "各单位要落实责任，加强巡查，发现问题及时处理，" * 3 + "确保安全。"
    text = " ".join([paragraph] * 4)
    assert len(text) > LONG_LINE
    assert pieces(text) == [paragraph] * 4
    assert len(pieces("一句话。 另一句话。 第三句话。")) == 1


def test_a_cut_leaves_the_breaks_of_its_line() -> None:
    paragraph = "各单位要落实责任，加强巡查，发现问题及时处理，确保安全。"
    text = "供水通知 " + " ".join([paragraph] * 12)
    assert pieces(text, (4,)) == ["供水通知", *[paragraph] * 12]


def test_aspects_of_a_long_line() -> None:
    text = "（一）坚持产业带动。" + "".join(
        f"{name}方面，" + "落实各项措施，" * 18 + "取得实效。"
        for name in ("构建现代产业体系", "健全商贸流通网络")
    )
    assert [p[:10] for p in pieces(text)] == [
        "（一）坚持产业带动。",
        "构建现代产业体系方面",
        "健全商贸流通网络方面",
    ]


@given(
    st.text("一二、（）1.2 。；：|\n\u3000第条章附件方面，甲？", max_size=400), st.sets(st.integers(0, 400))
)
def test_segments_tile(text: str, cuts: set[int]) -> None:
    segments = segment(text, cuts)
    covered = [s.start for s in segments]
    assert covered == sorted(covered)
    assert all(a.end <= b.start for a, b in pairwise(segments))
    assert "".join("".join(p.split()) for p in pieces(text, tuple(cuts))) == "".join(text.split())
