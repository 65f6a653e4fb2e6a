"""Targets and money: a quantity with its comparison, subject and the year it stands under.

A number counts as a target where it has a unit and where the words around it say that it is to be
reached: it stands under a deadline, after a verb such as 新增, 达到 or 建成, or is a limit (不低于30%).
The year is that of the nearest deadline before it in the sentence, else of one right after it; a
subject that is not repeated is carried on (2024年,…比例达到27%,2025年达到30%).  Every amount in 元 is
money; an amount without 元 only after 产值, 投资 and the like (产值达300亿).

Left out: what is or was (目前的56.5%, 13个…已建成, 截至), which gives no target at all; conditions that
pick things out (人口10万人以上的县, 85%的污水厂); numbers inside 《》.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from index.facts.amounts import Measure, read_measures
from index.facts.subjects import subject_of
from index.records import Comparison, Deadline, Money, Target

# Words after which a number is to be reached.
_TO_REACH = re.compile(
    r"达到?|提高|提升|上升|增[加长至设]|降低|下降|降至|减少|压减|控制在|保持在|稳定在|实现|完成|新增|新建|改建|扩建|改造"
    r"|建成|建设|建立|培育|打造|创建|创成|治理|力争|争取|实施|开工|筹集|发放|培训|招聘|招收|引进|选派|遴选|选定|集聚|至少"
    r"|配备|举办|组建|开通|布设|整治|修复|修建|更新|设立|认定|签订|合作|开展|纵深推进|办好|办强|不[低少小高大多]于|不超|不得|突破|超过"
)
# 建成|一所, 新增|三个: 一个 and 两条 count only right after building words.
_BUILT = re.compile(
    r"(?:建设|建成|新建|新增|培育|打造|创建|选派|举办|建|实施|完成|启用|办好|设立|增设)(?:各|至少)?$"
)
_VAGUE = frozenset("个条项人次支张件期场对村镇路只头块名套")
# What is or was.
_IS_OR_WAS = re.compile(
    r"目前|现有|现状|现已|已(?!经批准)|曾|截至|截止|同比|环比|去年|上年(?!度?[^，,。]*[降提增])|当前|原有|过去|共有|下设|[其另]他|[由从][^，,。]{0,8}$|累计(?!建成)|合计|共计|出动"
    r"|共(?=举办|组织|完成|开展|筹|投|捐|发|收|派|接)"
)
# A sentence that reports: numbers without a year in it are no targets.
_REPORTS = re.compile(
    r"截至|据统计|据悉|据了解|同比|环比|日前|近日|昨[天日]|今天|目前[，,]|以来[，,]|记者|已(?!经批准)|\d日[，,]"
)
_WAS_AFTER = re.compile(r"[^，,。；;]{0,24}(?:基础上|已建成|已[完实投])")
_GROWS = re.compile(r"(?:提高|增[加长]|提升|下降|降低|减少|翻)$")
# 10万人以上|的县(市), 85%|的污水厂; but 30%以上|的面积 is a share of something.
_PICKS_OUT = re.compile(
    r"的(?!面积|比例|部分|区域|行政村|人口|份额|任务|目标|标准|总体|要求|速度|增长|[，,。；、])"
)
# 机动车保有量1.1-1.5倍|的要求.
_ASKED_AFTER = re.compile(r"的(?:要求|标准|目标)")
_DONE_TO = re.compile(r"[^，,。；;]{0,30}?(?:进行|予以)")
_ADDS = re.compile(r"新增|净增|增设|增加(?![到至])")
_CAPS = re.compile(r"控制在(?:[^，,。]{0,2})$")
_AT_LEAST = re.compile(r"至少|不少于|不低于")
_MONEY_NOUN = re.compile(
    r"(?:产值|投资|资金|收入|营收|税收|总额|消费|贷款|融资|增加值|销售额|交易额|规模)(?:[^，,。；]{0,5})$"
)
_COUNTED_NOUN = re.compile(r"(?:就业|人数|数量|总数|人口|户数|人次)(?:达到?)?$")
_TITLE = re.compile(r"《[^《》]{0,120}》|〔\d{4}〕")
# 三年内, 6个月内: a term of its own, counted from no year.
_OTHER_TERM = re.compile(r"[一二两三四五六七八九十\d]+(?:年|个月)[之以]?内")
_FOREIGN = ("美元", "欧元", "港元", "日元", "港币")
_PART_EDGE, _SENTENCE_EDGE = "，,。；;：:！？\n!?", "。！？\n!?"
_NO_THING = frozenset({"%", "‰", "个百分点", "元", ""})


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a quantity stands: ``own`` words that are its alone, its sentence part and sentence before it."""

    own: str
    part: str
    sentence: str
    after: str
    subject: str
    year: int | None


