"""A question that counts up several things (教育、医疗、养老要做到哪些): the best sentence for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.answer.quoting import statement_of
from qa.evidence.findings import Finding, Inquiry
from qa.evidence.passages import Passage
from qa.records import Block, Quotes, Statement

_ENUMERATED = re.compile(r"[\u4e00-\u9fff]{2,6}(?:、[\u4e00-\u9fff]{2,6}){2,}")  # 教育、医疗、养老、就业


def things_named(text: str) -> tuple[str, ...]:
    """The things that a question counts up; empty where it names fewer than three."""
    match = _ENUMERATED.search(text)
    return tuple(match.group().split("、")) if match else ()


def several(inquiry: Inquiry, findings: Sequence[Finding]) -> list[Block]:
    """The best sentence of the findings for each thing named; empty where fewer than two are found."""
    chosen: list[tuple[Finding, Passage]] = []
    for thing in things_named(inquiry.query.text):
        best = _best_for(inquiry, findings, thing)
        if best and not any(best[1].start == passage.start for _, passage in chosen):
            chosen.append(best)
    if len(chosen) < 2:
        return []
    statements: list[Statement] = [statement_of(inquiry, finding, passage) for finding, passage in chosen]
    return [Quotes(tuple(statements))]


def _best_for(inquiry: Inquiry, findings: Sequence[Finding], thing: str) -> tuple[Finding, Passage] | None:
    """The best passage that holds the thing and, where the question names years, one of them."""
    words = [word for word in inquiry.subject.words if any(word_ in thing for word_ in word.forms)]
    if not words:
        return None
    years = [str(year) for year in inquiry.query.years]
    found = [
        (finding, replace(passage, score=passage.score + finding.hit.score))
        for finding in findings
        for passage in finding.passages
        if any(word.held_by(finding.words(passage)) == 1 for word in words)
        and (not years or any(year in finding.words(passage) for year in years))
    ]
    return max(found, key=lambda pair: pair[1].score, default=None)
