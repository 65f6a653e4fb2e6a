"""The table of kinds: every kind has a row, and a text holds what its row wants."""

from __future__ import annotations

from typing import get_args

import pytest

from index.records import Agency, Money
from pages.common.words import EN, ZH
from qa.question.kinds import CHOICES, KINDS, holds_kind, not_stated
from qa.question.particulars import units_like
from qa.records import Asked, Query, Wants


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


@pytest.mark.parametrize(
    ("asked", "question", "wants", "text", "held"),
    [
        ("agency", "谁联合印发", Wants(), "国家卫生健康委、财政部联合印发通知。", True),
        ("agency", "谁负责", Wants(), "推进海绵城市建设。", False),
        ("deadline", "什么时候完成", Wants(), "到2025年，城区公共供水管网漏损率控制在9%以内。", True),
        ("deadline", "多久办结", Wants(how_long=True), "自受理之日起14天办结。", True),
        ("deadline", "什么时候办结", Wants(), "自受理之日起14天办结。", False),
        ("money", "投资多少", Wants(), "项目总投资13.1亿元。", True),
        ("money", "投资多少", Wants(), "改建线路5.74公里。", False),
        ("quantity", "惠及多少户", Wants(units_like("户")), "改造老旧小区12个，惠及1500户。", True),
        ("quantity", "惠及多少户", Wants(units_like("户")), "改造老旧小区12个。", False),
        ("quantity", "城镇化率达到多少", Wants(), "常住人口城镇化率达到60%以上。", True),
        ("quantity", "城镇化率达到多少", Wants(), "分3个方面推进。", False),
        ("list", "有哪些措施", Wants(), "一是建设管网；二是改造泵站。", True),
        ("passage", "有什么规定", Wants(), "一是建设管网；二是改造泵站。", False),
    ],
)
def test_a_text_holds_what_a_kind_wants(
    asked: Asked, question: str, wants: Wants, text: str, held: bool
) -> None:
    query = Query(question, question, asked, "", (), (), wants=wants)
    assert KINDS[asked].holds(query, text, False) is held


def test_facts_are_of_the_kinds_they_state() -> None:
    charged = Agency(0, 4, "县住建局", "住房城乡建设局", "responsible")
    assert holds_kind("lead", [charged]) and holds_kind("agency", [charged])
    assert not holds_kind("money", [charged]) and not holds_kind("passage", [charged])
    assert KINDS["quantity"].sums and KINDS["money"].facts == (Money,)
