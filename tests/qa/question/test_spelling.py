"""Misspelt words are put right only where the documents hold a word of the same sound."""

import pytest

from index.search.index import Index
from qa import ask
from qa.question.spelling import regions_respelled, respelled


@pytest.mark.parametrize(
    ("wrong", "right"), [("海棉", "海绵"), ("养劳", "养老"), ("光扶", "光伏"), ("城振化率", "城镇化率")]
)
def test_a_word_of_the_same_sound_is_found(policy_index: Index, wrong: str, right: str) -> None:
    assert respelled([wrong], policy_index) == {wrong: right}


@pytest.mark.parametrize("term", ["高铁", "防止", "曹县", "人有", "海绵", "5G", "房价", "饭店"])
def test_words_that_are_right_or_absent_stay_as_they_are(policy_index: Index, term: str) -> None:
    assert respelled([term], policy_index) == {}


def test_the_answer_says_how_the_word_was_read(policy_index: Index) -> None:
    answer = ask("运城海棉城市归谁管?", index=policy_index)
    assert not answer.abstained
    assert "市城市管理局" in answer.text
    assert "“海棉”按“海绵”理解" in answer.text
    assert answer.query.question == "运城海棉城市归谁管?"


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("运成市的目标", {"运成市": "运城市"}),
        ("沁水县的目标", {}),
        ("孕妇到哪个市办理", {}),
        ("运城是怎么规定的", {}),
    ],
)
def test_a_region_of_the_same_sound(text: str, read_as: dict[str, str]) -> None:
    assert regions_respelled(text, ("运城市", "宁武县", "沁水县")) == read_as


def test_a_misspelt_region_is_asked(policy_index: Index) -> None:
    answer = ask("运成市海绵城市归谁管?", index=policy_index)
    assert answer.query.regions == ("运城市",)
    assert "“运成市”按“运城市”理解" in answer.text
    assert "市城市管理局" in answer.text
