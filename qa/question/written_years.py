"""Years and months that a question writes in Chinese digits (二〇三〇年, 二七年, 八月底), → in figures.

Left out: two digits that follow on one another (二三年 is also two or three years), and short years in
figures (23年 is also a length of time).
"""

from __future__ import annotations

import re
from typing import Final

from index.language.numerals import read_ordinal
from qa.question.terms import part_of_speech

_DIGITS: Final = "〇一二三四五六七八九"
_ZEROS: Final = str.maketrans("零○", "〇〇")
_DIGIT: Final = r"[〇零○一二三四五六七八九]"
# 二〇二七年, 二零三零年; 二七年前, 一九年的, and no 十二年, 第二八年.
_WHOLE: Final = re.compile(rf"二[〇零○]{_DIGIT}{{2}}(?=年)")
_SHORT: Final = re.compile(
    rf"(?<![〇零○一二三四五六七八九十百千几两第\d])[一二三四]{_DIGIT}(?=年(?!级|龄|纪))"
)
# 八月, 十一月, and no 三个月, 第二月, 七八月, 三至五月.
_MONTH: Final = re.compile(
    r"(?<![〇零○一二三四五六七八九十百千几两第个\d])(?<![一二三四五六七八九十][至到])"
    r"(?P<month>十[一二]?|[一二三四五六七八九])月"
)
_DATING: Final = ("份", "中", "日")
"""How words that jieba's dictionary does not tag as times date a month: 三月份, 三月中, 十月十日."""
LONGEST_NAME: Final = 6
"""Characters of the longest word of jieba's dictionary that begins with a month (三月不知肉味)."""


def months_in_figures(text: str) -> str:
    """The text with its months that are written in Chinese digits in figures (八月底 → 8月底), but for those
    that begin a longer word of the dictionary which is no time: 五月花, 十月革命."""
    return _MONTH.sub(lambda match: match.group() if _names(match) else _month(match), text)


def _month(match: re.Match[str]) -> str:
    return f"{read_ordinal(match['month'])}月"


def _names(match: re.Match[str]) -> bool:
    """True where the month begins a longer word that is no time."""
    ends = range(match.end() + 1, min(match.start() + LONGEST_NAME, len(match.string)) + 1)
    words = (match.string[match.start() : end] for end in ends)
    others = (word for word in words if not word.endswith(_DATING))
    return any((tag := part_of_speech(word)) and not tag.startswith("t") for word in others)


def whole_years_in_figures(text: str) -> str:
    """The text with each year that is written in four Chinese digits in figures: 二〇二七年 → 2027年."""
    return _WHOLE.sub(lambda match: _figures(match.group()), text)


def short_years(text: str) -> dict[str, str]:
    """Each year that is written by its last two digits, with 年, and the same in figures: 二七年 → 2027年."""
    found = (match.group() for match in _SHORT.finditer(text))
    return {f"{words}年": f"20{_figures(words)}年" for words in found if not _follow_on(words)}


def _figures(words: str) -> str:
    return "".join(str(_DIGITS.index(one)) for one in words.translate(_ZEROS))


def _follow_on(words: str) -> bool:
    """三四年: three or four years."""
    figures = _figures(words)
    return int(figures[1]) == int(figures[0]) + 1
