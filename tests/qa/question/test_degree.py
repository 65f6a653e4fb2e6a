"""Which end of an order is asked for."""

from __future__ import annotations

import pytest

from qa.question.degree import direction


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("哪个县的公路里程更长", "most"),
        ("投资最少的县", "least"),
        ("谁家最晚完工", "most"),
        ("最高和最低的县", None),
        ("谁投得多", None),
    ],
)
def test_by_the_adjective_of_degree(text, end):
    assert direction(text) == end
