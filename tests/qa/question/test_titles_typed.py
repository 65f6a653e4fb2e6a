"""Titles that a question spells are read as titles."""

from __future__ import annotations

import pytest

from index.records import Described, Field
from index.search.links import typed_titles
from qa.question.titles_typed import with_brackets

TITLES = typed_titles(
    Described(
        f"{at}.txt",
        "法规",
        (Field("title", title, 0, len(title)), *([Field("region", region, None, None)] if region else [])),
        "",
    )
    for at, (title, region) in enumerate(
        (
            ("中华人民共和国公司法", None),
            ("中华人民共和国农产品质量安全法", None),
            ("殡葬管理条例", None),
            ("关于印发《宁武县临时救助办法（试行）》的通知", "宁武县"),
            ("全力推进项目复工开工", None),
        )
    )
)


def test_which_titles_a_question_may_spell() -> None:
    assert {"公司法", "中华人民共和国公司法", "殡葬管理条例", "宁武县临时救助办法", "临时救助办法"} <= set(
        TITLES
    )
    assert TITLES["临时救助办法"] == {"宁武县"}
    assert "全力推进项目复工开工" not in TITLES


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("殡葬管理条例有几章", "《殡葬管理条例》有几章"),
        ("公司法规定股东会多久开一次", "《公司法》规定股东会多久开一次"),
        ("公司法人变更要什么材料", "公司法人变更要什么材料"),
        ("中华人民共和国公司法第三条", "《中华人民共和国公司法》第三条"),
        ("《殡葬管理条例》和公司法", "《殡葬管理条例》和《公司法》"),
        ("《外地殡葬管理条例》有几章", "《外地殡葬管理条例》有几章"),
        ("农产品质量安全法", "《农产品质量安全法》"),
        ("宁武县临时救助办法怎么申请", "《宁武县临时救助办法》怎么申请"),
        ("临时救助办法怎么申请", "《临时救助办法》怎么申请"),
        ("殡葬管理", "殡葬管理"),
        ("《", "《"),
        ("", ""),
    ],
)
def test_titles_are_put_in_brackets(typed: str, read: str) -> None:
    assert with_brackets(typed, TITLES) == read


def test_without_titles_nothing_changes() -> None:
    assert with_brackets("公司法规定", {}) == "公司法规定"
