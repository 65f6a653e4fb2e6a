"""Each of several questions is answered under its own head; none is dropped, none mixed with another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.search.index import Index
from qa import ask


def answers_by_head(text: str) -> dict[str, str]:
    """Each question with its answer; those under one head have the same."""
    heads: dict[str, str] = {}
    under: list[str] = []
    for block in text.split("\n\n"):
        if block.endswith("？") and block[1] == "、":
            under = [f"{head[2:]}？" for head in block.split("？")[:-1]]
        for head in under:
            heads[head] = heads.get(head, "") + block
    return heads


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "青石县改厕由谁牵头？农村公路总投资多少？",
            {"青石县改厕由谁牵头？": "县农业农村局牵头", "农村公路总投资多少？": "9800万元"},
        ),
        (
            "白河县农村公路改造多少公里、投资多少、由谁负责",
            {"白河县农村公路改造多少公里？": "98公里", "投资多少？": "1.1亿元", "由谁负责？": "县交通运输局"},
        ),
        (
            "请问青石县农村公路要改多少公里以及谁来配合还有啥时候完成",
            {"谁来配合？": "县公安局", "啥时候完成？": "没有读到时间"},
        ),
        (
            "1.青石县改厕谁牵头 2.白河县改厕谁负责 3.红柳县改厕谁牵头",
            {"白河县改厕谁负责？": "县农业农村局", "红柳县改厕谁牵头？": "县住房城乡建设局牵头"},
        ),
        (
            "青石县高标准农田谁牵头，白河县的农村公路投资多少，红柳县的文件是哪天发的",
            {
                "青石县高标准农田谁牵头？": "县农业农村局牵头",
                "白河县的农村公路投资多少？": "1.1亿元",
                "红柳县的文件是哪天发的？": "2024年5月20日",
            },
        ),
    ],
)
def test_of_made_up_plans(case_index: Callable[[str], Index], question: str, told: dict[str, str]):
    found = answers_by_head(ask(question, index=case_index("num")).text)
    for head, words in told.items():
        assert words in found[head]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "宁武县海绵城市建设由谁负责？老旧小区改造什么时候完成？",
            [("县住建局、县财政局", "凤凰镇"), ("2025年底", "县财政局")],
        ),
        ("成武县2024年改造几个老旧小区？城市生活污水集中收集率要达到多少？", [("10个", ""), ("70%", "")]),
        ("成武县海绵城市谁负责？县级快递物流园区建几处？", [("县水务局", ""), ("1处", "县水务局")]),
        ("运城市5G基站今年建多少个，谁负责", [("600座", ""), ("市通联办", "市住建局")]),
    ],
)
def test_of_the_shipped_documents(policy_index: Index, question: str, told: list[tuple[str, str]]):
    found = list(answers_by_head(ask(question, index=policy_index).text).values())
    for answer, (words, not_words) in zip(found, told, strict=True):
        assert words in answer
        assert not not_words or not_words not in answer


def test_what_one_clause_answers_stands_once(policy_index: Index):
    said = ask("成武每年要搞多少个技改项目?投资多少以上才算数?", index=policy_index).text
    assert said.count("每年实施投资500万元以上技改项目30个左右") == 1
    assert said.startswith("一、成武每年要搞多少个技改项目？二、投资多少以上才算数？")


def test_a_part_that_says_too_little_is_read_with_the_one_before(policy_index: Index):
    said = ask("宁武到2028年要让多大比例的人算城里人?眼下是多少?", index=policy_index).text
    assert "由目前的56.5%上升到60%以上" in said
    assert "没有找到" not in said


def test_facts_of_the_rows_of_a_comparison_are_one_question(policy_index: Index):
    said = ask("宁武、成武、沁水三个县的城镇化率目标分别是多少,哪一年?", index=policy_index).text
    assert "哪一年？" not in said
    for words in ("到2028年", "60%以上", "到2025年常住人口城镇化率达到53%左右", "60%左右"):
        assert words in said


def test_fields_of_one_document_are_one_question(policy_index: Index):
    said = ask("运城的方案是谁、哪天发的?", index=policy_index).text
    assert "发文机关：运城市人民政府办公室，成文日期：2024年9月14日" in said
    assert "？" not in said
