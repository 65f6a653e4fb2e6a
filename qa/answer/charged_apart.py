"""Clauses that charge sentence by sentence: 举办论坛。（省外办负责）, and each bracket what stands before it.

The bodies of one bracket answer for its sentences alone; which brackets answer, the judge's reading tells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.language.sentences import sentences
from index.records import Agency
from qa.evidence.findings import Finding, Inquiry
from qa.evidence.passages import ANSWERS, point_of
from qa.evidence.subject import WHOLE
from qa.printed import flat
from qa.records import Statement

LONGEST_MEASURE = 200
"""Characters of the sentences quoted before a bracket; of longer ones the last sentence stands alone."""
_BRACKET = re.compile(r"[(（](?:[^()（）]|[(（][^()（）]*[)）])+[)）][。；;]?")
_SENTENCE_ENDS = "。；;！!"


@dataclass(frozen=True, slots=True)
class Charge:
    """A bracket of bodies, or several side by side, and the sentences before it; offsets in the document."""

    start: int
    end: int
    agencies: tuple[Agency, ...]
    score: float


def charges_of(finding: Finding) -> list[Charge]:
    """The clause's brackets with what they charge with; empty where all bodies stand in one place."""
    clause = finding.hit.clause
    agencies = [fact for fact in finding.hit.facts if isinstance(fact, Agency)]
    if clause.cells or len(agencies) < 2:
        return []
    found: list[Charge] = []
    begins = 0
    for match in _BRACKET.finditer(clause.text):
        start, end = (clause.start + at for at in match.span())
        inside = tuple(one for one in agencies if start <= one.start < end)
        if inside and found and not clause.text[begins : match.start()].strip():  # two side by side
            before = found.pop()
            found.append(replace(before, end=end, agencies=before.agencies + inside))
            begins = match.end()
        elif inside and _closes(clause.text, match):
            score = point_of(finding.judged, begins, match.end())
            found.append(Charge(clause.start + begins, end, inside, score))
            begins = match.end()
    bracketed = sum(len(charge.agencies) for charge in found)
    return found if len(found) > 1 and bracketed == len(agencies) else []


def _closes(text: str, match: re.Match[str]) -> bool:
    """True where the bracket stands behind a sentence or ends one."""
    before = text[: match.start()].rstrip()
    return before.endswith(tuple(_SENTENCE_ENDS)) or match.group().endswith(tuple(_SENTENCE_ENDS))


def charges_that_answer(inquiry: Inquiry, finding: Finding) -> list[Charge]:
    """All where the headings alone are on the whole subject; else those whose own words are, else those that
    the judge holds for the answer, else all."""
    charges = charges_of(finding)
    above = f"{finding.hit.title} {' '.join(finding.hit.clause.path)}"
    if not charges or _is_whole(inquiry, finding, f"{above} {' '.join(finding.hit.clause.place)}"):
        return charges
    on_subject = [
        one
        for one in charges
        if _is_whole(inquiry, finding, f"{above} {_words(finding, one.start, one.end)}", one.start)
    ]
    return on_subject or [one for one in charges if one.score >= ANSWERS] or charges


def _is_whole(inquiry: Inquiry, finding: Finding, words: str, start: int | None = None) -> bool:
    return inquiry.at_least("quote_whole", inquiry.subject.coverage(words), WHOLE, finding, start=start)


def _words(finding: Finding, start: int, end: int) -> str:
    clause = finding.hit.clause
    return clause.text[start - clause.start : end - clause.start]


def agencies_that_answer(inquiry: Inquiry, finding: Finding) -> list[list[Agency]]:
    """The bodies of each of those brackets; all that the clause charges together where it has no several."""
    charges = charges_that_answer(inquiry, finding)
    if not charges:
        return [[fact for fact in finding.hit.facts if isinstance(fact, Agency)]]
    return [list(charge.agencies) for charge in charges]


def charge_statement(inquiry: Inquiry, finding: Finding, charge: Charge) -> Statement:
    """What the bracket charges with and the bracket, word for word."""
    words = _words(finding, charge.start, charge.end)
    spans = [(charge.start + one.start, charge.start + one.end) for one in sentences(words)]
    told = [one for one in spans if not _is_heading(finding, *one)] or spans
    start = told[0][0] if told[-1][1] - told[0][0] <= LONGEST_MEASURE else told[-1][0]
    number = inquiry.citations.cite(finding.entry, start, told[-1][1])
    return Statement(flat(_words(finding, start, told[-1][1])), (number,))


def _is_heading(finding: Finding, start: int, end: int) -> bool:
    return any(one.heading and one.start <= start and end <= one.end for one in finding.passages)
