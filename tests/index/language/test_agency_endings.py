"""Endings of agencies' names: what each list takes for a name, and what it leaves."""

from __future__ import annotations

import re

import pytest

from index.language.agency_endings import IN_SENTENCES, SIGNING
from index.language.agency_shapes import names_body, surely_body


@pytest.mark.parametrize("name", ["县住建局", "市残联", "各县(市)", "市检察院", "县消防救援大队", "市直单位"])
def test_only_bodies_end_so(name: str) -> None:
    assert surely_body(name)


@pytest.mark.parametrize("name", ["县融媒体中心", "某某集团", "市残疾人协会", "县第一中学"])
def test_other_nouns_end_so_too(name: str) -> None:
    assert names_body(name) and not surely_body(name)


@pytest.mark.parametrize("words", ["空间布局", "餐厅", "村委", "城中村", "城市更新"])
def test_no_body_is_named(words: str) -> None:
    assert not names_body(words)


def test_a_sentence_has_words_that_only_begin_like_an_ending() -> None:
    ending = re.compile(IN_SENTENCES)
    assert not ending.search("委托办理中心城区事项")
    assert ending.search("由县发改委办理")


def test_what_signs_a_notice() -> None:
    assert re.search(rf"(?:{SIGNING})$", "新冠肺炎疫情防控工作领导小组")
    assert not re.search(rf"(?:{SIGNING})$", "特此通知")
