"""Words for a time that count from today (今年, 去年底, 下个月) → the time in figures, as documents print it.

They are a closed class: the nouns of time that name a year, quarter or month by its distance from the day of
speaking (Zhu Dexi, 语法讲义, 1982, 3.6 on 时间词; 现代汉语词典, 7th edition, under 今, 明, 去, 本, 上, 下,
来, 后, 前).  Today is `index.search.today`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from index.language.numerals import read_ordinal

_YEARS: Final = {
    "今年": 0, "本年": 0, "当年": 0, "明年": 1, "来年": 1, "后年": 2, "去年": -1, "上年": -1, "前年": -2,
}  # fmt: skip
"""当年 counts from today only at the beginning of a question: elsewhere it is the year spoken of."""
_MONTHS: Final = {"上": -1, "本": 0, "这": 0, "当": 0, "下": 1}
_WORDS = re.compile(
    rf"(?P<year>{'|'.join(_YEARS)})(?:度|年(?=[底末]))?"
    r"|(?P<month>[上本这当下])个?月(?!份?牌)"
    r"|(?P<quarter>[上本这下])个?季度"
    r"|(?<![\d一二三四五六七八九十两几多每跨近往历成中])(?<!\d\s)(?P<end>年[底末])(?!薪|奖)"
)
_SPAN = re.compile(
    r"(?:未来|今后|接下来)?(?<!\d)(?P<count>\d{1,2}|[一二两三四五六七八九十])年(?:之内|以内|内)"
)
LONGEST_SPAN: Final = 30
"""Years; more are no plan's."""


def in_figures(text: str, tags: str, today: date) -> dict[str, str]:
    """Each word for a time that counts from today, with that time: 今年 → 2026年, 下个月 → 2027年1月.

    ``tags`` holds a letter for each character of the text, Y where the question reader read the time that is
    asked for: 我去年没交 tells a story.
    """
    found: dict[str, str] = {}
    for match in _WORDS.finditer(text):
        here = match.group().startswith("当年") and match.start()
        if "Y" in tags[match.start() : match.end()] and not here:
            found[match.group()] = _told(match, today)
    return found


def _told(match: re.Match[str], today: date) -> str:
    if year := match["year"]:
        return f"{today.year + _YEARS[year]}年"
    if month := match["month"]:
        at = today.year * 12 + today.month - 1 + _MONTHS[month]
        return f"{at // 12}年{at % 12 + 1}月"
    if quarter := match["quarter"]:
        at = today.year * 4 + (today.month - 1) // 3 + _MONTHS[quarter]
        return f"{at // 4}年第{'一二三四'[at % 4]}季度"
    return f"{today.year}{match['end']}"


def years_within(text: str, today: date) -> tuple[int, ...]:
    """The years of a span that begins today: 五年内 → this one and the next five; empty without one."""
    match = _SPAN.search(text)
    count = read_ordinal(match["count"]) if match else 0
    return tuple(range(today.year, today.year + count + 1)) if 0 < count <= LONGEST_SPAN else ()
