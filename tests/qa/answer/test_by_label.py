"""Questions for a document's own structure: a place by its number, what a part says, how many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.build.build import build
from index.search.index import Index, open_index
from qa import ask

RULES = """平岗县夜间摊点管理办法
第一章 总则
第一条 为了规范夜间摊点，方便居民生活，制定本办法。
第二条 本办法适用于县城建成区。
第二章 设置
第三条 有下列情形之一的，不得设置夜间摊点：
（一）距离学校不足二百米的；
（二）占用消防通道的。
第四条 摊点由县城市管理局划定。每个摊点面积不超过六平方米。
第四条之一 临时摊点不超过三十日。
第三章 附则
第五条 本办法自2024年5月1日起施行。
"""


LAW = """中华人民共和国灯塔法
（2006年4月29日第十届全国人民代表大会常务委员会第二十一次会议通过{said}）
第一条 为了管理灯塔，制定本法。
第二条 灯塔管理机构应当每{often}检修灯塔，并如实记录检修的时间、人员和结果。
第三条 禁止损坏灯塔。
第四条 本法自{since}起施行。
"""
"""One law in two versions, of which the younger holds."""


@pytest.fixture(scope="module")
def rules(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Iterator[Index]:
    def fill(folder: Path) -> None:
        source = folder / "documents"
        source.mkdir(parents=True)
        (source / "平岗县夜间摊点管理办法.txt").write_text(RULES, encoding="utf-8")
        build(source, folder / "store")

    with open_index(made_once("night-stalls", fill) / "store") as index:
        yield index


@pytest.mark.parametrize(
    ("question", "words", "others"),
    [
        ("第四条是什么", ["第四条 摊点由县城市管理局划定。每个摊点面积不超过六平方米。"], ["第四条之一"]),
        ("第四条之一讲了什么", ["第四条之一 临时摊点不超过三十日。"], ["六平方米"]),
        ("请列出第3条全文", ["（一）距离学校不足二百米的； （二）占用消防通道的。"], []),
        ("第三条第（二）项规定了什么？", ["第三条（二）占用消防通道的。"], ["学校"]),
        ("第二章讲什么", ["第二章 设置（共3条）", "第四条之一 临时摊点不超过三十日。"], ["第五条"]),
        ("这个办法一共有多少条", ["共6条（第一条至第五条；", "3章"], []),
        ("平岗县夜间摊点管理办法一共多少条", ["共6条（第一条至第五条；"], []),
        ("平岗县夜间摊点管理办法的第二章讲什么", ["第二章 设置（共3条）"], []),
        ("第四条说的面积是多少", ["不超过六平方米"], []),
        ("这个办法4条是什么", ["摊点由县城市管理局划定"], ["制定本办法"]),
        ("这个办法主要讲什么", ["分3章", "第一章 总则：第一条至第二条"], []),
    ],
)
def test_the_documents_own_structure(rules: Index, question: str, words: list[str], others: list[str]):
    answer = ask(question, index=rules)
    assert not answer.abstained
    assert [word for word in words if word not in answer.text] == []
    assert [word for word in others if word in answer.text] == []
    assert answer.citations


@pytest.fixture(scope="module")
def versions(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Iterator[Index]:
    def fill(folder: Path) -> None:
        source = folder / "documents"
        source.mkdir(parents=True)
        revised = "　2022年9月2日第十三届全国人民代表大会常务委员会第三十六次会议修订"
        old = LAW.format(said="", often="年", since="2006年11月1日")
        new = LAW.format(said=revised, often="季度", since="2023年1月1日")
        (source / "灯塔法(2006-04-29).md").write_text(old, encoding="utf-8")
        (source / "灯塔法(2022-09-02).md").write_text(new, encoding="utf-8")
        build(source, folder / "store")

    with open_index(made_once("lighthouses", fill) / "store") as index:
        yield index


@pytest.mark.parametrize(
    ("question", "often", "behind"),
    [("灯塔法第二条", "每季度检修", False), ("2006年的灯塔法第二条怎么规定的", "每年检修", True)],
)
def test_of_a_laws_versions_that_which_holds_or_of_the_year_asked_for(
    versions: Index, question: str, often: str, behind: bool
):
    answer = ask(question, index=versions)
    assert often in answer.text
    assert [word for word in ("每季度检修", "每年检修") if word in answer.text] == [often]
    assert ("已有新版" in answer.text) is behind


def test_a_number_that_is_not_there_is_a_silence(rules: Index):
    answer = ask("第三十条是什么", index=rules)
    assert answer.abstained
    assert "没有读到第三十条" in answer.text


def test_where_several_documents_have_it_the_choice_is_given_back(policy_index: Index):
    answer = ask("第十二条是什么", index=policy_index)
    assert "请写明是哪一份" in answer.text
    assert {citation.region for citation in answer.citations} == {"宁武县", "成武县", "运城市"}


def test_a_part_of_a_plan_is_told_by_its_parts_and_the_next_one_after_it(policy_index: Index):
    history = ["宁武县方案的第二部分讲什么"]
    answer = ask("第三部分呢", index=policy_index, history=history)
    assert "三、强化组织保障（共4项）" in answer.text
    assert "沿用上文：宁武县" in answer.text


def test_where_something_stands_is_answered_with_the_place(policy_index: Index):
    answer = ask("成武县老旧小区改造写在哪里", index=policy_index)
    assert answer.text.startswith("五、实施农业转移人口市民化行动 › 18.提供更高水平住房保障：")


def test_a_region_alone_is_told_by_its_document(policy_index: Index):
    answer = ask("沁水县这个文件主要内容是什么", index=policy_index)
    assert "三、重点任务：(一) 实施县城特优产业提升工程" in answer.text
    assert answer.citations[0].region == "沁水县"


@pytest.mark.parametrize(
    "question", ["六大工程分别是什么", "沁水方案的重点任务由哪六大工程组成?", "沁水县的6项工程有哪些"]
)
def test_parts_named_by_their_number(policy_index: Index, question: str):
    said = ask(question, index=policy_index)
    assert not said.abstained
    assert said.text.startswith("三、重点任务（共6项）")
    for words in ("特优产业", "基础配套", "公共服务", "人居环境", "辐射带动能力", "内生动力"):
        assert f"实施县城{words}提升工程" in said.text


def test_another_thing_asked_of_parts_so_named(policy_index: Index):
    said = ask("运城八项行动里养老怎么安排", index=policy_index).text
    assert "共8项" not in said
    assert "养老" in said or "老年人" in said


@pytest.mark.parametrize(
    "question",
    ["《快递条例》第三条", "《快递条例》一共多少条", "《快递条例》什么时候施行", "《快递条例》讲了什么"],
)
def test_a_title_that_the_library_has_not_is_said_to_be_missing(rules: Index, question: str):
    answer = ask(question, index=rules)
    assert answer.abstained
    assert answer.text == "文件库中没有标题含《快递条例》的文件。"


@pytest.mark.parametrize(
    "question", ["夜间摊点办法第四条", "夜间摊点办法4条", "《夜间摊点办法》第四条", "《平岗摊点办法》第四条"]
)
def test_of_a_shortened_title_the_whole_one_is_told(rules: Index, question: str):
    answer = ask(question, index=rules)
    assert answer.text.startswith("《平岗县夜间摊点管理办法》")
    assert "第四条 摊点由县城市管理局划定。每个摊点面积不超过六平方米。" in answer.text


@pytest.mark.parametrize("question", ["夜间摊点办法主要讲什么", "夜间摊点办法有几章"])
def test_what_a_shortened_title_is_about(rules: Index, question: str):
    assert "分3章" in ask(question, index=rules).text
