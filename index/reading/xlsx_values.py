"""A cell's value as Excel shows it: 0.3 under 0.00% is 30.00%, a day under yyyy"年"m"月" is 2024年9月.

Left out: fractions, scientific notation and formats that depend on the value's size; these come out plain.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

PLACES: Final = 10
"""Decimals of a number without a format; more are the arithmetic's noise: 0.1 + 0.2."""
LARGEST: Final = Decimal(10) ** 15
"""Excel keeps fifteen digits; larger numbers, and what is none, come out as they are stored."""
# What formats say beside the number: [Red], [$-804], _-, *-
_MARKS: Final = re.compile(r"\[[^\[\]]*\]|[_*].")
# "万元", \人
_LITERAL: Final = re.compile(r'"([^"]*)"|\\(.)')
_NUMBER: Final = re.compile(r"[#0?][#0?,]*(?:\.([0#?]+))?(%?)")  # #,##0.00, 0%
_PARTS_OF_DAY: Final = re.compile(r"[hs]", re.IGNORECASE)


def shown_value(value: object, form: str) -> str:
    """The words of a cell's value under its number format."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float | Decimal):
        return _number(Decimal(str(value)), form)
    if isinstance(value, datetime):
        return _day(value, form)
    if isinstance(value, date | time | timedelta):
        return str(value)
    return str(value)


def _number(value: Decimal, form: str) -> str:
    section = _MARKS.sub("", form.split(";", maxsplit=1)[0])
    literals: list[str] = []

    def kept(match: re.Match[str]) -> str:
        literals.append(match[1] or match[2] or "")
        return f"\x00{len(literals) - 1}\x00"  # out of the way of the digits' marks

    pattern = _LITERAL.sub(kept, section)
    found = _NUMBER.search(pattern)
    if form == "General" or not abs(value) < LARGEST or found is None or "E" in pattern or "/" in pattern:
        return _plain(value)
    decimals = len(found[1] or "")
    scaled = value * 100 if found[2] else value
    rounded = scaled.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    digits = (
        f"{rounded:,}" if "," in found[0] else _filled(f"{rounded:f}", _zeros(found[0].partition(".")[0]))
    )
    for _ in range(decimals - _zeros(found[1] or "")):  # 0.## shows no zeros at the end
        digits = digits.removesuffix("0")
    words = f"{pattern[: found.start()]}{digits}{found[2]}{pattern[found.end() :]}"
    return re.sub(r"\x00(\d+)\x00", lambda match: literals[int(match[1])], words).strip()


def _zeros(pattern: str) -> int:
    return pattern.count("0")


def _filled(digits: str, least: int) -> str:
    """With zeros before it where the format has more of them: 7 under 000 is 007."""
    sign, bare = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    whole, point, rest = bare.partition(".")
    return f"{sign}{whole.zfill(least)}{point}{rest}"


def _plain(value: Decimal) -> str:
    if not abs(value) < LARGEST:
        return str(value)
    words = f"{round(value, PLACES):f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def _day(value: datetime, form: str) -> str:
    if "年" in form:
        words = f"{value.year}年"
        words += f"{value.month}月" if "月" in form else ""
        return words + (f"{value.day}日" if "日" in form else "")
    if _PARTS_OF_DAY.search(_LITERAL.sub("", form)) and (value.hour or value.minute):
        return value.strftime("%Y-%m-%d %H:%M")
    return value.date().isoformat()
