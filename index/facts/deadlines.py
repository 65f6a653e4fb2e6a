"""The times that a clause sets: 到2025年底, 2024年, 2024—2027年, 从2025年3月开始.

Left out, because they set nothing: years inside 《》, 〔〕 and 〈〉; what has been (2019年以来, 较2020年,
在2022年…的基础上, 2023年以前排查, 结合2023年…); a full date without 前, 起, 止, 到 or 于 (a signature, news);
十四五, which names no year.  三年内, 每年 and 年底前 are those of ``times_without_year.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.facts.times_without_year import find_without_year
from index.language.numerals import read_number
from index.language.years import YEAR
from index.records import Bound, Deadline

# Titles 《…(2023-2025年)》, document numbers 〔2023〕80号, (2020)3号, GB/T 35547—2017: no deadlines inside.
_QUOTED = re.compile(
    r"《[^《》]{0,120}》|〈[^〈〉]{0,120}〉|<[^<>\n]{0,120}>|〔\d{4}〕\d*号?|[（(\[]\d{4}[）)\]]第?\d+号|第\d{1,2}号|/T?\s*\d+(?:\.\d+)?[—-]\d{4}"
)
_YEAR = rf"(?:{YEAR}|[二一][〇零○Ｏ九]?[〇零○Ｏ一二三四五六七八九]{{2,3}})"
# 到2025年, 从2025年3月开始, 2024—2027年, 2026年至2028年, 力争2025年底, 2025年6月底前, 2020年2月9日24时前
_TIME = re.compile(
    rf"(?P<lead>(?:力争|争取|确保|计划|截至|截止)?(?:到|至|在|于)|自|从|力争|争取|确保|截至|截止)?\s?"
    rf"(?P<year>{_YEAR})(?:\s?年)?"
    rf"(?:(?<=年)\s?(?P<month>1[0-2]|0?[1-9])\s?月(?:份)?(?:\s?(?P<day>[0-3]?\d)\s?日)?(?:[0-2]?\d时(?:\d+分)?)?)?"
    rf"(?:\s?(?:[-—–－~～至到]{{1,2}})\s?(?P<year2>{_YEAR})\s?年(?:(?P<month2>1[0-2]|0?[1-9])月(?:\d{{1,2}}日)?)?)?"
    r"(?P<end>年?末|年?底|[上下]半年|(?:第)?[一二三四]季度|初(?!步|中|级|期|始|心|见|显|具))?(?P<before>以前|之前|前(?![期景往来端沿后提]))?(?P<after>\s?(?:起|开始)|止)?"
)
# After the year: 2019年以来, 2020年度, 2020年版, 2019年同期, 2017级, 2023及以前.
_NOT_AFTER = re.compile(
    r"\s?(?:以来|来(?!自)|以后|之后|度|版|同期|届|级|修订|修正|第?\d+号|第\d{1,3}次|及以[前往]|为基|基础上|价格?|统计|数据|末实有|[（(]?\d{1,2}[)）]|间|代|生|是|的(?!\d)|份的?|春节|新增的|出生|毕业|颁布|发布|印发|出台|通过|批准|召开|举行|下发|作出)"
)
# Before the year: 较2020年, 比2019年, 不低于2019年, 以2020年为, 结合2022年, 始于, 对2019年.
_NOT_BEFORE = re.compile(
    r"(?:较|比|高于|低于|等于|相当于|以|按照?|结合|根据|对|自从|出?生于?|成立于?|始建?于?|与|和|截至|截止|早在|的|延长|除|做好|持平|参照|按|已于|曾于|从原|了)$"
)
# 在2022年…的基础上; 2023年存在…成果; what a sentence part says of the past.
_BASE = re.compile(r"基础上|以来|同期|已(?!经.{0,6}同意)|曾|经过")
_PLAIN = ("during", "month", "span", "start")
"""Bounds that do not say by themselves that a time is to come."""
_OPEN, _CLOSE = ("(", "（"), (")", "）")
_PART_ENDS = re.compile(r"[，,。；;！!？?\n]")
_LONGEST_PART = 60  # characters after a year in which 基础上 is looked for; the longest seen is 35


def find_deadlines(
    text: str, offset: int, *, year: int | None = None, issued: int | None = None
) -> tuple[Deadline, ...]:
    """Every time that ``text`` sets, in order; ``text`` begins at ``offset`` of the document.

    ``year`` is what a time without one inherits (年底前 under 2022年工作要点).  ``issued`` is the year of the
    document: what it says of a year before is no time to keep (2020年，…比重达到7.8%).
    """
    quoted = [found.span() for found in _QUOTED.finditer(text)] if "年" in text else []
    dated = list(_deadlines(text, offset, quoted)) if "年" in text else []
    taken = [(one.start - offset, one.end - offset) for one in dated]
    kept = [one for one in dated if not (issued and one.bound in _PLAIN and (one.year or issued) < issued)]
    found = [*kept, *find_without_year(text, offset, [*taken, *quoted], year)]
    return tuple(sorted(found, key=lambda one: one.start))


def _deadlines(text: str, offset: int, quoted: list[tuple[int, int]]) -> Iterator[Deadline]:
    for found in _TIME.finditer(text):
        if any(start <= found.start("year") < end for start, end in quoted):
            continue
        if (deadline := _deadline(text, offset, found)) is not None:
            yield deadline


def _deadline(text: str, offset: int, found: re.Match[str]) -> Deadline | None:
    last = read_number(found["year2"] or found["year"])
    first = read_number(found["year"])
    words = found[0]
    if last is None or first is None or not (1949 <= first <= last <= 2100) or "年" not in words:
        return None
    if found.start("year") and (
        text[found.start("year") - 1].isdigit() or text[found.start("year") - 1] in "〔[第"
    ):
        return None
    bound = _bound(found)
    if text[found.start() - 1 : found.start()] in _OPEN and text[found.end() : found.end() + 1] in _CLOSE:
        return None  # 行动方案(2024—2025年): the bracket belongs to a title
    if bound is None or not _sets_a_time(text, found, bound):
        return None
    start = found.start() + len(words) - len(words.lstrip())
    end = found.end() - (len(words) - len(words.rstrip()))
    month = found["month2"] or (None if found["year2"] else found["month"])
    if not month and re.search(r"[底末]$", found["end"] or ""):
        month = "12"
    return Deadline(
        offset + start,
        offset + end,
        text[start:end],
        int(last),
        int(first),
        int(month) if month else None,
        bound,
    )


def _bound(found: re.Match[str]) -> Bound | None:
    """How the time binds; None for a full date that nothing marks as a time to keep."""
    lead, end = found["lead"] or "", found["end"] or ""
    if found["year2"]:
        return "span"
    if (found["after"] and found["after"].strip() != "止") or lead in ("自", "从"):
        return "start"
    by = lead.endswith(("到", "至"))
    if found["month"]:
        return _month_bound(found, by=by)
    if end.endswith(("底", "末")):
        return "end"
    return "before" if found["before"] else "by" if by else "during"


def _month_bound(found: re.Match[str], *, by: bool) -> Bound | None:
    """2025年6月底前 is its month; a day counts with 前, 止, 到, 至 or 于."""
    if found["day"] is None:
        return "before" if found["before"] and not found["end"] else "month"
    if found["before"] or found["after"]:
        return "before"
    return "by" if by else "month" if found["lead"] == "于" else None


def _sets_a_time(text: str, found: re.Match[str], bound: Bound) -> bool:
    """Whether the words around leave it a time to come: no 较, 以来, 基础上, 已."""
    lead = found["lead"] or ""
    before = text[max(0, found.start() - 6) : found.start() + (len(lead) if lead in ("截至", "截止") else 0)]
    if _NOT_AFTER.match(text, found.end()) or (
        _NOT_BEFORE.search(before.rstrip()) and not lead.startswith("到")
    ):
        return False
    if found["before"] == "以前" and bound == "before":
        return False
    stop = _PART_ENDS.search(text, found.end(), found.end() + _LONGEST_PART)
    part = text[found.end() : stop.start() if stop else found.end() + _LONGEST_PART]
    return not _BASE.search(part)
