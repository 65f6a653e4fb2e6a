"""A number of the asker's own finds the line whose interval holds it, or none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.search.index import Index
from qa import ask


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("80岁老人高龄津贴每月多少", "100元"),
        ("85岁的老人每个月能领多少钱", "100元"),
        ("93岁老人津贴是多少", "200元"),
        ("百岁老人每月发多少", "500元"),
        ("我奶奶101岁了能领多少", "500元"),
    ],
)
def test_the_line_that_fits_is_the_answer(case_index: Callable[[str], Index], question: str, amount: str):
    answer = ask(question, index=case_index("span"))
    assert not answer.abstained
    assert amount in answer.text.splitlines()[0]
    assert len(answer.citations) == 1


def test_no_line_fits(case_index):
    text = ask("75岁老人能领高龄津贴吗", index=case_index("span")).text
    assert text.startswith("不是，原文所列的范围不包含75岁。")
    assert all(line in text for line in ("80至89周岁", "90至99周岁", "百岁以上"))


def test_a_shorter_time_than_the_rule_sets(case_index):
    text = ask("连续两个月没交租金会被清退吗", index=case_index("cond")).text
    assert text.startswith("不是，")
    assert "连续三个月未缴纳租金的" in text


def test_days_are_not_compared_with_months(case_index):
    text = ask("我合同解除两个月了还没找到工作，要退房吗", index=case_index("cond")).text
    assert text.startswith("文件未写明是或不是")
    assert "劳动合同解除满六十日未重新就业的" in text
