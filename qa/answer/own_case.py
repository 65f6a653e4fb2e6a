"""A number that the asker gives of their own case (85岁, 两个月), against the intervals that the rules print.

Which interval the number falls in is arithmetic; whether that line answers is the judge's to say, who reads
the question with the line's interval in the place of the number.  Left out: numbers that a question supposes
of the document (``qa.evidence.premises``), and units that only a calendar could compare.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.entries import Entry
from qa.answer.quoting import statement_of
from qa.evidence import silence
from qa.evidence.announced import departs
from qa.evidence.findings import Finding, Inquiry, weigh_entries
from qa.evidence.fitted import silence_in
from qa.evidence.passages import Passage
from qa.evidence.subject import WHOLE
from qa.printed import row_words
from qa.question.intervals import LENGTHS, Interval, read_intervals
from qa.question.kinds import KINDS
from qa.records import Block, Quotes, Statement

MOST_QUOTED = 5
"""Lines that are quoted where none holds the number."""
_OF_TIME = LENGTHS | {"岁"}
LIKELY = 1.85
"""How far above the threshold of silence, in log odds, a line must lie for that.  Chosen by the cases of
`tests/qa/answer/test_own_case.py`, not fitted."""
LINES = 12
"""Lines that are looked at: those of the clauses found, and the lines beside the first of them."""


@dataclass(frozen=True, slots=True)
class OwnCase:
    """The number as typed, and the lines that speak of such numbers, surest first: those whose interval holds
    it, and those whose does not."""

    number: str
    holding: tuple[Finding, ...]
    others: tuple[Finding, ...]

    def first(self, findings: Sequence[Finding]) -> list[Finding]:
        """The findings with the lines that hold the number before all others."""
        keys = {one.hit.key for one in self.holding}
        return [*self.holding, *(one for one in findings if one.hit.key not in keys)]


def own_case(inquiry: Inquiry, findings: Sequence[Finding]) -> OwnCase | None:
    """The lines for the number of the question; None where it gives none or no line that answers has one."""
    query = inquiry.query
    if query.yes_no and KINDS[query.asked].figure:
        return None
    for asked in read_intervals(query.text):
        if not _is_of_the_asker(query.text, asked):
            continue
        lines = [line for line in _lines(inquiry, findings, asked) if _answers(inquiry, line[0])]
        lines.sort(key=lambda line: silence.odds_of([line[0]]), reverse=True)
        if lines:
            holding = tuple(finding for finding, holds in lines if holds)
            others = _once(f for f, holds in lines if not holds and _is_likely(f) and not _is_exception(f))
            if not holding and not others:
                continue
            if holding or query.yes_no or asked.unit == "岁":  # 1.2亿元用于什么 names a sum, and gives none
                return OwnCase(query.text[asked.start : asked.end].strip(), holding, others)
    return None


def _answers(inquiry: Inquiry, finding: Finding) -> bool:
    """Whether the judge holds the line for an answer; that it is on the subject the number's unit says."""
    return silence.speaks(inquiry, [replace(finding, coverage=WHOLE)])


def _is_likely(finding: Finding) -> bool:
    """Whether the line answers more surely than silence asks for: that no line holds the number is said of
    such."""
    return silence.odds_of([finding]) >= silence_in().value + LIKELY


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each clause once, as it was read first: it is read for each interval that it prints."""
    found: dict[int, Finding] = {}
    for one in findings:
        found.setdefault(one.hit.key, one)
    return tuple(found.values())


def _is_exception(finding: Finding) -> bool:
    """Whether the line departs from a rule before it, which then holds: 按二十年计算。但六十周岁以上的，…"""
    told = _with_interval(finding)
    return bool(told) and departs(finding.words(told[0]))


def not_listed(inquiry: Inquiry, case: OwnCase) -> list[Block]:
    """That no interval holds the number, and the lines that were looked at, in the order of the text."""
    lines = sorted(case.others[:MOST_QUOTED], key=lambda one: (one.hit.file, one.hit.clause.start))
    opening = "不是，" if inquiry.query.yes_no else ""
    head = Statement(f"{opening}原文所列的范围不包含{case.number}。所列的是：")
    return [head, Quotes(tuple(_line(inquiry, one) for one in lines))]


def _line(inquiry: Inquiry, finding: Finding) -> Statement:
    """The row, or the sentence with an interval, that the judge points at most."""
    clause = finding.hit.clause
    if clause.cells or not finding.passages:
        return Statement(row_words(clause), (inquiry.citations.cite(finding.entry),))
    return statement_of(inquiry, finding, (_with_interval(finding) or list(finding.passages))[0])


def _with_interval(finding: Finding) -> list[Passage]:
    """The sentences that print an interval, those first that the judge points at most."""
    return [one for one in finding.passages if read_intervals(finding.words(one))]


def _is_of_the_asker(text: str, asked: Interval) -> bool:
    """True for an age, a length of time, a plain amount; 两千人以上的镇区 and 三年行动 pick out a thing."""
    if asked.unit in {"%", "个百分点"} or text[asked.end : asked.end + 2] in {"行动", "计划"}:
        return False
    return asked.single or asked.unit in _OF_TIME


def _lines(inquiry: Inquiry, findings: Sequence[Finding], asked: Interval) -> Iterator[tuple[Finding, bool]]:
    """The lines that print an interval of the unit, as the judge reads them with it in the question."""
    by_words: dict[str, list[Entry]] = {}
    told: dict[int, bool] = {}
    for finding in _near(inquiry, findings):
        printed = [one for one in _where_it_answers(finding, asked.unit) if not one.single]
        related = ((one, _relation(asked, one)) for one in printed)
        decided = [(one, holds) for one, holds in related if holds is not None]
        if decided:
            one, holds = next((pair for pair in decided if pair[1]), decided[0])
            words = finding.hit.clause.text[one.start : one.end]
            by_words.setdefault(words, []).append(finding.entry)
            told[finding.hit.key] = holds
    query = inquiry.query
    for words, entries in by_words.items():
        text = query.text[: asked.start] + words + query.text[asked.end :]
        for line in weigh_entries(replace(inquiry, query=replace(query, text=text)), entries):
            yield line, told[line.hit.key]


def _near(inquiry: Inquiry, findings: Sequence[Finding]) -> list[Finding]:
    """The clauses found, and the lines beside the first of them, that print an interval."""
    keys = {finding.hit.key for finding in findings}
    first = [one for finding in findings[:1] for one in inquiry.index.entries_of(finding.hit.file)]
    beside = [one for one in first if one.clause.path == findings[0].hit.clause.path and one.key not in keys]
    lines = [one for one in beside if read_intervals(one.clause.text)][:LINES]
    return [*findings[:LINES], *weigh_entries(inquiry, lines)]


def _where_it_answers(finding: Finding, unit: str) -> list[Interval]:
    """The clause's intervals of the unit; none where the sentence that answers prints only one of another
    unit: 满六十日 is no case of 连续三个月 further down."""
    found = [one for one in read_intervals(finding.hit.clause.text) if one.unit == unit]
    best = next((one for one in finding.passages if not one.heading), None)
    if not found or best is None or finding.hit.clause.cells:
        return found
    here = {one.unit for one in read_intervals(finding.words(best)) if not one.single}
    return found if not here or unit in here else []


def _relation(asked: Interval, printed: Interval) -> bool | None:
    """True where the printed interval holds the number, False where it does not, None where both may be."""
    if asked.single or asked.high == math.inf:
        return printed.holds(asked.low)
    if printed.low <= asked.low and asked.high <= printed.high:
        return True
    return False if asked.high <= printed.low or asked.low >= printed.high else None
