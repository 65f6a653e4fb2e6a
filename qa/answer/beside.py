"""A second clause: one held for an answer nearly as surely as the first, or one that the first hardly leads.

Where two clauses may answer, the reader is better judge of which does: both are quoted.  Left out: clauses
that say otherwise on the same thing (`qa.evidence.differing`), other regions (`regions`), and the earlier
version of a law beside its later one.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa.answer.charged import agencies_words, asks_for_agencies
from qa.answer.own_case import own_case
from qa.answer.single import chosen_passages
from qa.evidence import silence
from qa.evidence.announced import announces, clauses_below
from qa.evidence.findings import Finding, Inquiry
from qa.printed import flat, row_words
from qa.records import Block, Statement

BESIDE = 0.5
"""How far below the first clause's log odds another's may lie (`python -m training.fit_answer`)."""
CLOSE = 1.0
"""How far in score the first clause may lead the next where that is told as well.  Complete answers over
plans, notices and laws: .671, .657, .436 without, .678, .664, .441 with .5, .685, .664, .446 with 1, .689,
.664, .446 with 1.5; ROUGE-L of the other notices .450, .447, .447, .443 (`python -m training.fit_answer`)."""
LEAST = 0.0
"""Log odds from which a clause is more likely an answer than none."""
LONGEST = 200
"""Characters of what is quoted beside the answer."""


def with_beside(inquiry: Inquiry, findings: Sequence[Finding], blocks: list[Block]) -> list[Block]:
    """The blocks of an answer from the first finding, and after them what another clause says."""
    found = _beside(inquiry, findings, "\n".join(map(str, blocks))) if findings else None
    return [*blocks, found] if found else blocks


def _beside(inquiry: Inquiry, findings: Sequence[Finding], told: str) -> Statement | None:
    """Of the clause most surely held for an answer after the first, in the same region; or of the next one,
    where the first hardly leads it and it would not be silent by itself."""
    best = findings[0]
    sure = best.judged.odds if best.judged else 0.0
    others = [
        one
        for one in findings
        if one.hit.key != best.hit.key
        and one.judged
        and one.hit.region == best.hit.region
        and not _is_earlier_version(inquiry, one, best)
    ]
    if not others:
        return None
    other = max(others, key=lambda one: one.judged.odds if one.judged else 0.0)
    odds = other.judged.odds if other.judged else 0.0
    if inquiry.at_least("beside", odds, max(LEAST, sure - BESIDE), other):
        return _said(inquiry, other, told)
    other = max(others, key=lambda one: one.hit.score)
    close = inquiry.at_least("beside", other.hit.score, best.hit.score - CLOSE, other)
    if not close or inquiry.query.yes_no or not silence.would_speak(inquiry, other):
        return None
    return None if own_case(inquiry, findings) else _said(inquiry, other, told)  # one line fits the asker


def _is_earlier_version(inquiry: Inquiry, one: Finding, best: Finding) -> bool:
    standing = inquiry.index.standing(one.hit.file)
    return standing is not None and standing.state == "revised" and standing.file == best.hit.file


def _said(inquiry: Inquiry, finding: Finding, told: str) -> Statement | None:
    """What it says, where that is short and not told already."""
    clause, span = finding.hit.clause, None
    if asks_for_agencies(inquiry, finding):
        words = agencies_words(inquiry, finding)
    elif clause.cells:
        words = row_words(clause)
    else:
        chosen = chosen_passages(inquiry, finding)
        if not chosen:
            return None
        span, words = (chosen[0].start, chosen[0].end), flat(finding.words(chosen[0]))
        if announces(words):  # its items, which stand elsewhere, are what would answer
            below = [flat(one.clause.text) for one in clauses_below(inquiry.index, finding.entry)]
            span, words = None, " ".join((words, *below))
            if not below:
                return None
    if len(words) > LONGEST or words in told:
        return None
    number = inquiry.citations.cite(finding.entry, *(span or ()))
    return Statement(f"另一处可能也回答：{words}", (number,))
