"""Old names of bodies, and the reform that ended them."""

from __future__ import annotations

from datetime import date

import pytest

from index.language.agency_names import normalise_agency
from index.language.renamed_bodies import renamed_bodies, renamed_in


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("县环保局负责什么", [("环保局", "生态环境局", "2018-03-17")]),
        ("国土资源局和某单位", [("国土资源局", "自然资源局", "2018-03-17")]),
        ("农业农村局和工商局", [("工商局", "市场监督管理局", "2018-03-17")]),
        ("市卫计委牵头哪些任务", [("卫计委", "卫生健康委", "2018-03-17")]),
        ("县扶贫办的任务", [("扶贫办", "乡村振兴局", "2021-02-25")]),
        ("请问环保局现在归谁", [("环保局", "生态环境局", "2018-03-17")]),
        ("宁武环保局管什么", [("环保局", "生态环境局", "2018-03-17")]),
        ("县生态环境局负责什么", []),
        ("县农业农村水利局负责什么", []),
        ("县农业农村局和县林业草原局", []),
        ("城市管理局", []),
    ],
)
def test_old_names(text: str, told: list[tuple[str, str, str]]) -> None:
    assert [(one.old, one.new, one.day) for one in renamed_in(text)] == told


def test_it_is_said_with_its_source() -> None:
    (one,) = renamed_in("环保局的任务")
    assert str(one) == (
        "“环保局”现为“生态环境局”（《国务院机构改革方案》，2018年3月17日第十三届全国人民代表大会第一次会议批准）"
    )
    assert date.fromisoformat(one.day) < date(2026, 1, 1)


def test_each_old_name_means_the_same_body_as_the_new() -> None:
    for old, new in renamed_bodies():
        assert normalise_agency(f"县{old}局") == normalise_agency(f"县{new}局"), old


def test_a_merged_body_is_a_body_of_its_own() -> None:
    halves = {normalise_agency("县农业农村局"), normalise_agency("县水务局")}
    assert normalise_agency("县农业农村水利局") not in halves
