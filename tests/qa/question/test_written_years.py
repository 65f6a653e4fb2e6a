"""Years in Chinese digits are read, and numbers that are no years are left."""

from __future__ import annotations

import pytest

from qa.question.written_years import months_in_figures, short_years, whole_years_in_figures


def test_a_whole_year_is_put_in_figures() -> None:
    assert whole_years_in_figures("二〇二七年前和二零三零年底") == "2027年前和2030年底"
    assert whole_years_in_figures("二十二年") == "二十二年"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("二七年底的目标", {"二七年": "2027年"}),
        ("一九年和三零年", {"一九年": "2019年", "三零年": "2030年"}),
    ],
)
def test_a_short_year_is_read(text: str, read: dict[str, str]) -> None:
    assert short_years(text) == read


@pytest.mark.parametrize(
    "text", ["二三年内完成", "三四年", "十二年义务教育", "二十二年", "二五年级", "2027年", "第二八年"]
)
def test_what_is_no_year_is_left(text: str) -> None:
    assert short_years(text) == {}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("八月底要完成", "8月底要完成"),
        ("十一月最后一天", "11月最后一天"),
        ("截至三月份", "截至3月份"),
        ("2025年十二月", "2025年12月"),
    ],
)
def test_a_month_is_put_in_figures(text: str, read: str) -> None:
    assert months_in_figures(text) == read


@pytest.mark.parametrize("text", ["三个月内", "五月花小区", "十月革命纪念馆", "七八月份", "三至五月"])
def test_what_is_no_month_is_left(text: str) -> None:
    assert months_in_figures(text) == text
