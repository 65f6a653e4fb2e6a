"""Numbers: read as documents print them, written as a word processor counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.numerals import chinese_numeral, read_number, read_ordinal, read_year


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("三十四", 34),
            ("一百", 100),
            ("一百零三", 103),
            ("两", 2),
        ),
        *(("一千二百六十", 1260), ("〇", 0), ("15", 15), ("１５", 15)),
    ],
)
def test_ordinals(text: str, value: int) -> None:
    assert read_ordinal(text) == value


@given(st.text("零〇一二三四五六七八九十百千两0123456789１２", min_size=1, max_size=6))
def test_any_mix_of_digits_has_a_value(text: str) -> None:
    assert read_ordinal(text) >= 0


@pytest.mark.parametrize(
    ("number", "words"),
    [
        *((1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (34, "三十四"), (100, "一百"), (0, "零")),
        *(
            (105, "一百零五"),
            (110, "一百一十"),
            (1260, "一千二百六十"),
            (1001, "一千零一"),
            (10_020, "一万零二十"),
        ),
    ],
)
def test_chinese_numbers(number: int, words: str) -> None:
    assert chinese_numeral(number) == words


@given(st.integers(0, 9999))
def test_what_is_written_is_read(number: int) -> None:
    assert read_number(chinese_numeral(number)) == number
    assert read_ordinal(chinese_numeral(number)) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,858", 1858.0), ("3.6", 3.6), ("二〇二五", 2025.0), ("一二", 12.0), ("三十个", None), ("", None)],
)
def test_numbers(text: str, value: float | None) -> None:
    assert read_number(text) == value


def test_a_year_is_read_digit_by_digit() -> None:
    assert [read_year(year) for year in ("二〇二四", "二○二四", "二ＯO九")] == ["2024", "2024", "2009"]
