"""Numbers as documents print them: 1,858, 3.6, 三十, 两, 五百万 and 二〇二五."""

from __future__ import annotations

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "Ｏ": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
MULTIPLES = {
    "万": 10_000,
    "亿": 100_000_000,
    "百": 100,
    "千": 1000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "万亿": 10**12,
}
CHINESE = "零〇○一二三四五六七八九十百千两"


def read_number(text: str) -> float | None:
    """The value of Arabic or Chinese digits without 万 or 亿: 1,858 -> 1858.0, 三十 -> 30.0; else None."""
    plain = text.replace(",", "").replace("，", "")
    if plain and plain[0].isdigit():
        try:
            return float(plain)
        except ValueError:
            return None
    return _read_chinese(plain)


def _read_chinese(text: str) -> float | None:
    if not text or any(c not in _DIGITS and c not in _PLACES for c in text):
        return None
    if all(c in _DIGITS for c in text):
        return float("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for character in text:
        if character in _PLACES:
            total += (digit or 1) * _PLACES[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return float(total + digit)