def find_quantities(text: str, offset: int, deadlines: Sequence[Deadline]) -> tuple[Target | Money, ...]:
    """Targets and money of ``text``, which begins at ``offset``; ``deadlines`` are those of the same text."""
    quoted = [found.span() for found in _TITLE.finditer(text)]
    found: list[Target | Money] = []
    carried, sentence, last_end = "", 0, 0
    for measure in read_measures(text):
        if any(start <= measure.start < end for start, end in quoted):
            continue
        edge = _after_last(text, measure.start, _SENTENCE_EDGE)
        if edge != sentence:
            carried, sentence = "", edge
        place = _place(text, offset, measure, deadlines, carried=carried, last_end=last_end)
        if fact := _fact(text, offset, measure, place):
            found.append(fact)
        carried, last_end = place.subject, measure.end
    return tuple(found)


def _place(
    text: str, offset: int, measure: Measure, deadlines: Sequence[Deadline], *, carried: str, last_end: int
) -> _Place:
    at = measure.start
    sentence = _after_last(text, at, _SENTENCE_EDGE)
    part = _after_last(text, at, _PART_EDGE)
    passed = bisect_right(deadlines, offset + at, key=_end)
    deadline_end = deadlines[passed - 1].end - offset if passed else 0
    own = text[max(part, last_end, deadline_end) : at]
    after = text[measure.end : measure.end + 40]
    counted = measure.unit not in _NO_THING
    subject = subject_of(own, after, carried, counted=counted, listed=last_end > part)
    year = _year(text, offset, deadlines, measure, sentence)
    return _Place(own, text[part:at], text[sentence:at], after, subject, year)


def _after_last(text: str, at: int, edges: str) -> int:
    """The position after the last of ``edges`` before ``at``; 0 where there is none."""
    return max(text.rfind(edge, 0, at) for edge in edges) + 1


def _end(deadline: Deadline) -> int:
    return deadline.end


def _year(
    text: str, offset: int, deadlines: Sequence[Deadline], measure: Measure, sentence: int
) -> int | None:
    """The year of the nearest deadline before in the sentence, else of one in the same part after it."""
    passed = bisect_right(deadlines, offset + measure.start, key=_end)
    for deadline in reversed(deadlines[max(0, passed - 3) : passed]):
        if deadline.start - offset < sentence:
            break
        if deadline.bound != "start":
            between = text[deadline.end - offset : measure.start]
            return None if _OTHER_TERM.search(between) else deadline.year
    if passed < len(deadlines) and deadlines[passed].bound in ("end", "before"):
        between = text[measure.end : deadlines[passed].start - offset]
        if not any(edge in between for edge in _PART_EDGE):
            return deadlines[passed].year
    return None


def _fact(text: str, offset: int, measure: Measure, place: _Place) -> Target | Money | None:
    words = text[measure.start : measure.end]
    start, end = offset + measure.start, offset + measure.end
    comparison = _comparison(measure, place.part)
    is_money = measure.unit == "元" or (
        measure.unit == "" and measure.scaled and _MONEY_NOUN.search(place.own)
    )
    if is_money and not place.after.startswith(_FOREIGN):
        return Money(start, end, words, place.subject, measure.value, comparison, place.year)
    if is_money or not _is_target(words, measure, place):
        return None
    return Target(start, end, words, place.subject, measure.value, measure.unit, comparison, place.year)


def _is_target(words: str, measure: Measure, place: _Place) -> bool:
    if _PICKS_OUT.match(place.after) or (not _GROWS.search(place.own) and _is_past(place)):
        return False
    if measure.unit == "":
        return bool(_COUNTED_NOUN.search(place.own)) and measure.comparison != "="
    if measure.chinese and measure.unit in _VAGUE:
        return bool(_BUILT.search(place.own))
    if place.year is not None or _REPORTS.search(place.sentence):
        return place.year is not None
    asked = _TO_REACH.search(place.part + words) or _ASKED_AFTER.match(place.after)
    return bool(asked) or ("对" in place.part and _DONE_TO.match(place.after) is not None)


def _is_past(place: _Place) -> bool:
    return bool(_IS_OR_WAS.search(place.own) or _WAS_AFTER.match(place.after))


def _comparison(measure: Measure, part: str) -> Comparison:
    if measure.comparison != "=":
        return measure.comparison
    if _CAPS.search(part):
        return "<="
    if _AT_LEAST.search(part):
        return ">="
    return "+" if _ADDS.search(part) else "="
