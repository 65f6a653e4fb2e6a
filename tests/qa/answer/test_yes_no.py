"""A question for yes or no opens with 是 or 不是, or that the document does not say which."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.search.index import Index
from qa import ask


@pytest.mark.parametrize(
    ("library", "question", "opening"),
    [
        ("premise", "北岭县护理型床位占比要达到65%以上吗？", "是，原文写的是65%以上。"),
        ("premise", "北岭县每千名老人床位数目标是40张吗", "是，原文写的是40张。"),
        ("premise", "北岭县2025年专项资金是1.2亿元吗？", "是，原文写的是1亿2000万元。"),
        ("premise", "家庭医生签约率目标是75%吗", "是，原文写的是七成五。"),
        (
            "premise",
            "普惠性幼儿园覆盖率目标是85%吗",
            "不是，问题中的85%是原文所写的原有数值，原文写的目标是92%。",
        ),
        ("num", "青石县财政资金是9000万吧？", "不是，问题中的9000万与原文不同，原文写的是一亿二千万元。"),
        ("num", "红柳县卫生厕所普及率目标是70%吗？", "是，原文写的是七成。"),
        ("cond", "公务员能租人才公寓吗", "不是。"),
        ("cond", "人才公寓可以改成民宿吗", "不是。"),
        ("cond", "烈性犬可以养吗", "不是。"),
        ("law1", "我家有两套房能申请临时救助吗？", "不是。\n\n第六条 有下列情形之一的，不予救助：（一）"),
        ("cond", "大专学历可以申请人才公寓吗？", "文件未写明是或不是"),
    ],
)
def test_the_opening(case_index: Callable[[str], Index], library: str, question: str, opening: str):
    answer = ask(question, index=case_index(library))
    assert answer.text.startswith(opening)
    assert not answer.abstained


def test_the_other_conditions_are_left_to_be_checked_and_who_is_left_out_is_told(case_index):
    text = ask("大专学历可以申请人才公寓吗？", index=case_index("cond")).text
    assert "应当同时符合下列条件：（二）具有全日制本科以上学历" in text
    assert "其余条件须自行核对：（一）与本县用人单位签订一年以上劳动合同；（三）" in text
    assert "同一文件另写明：公务员不适用本办法。" in text


def test_an_item_stands_under_what_announces_it(case_index):
    text = ask("我把人才公寓转租了会怎么样，以后还能申请吗", index=case_index("cond")).text
    assert "有下列情形之一的，应当退出人才公寓：（二）转租、转借的" in text
    assert "五年内不得再次申请" in text


def test_several_items_stand_once_under_what_announces_them(case_index):
    text = ask("申请临时救助要什么材料", index=case_index("law1")).text
    assert text.startswith("第十一条 申请临时救助应当提交下列材料： （一）书面申请； （二）")
    assert "（三）医疗费用票据" in text


def test_no_answer_ends_where_items_are_announced(case_index):
    text = ask("哪些人不能申请人才公寓", index=case_index("cond")).text
    assert "（三）本人及配偶在本县无自有住房。" in text
