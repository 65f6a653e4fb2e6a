"""Intervals as documents and questions print them: 80至89周岁, 百岁以上, 满六十日, 超过1亿元, 不足3年.

Amounts are read by ``index.facts.amounts``; here ages and lengths of time are added, which that module
leaves out, and both ends of a range are kept.  Months and years are one scale, weeks and days another; a
calendar is needed between the two, so that 60日 and 两个月 are not compared.  Left out: times of the day, and
intervals that two sentences give.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.facts.amounts import Measure, read_measures
from index.language.numerals import CHINESE, read_amount, read_number

_NUMBER = rf"(?:\d{{1,12}}(?:\.\d{{1,6}})?|[{CHINESE}]{{1,12}})"
# 80至89周岁, 百岁以上, 满六十日, 不超过三年, 连续三个月, 35岁(含)以下
_TIME = re.compile(
    rf"(?P<before>不超过|不得超过|不满|不足|未满|不低于|不少于|超过|少于|低于|大于|小于|年满|已满|满|连续|累计)?\s?"
    rf"(?<![第\d.〔])(?P<low>{_NUMBER})\s?(?:(?:周?岁|年|个?月|日|天)?\s?[-—–~～至到]\s?(?P<high>{_NUMBER})\s?)?"
    r"(?P<unit>周?岁|年(?!代|度|级|底|末|初|产|均|龄)|个月|个工作日|工作日|日|天|小时|星期|周(?!岁|年|边|期))"
    r"(?P<after>[(（]含[）)])?(?P<side>及?以上|及?以下|以内|之内|之前|以前|以后)?"
)
_SCALES = {
    "岁": ("岁", 1), "周岁": ("岁", 1), "年": ("月", 12), "个月": ("月", 1), "日": ("日", 1), "天": ("日", 1),
    "周": ("日", 7), "星期": ("日", 7), "个工作日": ("工作日", 1), "工作日": ("工作日", 1),
    "小时": ("小时", 1),
}  # fmt: skip
LENGTHS = frozenset({"月", "日", "工作日", "小时"})
"""Units of lengths of time."""
_CALENDAR_YEAR = re.compile(r"(?:19|20)\d\d$|[一二]?[零〇一二三四五六七八九]{4}$")
# 5月|20日, 2026年|3月: a day of the calendar
_IN_A_DATE = re.compile(r"[年月]\s*$")
_AT_LEAST = frozenset({"不低于", "不少于", "满", "年满", "已满", "连续", "累计", "以上", "及以上"})
_MORE = frozenset({"超过", "大于"})
_AT_MOST = frozenset({"不超过", "不得超过", "以下", "及以下", "以内", "之内"})
_LESS = frozenset({"不满", "不足", "未满", "少于", "低于", "小于"})


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers from ``low`` to ``high`` in ``unit``; ``open_low``, ``open_high``: that end itself is out.

    ``start`` and ``end`` are offsets of its words.  A number without a bound has both ends alike.
    """

    start: int
    end: int
    low: float
    high: float
    unit: str
    open_low: bool = False
    open_high: bool = False

    @property
    def single(self) -> bool:
        """True for one number."""
        return self.low == self.high

    @property
    def bounded(self) -> bool:
        """True where the words say from or up to which number: 80至89岁, 三年以上."""
        return not self.single

    def holds(self, value: float) -> bool:
        """Whether the number lies in it."""
        above = value > self.low if self.open_low else value >= self.low
        below = value < self.high if self.open_high else value <= self.high
        return above and below


def read_intervals(text: str) -> list[Interval]:
    """Every interval and number with a unit of ``text``, in order; offsets in ``text``."""
    found = [*_times(text), *(_of_measure(one) for one in read_measures(text) if one.unit)]
    kept: list[Interval] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if kept and one.start < kept[-1].end:
            continue
        if kept and (both := _joined(text, kept[-1], one)):
            kept[-1] = both
        else:
            kept.append(one)
    return kept


def _joined(text: str, first: Interval, second: Interval) -> Interval | None:
    """满60周岁不满80周岁 as one interval; None where the two are not its ends."""
    between = text[first.end : second.start].strip("，,、且并但的 ")
    ends = first.high == math.inf and second.low == -math.inf and first.low < second.high
    if between or not ends or first.unit != second.unit:
        return None
    sides = {"open_low": first.open_low, "open_high": second.open_high}
    return Interval(first.start, second.end, first.low, second.high, first.unit, **sides)


def _times(text: str) -> Iterator[Interval]:
    for match in _TIME.finditer(text):
        if match["unit"] in {"年", "日"} and (
            _CALENDAR_YEAR.match(match["low"]) or _IN_A_DATE.search(text, 0, match.start("low"))
        ):
            continue
        unit, times = _SCALES[match["unit"]]
        low = _value(match["low"])
        high = _value(match["high"]) if match["high"] else None
        if low is not None:
            found = Interval(match.start(), match.end(), low * times, low * times, unit)
            words = {match["before"], match["side"]}
            yield replace(found, high=high * times) if high is not None else _bounded(found, words)


def _value(words: str) -> float | None:
    return read_number(words) if words[0].isdigit() else read_amount(words)


def _bounded(one: Interval, words: set[str | None]) -> Interval:
    """The number as the end that the words before and behind it make it."""
    if words & (_AT_MOST | _LESS):
        return replace(one, low=-math.inf, open_high=bool(words & _LESS))
    if words & (_AT_LEAST | _MORE):
        return replace(one, high=math.inf, open_low=bool(words & _MORE))
    return one


def _of_measure(measure: Measure) -> Interval:
    """An amount with its comparison; 80-90万元 is read from its lower end."""
    unit = re.sub(r"^[万亿]", "", measure.unit)
    ends = {
        ">=": (measure.value, math.inf), ">": (measure.value, math.inf),
        "<=": (-math.inf, measure.value), "<": (-math.inf, measure.value),
    }.get(measure.comparison, (measure.value, measure.value))  # fmt: skip
    return Interval(
        measure.start,
        measure.end,
        *ends,
        unit,
        open_low=measure.comparison == ">",
        open_high=measure.comparison == "<",
    )
