"""Several questions in one turn are told from one question with commas."""

from __future__ import annotations

import pytest

from qa.question.apart import questions_apart


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("青石县改厕由谁牵头?农村公路总投资多少?", ("青石县改厕由谁牵头", "农村公路总投资多少")),
        (
            "1.青石县改厕谁牵头 2.白河县改厕谁负责 3.红柳县改厕谁牵头",
            ("青石县改厕谁牵头", "白河县改厕谁负责", "红柳县改厕谁牵头"),
        ),
        (
            "请问青石县农村公路要改多少公里以及谁来配合还有啥时候完成",
            ("请问青石县农村公路要改多少公里", "谁来配合", "啥时候完成"),
        ),
        ("成武县海绵城市谁负责,建几处", ("成武县海绵城市谁负责", "建几处")),
    ],
)
def test_each_part_that_asks_stands_alone(text, parts):
    assert questions_apart(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "我是博士,租金怎么收?",
        "我家在镇上,老伴去年走了,低保一个月能领多少钱?",
        "教育、医疗、养老要做到哪些?",
        "青石县和白河县的高标准农田目标差多少?",
        "云岭县人才购房补贴办法现在还有效吗",
        "各乡镇人民政府,县政府有关部门:现将方案印发给你们,请认真组织实施。其中的污水治理率是多少?",
    ],
)
def test_what_only_tells_of_the_case_is_no_question(text):
    assert len(questions_apart(text)) == 1
