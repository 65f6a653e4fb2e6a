"""Numbers as documents print them (1,858, 三十, 五百万, 二〇二五): read, and written in Chinese."""

from __future__ import annotations

import re
from typing import Final

DIGITS: Final = "零一二三四五六七八九"
"""The digits in their order, so that ``DIGITS[7]`` is 七."""
ORDINALS: Final = "零〇一二三四五六七八九十百千两"
"""What the number of an article or a list is printed with: 第一百零三条."""
NUMERALS: Final = ORDINALS + "万亿"
CHINESE: Final = "零〇○一二三四五六七八九十百千两"
"""What an amount is printed with before 万 and 亿; ○ stands for 〇 where a font has none."""
MULTIPLES: Final = {
    "万": 10_000,
    "亿": 100_000_000,
    "百": 100,
    "千": 1000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "万亿": 10**12,
}
_ZEROS: Final = "零〇○Ｏ"
_DIGITS: Final = {sign: value for value, sign in enumerate(DIGITS)} | dict.fromkeys(_ZEROS, 0) | {"两": 2}
_PLACES: Final = {"十": 10, "百": 100, "千": 1000}
FORMAL: Final = "壹贰叁肆伍陆柒捌玖拾佰仟"
"""The numerals of contracts and cheques: 壹仟万元."""
_PLAIN: Final = str.maketrans(FORMAL, "一二三四五六七八九十百千")


def read_number(text: str) -> float | None:
    """The value of Arabic or Chinese digits without 万 or 亿: 1,858 -> 1858.0, 三十 -> 30.0; else None."""
    plain = text.replace(",", "").replace("，", "")
    if plain and plain[0].isdigit():
        try:
            return float(plain)
        except ValueError:
            return None
    if not plain or any(sign not in _DIGITS and sign not in _PLACES for sign in plain):
        return None
    return float(_one_by_one(plain) if _is_run(plain) else _by_places(plain))


def read_amount(text: str) -> float | None:
    """The value of Chinese numerals with 万, 亿 and 点: 三万五千 → 35000.0, 六十点五, 壹仟; else None."""
    plain = text.translate(_PLAIN)
    whole, point, decimals = plain.partition("点")
    total = section = 0.0
    for part in re.findall(r"[^万亿]+|[万亿]", whole):
        if part in MULTIPLES:
            if part == "亿":
                total, section = (total + section or 1) * MULTIPLES[part], 0.0
            else:
                total, section = total + (section or 1) * MULTIPLES[part], 0.0
        elif (value := read_number(part)) is not None and not part[0].isdigit():
            section = value
        else:
            return None
    if not point:
        return total + section
    if not decimals or any(sign not in _DIGITS for sign in decimals):
        return None
    return total + section + float("0." + "".join(str(_DIGITS[sign]) for sign in decimals))


def read_ordinal(text: str) -> int:
    """The number of an article or of an item in a list: 十二 → 12, 一百零三 → 103, １５ → 15.

    Any mix of ORDINALS and digits has a value, so that one which cannot be (1十, 二五) fits no sequence.
    Raises ValueError for any other sign.
    """
    return int(text) if text.isdecimal() else _by_places(text)


def read_year(text: str) -> str:
    """The digits of a year one by one: 二〇二四, 二Ｏ二四 → 2024; other signs stay."""
    return "".join(str(_DIGITS.get(sign, sign)) for sign in text).replace("O", "0")


def _is_run(text: str) -> bool:
    return all(sign in _DIGITS for sign in text)


def _one_by_one(text: str) -> int:
    """二〇二五 → 2025."""
    return int("".join(str(_DIGITS[sign]) for sign in text))


def _by_places(text: str) -> int:
    """一百零三 → 103; of digits side by side the last stands."""
    total, digit = 0, 0
    for sign in text:
        if sign in _PLACES:
            total += (digit or 1) * _PLACES[sign]
            digit = 0
        else:
            digit = _DIGITS[sign] if sign in _DIGITS else int(sign)
    return total + digit


def chinese_numeral(number: int) -> str:
    """12 → 十二, 105 → 一百零五, 10020 → 一万零二十; below zero and from a hundred million on in digits."""
    if not 0 <= number < 10**8:
        return str(number)
    if number >= 10_000:
        rest = number % 10_000
        high = chinese_numeral(number // 10_000)
        return f"{high}万{'零' if 0 < rest < 1000 else ''}{_below_10000(rest)}"
    words = _below_10000(number)
    return words.removeprefix("一") if words.startswith("一十") else words or DIGITS[0]


def _below_10000(number: int) -> str:
    words, gap = "", False
    for name, value in reversed(_PLACES.items()):
        digit, number = divmod(number, value)
        if digit:
            words += ("零" if gap and words else "") + DIGITS[digit] + name
        gap = not digit
    return words + ("零" if gap and words else "") + DIGITS[number] if number else words
