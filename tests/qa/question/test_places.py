"""The places that a question names: those of the index, and others."""

from __future__ import annotations

import pytest

from index.search.index import Index
from qa.question.places import all_regions, named_places, spoken_forms


def test_every_document_of_the_five_speaks_for_its_region(policy_index: Index):
    assert {info.region for info in policy_index.infos} == {
        "宁武县",
        "成武县",
        "杭锦旗",
        "沁水县",
        "运城市",
    }


def test_the_name_is_taken_out_of_the_rest(policy_index: Index):
    places = named_places("宁武县海绵城市由谁负责", all_regions(policy_index))
    assert places.regions == ("宁武县",)
    assert places.rest.strip() == "海绵城市由谁负责"


def test_a_name_said_twice_counts_once(policy_index: Index):
    assert named_places("运城市的运城机场", all_regions(policy_index)).regions == ("运城市",)


def test_the_long_form_wins_over_the_short(policy_index: Index):
    assert "县" not in named_places("宁武县", all_regions(policy_index)).rest


def test_a_region_inside_a_longer_name_counts(policy_index: Index):
    assert named_places("市生态环境局宁武分局", all_regions(policy_index)).regions == ("宁武县",)


@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [
        ("太原市海绵城市谁负责", ("太原市",)),
        ("曹县农村生活污水治理率", ("曹县",)),
        ("全县农村生活污水治理率", ()),
        ("县城海绵城市", ()),
        ("海绵城市谁负责", ()),
    ],
)
def test_places_that_the_index_does_not_hold(policy_index: Index, text: str, elsewhere: tuple[str, ...]):
    places = named_places(text, all_regions(policy_index))
    assert places.regions == ()
    assert places.elsewhere == elsewhere


@pytest.mark.parametrize(
    ("text", "regions", "elsewhere"),
    [
        ("合肥和芜湖的机场谁来管", ("安徽省",), ("合肥市", "芜湖市")),
        ("盐湖区的老旧管网哪年改完", ("运城市",), ("盐湖区",)),
        ("太原市的海绵城市谁牵头", (), ("太原市",)),
        ("朝阳区的养老", (), ("朝阳区",)),  # several places have that name
    ],
)
def test_a_place_inside_a_region_of_the_index_is_answered_by_that(
    text: str, regions: tuple[str, ...], elsewhere: tuple[str, ...]
):
    places = named_places(text, ("安徽省", "上海市", "运城市"))
    assert places.regions == regions
    assert places.elsewhere == elsewhere
    assert "合肥" not in text or "合肥" in places.rest


def test_the_forms_of_a_name():
    assert spoken_forms("杭锦旗") == ("杭锦旗", "杭锦")
