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
from index.language.years import YEAR
from index.records import Comparison, Deadline, Money, Target

# Words after which a number is to be reached.
_TO_REACH = re.compile(
    r"达到?|提高|提升|上升|增[加长至设]|降低|下降|降至|减少|压减|控制在|保持在|稳定在|实现|完成|新增|新建|改建|扩建|改造"
    r"|建成|建设|建立|培育|打造|创建|创成|治理|力争|争取|实施|开工|筹集|发放|培训|招聘|招收|引进|选派|遴选|选定|集聚|至少"
    r"|选取|形成|推动|推广|发展|面向|查处|引育|研制|获批|开发|压缩|缩短|推出|孵化|打通|储备|吸引|招引|落地|梳理|编制|制修?订|布局|带动|惠及|遴选|覆盖|服务"
    r"|配备|举办|组建|开通|布设|整治|修复|修建|更新|设立|认定|签订|合作|开展|纵深推进|办好|办强|不[低少小高大多]于|不超|不得|突破|超过"
)
# 建成|一所, 新增|三个: 一个 and 两条 count only right after building words.
_BUILT = re.compile(
    r"(?:建设|建成|新建|新增|培育|打造|创建|选派|举办|建|实施|完成|启用|办好|设立|增设)(?:各|至少)?$"
)
_VAGUE = frozenset("个条项人次支张件期场对村镇路只头块名套")
# What is or was.
_IS_OR_WAS = re.compile(
    r"目前|现有|现状|现已|已(?!经批准)|曾|截至|截止|同比|环比|去年|上年(?!度?[^，,。]*[降提增])|当前|原有|过去|共有|下设|[其另]他.{0,3}$|[由从][^，,。]{0,8}$|累计(?!建成)|合计|共计|出动"
    r"|共(?=举办|组织|完成|开展|筹|投|捐|发|收|派|接)"
)
# A sentence that reports: numbers without a year in it are no targets.
_REPORTS = re.compile(
    r"截至|据统计|据悉|据了解|同比|环比|日前|近日|昨[天日]|今天|目前[，,]|以来[，,]|记者|已(?!经批准|[一-鿿]{1,6}的)|\d日[，,]"
)
_WAS_AFTER = re.compile(r"[^，,。；;]{0,24}(?:基础上|已建成|已[完实投])")
# 90%|的市达到…
_SHARE_THAT = re.compile(r"的[^，。；]{0,20}(?:达到|实现|完成|建成|通过|覆盖|具备)")
# 按…的20%予以资助, 实际投资额30%的财政补助: a rate by which is paid
_RATE = re.compile(r"按|给予|予以|补助|资助|奖励|补贴|奖补|贴息|返还|减免|利率|税率|征收|抵扣|预留|扣除")
# 每认定|1家, 禁止|超过100米
_PER_ONE = re.compile(r"每(?:新)?(?:认定|引进|培育|增加|建设|新增|完成|获得|少|多|推广)?$|禁止$")
# What is measured in 元 and no sum that is given or raised: 产业规模, 营业收入, 产值
_LEVEL = re.compile(
    r"(?:产值|收入|营收|规模|增加值|销售额|交易额|贸易额|进出口额?|生产总值|GDP|零售额|产出|总量)[^，,。；;]{0,6}$"
)
# 收入过200亿元|的软件产业集群, 年产值超100亿元|、具备较强竞争力的龙头企业: who is meant
_OF_WHOM = re.compile(r"(?:及?以上)?的|、[^，。；]{2,30}的")
# 专家|不少于5人: who must be there
_QUORUM = re.compile(r"(?:专家|评委|委员|代表|成员|工作人员)[^，。]{0,3}$")
_NO_LEVEL = re.compile(r"资金|基金|投资|补助|奖励|给予|对[^，。]{2,}|贷款|融资|以上的?企业|的(?:企业|法人)")
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
_COUNTED_NOUN = re.compile(
    r"(?:效率|指数|水平|系数|指标|密度|强度|比值?|就业|人数|数量|总数|人口|户数|人次)(?:达到?|[提降增升][高低加至到]*)?$"
)
_TITLE = re.compile(r"《[^《》]{0,120}》|〔\d{4}〕")
# 三年内, 6个月内: a term of its own, counted from no year.
_OTHER_TERM = re.compile(r"[一二两三四五六七八九十\d]+(?:年|个月)[之以]?内")
_PAST_YEAR = re.compile(rf"(?<![\d—\-～~至到《])({YEAR})年(?![—\-～~至到底前末])")
# What may stand before the year that opens a paragraph: （一）总体目标。, ——规模扩大。
_OPENS = re.compile(r"(?:[^。，；]{0,40}[。：:])?[^。；]{0,160}")
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
    goes_on: bool
    past: bool


