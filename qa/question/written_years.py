"""Years and months that a question writes in Chinese digits (二〇三〇年, 二七年, 八月底), → in figures.

Left out: months with nothing behind that dates them (五月花); two digits that follow on one another (二三年
is also two or three years), and short years in figures (23年 is also a length of time).
"""

from __future__ import annotations

import re
from typing import Final

from index.language.numerals import read_ordinal

_DIGITS: Final = "〇一二三四五六七八九"
_ZEROS: Final = str.maketrans("零○", "〇〇")
_DIGIT: Final = r"[〇零○一二三四五六七八九]"
# 二〇二七年, 二零三零年; 二七年前, 一九年的, and no 十二年, 第二八年.
_WHOLE: Final = re.compile(rf"二[〇零○]{_DIGIT}{{2}}(?=年)")
_SHORT: Final = re.compile(
    rf"(?<![〇零○一二三四五六七八九十百千几两第\d])[一二三四]{_DIGIT}(?=年(?!级|龄|纪))"
)
# 八月底, 十一月最后一天, 三月五日, and no 三个月, 第二月, 五月花.
_MONTH: Final = re.compile(
    r"(?<![〇零○一二三四五六七八九十百千几两第个\d])(?P<month>十[一二]?|[一二三四五六七八九])"
    r"月(?=份|底|末|初|[上中下]旬|之?前|以前|最后|\d{1,2}[日号]|[一二三]?十?[一二三四五六七八九十][日号])"
)


def months_in_figures(text: str) -> str:
    """The text with each dated month that is written in Chinese digits in figures: 八月底 → 8月底."""
    return _MONTH.sub(lambda match: f"{read_ordinal(match['month'])}月", text)


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
