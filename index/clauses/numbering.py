"""Numbering markers: what may open a numbered piece, and whether it does.

A marker is only a candidate: ``第三条`` also stands in cross-references and ``一、`` in 一、二、三产业.
``Sequence`` decides by the numbers seen so far.  Which family nests in which is found for each document
by ``outline``.  It does not read Roman numerals or letters (A. B.): neither is used in official numbering.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal

from index.language.folding import without_blanks
from index.language.numerals import ORDINALS, read_ordinal

Family = Literal[
    "部分", "编", "章", "节", "条", "附件", "一、", "（一）", "1.", "1.1", "1.1.1", "1.1.1.1", "（1）", "①"
]  # fmt: skip
DECIMAL: Final[dict[int, Family]] = {2: "1.1", 3: "1.1.1", 4: "1.1.1.1"}
"""The families of decimal sections (5.2.1) by how many numbers they have."""

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class Marker:
    """A candidate: the label ``text[start:end]``, blanks inside it dropped, with its family and number.

    ``outer`` are the numbers before the last one of a decimal section: 5 and 2 of 5.2.1.
    """

    family: Family
    number: int
    start: int
    end: int
    label: str
    outer: tuple[int, ...] = ()


# An article's number is followed by a blank, or at least not by what follows a cross-reference:
# 第三条第一款, 第三条的规定, 第三条、第五条.
_ARTICLE_END = r"(?=\s|$|(?!第[^\s]{1,4}[款项]|[的之、和及或至到，,。；;）)”》]|规定|所|中|以|内))"
# A number whose digits blanks may keep apart: 第 2 6 条.
_APART = rf"[ \u3000]?([{ORDINALS}\d](?:[ \u3000]?[{ORDINALS}\d]){{{{0,{{most}}}}}})[ \u3000]?"
_PATTERNS: tuple[tuple[Family, re.Pattern[str]], ...] = (
    ("部分", re.compile(rf"第([{ORDINALS}\d]{{1,3}})部分(?=\s|$|[:：])")),  # 第一部分 税费优惠政策
    ("编", re.compile(rf"第([{ORDINALS}\d]{{1,5}})(?:分)?编(?=\s)")),  # 第一编 总则
    ("章", re.compile(rf"第{_APART.format(most=4)}章(?=\s|$|[^的、，,。规])")),  # 第三章 监督管理
    ("节", re.compile(rf"第{_APART.format(most=4)}节(?=\s|$|[^的、，,。规课])")),  # 第二节 职责
    (
        "条",
        re.compile(rf"第{_APART.format(most=5)}条(?:之[{ORDINALS}]{{1,2}})?{_ARTICLE_END}"),
    ),  # 第十二条, 第八条之一, 第 2 6 条
    (
        "附件",
        re.compile(
            r"附\s?[件录表]\s?[:：]?\s?(?:(\d{1,2}|[一二三四五六七八九十]{1,2})"
            r"(?=\s*(?:$|\n|[:：])|[ \u3000\xa0]+[\u4e00-\u9fff《])|(?=\s*(?:$|\n|[:：])))"
        ),
    ),  # 附件, 附件1, 附件：, 附件1 心理援助热线名单
    (
        "一、",
        re.compile(rf"([{ORDINALS}]{{1,3}})[ \u3000]?[、﹑](?![{ORDINALS}]+[、产次是])"),
    ),  # 三、 二 、 but not 一、二、三产业
    ("（一）", re.compile(rf"[（(][ \u3000]?([{ORDINALS}]{{1,3}})[ \u3000]?[)）]")),  # （二）, (十一)
    # 7. 7． 7、 7﹒ and 2.2025年底前, but not 1.5
    ("1.", re.compile(r"(\d{1,3})\s?(?:[.．﹒](?!\d(?!\d{3}年))|[、﹑])(?=\s*\S)")),
    # 5.2.1 before a heading, but not 1.5万亩; the sequence must confirm it
    (
        "1.1",
        re.compile(
            r"(\d{1,2}(?:[.．]\d{1,2}){1,3})(?=[ \t\u3000]+[\u4e00-\u9fffA-Z“《]|[\u4e00-\u9fff“《])"
            r"(?![ \t\u3000]*(?:[万亿千百]|[元个亩吨倍成]|公里|平方|立方|以[上下内]|左右))"
        ),
    ),
    ("（1）", re.compile(r"[（(](\d{1,2})[)）]|(?<!\d)(\d{1,2})[)）]")),  # (3), 3）
    ("①", re.compile(rf"([{_CIRCLED}])")),  # ②
)
_FIRST: Final = frozenset(f"第附（({ORDINALS}{_CIRCLED}")
"""What a marker may begin with, beside digits."""
# A number alone on its line, or before a short title: 01, 15 塑造城乡特色风貌.
_BADGE = re.compile(r"(\d{1,2})(?=[ \t\u3000]*(?:$|\n))|(\d{1,2})(?=[ \t\u3000]+[\u4e00-\u9fff“])")
_OPENING = re.compile(r"[#*\s\u3000\u200b•·]*")
LONGEST_BADGE_TITLE = 40


def marker_at(text: str, start: int, end: int) -> Marker | None:
    """The marker that opens ``text[start:end]`` after blanks and Markdown marks; None without one."""
    opening = _OPENING.match(text, start, end)
    begin = opening.end() if opening else start
    if begin >= end or (text[begin] not in _FIRST and not text[begin].isdecimal()):
        return None
    for family, pattern in _PATTERNS:
        match = pattern.match(text, begin, end)
        if match:
            return _marker(family, match)
    return None


def badge_at(text: str, start: int, end: int) -> Marker | None:
    """A bare number that stands alone on the line or before a short title; the sequence must confirm it."""
    opening = _OPENING.match(text, start, end)
    match = _BADGE.match(text, opening.end() if opening else start, end)
    return _marker("1.", match) if match and end - start <= LONGEST_BADGE_TITLE else None


def _marker(family: Family, match: re.Match[str]) -> Marker:
    digits = without_blanks(next((group for group in match.groups() if group), ""))
    label = without_blanks(match.group())
    if family == "1.1":
        *outer, last = map(int, re.split("[.．]", digits))
        return Marker(DECIMAL[len(outer) + 1], last, match.start(), match.end(), label, tuple(outer))
    number = _CIRCLED.index(digits) + 1 if family == "①" else read_ordinal(digits) if digits else 1
    return Marker(family, number, match.start(), match.end(), label)


# A marker inside a line: after the end of a sentence or a blank (line breaks lost), never inside one.
_INSIDE = re.compile(
    r"(?:(?<=[。；;：:！？!?”）)])[ \u3000]*|(?<=[ \u3000\xa0]))(?="
    rf"第[{ORDINALS}\d]{{1,6}}(?:[编章节条]|部分)[ \u3000]|[{ORDINALS}]{{1,3}}、"
    rf"|[（(][{ORDINALS}]{{1,3}}[)）]"
    rf"|\d{{1,2}}[.．、]|[（(]\d{{1,2}}[)）]|[{_CIRCLED}])"
    # 2020年2月3日 附件1 名单: an attachment opens after the signature, not in 详见 附件1
    r"|(?<=[。日）)])[ \u3000\xa0]+(?=附件[\d一二三四五六七八九十]{0,2}[ \u3000\xa0])"
)


def markers_inside(text: str, start: int, end: int) -> list[Marker]:
    """Candidates inside a line, each after a sentence end or a blank."""
    found: list[Marker] = []
    for match in _INSIDE.finditer(text, start + 1, end):
        marker = marker_at(text, match.end(), end)
        if marker and marker.start == match.end() and (not found or found[-1].start != marker.start):
            found.append(marker)
    return found


# A number right behind the words of a heading, whose line break is lost: 一、总体要求（一）指导思想
_GLUED = re.compile(
    rf"(?:[{ORDINALS}]{{1,3}}、|[（(][{ORDINALS}]{{1,3}}[)）]|第[{ORDINALS}\d]{{1,4}}[章节])"
    r"[^。；;！？!?：:\n（()）]{2,36}?"
    rf"(?=[（(][{ORDINALS}]{{1,3}}[)）]|(?<![\d第年月至到—-])\d{{1,2}}[.．、](?!\d)|(?<![依照据按和])第[{ORDINALS}\d]{{1,6}}条)"
)


def markers_glued(text: str, start: int, end: int) -> list[tuple[int, Marker]]:
    """Candidates right behind a heading, each with where the marker of that heading begins."""
    found: list[tuple[int, Marker]] = []
    at = start
    while heading := _GLUED.search(text, at, end):
        outer = marker_at(text, heading.start(), end)
        inner = marker_at(text, heading.end(), end)
        if outer and inner and outer.family != inner.family and inner.start == heading.end():
            found.append((heading.start(), inner))
        at = heading.start() + 1
    return found


# What officials call a part of a plan or notice; the wording of the State Council's and provinces' documents.
_USUAL_HEADING = re.compile(
    r"(?:总体(?:要求|思路|目标)|指导思想|基本(?:原则|要求)|(?:主要|工作|发展|总体|行动)目标|目标任务|(?:主要|重点|工作)任务|(?:主要|重点)?工作(?:内容|措施|重点|步骤|安排)"
    r"|(?:主要|政策|具体|保障)措施|(?:组织|政策)保障|保障机制|组织(?:领导|实施|机构|形式|体系|方式)|实施(?:步骤|范围|内容|时间)|(?:工作|有关|相关|其他)要求|(?:主要|工作)职[责能]"
    r"|职责分工|成员单位|工作(?:规则|机制|机构)|适用(?:范围|对象)|(?:支持|申报|认定|服务|保障|补助|奖励)(?:对象|范围|条件|标准|程序|内容|方式)|资金(?:来源|管理|安排)|监督(?:管理|检查)"
    r"|附则|总则|其他(?:事项|规定)?|有关事项|进度安排|时间安排|考核(?:办法|评价))"
    r"(?=[一-鿿（(“])(?![和与及的或等为是]|以及|不[清明]|落实|到位)(?=[^。：:；;\s]{12})"
)


def usual_heading(text: str, start: int, end: int) -> int | None:
    """Where a usual heading ends that opens ``text[start:end]`` and runs into what it heads; None without."""
    match = _USUAL_HEADING.match(text, start, end)
    return match.end() if match else None


# 一是…；二是…, 一要…。二要…  The first must follow punctuation, the others follow in order.
SHI = re.compile(r"(?:(?<=[。；;：:，,）)])|^)[ \u3000]*([一二三四五六七八九十])[是要]")
# 构建现代产业体系方面,发挥好…   ——在减轻企业负担方面，
ASPECT = re.compile(
    r"(?:(?<=[。；;])|^)[ \u3000—－-]*(?:在|从)?([^。；;，,、：:\s][^。；;，,：:\s]{2,28}?)方面[，,]"
)

LARGEST_GAP = 3
"""Numbers may be missing from a scanned or pasted list (16, 18, 20 in one of the shipped documents)."""


@dataclass(slots=True)
class Sequence:
    """The last number seen of each family, and whether a next one fits."""

    last: dict[Family, int] = field(default_factory=dict)
    articles: set[int] = field(default_factory=set)
    """The articles met so far."""
    section: tuple[int, ...] = ()
    """The last decimal section with all its numbers, or the number that such sections may stand under."""

    def fits(self, marker: Marker, *, inside: bool = False, spaced: bool = True) -> bool:
        """True where the number opens a list or continues it; inside a line no gap is forgiven.

        An article whose number runs into its text (not ``spaced``) must carry the count on: 第二条管网是…
        """
        if marker.outer:
            return not inside and self._fits_section(marker)
        before = self.last.get(marker.family)
        if marker.family == "条" and not spaced:
            return 0 < marker.number - (before or 0) <= (LARGEST_GAP if before else 1)
        if marker.number == 1 or marker.family == "附件":
            return True
        if before is None:
            return not inside
        gap = marker.number - before
        if marker.family == "条":  # 第八条之一 repeats its number; articles are repealed in runs
            missing = marker.number not in self.articles and marker.number > min(self.articles, default=0)
            late = -LARGEST_GAP <= gap < 0 and missing  # 第五条 printed after 第六条
            return 0 <= gap <= 1 if inside else gap >= 0 or late
        return gap == 1 if inside else 0 <= gap <= LARGEST_GAP or marker.number == 1

    def _fits_section(self, marker: Marker) -> bool:
        """True where a decimal section is the first under the last one or goes on one that is open."""
        depth = len(marker.outer)
        if marker.outer != self.section[:depth]:
            return not self.section and set(marker.outer) == {1} and marker.number == 1
        if len(self.section) == depth:
            return marker.number == 1
        return 0 < marker.number - self.section[depth] <= LARGEST_GAP

    def accept(self, marker: Marker) -> None:
        """Remember the marker as the last of its family; a wider one lets narrower ones begin anew."""
        self.last[marker.family] = marker.number
        if marker.family == "条":
            self.articles.add(marker.number)
        if marker.outer or marker.family == "1.":
            self.section = (*marker.outer, marker.number)
