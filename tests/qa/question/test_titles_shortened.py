"""Titles that a question shortens are read as titles, and what only looks like one is not."""

from __future__ import annotations

import pytest

from index.records import Described, Field
from index.search.links import typed_titles
from qa.question.titles_shortened import MOST_SOUGHT, with_short_titles

TITLES = typed_titles(
    Described(
        f"{at}.txt",
        "法规",
        (Field("title", title, 0, len(title)), *([Field("region", region, None, None)] if region else [])),
        "",
    )
    for at, (title, region) in enumerate(
        (
            ("古树名木保护条例", None),
            ("征信业管理条例", None),
            ("国家机关工作人员病假期间生活待遇的规定", None),
            ("关于印发《青石县农村公路养护实施方案（试行）》的通知", "青石县"),
            ("平岗县新型城镇化建设行动提升方案", "平岗县"),
            ("关于支持重点产业加快发展的实施意见", "平岗县"),
            ("关于支持旅游产业发展的意见", "青石县"),
            *((f"{name}县防汛应急工作方案", f"{name}县") for name in "甲乙丙丁"),
        )
    )
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("古树条例主要讲什么", "《古树条例》主要讲什么"),
        ("请问古树保护条例第三条", "请问《古树保护条例》第三条"),
        ("违反古树条例怎么罚", "违反《古树条例》怎么罚"),
        ("青石公路养护方案由谁牵头", "《青石公路养护方案》由谁牵头"),
        ("平岗那份提升方案的文号", "平岗那份《提升方案》的文号"),
        ("平岗产业意见", "《平岗产业意见》"),
        ("《古树条例》有几条", "《古树条例》有几条"),
        # Another noun goes with it, so it is another thing.
        ("服务能力提升方案由谁制定", "服务能力提升方案由谁制定"),
        # What the state lays down is no document of that name, what four counties have no name of one.
        ("国家规定一张卡最多存多少", "国家规定一张卡最多存多少"),
        ("防汛方案由谁负责", "防汛方案由谁负责"),
        ("征信管理条例", "《征信管理条例》"),
        ("快递条例", "快递条例"),
        ("", ""),
    ],
)
def test_shortened_titles_are_put_in_brackets(typed: str, read: str) -> None:
    assert with_short_titles(typed, TITLES) == read


@pytest.mark.parametrize("between", ["，", "吗？"])
def test_a_text_of_names_alone_is_looked_at_so_far(between: str) -> None:
    typed = f"方案{between}" * (MOST_SOUGHT - 1)
    assert with_short_titles(f"{typed}古树条例", TITLES).endswith("《古树条例》")
    assert with_short_titles(f"方案{between}{typed}古树条例", TITLES).endswith("方案" + between + "古树条例")
