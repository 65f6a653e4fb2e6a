"""A passage as a statement: its words with what they cannot stand without, and their citation."""

from __future__ import annotations

import re
from dataclasses import replace

from index.language.sentences import sentences
from index.records import Agency, Deadline
from qa.evidence.announced import announcement_of
from qa.evidence.findings import Finding, Inquiry
from qa.evidence.passages import Passage
from qa.printed import flat
from qa.records import Statement

_CLOSING_BRACKET = re.compile(r"(?<!\s)\s*[(（][^()（）]+[)）]。?$")  # (县住建局、县财政局)


def statement_of(inquiry: Inquiry, finding: Finding, passage: Passage, *, alone: bool = True) -> Statement:
    """The passage's words; after the time that its sentence sets them under, where they name none, and an
    item that stands alone after what announces it."""
    passage = _without_agencies(finding, passage)
    due = _time_above(finding, passage)
    start = due.start if due else passage.start
    words = flat(finding.words(passage)).strip("，,；;、")
    if alone and (above := announcement_of(finding, passage)):
        spans = ((above.start, above.end), (start, passage.end))
        numbers = tuple(inquiry.citations.cite(finding.entry, *span) for span in spans)
        return Statement(f"{flat(finding.words(above))}{words}", numbers)
    number = inquiry.citations.cite(finding.entry, start, passage.end)
    return Statement(f"{due.text}……{words}" if due else words, (number,))


def _time_above(finding: Finding, passage: Passage) -> Deadline | None:
    """到2025年 for a part of a sentence that begins so: a goal without its year says too much."""
    clause = finding.hit.clause
    times = [fact for fact in finding.hit.facts if isinstance(fact, Deadline)]
    if any(passage.start <= fact.start < passage.end for fact in times):
        return None
    whole = next(s for s in sentences(clause.text) if s.start <= passage.start - clause.start < s.end)
    before = [f for f in times if clause.start + whole.start <= f.start < passage.start]
    return before[-1] if before else None


def _without_agencies(finding: Finding, passage: Passage) -> Passage:
    """The passage without the bracket of agencies that closes it: they answer another question."""
    bracket = _CLOSING_BRACKET.search(finding.words(passage))
    if bracket is None or bracket.start() == 0:
        return passage
    start = passage.start + bracket.start()
    if not any(isinstance(fact, Agency) and start < fact.start < passage.end for fact in finding.hit.facts):
        return passage
    return replace(passage, end=start)
