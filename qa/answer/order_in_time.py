"""Which region is to be done first or last (哪个县最早完成): by the times printed where the subject is.

A region counts where the sentence that answers prints one time with a year.  Left out: times counted from
another day (三年内), and regions that print several.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.records import Deadline
from qa.answer.quoting import statement_of
from qa.answer.which_most import Verdict
from qa.evidence import silence
from qa.evidence.findings import Finding, Inquiry
from qa.evidence.passages import Passage
from qa.records import Statement

_WHOLE_YEAR = 12


def order_in_time(inquiry: Inquiry, findings: Mapping[str, Sequence[Finding]]) -> Verdict | None:
    """Both ends of the order with each time; None where no order of times is asked for or fewer than two
    regions print one."""
    if inquiry.query.asked != "deadline" or inquiry.query.superlative is None:
        return None
    read = {region: one for region, found in findings.items() if (one := _time(inquiry, found))}
    if len(read) < 2:
        return None
    order = sorted(read, key=lambda region: _month(read[region][2]))
    first = [region for region in order if _month(read[region][2]) == _month(read[order[0]][2])]
    told = "；".join(f"{region}：{read[region][2].text}" for region in order)
    head = "时间相同" if len(first) == len(order) else f"{'、'.join(first)}最早，{order[-1]}最晚"
    quoted = {region: statement_of(inquiry, *read[region][:2]) for region in order}
    numbers = tuple(number for statement in quoted.values() for number in statement.citations)
    return Verdict(Statement(f"{head}（{told}）", numbers), quoted)


def _time(inquiry: Inquiry, found: Sequence[Finding]) -> tuple[Finding, Passage, Deadline] | None:
    """The one time with a year in the sentence that answers."""
    if not found or not silence.speaks(inquiry, found):
        return None
    best = next((one for one in found[0].passages if not one.heading), None)
    facts = [fact for fact in found[0].hit.facts if isinstance(fact, Deadline) and fact.due_year]
    here = [fact for fact in facts if best and best.start <= fact.start < best.end]
    return (found[0], best, here[0]) if best and len({_month(fact) for fact in here}) == 1 else None


def _month(deadline: Deadline) -> int:
    """Months since year 0; a year without a month ends with it."""
    return (deadline.due_year or 0) * 12 + (deadline.month or _WHOLE_YEAR)
