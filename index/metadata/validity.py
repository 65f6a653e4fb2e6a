"""From when until when a document holds, and what it repeals or amends, in its own words.

自2020年6月15日起施行, 自印发之日起施行, 有效期五年, 《…》（穗府办规〔2019〕13号）同时废止,
将《…》第九条修改为.

A start or an end counts only in a sentence that speaks of the document itself (本办法, 现予公布), so that the
day from which a law that is cited holds is not its own.  Left out: 此前有关规定同时废止 and
以本意见为准, which name no document, and what was said of a licence (评定有效期三年).
"""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterator
from datetime import date, timedelta

from index.language.numerals import read_number
from index.metadata.cited import names_in
from index.metadata.signature import DATE, NUMBER, Found, iso_date, squeeze
from index.records import FieldName

_IN_FORCE = r"(?:正式|开始)?(?:施行|实施|执行|生效|试行|适用)(?![的前后])"
# 自2020年6月15日起施行, 自2023年2月22日施行
_FROM_DAY = re.compile(rf"[自从于]\s*({DATE.pattern})\s*(?:起|开始)?\s*{_IN_FORCE}")
# 自印发之日起施行, 自发布之日起30日后施行
_FROM_ISSUE = re.compile(
    rf"[自从]\s*(?:印发|发布|公布|颁布|下发|下文|发文|签发|公告|公开发布)之?日(?:起|后)(?:满?(\d{{1,3}})(?:个?工作)?日?[之以]?后?起?)?{_IN_FORCE}"
)
# Whose day it is: 本办法, 现予公布, 以上标准
_ITSELF = re.compile(r"本[一-鿿]{2,8}|现予|现[印公]|以上|此[办通意]")
# 有效期至2030年7月31日, 至2026年12月31日止
_UNTIL_DAY = re.compile(
    rf"有效期(?:[限为调整延长自从]|{DATE.pattern}){{0,6}}?[至到]\s*({DATE.pattern})|(?<=[至到])\s*({DATE.pattern})\s*止"
)
# 有效期5年, 有效期为五年, 暂定三年有效期, 试行期两年
_FOR_YEARS = re.compile(
    r"(?:有效期|试行期|试行)[限为是]{0,2}\s*([\d一二两三四五六七八九十]{1,2})\s*年|暂定\s*([\d一二两三四五六七八九十]{1,2})\s*年(?:有效期)?"
)
_OF_SOMETHING_ELSE = re.compile(r"(?:结果|证书|证明|评定|评估|许可证?|资格|证件|认定)[一-鿿]{0,4}$")
# 同时废止, 予以废止, 停止执行; not 修改或废止, 应当废止
_REPEALED = re.compile(r"(?:废止|停止执行|停止使用|不再执行|失效)(?![或、的了日时])")
_MAY_BE = re.compile(r"[或应](?:同时|即行|一并|予以|相应)*$")
# 《…》第三条同时废止, 《…》中有关规定停止执行: a part of it, the rest holds
_PART_OF_IT = re.compile(
    r"\s*(?:[》）)]\s*)?(?:[（(][^（()）]{1,40}[)）]\s*)?(?:的?第[一-鿿\d]{1,5}[条章款项]|中的?|附件)"
)
# 将《…办法》第九条修改为, 对《…》作如下修改
_AMENDED = re.compile(r"[将对](?=《)")
_AMENDS = re.compile(r"(?:修改为|作(?:出)?如下修[改订正]|作如下修|予以修改|进行修[改订])")
_PRINTED_ON = re.compile(rf"({DATE.pattern})\s*印发")
_NUMBER_AFTER = re.compile(rf"\s*(?:[》）)]\s*)?[（(]\s*({NUMBER.pattern})\s*[)）]")
LONGEST_BEFORE = 400
"""Characters before 废止 in which the titles that it ends are named."""


def validity(text: str, table: dict[str, Found], signed: Found | None) -> Iterator[tuple[FieldName, Found]]:
    """The fields ``in_force_from``, ``valid_until``, ``repeals`` and ``amends`` of a document.

    Dates are ISO 8601, those of 自印发之日起 and 有效期5年 worked out from ``signed`` and the date of
    printing; where none is known ``valid_until`` is the words.  What is repealed is its number where one is
    printed, else its title; what is amended its title.  Offsets are those of the words.
    """
    start = table.get("from") or _start(text, signed)
    if start:
        yield "in_force_from", start
    if end := table.get("until") or _end(text, start or signed):
        yield "valid_until", end
    yield from (("repeals", one) for one in _repealed(text))
    yield from (("amends", one) for one in _amended(text))


