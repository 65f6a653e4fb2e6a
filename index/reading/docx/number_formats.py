"""Numbers as Word prints them before a paragraph: 三十一, 贰, ⑫, XIV, ab.

Left out: which number a paragraph has (`numbering`), and the counting of languages other than Chinese
and Latin, which comes out in Arabic digits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from index.language.numerals import DIGITS, chinese_numeral

_LEGAL: Final = str.maketrans("一二三四五六七八九十百千万", "壹贰叁肆伍陆柒捌玖拾佰仟萬")
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: Final = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


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
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"),
        chinese_numeral,
    ),
    "taiwaneseCountingThousand": chinese_numeral,
    **dict.fromkeys(
        ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"),
        _one_by_one("〇" + DIGITS[1:]),
    ),
    **dict.fromkeys(
        ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"),
        lambda number: chinese_numeral(number).translate(_LEGAL),
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
