"""A second place of the same region that gives another number for the same thing: an answer cites both.

Documents contradict themselves (a plan and its appendix), and whoever acts must know.  Left out: which of the
two holds, and differences between regions, which a comparison shows.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.records import Target
from qa.evidence import Passage
from qa.findings import Finding, Inquiry
from qa.records import Statement

WHOLE = 0.99
"""Both sentences must hold the whole subject; a part of it is as a rule another thing."""


def differing(inquiry: Inquiry, best: Finding, findings: Sequence[Finding]) -> Statement | None:
    """The sentence of another clause on the whole subject with another number; None without one."""
    if inquiry.query.asked != "quantity" or not best.passages or best.hit.region is None:
        return None
    told = best.passages[0]
    if inquiry.subject.coverage(best.words(told)) < WHOLE:
        return None
    here = _targets(best, told)
    for finding in findings:
        if finding.hit.key == best.hit.key or finding.hit.region != best.hit.region or not finding.passages:
            continue
        passage = finding.passages[0]
        words = finding.words(passage)
        if inquiry.subject.coverage(words) >= WHOLE and _another(here, _targets(finding, passage)):
            number = inquiry.citations.cite(finding.entry, passage.start, passage.end)
            return Statement(f"同一地区文件另一处写作：{' '.join(words.split())}", (number,))
    return None


def _targets(finding: Finding, passage: Passage) -> list[Target]:
    return [f for f in finding.hit.facts if isinstance(f, Target) and passage.start <= f.start < passage.end]


def _another(here: Sequence[Target], there: Sequence[Target]) -> bool:
    """True where one unit stands once in each with different numbers, for no two different years."""
    for unit in {target.unit for target in here}:
        ours = [target for target in here if target.unit == unit]
        theirs = [target for target in there if target.unit == unit]
        if len(ours) == len(theirs) == 1 and ours[0].quantity != theirs[0].quantity:
            return ours[0].year is None or theirs[0].year is None or ours[0].year == theirs[0].year
    return False
