"""What a question takes for granted and the clause contradicts: a body, a year, a number.

Whoever asks 是由县水利局负责吗 must read that the clause does not name it, and not only who it names.  A
number is contradicted only by another of the same thing (`things`), not by the one that a goal starts from.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from index.facts.amounts import Measure, read_measures
from index.language.agency_names import normalise_agency, same_body
from index.language.years import tells_any, years_told
from index.records import Agency, Role
from qa.agencies import ROLES
from qa.evidence.findings import Finding, Inquiry
from qa.evidence.subject import WHOLE
from qa.evidence.things import Figure, figures_of, nearest
from qa.records import Query

# 由2023年的48%提高到65%以上: before the number to start from, and between it and the goal.
_FROM = re.compile(r"[由从][^由从,，。;；]{0,12}$")
_TO = re.compile(r"[^,，。;；\d]{0,8}[到至为]")
_PLACES: Final[dict[Role, str]] = {
    "first": "排在首位的责任单位",
    "responsible": "责任单位之一",
    "support": "配合单位",
    "supervise": "指导单位",
    "assess": "考核单位",
}
"""What a body that does not lead is called in the answer."""


@dataclass(frozen=True, slots=True)
class Premise:
    """What the clause says of something that the question takes for granted.

    ``holds``: whether it says the same, None where it does not say so plainly; ``words`` put it for readers.
    """

    holds: bool | None
    words: str


def supposed_body(query: Query, agencies: Sequence[Agency]) -> Premise | None:
    """Whether the body that the question supposes is among those charged, and as what; None where none is."""
    if query.supposed is None or not agencies:
        return None
    name = normalise_agency(query.supposed)
    said = [agency for agency in agencies if same_body(agency.name, name)]
    if not said:
        return Premise(False, f"问题所说的“{query.supposed}”不在该条款所列单位之中")
    role = min(said, key=lambda agency: list(ROLES).index(agency.role)).role
    if role == "lead":
        return Premise(True, f"原文写明由“{said[0].text}”牵头")
    told = f"“{said[0].text}”是该条款{_PLACES[role]}"
    if query.asked == "lead":
        return Premise(None, f"{told}，原文没有写明由它牵头")
    return Premise(role in ("first", "responsible"), told)


def figures_supposed(
    inquiry: Inquiry, best: Finding, findings: Sequence[Finding], quoted: str
) -> Premise | None:
    """Whether the clause quoted tells the year and number of the question of the very thing asked; None where
    neither can be told."""
    year, number = _other_year(inquiry, best, quoted), _number(inquiry, best, findings, quoted)
    if year:
        return Premise(False, f"{year}；{number.words}" if number and number.holds is False else year)
    return number


def _other_year(inquiry: Inquiry, best: Finding, quoted: str) -> str | None:
    query = inquiry.query
    told = years_told(quoted)
    if not query.years or not told or tells_any(quoted, query.years):
        return None
    if not inquiry.at_least("quote_whole", inquiry.subject.coverage(quoted), WHOLE, best):
        return None  # 自2023年5月1日起施行 is no other year of 2020年的停车收费标准
    asked = "、".join(f"{year}年" for year in query.years)
    return f"问题中的{asked}与原文不同，原文写的是{'、'.join(f'{year}年' for year in told)}"


def _number(inquiry: Inquiry, best: Finding, findings: Sequence[Finding], quoted: str) -> Premise | None:
    query = inquiry.query
    if not query.yes_no:
        return None
    region = [one for one in findings if one.hit.region == best.hit.region]
    figures = nearest(figures_of(inquiry, region))
    printed = list(read_measures(quoted))
    for asked in read_measures(query.text):
        alike = [figure for figure in figures if _counts_alike(asked, figure.unit)]
        same = [figure for figure in alike if _equal(figure.value, asked.value)]
        if same:
            return Premise(True, f"原文写的是{same[0].fact.text}")
        here = [figure for figure in alike if figure.finding is best and figure.fact.text in quoted]
        if not here:
            continue
        words = "、".join(dict.fromkeys(figure.fact.text for figure in here))
        if any(_equal(one.value, asked.value) and one.unit == asked.unit for one in printed):
            if any(_rises_from(quoted, asked, figure) for figure in here):
                old = f"问题中的{_words(query.text, asked)}是原文所写的原有数值，原文写的目标是{words}"
                return Premise(False, old)
            continue
        return Premise(False, f"问题中的{_words(query.text, asked)}与原文不同，原文写的是{words}")
    return None


def _counts_alike(asked: Measure, unit: str) -> bool:
    """True where the units are one; 9000万 alone is taken for a sum of money."""
    return asked.unit == unit if asked.unit else bool(asked.times) and unit == "元"


def _equal(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-9)


def _rises_from(quoted: str, asked: Measure, figure: Figure) -> bool:
    """True where the words set the number asked as the one to start from: 由48%提高到65%以上."""
    before = quoted[: quoted.find(figure.fact.text)]
    earlier = [one for one in read_measures(before) if one.unit == asked.unit]
    if not earlier or earlier[-1].value != asked.value:
        return False
    return bool(_FROM.search(before[: earlier[-1].start]) and _TO.fullmatch(before[earlier[-1].end :]))


def _words(text: str, measure: Measure) -> str:
    return text[measure.start : measure.end].strip()
