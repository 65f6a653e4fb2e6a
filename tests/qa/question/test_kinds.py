"""The table of kinds: every kind has a row."""

from __future__ import annotations

from typing import get_args

from index.records import Agency, Money
from pages.common.words import EN, ZH
from qa.question.kinds import CHOICES, KINDS, holds_kind, not_stated
from qa.records import Asked


def test_every_kind_has_one_row_and_is_called_in_both_languages() -> None:
    assert tuple(KINDS) == get_args(Asked)
    for words in (ZH, EN):
        assert set(words.asked) == set(KINDS)
        assert len(set(words.asked.values())) == len(KINDS)


def test_what_is_not_stated_is_named() -> None:
    assert not_stated("agency") == "没有读到责任单位"
    assert not_stated("quantity", "2026年的") == "没有读到2026年的数量"
    assert not_stated("passage") == "没有读到相关内容"


def test_what_can_be_chosen_asks_for_itself() -> None:
    assert CHOICES == ("agency", "deadline", "quantity", "money", "list", "passage")
    assert len({KINDS[asked].question for asked in CHOICES}) == len(CHOICES)


def test_facts_are_of_the_kinds_they_state() -> None:
    charged = Agency(0, 4, "县住建局", "住房城乡建设局", "responsible")
    assert holds_kind("lead", [charged]) and holds_kind("agency", [charged])
    assert not holds_kind("money", [charged]) and not holds_kind("passage", [charged])
    assert KINDS["quantity"].sums and KINDS["money"].facts == (Money,)
