"""What is told whole and not in its best sentences: lists, series, the steps of a procedure.

Left out: the best sentences of a clause (`single`); which items answer, which is the judge's word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.evidence.announced import ITEM, announces, whole_announcement
from qa.evidence.findings import Finding, Inquiry
from qa.evidence.passages import Passage
from qa.printed import flat
from qa.question.kinds import KINDS
from qa.records import Query, Statement

LONGEST_WHOLE = 320
"""A clause up to this length answers a which-question whole, so that no item is left out."""
NEAR_OPEN = 3.0
"""How far below the best sentence of a short clause, in log odds, another may lie that is told with it where
no kind of fact is asked for.  Complete answers over laws and notices, ROUGE-L of the other notices: .455,
.664, .446 without, .465, .694, .444 with 2, .475, .702, .444 with 3, .475, .709, .438 with 4 (`python -m
training.fit_answer`)."""
NEAR_LISTED = 2.5
"""How far below the best sentence of a short clause, in log odds, another may lie that is told in one stretch
with it (`python -m training.fit_answer`)."""
NEAR_STEPS = 2.0
"""How far below the best step of a procedure, in log odds, another may lie that is told with it: complete
answers over plans .696 without any, .698 with 1, 2 and 4 (`python -m training.fit_answer`)."""
LONGEST_ANNOUNCED = 700
"""Characters of an announcement with all its items that a list or a procedure is answered with: a screen."""
# 第一条…, 一是…, 一期…: what follows the numeral tells the series; its first may stand behind a lead
# (深入推进大气污染防治,一是…).
_SERIES = re.compile(r"(?:第?[一二三四五六七八九十]+)(条|个|项|类|批|是|期|方面|、)")
_FIRST_OF_SERIES = re.compile(r"[,，:：]第?一(条|个|项|类|批|是|期|方面)")
_STEPS = re.compile(r"程序|流程|步骤")  # 认定程序: what headings call the steps of a procedure
_JOINTLY = re.compile(r"同时(?:符合|具备|满足)")  # 应当同时符合下列条件: one of them alone says too little


def steps_of(inquiry: Inquiry, findings: Sequence[Finding]) -> list[Statement]:
    """The steps below the heading of a procedure, in the order of the text, where the best clause is one of
    them and the judge holds others for answers nearly as surely; empty where it is not."""
    best = findings[0]
    above = best.hit.clause.place[:-1]
    if not KINDS[inquiry.query.asked].open or not above or not _STEPS.search(above[-1]):
        return []
    odds = best.judged.odds if best.judged else 0.0
    steps = [
        one
        for one in findings
        if one.hit.file == best.hit.file
        and one.hit.clause.place[:-1] == above
        and (one is best or (one.judged and one.judged.odds >= odds - NEAR_STEPS))
    ]
    steps.sort(key=lambda one: one.hit.clause.start)
    long = sum(len(one.hit.clause.text) for one in steps) > LONGEST_ANNOUNCED
    if len(steps) < 2 or long:
        return []
    return [Statement(flat(one.hit.clause.text), (inquiry.citations.cite(one.entry),)) for one in steps]


def stretch(inquiry: Inquiry, finding: Finding) -> Statement:
    """A short clause on several things: whole where it counts items up, else from the first sentence that the
    judge holds for a part of the answer to the last."""
    clause, told = finding.hit.clause, [one for one in finding.passages if not one.heading]
    items = sum(bool(ITEM.match(words) or _series_of(words)) for words in map(finding.words, told))
    if items > 1 or not told or any(announces(finding.words(one)) for one in told):
        return Statement(flat(clause.text), (inquiry.citations.cite(finding.entry),))
    least = told[0].score - NEAR_LISTED
    return _stretch_of(inquiry, finding, [one for one in told if one.score >= least])


def told_in_one(inquiry: Inquiry, finding: Finding, chosen: Sequence[Passage]) -> Statement | None:
    """The stretch of a short clause that holds the passages chosen and the sentences nearly as good beside
    them, where neither a kind of fact nor yes or no is asked for; None where there are no such sentences, or
    the clause counts something up."""
    query = inquiry.query
    told = [one for one in finding.passages if not one.heading]
    counts = any(announces(words) or ITEM.match(words) for words in map(finding.words, (*chosen, *told)))
    if not KINDS[query.asked].open or query.yes_no or counts or not chosen:
        return None
    least = max((one.score for one in told), default=0.0) - NEAR_OPEN
    apart = (one for one in told if all(one.end <= p.start or p.end <= one.start for p in chosen))
    near = [one for one in apart if one.score >= least]
    short = len(finding.hit.clause.text) <= LONGEST_WHOLE
    return _stretch_of(inquiry, finding, [*chosen, *near]) if near and short else None


def _stretch_of(inquiry: Inquiry, finding: Finding, near: Sequence[Passage]) -> Statement:
    clause = finding.hit.clause
    start, end = min(one.start for one in near), max(one.end for one in near)
    words = clause.text[start - clause.start : end - clause.start]
    return Statement(flat(words), (inquiry.citations.cite(finding.entry, start, end),))


def is_told_whole(query: Query, finding: Finding) -> bool:
    """True where a list is asked for, or a clause on a procedure answers: no step may be left out."""
    kind = KINDS[query.asked]
    return kind.form == "list" or (kind.open and any(map(_STEPS.search, finding.hit.clause.place)))


def announced_whole(query: Query, finding: Finding) -> list[Passage]:
    """What announces the items among which the best passage stands, with all of them, where a list or the
    steps of a procedure are asked for or the items hold jointly; empty where nothing does, or they are too
    long to be read at once."""
    best = best_told(finding)
    found = whole_announcement(finding, best) if best else []
    if not found or found[-1].end - found[0].start > LONGEST_ANNOUNCED:
        return []
    kind = KINDS[query.asked]
    lead = finding.words(found[0])
    whole = kind.open and (_STEPS.search(lead) or (_JOINTLY.search(lead) and not query.yes_no))
    return found if kind.form == "list" or whole else []


def best_told(finding: Finding) -> Passage | None:
    """The best passage that is not the clause's heading, or the heading; None where there is no passage."""
    return next((p for p in finding.passages if not p.heading), next(iter(finding.passages), None))


def rest_of_series(finding: Finding, chosen: Sequence[Passage]) -> list[Passage]:
    """The passages that count on with a chosen one: 第二条… after 第一条…, so that a list is whole."""
    opening = next((one for p in chosen if (one := _series_of(finding.words(p)))), None)
    if opening is None:
        return []
    others = (p for p in finding.passages if p not in chosen)
    return [p for p in others if _series_of(finding.words(p)) == opening]


def _series_of(words: str) -> str | None:
    """是 of 一是…, 条 of 第二条…; None where the words begin no item."""
    match = _SERIES.match(words) or _FIRST_OF_SERIES.search(words)
    return match.group(1) if match else None
