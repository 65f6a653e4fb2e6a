"""What a question takes for granted and the clause contradicts: a body, a year, a number.

Whoever asks 是由县水利局负责吗 must read that the clause does not name it, and not only who it names.
Left out: a wrong region, for which the documents are silent (`form_single`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.agency_names import normalise_agency, same_body
from index.measures import Measure, read_measures
from index.records import Agency
from qa.bodies import ROLES
from qa.findings import Inquiry
from qa.records import Query, Statement
from qa.wording import asks_who_leads
from qa.years import tells_any, years_told

NEAR = 14
"""Characters before a figure in which what it measures stands."""
_YES_OR_NO = re.compile(r"吗|么[?？]?$|是不是|是否|对不对|对吧|吧[?？]?$|难道|不是")


def supposed_body(query: Query, agencies: Sequence[Agency]) -> Statement | None:
    """Whether the body that the question supposes is among those charged, and as what; None where none is."""
    if query.supposed is None or not agencies:
        return None
    name = normalise_agency(query.supposed)
    said = [agency for agency in agencies if same_body(agency.name, name)]
    if not said:
        return Statement(f"问题所说的“{query.supposed}”不在该条款所列单位之中。")
    role = min(said, key=lambda agency: list(ROLES).index(agency.role)).role
    if role == "lead":
        return Statement(f"是，原文写明由“{said[0].text}”牵头。")
    place = {"first": "排在首位的责任单位", "responsible": "责任单位之一", "support": "配合单位"}[role]
    lead = "，原文没有写明由它牵头" if asks_who_leads(query.text) else ""
    return Statement(f"“{said[0].text}”是该条款{place}{lead}。")


def other_figures(inquiry: Inquiry, quoted: str) -> Statement | None:
    """That the words quoted tell another year or another number than the question; None where they do not."""
    remarks = [
        remark for remark in (_other_year(inquiry.query, quoted), _other_number(inquiry, quoted)) if remark
    ]
    return Statement("；".join(remarks) + "。") if remarks else None


def _other_year(query: Query, quoted: str) -> str | None:
    told = years_told(quoted)
    if not query.years or not told or tells_any(quoted, query.years):
        return None
    asked = "、".join(f"{year}年" for year in query.years)
    return f"问题中的{asked}与原文不同，原文写的是{'、'.join(f'{year}年' for year in told)}"


def _other_number(inquiry: Inquiry, quoted: str) -> str | None:
    query = inquiry.query
    if not _YES_OR_NO.search(query.text):
        return None
    told = _nearest(inquiry, quoted, list(read_measures(quoted)))
    for asked in read_measures(query.text):
        alike = [one for one in told if one.unit == asked.unit and asked.unit]
        if alike and not any(one.value == asked.value for one in alike):
            words = "、".join(dict.fromkeys(_words(quoted, one) for one in alike))
            return f"问题中的{_words(query.text, asked)}与原文不同，原文写的是{words}"
    return None


def _nearest(inquiry: Inquiry, quoted: str, measures: Sequence[Measure]) -> list[Measure]:
    """The measures before which most of the subject stands: one rate of several in a sentence."""
    before = [inquiry.subject.coverage(quoted[max(0, one.start - NEAR) : one.start]) for one in measures]
    return [one for one, held in zip(measures, before, strict=True) if held >= max(before)]


def _words(text: str, measure: Measure) -> str:
    return text[measure.start : measure.end].strip()
