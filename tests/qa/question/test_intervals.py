"""Numbers and the bounds that are printed with them."""

from __future__ import annotations

import math

import pytest

from qa.question.intervals import read_intervals

INF = math.inf


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("一、80至89周岁老人每人每月发放100元", [("80至89周岁", 80, 89, "岁"), ("100元", 100, 100, "元")]),
        ("百岁以上老人", [("百岁以上", 100, INF, "岁")]),
        ("我奶奶101岁了", [("101岁", 101, 101, "岁")]),
        ("满60周岁不满80周岁", [("满60周岁不满80周岁", 60, 80, "岁")]),
        ("劳动合同解除满六十日未重新就业的", [("满六十日", 60, INF, "日")]),
        ("连续三个月未缴纳租金的", [("连续三个月", 3, INF, "月")]),
        ("租期不超过三年；续租期3-5年", [("不超过三年", -INF, 36, "月"), ("3-5年", 36, 60, "月")]),
        ("财政资金超过1亿元", [("超过1亿元", 100_000_000, INF, "元")]),
        ("总投资低于1亿元的县", [("低于1亿元", -INF, 100_000_000, "元")]),
        ("自2025年5月1日起施行，有效期至2027年4月30日", []),
        ("乡镇每月25日前上报", []),
    ],
)
def test_the_ends_of_what_is_printed(text, read):
    assert [(text[one.start : one.end], one.low, one.high, one.unit) for one in read_intervals(text)] == read


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [("不满16周岁", 15.9, 16), ("16周岁以下", 16, 17), ("超过5人", 6, 5), ("80至89岁", 89, 90)],
)
def test_whether_an_end_belongs_to_it(text, inside, outside):
    (one,) = read_intervals(text)
    assert one.holds(inside)
    assert not one.holds(outside)
