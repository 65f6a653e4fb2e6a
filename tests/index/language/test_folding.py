"""Folding: what is made alike, and what is kept."""

from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st

from index.language.folding import (
    caseless,
    compatible,
    folded,
    plain,
    single_blanks,
    unified,
    with_places,
    without_blanks,
)


def test_widths_blanks_and_case() -> None:
    assert compatible("３０ ％ ①") == "30 % 1"
    assert plain("３０ ％ \n以上") == "30%以上"
    assert single_blanks("宁武县 \n\u3000人民政府") == "宁武县 人民政府"
    assert without_blanks("总\u3000则") == "总则"
    assert caseless("ＰＭ2.5 治理") == "pm2.5 治理"


def test_radicals_become_ideographs_one_for_one_and_all_else_stays() -> None:
    assert unified("⾏政审批⻓效机制㎡①") == "行政审批长效机制㎡①"


def test_a_blank_is_what_python_takes_for_one() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert without_blanks(every) == "".join(every.split())


def test_what_nobody_sees_is_folded_away() -> None:
    assert folded("由\u200b县 住建局\ufeff“牵头”、ＰＭ2.5") == '由县住建局"牵头"、pm2.5'


@given(st.text(max_size=30))
def test_every_folded_character_has_its_place(text: str) -> None:
    found = with_places(text)
    assert len(found.text) == len(found.at) and list(found.at) == sorted(found.at)
    assert all(folded(text[at]).count(sign) for sign, at in zip(found.text, found.at, strict=True))
