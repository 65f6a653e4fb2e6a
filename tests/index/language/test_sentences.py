"""Sentences: their ends, closing marks and brackets."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.language.sentences import sentences


def parts(text: str, *, semicolons: bool = False) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text, semicolons=semicolons)]


def test_a_bracket_right_after_the_end_belongs_to_the_sentence() -> None:
    text = "推进水体整治。(县住建局、县农业农村局)。到2025年完成。"
    assert parts(text) == ["推进水体整治。(县住建局、县农业农村局)。", "到2025年完成。"]
    assert parts(text, semicolons=True)[0] == "推进水体整治。"


def test_closing_marks_and_line_breaks() -> None:
    assert parts("他说：“可以。”大家同意！\n散会") == ["他说：“可以。”", "大家同意！", "散会"]


def test_semicolons_part_only_where_asked() -> None:
    assert parts("先规划；后建设。") == ["先规划；后建设。"]
    assert parts("先规划；后建设。", semicolons=True) == ["先规划；", "后建设。"]


@given(st.text("甲。！；（）() ”\n，", max_size=200), st.booleans())
def test_sentences_tile(text: str, semicolons: bool) -> None:
    spans = sentences(text, semicolons=semicolons)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join("".join(p.split()) for p in parts(text, semicolons=semicolons)) == "".join(text.split())
