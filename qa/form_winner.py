"""Which of several regions sets the most or the least: said only of one figure each, in the same unit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.records import Target
from qa import silence
from qa.findings import Finding, Inquiry
from qa.form_single import chosen_passages
from qa.records import Statement

_ALIKE = re.compile(r"一样|相同|一致|差别|区别|差多少")


def conclusion(inquiry: Inquiry, findings: Mapping[str, Sequence[Finding]]) -> Statement | None:
    """沁水县更高（沁水县：17平方米以上；…）; None where nothing of the kind is asked or comparable."""
    asked = inquiry.query.superlative
    if asked is None and not _ALIKE.search(inquiry.query.text):
        return None
    figures = {region: _figures(inquiry, found) for region, found in findings.items()}
    figures = {region: found for region, found in figures.items() if found}
    units = [
        unit
        for unit in dict.fromkeys(t.unit for found in figures.values() for t, _ in found)
        if all(sum(t.unit == unit for t, _ in found) == 1 for found in figures.values())
    ]
    if len(figures) < 2 or len(units) != 1:
        return None
    one = {region: next(f for f in found if f[0].unit == units[0]) for region, found in figures.items()}
    order = sorted(one, key=lambda region: one[region][0].quantity, reverse=asked != "least")
    told = "；".join(f"{region}：{one[region][0].text}" for region in order)
    if len({target.quantity for target, _ in one.values()}) == 1:
        head = "数值相同"
    else:
        head = f"{order[0]}更{'低' if asked == 'least' else '高'}" if asked else "数值不同"
    return Statement(f"{head}（{told}）", tuple(one[region][1] for region in order))


def _figures(inquiry: Inquiry, found: Sequence[Finding]) -> list[tuple[Target, int]]:
    """The targets in the sentences that are cited for a region, with the citation's number."""
    best = silence.stated(inquiry, found) if found and silence.speaks(inquiry, found[0]) else None
    if best is None:
        return []
    years = inquiry.query.years
    found_here = [
        (fact, inquiry.citations.cite(best.entry, passage.start, passage.end))
        for passage in chosen_passages(inquiry, best)
        for fact in best.hit.facts
        if isinstance(fact, Target)
        and passage.start <= fact.start < passage.end
        and (not years or fact.year in years or fact.year is None)
    ]
    return [figure for figure in found_here if _is_nearest(inquiry, figure[0], [t for t, _ in found_here])]


def _is_nearest(inquiry: Inquiry, target: Target, all_: Sequence[Target]) -> bool:
    """True where no other target in the same unit has a subject nearer to the question's."""
    here = inquiry.subject.coverage(target.subject)
    return not any(
        other.unit == target.unit and inquiry.subject.coverage(other.subject) > here for other in all_
    )
