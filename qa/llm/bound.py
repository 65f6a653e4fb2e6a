"""The figures of a text, each with what binds it: its time, its ordinal, its bound and what it counts.

到2027年,新建道路110公里以上 → 110公里 with 2027, ">=" and the words before it.  Two figures agree where what
the sentence says of one is what the clause says of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from index.language.years import YEAR
from qa.llm.stated import Element, numbers, regions_of

Bound = Literal["", ">=", "<=", "~"]
Change = Literal["", "level", "change", "start"]

REACH: Final = 40
"""Characters before a number in which what it counts is looked for."""
_YEAR_UNITS: Final = frozenset({"年", "月", "日"})
_PART_EDGE: Final = re.compile(r"[,。;!?:]")
_ITEM_EDGE: Final = re.compile(r"[,。;!?:、]|和(?=[^,、]*\d)")
# 2026年至2028年, 2025-2027年, 2025年3月, 2024年底, 三年内, 目前.
_TIME: Final = re.compile(
    rf"(?P<first>{YEAR})年?[至到-](?P<last>{YEAR})年|(?P<year>{YEAR})年(?:(?P<month>\d{{1,2}})月)?(?P<part>底|末|初|年底|上半年|下半年)?"
    r"(?P<base>基础上|水平)?|(?P<term>[一二两三四五六七八九十\d]+年[之以]?内)|(?P<now>目前|现在|当前|现状)"
)
# 一期, 第二条, 三是: what is counted through; 三期合计 counts.
_ORDINAL: Final = re.compile(
    r"(?P<phase>[一二三四五六七八九十]期)(?!合计|共|总)|(?P<nth>第[一二三四五六七八九十]+[条个批轮项])"
)
_MORE_AFTER: Final = re.compile(r"(?:/[一-鿿]{1,4}?)?(?:以上|及以上)")
_LESS_AFTER: Final = re.compile(r"(?:/[一-鿿]{1,4}?)?(?:以下|以内|之内)")
_ABOUT_AFTER: Final = re.compile(r"(?:/[一-鿿]{1,4}?)?左右")
_MORE_BEFORE: Final = re.compile(r"(?:不低于|不少于|不小于|至少|超过|突破|高于|多于)$")
_LESS_BEFORE: Final = re.compile(r"(?:不超过|不高于|不多于|不大于|控制在|至多|低于|少于)$")
_ABOUT_BEFORE: Final = re.compile(r"(?:大约|约|近|接近)$")
_BOUND_WORD: Final = re.compile(
    r"(?:不[低少小高多大]于|不超过|至少|至多|超过|突破|[高多低少]于|控制在|大约|约|接?近)$"
)
_CHANGED: Final = re.compile(r"(?:提高|增长|上升|增加|提升|下降|降低|减少|压减|新增)了?$")
_FROM: Final = re.compile(rf"[由从](?:目前|现在|当前|现状|{YEAR}年)?的?$")
_LEVEL: Final = re.compile(r"(?:达到?|为|占|[到至])$")
# Characters that say nothing of a subject: 达到, 不低于, 其中.
_PLAIN: Final = re.compile(
    r"[^一-鿿]|[的了和与及是为在对将到至达于年月日底前均各由以等约超过不低高少多提高以实现力争其中全共突破新增完成个上要]"
)


# 将, 要, 力争 before what is counted; 达到, 为 after it.
_LEADS: Final = re.compile(r"^(?:[到将要使的]|力争|争取|实现|完成)+|(?:达到?|为|占|要|力争|争取|[到至])+$")
# Words of one who tells of clauses, not of the matter: 该项工作, 条款, 责任单位为.
_TELLING_OF: Final = re.compile(
    r"根据|按照|条款(?:所在的?位置)?|文件|方案|上述|该项|这项|该|工作|任务|项目|建设内容|内容|主要|要求|提出|明确|规定|列出|只|其中|分别|包括|以及|同时|此外"
    r"|还|也|是的|可以|(?:责任|牵头|配合|参与)(?:的)?(?:单位|部门)|负责|牵头|配合|按职责分工"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what binds it.

    ``times`` are those it stands under (2027, 2026-2028, 2025.3, now), ``ordinals`` the last of each kind
    before it.  ``subject`` holds the pairs of characters of what it counts, ``own`` those before it in its
    own part only, ``scope`` those of its sentence up to there; ``before`` are the words for ``own``.
    """

    number: Element
    times: frozenset[str]
    ordinals: frozenset[str]
    bound: Bound
    change: Change
    subject: frozenset[str]
    own: frozenset[str]
    before: str
    scope: frozenset[str]
    at: tuple[int, int]

    @property
    def key(self) -> tuple[str, str]:
        """What must be the same: 5.6, 亿元."""
        return self.number.text, self.number.unit


@lru_cache(maxsize=256)
def figures(text: str) -> tuple[Figure, ...]:
    """The figures of a folded text that are no dates, by place."""
    counted = [number for number in numbers(text) if not is_date(number, text)]
    shown = _without_regions(text)
    named = times(text)
    found: list[Figure] = []
    last_end, carried = 0, frozenset[str]()
    for number in counted:
        here = [(start, key) for start, key in named if last_end <= start < number.start]
        now = bool(here) and here[-1][1] == "now"
        lasting = [(start, key) for start, key in here if key != "now"]
        part = max(text.rfind(edge, 0, lasting[-1][0]) for edge in ",;。") if lasting else 0
        own = frozenset(key for start, key in lasting if start > part) or carried
        edges = _sentence(text, number.start)
        found.append(
            Figure(
                number,
                frozenset({"now"}) if now else own,
                _ordinals(text[: number.start]),
                _bound(text, number),
                _change(text[: number.start]),
                frozenset(_subject(shown, number, counted)),
                frozenset(telling(shown[_own_part(text, number, counted)[0] : number.start])),
                _named_before(shown, number, counted),
                frozenset(telling(shown[slice(*edges)])),
                edges,
            )
        )
        last_end, carried = number.start + len(number.text), own
    return tuple(found)


