"""Numbers as Word prints them before a paragraph: 三十一, 贰, ⑫, XIV, ab.

Left out: which number a paragraph has (`docx_numbering`), and the counting of languages other than Chinese
and Latin, which comes out in Arabic digits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

_DIGITS: Final = "零一二三四五六七八九"
_LEGAL: Final = str.maketrans("一二三四五六七八九十百千万", "壹贰叁肆伍陆柒捌玖拾佰仟萬")
_PLACES: Final = ((1000, "千"), (100, "百"), (10, "十"))
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: Final = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def chinese(number: int) -> str:
    """12 → 十二, 105 → 一百零五, 10020 → 一万零二十; below zero and from a hundred million on in digits."""
    if not 0 <= number < 10**8:
        return str(number)
    if number >= 10_000:
        rest = number % 10_000
        return f"{chinese(number // 10_000)}万{'零' if 0 < rest < 1000 else ''}{_below_10000(rest)}"
    words = _below_10000(number)
    return words.removeprefix("一") if words.startswith("一十") else words or _DIGITS[0]


def _below_10000(number: int) -> str:
    words, gap = "", False
    for value, name in _PLACES:
        digit, number = divmod(number, value)
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + name
        gap = not digit
    return words + ("零" if gap and words else "") + _DIGITS[number] if number else words


def _one_by_one(digits: str) -> Callable[[int], str]:
    return lambda number: "".join(digits[int(digit)] for digit in str(number))


def _from(signs: str) -> Callable[[int], str]:
    """The sign at that place, begun again after the last: 甲 … 癸, 甲."""
    return lambda number: signs[(number - 1) % len(signs)]


def _enclosed(*firsts: tuple[int, int, int]) -> Callable[[int], str]:
    """Signs of Unicode from a first character on, for numbers from … to …; digits beyond."""

    def sign(number: int) -> str:
        for code, low, high in firsts:
            if low <= number <= high:
                return chr(code + number - low)
        return str(number)

    return sign


def _roman(number: int) -> str:
    words = ""
    for value, letters in _ROMAN:
        words += letters * (number // value)
        number %= value
    return words


def _letters(number: int) -> str:
    """1 → A, 27 → AA, 28 → BB, as Word counts."""
    return chr(ord("A") + (number - 1) % 26) * (1 + (number - 1) // 26)


_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "none": lambda _: "",
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": _one_by_one("０１２３４５６７８９"),
    "decimalFullWidth2": _one_by_one("０１２３４５６７８９"),
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"), chinese
    ),
    "taiwaneseCountingThousand": chinese,
    **dict.fromkeys(
        ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"),
        _one_by_one("〇" + _DIGITS[1:]),
    ),
    **dict.fromkeys(
        ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"),
        lambda number: chinese(number).translate(_LEGAL),
    ),
    "ideographTraditional": _from(_STEMS),
    "ideographZodiac": _from(_BRANCHES),
    **dict.fromkeys(
        ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"),
        _enclosed((0x2460, 1, 20), (0x3251, 21, 35), (0x32B1, 36, 50)),
    ),
    "decimalEnclosedParen": _enclosed((0x2474, 1, 20)),
    "decimalEnclosedFullstop": _enclosed((0x2488, 1, 20)),
    "ideographEnclosedCircle": _enclosed((0x3280, 1, 10)),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
}
"""By the name of w:numFmt; any other counts in Arabic digits."""


def counted(number: int, form: str) -> str:
    """A number as w:numFmt ``form`` prints it; those that have no zero or less print it in digits."""
    return _FORMATS.get(form, str)(number) if number > 0 or form == "none" else str(number)
