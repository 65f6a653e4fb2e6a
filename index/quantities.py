"""Targets and money: a quantity with its comparison, subject and the year it stands under.

A number counts as a target where it has a unit and where the words around it say that it is to be
reached: it stands under a deadline, after a verb such as 新增, 达到 or 建成, or after a rate (…率100%).
The year is that of the nearest deadline before it in the sentence, else the only one after it; a
subject that is not repeated is carried on (2024年,…比例达到27%,2025年达到30%).  Every amount in 元 is
money; an amount without 元 only after 产值, 投资 and the like (产值达300亿).

Left out: what is or was (目前的56.5%, 13个…已建成, 截至), conditions that pick things out (人口10万人以上的县,
85%的污水厂), and numbers inside 《》.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.measures import Measure, read_measures
from index.records import Comparison, Deadline, Money, Target
from index.subjects import subject_of

# Words after which a number is to be reached.
_TO_REACH = re.compile(
    r"达到?|提高|提升|上升|增[加长至设]|降低|下降|降至|减少|压减|控制在|保持在|稳定在|实现|完成|新增|新建|改建|扩建|改造|建成|建设|建立|培育|打造|创建|创成|治理|力争|争取"
    r"|实施|开工|筹集|发放|培训|招聘|招收|引进|选派|遴选|选定|集聚|累计|至少|配备|举办|组建|开通|布设|整治|修复|修建|更新|设立|认定|签订|合作|开展|推进|办好|办强|不超|不得|突破|超过|低于|少于"
)
# 建成一所, 新增三个: with Chinese numerals 一个 and 两条 count only right after building words.
_BUILT = re.compile(
    r"(?:建设|建成|新建|新增|培育|打造|创建|选派|举办|建|实施|完成|启用|办好|设立|增设|座、[一-鿿]{1,6}|桥|[馆院校园站场])(?:各|至少)?$"
)
_VAGUE = frozenset(
    {
        "个",
        "条",
        "项",
        "人",
        "次",
        "支",
        "张",
        "件",
        "期",
        "场",
        "对",
        "村",
        "镇",
        "路",
        "只",
        "头",
        "块",
        "名",
    }
)
# Rates, which need no verb: 垃圾处理率|100%, 占比|60%以上.
_RATE = re.compile(r"(?:率|比例|占比|比重|覆盖面|人均[一-鿿]*|人口|建成区面积|密度)(?:分别|均|约)?$")
# What is or was.
_IS_OR_WAS = re.compile(
    r"目前|现有|现状|现已|已(?!经批准)|曾|截至|截止|同比|环比|去年|上年|当前|原有|过去|共有|下设|[其另]他"
)
_WAS_AFTER = re.compile(r"[^，,。；;]{0,24}(?:基础上|已建成|已[完实投])")
_GROWS = re.compile(r"(?:提高|增[加长]|提升|下降|降低|减少|翻)$")
# 10万人以上|的县(市), 85%|的污水厂; but 30%以上|的面积 is a share of something.
_PICKS_OUT = re.compile(
    r"的(?!面积|比例|部分|区域|行政村|人口|份额|任务|目标|标准|总体|要求|速度|增长|[,，。；、])"
)
_DONE_TO = re.compile(r"[^，,。；;]{0,30}?(?:进行|予以)")
_ADDS = re.compile(r"新增|净增|增设|增加(?![到至])")
_CAPS = re.compile(r"控制在(?:[^，,。]{0,2})$")
_AT_LEAST = re.compile(r"至少|不少于|不低于")
_MONEY_NOUN = re.compile(
    r"(?:产值|投资|资金|收入|营收|税收|总额|消费|贷款|融资|增加值|销售额|交易额|规模)(?:[^，,。；]{0,5})$"
)
_COUNTED_NOUN = re.compile(r"(?:就业|人数|数量|总数|人口|户数|人次)(?:达到?)?$")
_TITLE = re.compile(r"《[^《》]{0,120}》|〔\d{4}〕")
_PART_EDGE, _SENTENCE_EDGE = "，,。；;：:！？\n!?", "。！？\n!?"
_NO_THING = frozenset({"%", "‰", "个百分点", "元", ""})


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
        part = _after_last(text, measure.start, _PART_EDGE)
        before = text[max(part, last_end, _deadline_end(deadlines, offset, measure.start)) : measure.start]
        subject = subject_of(before, text[measure.end :][:30], carried, counted=measure.unit not in _NO_THING)
        year = _year(text, offset, deadlines, measure, edge)
        fact = _fact(text, offset, measure, subject, year, before, text[part : measure.start])
        if fact:
            found.append(fact)
        carried, last_end = subject, measure.end
    return tuple(found)


def _after_last(text: str, at: int, edges: str) -> int:
    """The position after the last of ``edges`` before ``at``; 0 where there is none."""
    return max(text.rfind(edge, 0, at) for edge in edges) + 1


def _deadline_end(deadlines: Sequence[Deadline], offset: int, at: int) -> int:
    return max((d.end - offset for d in deadlines if d.end - offset <= at), default=0)


def _year(
    text: str, offset: int, deadlines: Sequence[Deadline], measure: Measure, sentence: int
) -> int | None:
    """The year of the nearest deadline before in the sentence, else of the only one after it."""
    binding = [d for d in deadlines if d.bound != "start"]
    before = [d for d in binding if sentence <= d.start - offset and d.end - offset <= measure.start]
    if before:
        return before[-1].year
    end = re.compile(r"[。！？\n!?]").search(text, measure.end)
    stop = end.start() if end else len(text)
    after = [
        d for d in binding if measure.end <= d.start - offset < stop and d.bound in ("end", "before", "by")
    ]
    return after[0].year if len(after) == 1 else None


def _fact(
    text: str, offset: int, measure: Measure, subject: str, year: int | None, before: str, part: str
) -> Target | Money | None:
    words = text[measure.start : measure.end]
    start, end = offset + measure.start, offset + measure.end
    comparison = _comparison(measure, part)
    is_money = measure.unit == "元" or (measure.unit == "" and measure.scaled and _MONEY_NOUN.search(before))
    if is_money and not text.startswith(("美元", "欧元", "港元", "日元", "港币"), measure.end):
        return Money(start, end, words, subject, measure.value, comparison, year)
    if is_money or not _is_target(text, measure, year, before, part):
        return None
    return Target(start, end, words, subject, measure.value, measure.unit, comparison, year)


def _is_target(text: str, measure: Measure, year: int | None, before: str, part: str) -> bool:
    if measure.unit == "" and not (_COUNTED_NOUN.search(before) and measure.comparison != "="):
        return False
    if _PICKS_OUT.match(text, measure.end) or (_IS_OR_WAS.search(before) and not _GROWS.search(before)):
        return False
    if _WAS_AFTER.match(text, measure.end) and not _GROWS.search(before):
        return False
    if measure.chinese and measure.unit in _VAGUE:
        return bool(_BUILT.search(before))
    if year is not None or _TO_REACH.search(part) or _RATE.search(before.rstrip("达到为超突破过")):
        return True
    return "对" in part and bool(_DONE_TO.match(text, measure.end))


def _comparison(measure: Measure, part: str) -> Comparison:
    if measure.comparison != "=":
        return measure.comparison
    if _CAPS.search(part):
        return "<="
    if _AT_LEAST.search(part):
        return ">="
    return "+" if _ADDS.search(part) else "="
