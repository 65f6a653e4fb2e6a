"""Numbering markers: what may open a numbered piece, and whether it does.

A marker is only a candidate: ``第三条`` also stands in cross-references and ``一、`` in 一、二、三产业.
``Sequence`` decides by the numbers seen so far.  Which family nests in which is found for each document
by ``outline``.  It does not read Roman numerals or letters (A. B.): neither is used in official numbering.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from index.language.numerals import ORDINALS, read_ordinal

Family = Literal["部分", "编", "章", "节", "条", "附件", "一、", "（一）", "1.", "（1）", "①"]

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class Marker:
    """A candidate: the label ``text[start:end]`` with its family and number."""

    family: Family
    number: int
    start: int
    end: int
    label: str


# An article's number is followed by a blank, or at least not by what follows a cross-reference:
# 第三条第一款, 第三条的规定, 第三条、第五条.
_ARTICLE_END = r"(?=\s|$|(?!第[^\s]{1,4}[款项]|[的之、和及或至到，,。；;）)”》]|规定|所|中|以|内))"
_PATTERNS: tuple[tuple[Family, re.Pattern[str]], ...] = (
    ("部分", re.compile(rf"第([{ORDINALS}\d]{{1,3}})部分(?=\s|$|[:：])")),  # 第一部分 税费优惠政策
    ("编", re.compile(rf"第([{ORDINALS}\d]{{1,5}})(?:分)?编(?=\s)")),  # 第一编 总则
    ("章", re.compile(rf"第([{ORDINALS}\d]{{1,5}})章(?=\s|$|[^的、，,。规])")),  # 第三章 监督管理
    ("节", re.compile(rf"第([{ORDINALS}\d]{{1,5}})节(?=\s|$|[^的、，,。规课])")),  # 第二节 职责
    (
        "条",
        re.compile(rf"第([{ORDINALS}\d]{{1,6}})条(?:之[{ORDINALS}]{{1,2}})?{_ARTICLE_END}"),
    ),  # 第十二条, 第八条之一
    (
        "附件",
        re.compile(
            r"附\s?[件录表]\s?[:：]?\s?(?:(\d{1,2}|[一二三四五六七八九十]{1,2})"
            r"(?=\s*(?:$|\n|[:：])|[ \u3000\xa0]+[\u4e00-\u9fff《])|(?=\s*(?:$|\n|[:：])))"
        ),
    ),  # 附件, 附件1, 附件：, 附件1 心理援助热线名单
    (
        "一、",
        re.compile(rf"([{ORDINALS}]{{1,3}})、(?![{ORDINALS}]+[、产次是])"),
    ),  # 三、 but not 一、二、三产业
    ("（一）", re.compile(rf"[（(]([{ORDINALS}]{{1,3}})[)）]")),  # （二）, (十一)
    ("1.", re.compile(r"(\d{1,3})\s?(?:[.．](?!\d)|、)(?=\s*\S)")),  # 7. 7． 7、 but not 1.5
    ("（1）", re.compile(r"[（(](\d{1,2})[)）]|(?<!\d)(\d{1,2})[)）]")),  # (3), 3）
    ("①", re.compile(rf"([{_CIRCLED}])")),  # ②
)
# A number alone on its line, or before a short title: 01, 15 塑造城乡特色风貌.
_BADGE = re.compile(r"(\d{1,2})(?=[ \t\u3000]*(?:$|\n))|(\d{1,2})(?=[ \t\u3000]+[\u4e00-\u9fff“])")
_OPENING = re.compile(r"[#*\s\u3000\u200b•·]*")
LONGEST_BADGE_TITLE = 40


def marker_at(text: str, start: int, end: int) -> Marker | None:
    """The marker that opens ``text[start:end]`` after blanks and Markdown marks; None without one."""
    opening = _OPENING.match(text, start, end)
    begin = opening.end() if opening else start
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
    digits = next((group for group in match.groups() if group), "")
    number = _CIRCLED.index(digits) + 1 if family == "①" else read_ordinal(digits) if digits else 1
    return Marker(family, number, match.start(), match.end(), match.group().strip())


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

    def fits(self, marker: Marker, *, inside: bool = False, spaced: bool = True) -> bool:
        """True where the number opens a list or continues it; inside a line no gap is forgiven.

        An article whose number runs into its text (not ``spaced``) must carry the count on: 第二条管网是…
        """
        before = self.last.get(marker.family)
        if marker.family == "条" and not spaced:
            return 0 < marker.number - (before or 0) <= (LARGEST_GAP if before else 1)
        if marker.number == 1 or marker.family == "附件":
            return True
        if before is None:
            return not inside
        gap = marker.number - before
        if marker.family == "条":  # 第八条之一 repeats its number; articles are repealed in runs
            return 0 <= gap <= 1 if inside else gap >= 0
        return gap == 1 if inside else 0 <= gap <= LARGEST_GAP or marker.number == 1

    def accept(self, marker: Marker) -> None:
        """Remember the marker as the last of its family; a wider one lets narrower ones begin anew."""
        self.last[marker.family] = marker.number