def find_quantities(
    text: str, offset: int, deadlines: Sequence[Deadline], *, issued: int | None = None
) -> tuple[Target | Money, ...]:
    """Targets and money of ``text``, which begins at ``offset``; ``deadlines`` are those of the same text.

    ``issued`` is the year of the document: what a sentence says of a year before is no target.
    """
    quoted = [found.span() for found in _TITLE.finditer(text)]
    found: list[Target | Money] = []
    carried, sentence, last_end, last_target = "", 0, 0, -1
    for measure in read_measures(text):
        if any(start <= measure.start < end for start, end in quoted):
            continue
        edge = _after_last(text, measure.start, _SENTENCE_EDGE)
        if edge != sentence:
            carried, sentence = "", edge
        before = text[edge : measure.start]
        past = issued is not None and any(int(year) < issued for year in _PAST_YEAR.findall(before))
        place = _place(
            text,
            offset,
            measure,
            deadlines,
            carried=carried,
            last_end=last_end,
            goes_on=last_target >= edge,
            past=past,
        )
        if fact := _fact(text, offset, measure, place):
            found.append(fact)
            last_target = measure.start if isinstance(fact, Target) else last_target
        carried, last_end = place.subject, measure.end
    return tuple(found)


def _place(
    text: str,
    offset: int,
    measure: Measure,
    deadlines: Sequence[Deadline],
    *,
    carried: str,
    last_end: int,
    goes_on: bool,
    past: bool,
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
    past = past and year is None
    return _Place(own, text[part:at], text[sentence:at], after, subject, year, goes_on=goes_on, past=past)


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
    if (opening := _opening(text, offset, deadlines, measure, passed)) is not None:
        return opening
    if passed < len(deadlines) and deadlines[passed].bound in ("end", "before"):
        between = text[measure.end : deadlines[passed].start - offset]
        if not any(edge in between for edge in _PART_EDGE):
            return deadlines[passed].year
    return None


def _opening(
    text: str, offset: int, deadlines: Sequence[Deadline], measure: Measure, passed: int
) -> int | None:
    """The year that opens the paragraph and holds for its other sentences: 到2030年，…。培育8家…."""
    paragraph = text.rfind("\n", 0, measure.start) + 1
    close = text.find("\n", measure.end)
    last = offset + (close if close >= 0 else len(text))
    within = [one for one in deadlines if offset + paragraph <= one.start < last]
    if len(within) != 1 or not passed or within[0].bound not in ("by", "end", "before"):
        return None
    before = text[paragraph : within[0].start - offset]
    return within[0].year if _OPENS.fullmatch(before) else None


def _fact(text: str, offset: int, measure: Measure, place: _Place) -> Target | Money | None:
    words = text[measure.start : measure.end]
    start, end = offset + measure.start, offset + measure.end
    comparison = _comparison(measure, place.part)
    is_money = measure.unit == "元" or (
        measure.unit == "" and measure.scaled and _MONEY_NOUN.search(place.own)
    )
    level = _LEVEL.search(place.own) and not _NO_LEVEL.search(place.own) and not _OF_WHOM.match(place.after)
    if is_money and level and not place.past and not _is_past(place) and measure.times:
        unit = measure.times + "元"
        return Target(start, end, words, place.subject, measure.printed, unit, comparison, place.year)
    if is_money and not place.after.startswith(_FOREIGN):
        return Money(start, end, words, place.subject, measure.value, comparison, place.year)
    if is_money or not _is_target(words, measure, place):
        return None
    unit = measure.times + measure.unit
    return Target(start, end, words, place.subject, measure.printed, unit, comparison, place.year)


def _is_target(words: str, measure: Measure, place: _Place) -> bool:  # noqa: PLR0911 - one test a line
    shared = _SHARE_THAT.match(place.after) if measure.unit == "%" else place.after.startswith("的“")
    built = _BUILT.search(place.own) or place.own.endswith("形成") or shared
    if (_PICKS_OUT.match(place.after) and not built) or (not _GROWS.search(place.own) and _is_past(place)):
        return False
    if "分之" in words and "百分之" not in words:
        return False  # a share in words: 三分之二以上
    if measure.unit == "人" and _QUORUM.search(place.own):
        return False
    if place.past or _PER_ONE.search(place.own) or (measure.unit == "%" and _is_rate(place)):
        return False
    if measure.unit == "":
        noun = _COUNTED_NOUN.search(place.own)
        return noun is not None and (measure.comparison != "=" or noun[0].endswith(("到", "达", "至")))
    if measure.chinese and measure.unit in _VAGUE:
        return bool(_BUILT.search(place.own))
    if place.year is not None or _REPORTS.search(place.sentence):
        return place.year is not None
    asked = bool(_TO_REACH.search(place.part + words) or _ASKED_AFTER.match(place.after))
    asked = asked or bool(place.goes_on and measure.comparison != "=") or bool(shared)
    return asked or ("对" in place.part and _DONE_TO.match(place.after) is not None)


def _is_rate(place: _Place) -> bool:
    """Whether a percentage is that of a subsidy, a tax or an interest, and no share to reach."""
    after = re.split("[，,。；;]", place.after)[0]
    reached = re.search(r"率[^，。]{0,6}$|达到?$|[高升降]到$|占比|比重|比例", place.own)
    return not reached and bool(_RATE.search(place.part) or _RATE.search(after))


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
