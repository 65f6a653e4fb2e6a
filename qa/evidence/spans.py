"""The span that answers, within the clause found: 2月9日12时, and not the paragraph around it.

The reader looks at a stretch around the clause's best passage.  Its span is given instead of the sentences
where it promises to be nearer to the answer than they are, and never in a plan that sets tasks: there a
figure needs its sentence, with the year and the condition that it stands under.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import log

from index.language.sentences import sentences
from index.records import Agency, Fact, Money, Target
from qa.evidence.findings import Finding, Inquiry
from qa.evidence.span_reader import Reading, shipped_reader
from qa.printed import flat
from qa.question.kinds import KINDS
from qa.records import Statement

STRETCH = 480
"""Characters read, in whole sentences.  ROUGE-L on notices with 320, 480 and 700: .466, .475, .466."""
PLAN = 5
"""A document with so many clauses that charge a body, or set a figure for a year, is a plan: four of the five
policy documents have 12 and more, 575 of 599 notices fewer than 5."""
GAIN, GAIN_SCORE, GAIN_SURE, GAIN_LENGTH, GAIN_SENTENCES = 0.1599, -0.0036, 0.0798, 0.0184, 0.0383
"""What a span is expected to gain in ROUGE-L over the sentences: ridge regression over 226 development
questions on the reader's two scores and the logarithms of both lengths in characters.  Leave-one-out, giving
the span where the gain is above 0: ROUGE-L .371 → .452."""
# Several things are asked for, which a span without a mark between them is not.
_BETWEEN = re.compile(r"[、;；]|以及|和|及")


def span_of(inquiry: Inquiry, finding: Finding, sentences_length: int) -> Statement | None:
    """The span of the finding's clause that answers, cited; None where its sentences answer better.

    ``sentences_length`` counts the characters that would be quoted instead.
    """
    span = _read(inquiry, finding)
    if span is None or not _is_better(inquiry, finding, span, sentences_length):
        return None
    return Statement(span.words, (inquiry.citations.cite(finding.entry, span.start, span.end),))


@dataclass(frozen=True, slots=True)
class _Span:
    """Characters ``start`` to ``end`` of the document, their words on one line, and what the reader said."""

    start: int
    end: int
    words: str
    reading: Reading

    @property
    def length(self) -> int:
        return len(self.words)


def _read(inquiry: Inquiry, finding: Finding) -> _Span | None:
    """The reader's span of the clause; None in a plan, and for one item where a list is asked for."""
    clause = finding.hit.clause
    if clause.cells or clause.kind == "front" or not finding.passages or _is_plan(inquiry, finding):
        return None
    first, last = _stretch(finding)
    (reading,) = shipped_reader().read(inquiry.query.text, [clause.text[first:last]])
    if reading is None:
        return None
    start, end = first + reading.start, first + reading.end
    span = _Span(clause.start + start, clause.start + end, flat(clause.text[start:end]), reading)
    several = KINDS[inquiry.query.asked].form == "list"
    if not span.words or (several and not _BETWEEN.search(span.words)):
        return None
    touched = (fact for fact in finding.hit.facts if fact.start < span.end and span.start < fact.end)
    return None if any(_is_set_for_a_year(fact) for fact in touched) else span


def _is_better(inquiry: Inquiry, finding: Finding, span: _Span, sentences_length: int) -> bool:
    """True where the span is shorter than the sentences and promises to be nearer to the answer."""
    length, shorter = float(span.length), span.length < sentences_length
    if not inquiry.test("span_shorter", shorter, finding, value=length, threshold=sentences_length):
        return False
    gain, reading = _gain(span, sentences_length), span.reading
    lengths = (("length", length), ("sentences_length", float(sentences_length)))
    parts = (("score", reading.score), ("sure", reading.sure), *lengths)
    return inquiry.test("span_gain", gain > 0, finding, value=gain, threshold=0.0, parts=parts)


def _gain(span: _Span, sentences_length: int) -> float:
    return (
        GAIN
        + GAIN_SCORE * span.reading.score
        + GAIN_SURE * span.reading.sure
        + GAIN_LENGTH * log(span.length)
        + GAIN_SENTENCES * log(sentences_length)
    )


def _is_plan(inquiry: Inquiry, finding: Finding) -> bool:
    entries = inquiry.index.entries_of(finding.hit.file)
    setting = sum(
        any(isinstance(f, Agency) or _is_set_for_a_year(f) for f in entry.facts) for entry in entries
    )
    return not inquiry.test("no_plan", setting < PLAN, finding, value=setting, threshold=PLAN)


def _is_set_for_a_year(fact: Fact) -> bool:
    return isinstance(fact, (Target, Money)) and fact.year is not None


def _stretch(finding: Finding) -> tuple[int, int]:
    """A run of whole sentences of the clause around its best passage, up to STRETCH characters."""
    clause = finding.hit.clause
    if len(clause.text) <= STRETCH:
        return 0, len(clause.text)
    best = finding.passages[0].start - clause.start
    spans = sentences(clause.text)
    at = next(i for i, s in enumerate(spans) if s.start <= best < s.end)
    first = last = at
    while True:
        room = STRETCH - (spans[last].end - spans[first].start)
        after = spans[last + 1].end - spans[last].end if last + 1 < len(spans) else STRETCH + 1
        before = spans[first].start - spans[first - 1].start if first else STRETCH + 1
        if after <= room and (after <= before or before > room):
            last += 1
        elif before <= room:
            first -= 1
        else:
            return spans[first].start, spans[last].end
