"""Which regions lie over or under a number that the question gives: 哪些县的财政资金超过1亿元.

Only figures of the very thing asked count (``qa.evidence.things``), one a region.  Left out: regions that set
several figures, which are named as not compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from qa.answer.which_most import Verdict, quoted_figure
from qa.evidence.findings import Finding, Inquiry
from qa.evidence.things import Figure, figures_of, nearest
from qa.question.intervals import Interval, read_intervals
from qa.records import Statement


def bound_asked(inquiry: Inquiry) -> Interval | None:
    """The interval that the question sets (超过1亿元); None where it gives none, or only what it supposes."""
    if inquiry.query.yes_no:
        return None
    bounds = (one for one in read_intervals(inquiry.query.text) if not one.single)
    return next((one for one in bounds if one.unit != "月"), None)


def beyond(inquiry: Inquiry, findings: Mapping[str, Sequence[Finding]]) -> Verdict | None:
    """红柳县、青石县: 超过1亿元…, the others with their figures; None where the question sets no bound."""
    bound = bound_asked(inquiry)
    if bound is None:
        return None
    words = inquiry.query.text[bound.start : bound.end].strip()
    figures = {region: _figures(inquiry, found, bound.unit) for region, found in findings.items()}
    one = {region: found[0] for region, found in figures.items() if len({f.value for f in found}) == 1}
    if not one:
        return None
    order = sorted(one, key=lambda region: -one[region].value)
    within = [region for region in order if bound.holds(one[region].value)]
    others = [region for region in order if region not in within]
    parts = [f"{words}的有{len(within)}个：{_told(one, within)}" if within else f"没有读到{words}的"]
    if others:
        parts.append(f"不在此列：{_told(one, others)}")
    if several := [region for region, found in figures.items() if found and region not in one]:
        parts.append(f"写有几个数值，没有比较：{'、'.join(several)}")
    told = {region: quoted_figure(inquiry, one[region]) for region in order}
    numbers = tuple(number for statement in told.values() for number in statement.citations)
    return Verdict(Statement("；".join(parts) + "。", numbers), told)


def _told(one: Mapping[str, Figure], regions: Sequence[str]) -> str:
    return "、".join(f"{region}（{one[region].told}）" for region in regions)


def _figures(inquiry: Inquiry, findings: Sequence[Finding], unit: str) -> list[Figure]:
    """The figures in the unit of the thing that the question names most nearly; the number says what kind."""
    asked = replace(inquiry, query=replace(inquiry.query, asked="quantity"))
    figures = [one for one in figures_of(asked, findings) if one.unit == unit]
    return nearest(figures) if figures else []
