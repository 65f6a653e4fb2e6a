"""A question for a place in a document, and one that only cites or counts."""

from __future__ import annotations

import pytest

from qa.question.question_words import asks_where


@pytest.mark.parametrize("text", ["写在第几条", "是哪一章", "在哪一部分", "第几部分第几点", "出自哪条"])
def test_the_place_is_asked_for(text: str) -> None:
    assert asks_where(text)


@pytest.mark.parametrize("text", ["第十二条是什么", "哪一项任务最急", "走哪条路", "有几条"])
def test_no_place_is_asked_for(text: str) -> None:
    assert not asks_where(text)
