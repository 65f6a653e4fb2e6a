"""Each silence in its own words: not in the library, not in this region, the fact is not there."""

from __future__ import annotations

import pytest

from index.search.index import Index
from qa import ask


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("宁武县核电站由谁负责", "文件库的5份文件都没有提到“核电站”"),
        ("杭锦旗海绵城市由谁负责", "杭锦旗文件中没有关于“海绵城市”的规定"),
        ("沁水县再生水利用率由谁负责", "没有读到责任单位"),
    ],
)
def test_each_silence_has_its_own_words(policy_index: Index, question: str, told: str) -> None:
    answer = ask(question, index=policy_index)
    assert answer.abstained
    assert told in answer.text


def test_a_silence_offers_the_nearest_words_and_other_regions(policy_index: Index) -> None:
    answer = ask("杭锦旗海绵城市由谁负责", index=policy_index)
    assert "其他地区的文件有相关条款：宁武县" in answer.text
    quoted = next(citation for citation in answer.citations if citation.region == "杭锦旗")
    assert quoted.quote[:12] in answer.text.replace("\n", "")


def test_another_year_is_told(policy_index: Index) -> None:
    answer = ask("宁武县老旧小区改造2030年完成多少", index=policy_index)
    assert answer.abstained
    assert "该条款写到的年份是2025年" in answer.text


def test_a_subject_found_in_part_is_said_to_be(policy_index: Index) -> None:
    answer = ask("沁水县公积金贷款最高能贷多少？", index=policy_index)
    assert "沁水县文件只提到“贷款”，没有提到“公积金”" in answer.text


def test_what_stands_of_it_is_not_named_where_nothing_does(policy_index: Index) -> None:
    answer = ask("沁水有什么好吃的饭店推荐一下", index=policy_index)
    assert "沁水县文件没有提到“饭店”" in answer.text


def test_that_documents_are_documents_is_not_told(policy_index: Index) -> None:
    answer = ask("运城市规定爷爷奶奶带孩子补多少", index=policy_index)
    assert "文件库的5份文件都没有提到“爷爷奶奶、孩子”" in answer.text