def _without_regions(text: str) -> str:
    for region in regions_of(text):
        end = region.start + len(region.text)
        text = text[: region.start] + "_" * len(region.text) + text[end:]
    return text


def is_date(number: Element, text: str) -> bool:
    """Whether a number is (part of) a date: 2025年, 3月, the 2026 of 2026-2028年."""
    return number.unit in _YEAR_UNITS and not text.startswith("内", number.start + len(number.text) + 1)


def times(text: str) -> list[tuple[int, str]]:
    """The times that a folded text names, as (start, key)."""
    return list(_times(text))


def _times(text: str) -> Iterator[tuple[int, str]]:
    for found in _TIME.finditer(text):
        if found["base"]:
            continue
        if found["first"]:
            yield found.start(), f"{found['first']}-{found['last']}"
        elif found["year"]:
            month = f".{int(found['month'])}" if found["month"] else ""
            part = {"末": "底", "年底": "底"}.get(found["part"] or "", found["part"] or "")
            yield found.start(), f"{found['year']}{month}{part}"
        else:
            yield found.start(), found["term"] or "now"


def stretches(text: str) -> list[tuple[str, str]]:
    """Each time of a folded text with what is said from there up to the next, within its sentence."""
    named = [(start, key) for start, key in _times(text) if key != "now"]
    ends = [*[start for start, _ in named], len(text)][1:]
    return [
        (key, text[start : max(start, min(end, _sentence_end(text, start)))])
        for (start, key), end in zip(named, ends, strict=True)
    ]


def _sentence_end(text: str, at: int) -> int:
    found = re.compile("[。!?]").search(text, at)
    return found.start() if found else len(text)


def same_time(said: str, stands: str) -> bool:
    """Whether a time that a sentence says is one that stands: 2025 of 2025底, 2028 of 2026-2028."""
    return said == stands or (said.isdigit() and (stands[:4] == said or stands.endswith(f"-{said}")))


def _ordinals(before: str) -> frozenset[str]:
    last: dict[str, str] = {}
    for found in _ORDINAL.finditer(before):
        if found.lastgroup == "nth":
            last.pop("phase", None)
        last[found.lastgroup or ""] = found[0]
    return frozenset(last.values())


def _bound(text: str, number: Element) -> Bound:
    end = _end(number, text)
    before = text[max(0, number.start - 5) : number.start]
    if _MORE_AFTER.match(text, end) or _MORE_BEFORE.search(before):
        return ">="
    if _LESS_AFTER.match(text, end) or _LESS_BEFORE.search(before):
        return "<="
    return "~" if _ABOUT_AFTER.match(text, end) or _ABOUT_BEFORE.search(before) else ""


def _end(number: Element, text: str) -> int:
    at = text.find(number.unit, number.start + len(number.text)) if number.unit else -1
    return at + len(number.unit) if at >= 0 else number.start + len(number.text)


def _change(before: str) -> Change:
    words = _BOUND_WORD.sub("", before[-14:])
    if _FROM.search(words):
        return "start"
    if _CHANGED.search(words):
        return "change"
    return "level" if _LEVEL.search(words) else ""


def _sentence(text: str, at: int) -> tuple[int, int]:
    """The sentence (between 。) up to the end of the part with the place."""
    start = max(text.rfind(edge, 0, at) for edge in "。!?\n") + 1
    stop = _PART_EDGE.search(text, at)
    return start, stop.start() if stop else len(text)


def _subject(text: str, number: Element, counted: list[Element]) -> set[str]:
    """What a number stands with: the pairs of its part of the sentence, from the number before it on; further
    back where nothing is said there."""
    at = number.start
    _, end = _own_part(text, number, counted)
    for start in _starts(text, at, counted):
        if pairs := telling(text[start:at]):
            return pairs | telling(text[at:end])
    return telling(text[at:end])


def _starts(text: str, at: int, counted: list[Element]) -> list[int]:
    """Where the parts begin in which what a number counts may be said, the nearest first."""
    edges = {at - REACH, *(one.start + len(one.text) for one in counted if one.start < at)}
    edges |= {found.end() for found in _ITEM_EDGE.finditer(text, max(0, at - REACH), at)}
    return sorted((max(0, edge) for edge in edges if edge >= at - REACH), reverse=True)


def _own_part(text: str, number: Element, counted: list[Element]) -> tuple[int, int]:
    stop = _ITEM_EDGE.search(text, number.start)
    after = [one.start for one in counted if one.start > number.start]
    return _starts(text, number.start, counted)[0], min([stop.start() if stop else len(text), *after])


def _named_before(text: str, number: Element, counted: list[Element]) -> str:
    """The words before a number in its part, without times and what leads to the number."""
    words = text[_own_part(text, number, counted)[0] : number.start]
    for found in _TIME.finditer(words):
        words = words[: found.start()] + "," * len(found[0]) + words[found.end() :]
    return _LEADS.sub("", re.split(r"[^一-鿿]", _BOUND_WORD.sub("", words))[-1])


def bare(text: str) -> str:
    """The folded text with commas for the words that only tell of clauses."""
    return _TELLING_OF.sub(lambda found: "," * len(found[0]), text)


def telling(text: str) -> set[str]:
    """Pairs of characters without those that say nothing of a subject."""
    text = bare(text)
    return {
        text[at : at + 2]
        for at in range(len(text) - 1)
        if not _PLAIN.match(text[at]) and not _PLAIN.match(text[at + 1])
    }
