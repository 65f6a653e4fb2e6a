"""Figures that a sentence works out of its others: a sum (合计7.2亿元), a difference, a count.

Such a figure stands in no clause and is right where the arithmetic is; the figures that it is made of must
stand themselves.  Left out: figures worked out of what the sentence does not say.
"""

from __future__ import annotations

import re
from typing import Final

from index.facts.amounts import Measure, read_measures
from index.language.numerals import read_number
from qa.llm.stated import Element

# 合计投资7.2亿元, 共47.45公里, 总计8人.
_SUM: Final = re.compile(r"(?:合计|共计|总计|累计|总共|一共|共)[一-鿿]{0,6}$")
# 提高7个百分点, 相差3公里.
_DIFFERENCE: Final = re.compile(r"(?:提高|增加|上升|提升|增长|下降|降低|减少|相差|高出|低出?|多出?|少)了?$")
_SAME_UNIT: Final = {"名": "人", "个百分点": "%"}
_COUNT: Final = re.compile(r"(?P<count>[两二三四五六七八九十])(?:个?方面|大?类|[个条项]|期)")
_LIST_EDGE: Final = re.compile(r"[、,]|[和与及](?=[一-鿿]{4})")
_NEARLY: Final = 1e-6


def works_out(element: Element, sentence: str) -> bool:
    """Whether a figure or numeral of the folded sentence is the sum, difference or count of others."""
    measures = [_same_unit(one) for one in read_measures(sentence)]
    mine = next((one for one in measures if one.start <= element.start < one.end), None)
    if element.text[0].isdigit():
        return mine is not None and _is_made_of(mine, measures, sentence)
    counted = _COUNT.match(sentence, element.start)
    return counted is not None and _counts(counted, measures, sentence)


def _is_made_of(mine: Measure, measures: list[Measure], sentence: str) -> bool:
    others = [
        one.value for one in measures if one.start != mine.start and one.unit == mine.unit and not one.chinese
    ]
    before = sentence[: mine.start]
    if len(others) < 2:
        return False
    if _SUM.search(before):
        return abs(sum(others) - mine.value) < _NEARLY * max(1.0, mine.value)
    return (
        len(others) == 2
        and bool(_DIFFERENCE.search(before))
        and abs(abs(others[0] - others[1]) - mine.value) < _NEARLY
    )


def _counts(counted: re.Match[str], measures: list[Measure], sentence: str) -> bool:
    """Whether as many things are listed as are counted: 三条公路共47.45公里, 其中…; 从…和…两个方面."""
    wanted = read_number(counted["count"])
    summed = next((one for one in measures if _SUM.search(sentence[: one.start]) and not one.chinese), None)
    if summed and _is_made_of(summed, measures, sentence):
        return wanted == sum(one.unit == summed.unit and not one.chinese for one in measures) - 1
    before = re.search(r"(?:从|在|围绕|包括)([^,;。]+)$", sentence[: counted.start()])
    return before is not None and wanted == len(_LIST_EDGE.split(before[1]))


def _same_unit(one: Measure) -> Measure:
    unit = _SAME_UNIT.get(one.unit, one.unit)
    return Measure(one.start, one.end, one.value, unit, one.comparison, one.chinese, one.scaled)
