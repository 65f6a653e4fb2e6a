"""A second place of the same region that says otherwise: another number, or another list of places.

Documents contradict themselves (a plan and its appendix), and whoever acts must know: an answer cites both.
Both sentences must hold the whole subject.
Left out: which of the two holds, and differences between regions, which a comparison shows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.check.contradictions import differ
from index.check.listed_places import PLACE
from index.records import Target
from qa.evidence.findings import Finding, Inquiry
from qa.evidence.passages import Passage
from qa.evidence.subject import WHOLE
from qa.evidence.things import Figure, figures_of
from qa.printed import flat
from qa.question.kinds import KINDS
from qa.records import Statement

MOST_OTHERS = 2
"""Other documents that are quoted beside the answer."""
# 临猗县、夏县: places are listed.
_PLACES_LISTED = re.compile(rf"{PLACE.pattern}(?:[、和及与]{PLACE.pattern})+")
_LINE = re.compile(r"[^\n。；;]+")


def differing(inquiry: Inquiry, best: Finding, findings: Sequence[Finding]) -> list[Statement]:
    """What another clause of the region says otherwise on the whole subject; empty where none does."""
    kind = KINDS[inquiry.query.asked]
    others = [f for f in findings if f.hit.key != best.hit.key and f.hit.region == best.hit.region]
    if kind.figure and (others_say := _other_documents(inquiry, best, others)):
        return others_say
    if best.hit.region is None:
        return []
    if kind.measures:
        found = _other_number(inquiry, best, others)
    elif kind.open:
        found = _other_places(inquiry, best, others)
    else:
        found = None
    return [found] if found else []


def _other_documents(inquiry: Inquiry, best: Finding, others: Sequence[Finding]) -> list[Statement]:
    """What other documents of the region set for the very thing of the best finding's figure, each once."""
    figures = figures_of(inquiry, [best, *(one for one in others if one.hit.file != best.hit.file)])
    here = next((one for one in figures if one.finding is best), None)
    told: dict[str, Statement] = {}
    for one in figures if here else ():
        differs = here and (one.thing, one.unit) == (here.thing, here.unit) and one.value != here.value
        if (
            differs
            and one.finding is not best
            and one.finding.hit.file not in told
            and len(told) < MOST_OTHERS
        ):
            told[one.finding.hit.file] = _said_of(inquiry, one)
    return list(told.values())


def _said_of(inquiry: Inquiry, figure: Figure) -> Statement:
    finding, at = figure.finding, figure.fact.start
    start, end = next(
        ((p.start, p.end) for p in finding.passages if p.start <= at < p.end), (at, figure.fact.end)
    )
    number = inquiry.citations.cite(finding.entry, start, end)
    offset = finding.hit.clause.start
    words = flat(finding.hit.clause.text[start - offset : end - offset])
    return Statement(f"另一份文件《{finding.hit.title}》写作：{words}", (number,))


def _other_number(inquiry: Inquiry, best: Finding, others: Sequence[Finding]) -> Statement | None:
    if not best.passages or not _on_the_same(inquiry, best, best.passages[0]):
        return None
    here = _targets(best, best.passages[0])
    for finding in others:
        if not finding.passages:
            continue
        passage = finding.passages[0]
        words = finding.words(passage)
        if _on_the_same(inquiry, finding, passage) and _another(here, _targets(finding, passage)):
            number = inquiry.citations.cite(finding.entry, passage.start, passage.end)
            return Statement(f"同一地区文件另一处写作：{flat(words)}", (number,))
    return None


def _on_the_same(inquiry: Inquiry, finding: Finding, passage: Passage) -> bool:
    held = inquiry.subject.coverage(finding.words(passage))
    return inquiry.at_least("same_subject", held, WHOLE, finding, start=passage.start)


def _targets(finding: Finding, passage: Passage) -> list[Target]:
    return [f for f in finding.hit.facts if isinstance(f, Target) and passage.start <= f.start < passage.end]


def _another(here: Sequence[Target], there: Sequence[Target]) -> bool:
    """True where one unit stands once in each with different numbers, for no two different years."""
    for unit in {target.base for target in here}:
        ours = [target for target in here if target.base == unit]
        theirs = [target for target in there if target.base == unit]
        if len(ours) == len(theirs) == 1 and differ(ours[0], theirs[0]):
            return True
    return False


def _other_places(inquiry: Inquiry, best: Finding, others: Sequence[Finding]) -> Statement | None:
    """Where places are listed under the subject: another clause that lists other ones, some of them the same.

    Where the question names one of the places itself, another clause that lists it under something else.
    """
    here = _listed(inquiry, best)
    if here is None:
        return None
    for finding in others:
        there = _listed(inquiry, finding)
        if there is None or len(here.places) + len(there.places) < 3:
            continue
        only = [p for p in here.places if not _among(p, there.places)]
        only += [p for p in there.places if not _among(p, here.places)]
        if only and len(only) < len(here.places) + len(there.places):
            number = inquiry.citations.cite(finding.entry, there.start, there.end)
            words = flat(there.words)
            return Statement(
                f"同一地区文件另一处（{''.join(finding.hit.clause.place[-1:])}）写法不同：{words}", (number,)
            )
    return None


@dataclass(frozen=True, slots=True)
class _Listing:
    """A line that lists places, with its offsets in the document."""

    words: str
    start: int
    end: int
    places: tuple[str, ...]


def _listed(inquiry: Inquiry, finding: Finding) -> _Listing | None:
    """The line that holds the subject and lists places; the first line where the heading is the subject."""
    clause = finding.hit.clause
    for line in _LINE.finditer(clause.text):
        if not _PLACES_LISTED.search(line[0]):
            continue
        held, start = inquiry.subject.coverage(line[0]), clause.start + line.start()
        if inquiry.at_least("same_subject", held, WHOLE, finding, start=start):
            return _listing(line, clause.start)
    first = _LINE.search(clause.text)
    if first is None:
        return None
    above = inquiry.subject.coverage(" ".join(clause.place[-1:]))
    return _listing(first, clause.start) if inquiry.at_least("heading_whole", above, WHOLE, finding) else None


def _listing(line: re.Match[str], offset: int) -> _Listing:
    listed = _PLACES_LISTED.search(line[0])
    places = tuple(PLACE.findall(listed[0])) if listed else _alone(line[0])
    return _Listing(line[0], offset + line.start(), offset + line.end(), places)


def _alone(words: str) -> tuple[str, ...]:
    found = PLACE.search(words)
    return (found[0],) if found else ()


def _among(place: str, others: Sequence[str]) -> bool:
    """True where a place is among others; words before the first may hang on it (支持万荣县)."""
    return any(place.endswith(other) or other.endswith(place) for other in others)