def _own(text: str, found: re.Match[str]) -> bool:
    """Whether the sentence of a match speaks of the document itself."""
    edge = max(text.rfind(mark, 0, found.start()) for mark in "。；;")
    return bool(_ITSELF.search(text, edge + 1, found.end()))


def _last_own(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max((m for m in pattern.finditer(text) if _own(text, m)), key=lambda m: m.start(), default=None)


def _start(text: str, signed: Found | None) -> Found | None:
    """The day from which it holds: the one it names last, in its last articles, else the day of issue."""
    if (day := _last_own(_FROM_DAY, text)) and (iso := iso_date(day.group(1))):
        return Found(iso, day.start(), day.end(), day.group())
    issue = _last_own(_FROM_ISSUE, text)
    if issue is None:
        return None
    printed = list(_PRINTED_ON.finditer(text))
    iso = iso_date(printed[-1].group(1)) if printed else signed.value if signed else None
    if iso is None:
        return None
    later = date.fromisoformat(iso) + timedelta(days=int(issue.group(1) or 0))
    return Found(later.isoformat(), issue.start(), issue.end(), issue.group())


def _end(text: str, start: Found | None) -> Found | None:
    """The last day on which it holds; the words where no day can be told."""
    if day := _last_own(_UNTIL_DAY, text):
        words = day.group(1) or day.group(2)
        return Found(iso_date(words) or "", day.start(), day.end(), day.group())
    terms = [m for m in _FOR_YEARS.finditer(text) if _own(text, m)]
    terms = [m for m in terms if not _OF_SOMETHING_ELSE.search(text, max(0, m.start() - 10), m.start())]
    if not terms:
        return None
    term = terms[-1]
    years = int(read_number(term.group(1) or term.group(2)) or 0)
    value = _years_on(start.value, years) if start and years else squeeze(term.group())
    return Found(value, term.start(), term.end(), term.group())


def _years_on(iso: str, years: int) -> str:
    """The day before the same day ``years`` later: 2022-09-13 and 5 → 2027-09-12."""
    first = date.fromisoformat(iso)
    leap = first.month == 2 and first.day == 29 and not isleap(first.year + years)
    later = first.replace(year=first.year + years, day=28 if leap else first.day)
    return (later - timedelta(days=0 if leap else 1)).isoformat()


def _repealed(text: str) -> list[Found]:
    """Number or title of each document that a sentence ends (…同时废止), none twice."""
    found: dict[str, Found] = {}
    for words in _REPEALED.finditer(text):
        if _MAY_BE.search(text[max(0, words.start() - 6) : words.start()]):
            continue
        edge = max(
            text.rfind(mark, max(0, words.start() - LONGEST_BEFORE), words.start()) for mark in "。；;"
        )
        for one in _documents(text, max(edge + 1, words.start() - LONGEST_BEFORE), words.start()):
            found.setdefault(one.value, one)
    return list(found.values())


def _documents(text: str, start: int, end: int) -> Iterator[Found]:
    """The documents named right before a word: 原《A》（1号）、《B》（2号）; 义政发〔2011〕97号文件."""
    names = list(names_in(text, start, end))
    bare = True
    for name in names:
        at = name.end or start
        number = _NUMBER_AFTER.match(text, at, end)
        # Only names that a list joins to 废止: what follows them is 、, 和, （…） or 自…起
        rest = text[number.end() if number else at : end]
        if re.search(r"制定|规定(?!》)|依据|根据|不一致", re.sub(r"《[^《》]*》", "", rest)):
            continue
        bare = False
        if not _PART_OF_IT.match(rest):
            yield Found.group(number, 1) if number else name
    if bare:
        for number in NUMBER.finditer(text, start, end):
            if re.match(r"(?:文件?)?[）)]?$|(?:文件?)?[、和及]", squeeze(text[number.end() : end])):
                yield Found.group(number)


def _amended(text: str) -> list[Found]:
    """The titles of the documents that this one amends: 将《…》第九条修改为."""
    found: dict[str, Found] = {}
    for opening in _AMENDED.finditer(text):
        name = next(names_in(text, opening.end(), min(len(text), opening.end() + 160)), None)
        if name and name.end and _AMENDS.search(text, name.end, min(len(text), name.end + 60)):
            found.setdefault(name.value, name)
    return list(found.values())
