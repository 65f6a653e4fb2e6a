"""Which of several regions sets the most or the least: said only of figures of the very thing asked.

One thing, printed alike for every region compared, in one unit, one figure a region; else no region is named,
and the answer says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qa.answer.single import statement_of
from qa.evidence.findings import Finding, Inquiry
from qa.evidence.things import Figure, figures_of, names_thing
from qa.question.kinds import KINDS
from qa.records import Statement


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of the order, and each region's sentence that it rests on: empty where none is named."""

    statement: Statement
    told: Mapping[str, Statement]


def conclusion(inquiry: Inquiry, findings: Mapping[str, Sequence[Finding]]) -> Verdict | None:
    """沁水县更高（沁水县：100%（2027年）；…）, or why none is named; None where no order is asked for."""
    if inquiry.query.superlative is None and not inquiry.query.alike:
        return None
    if inquiry.query.superlative and not KINDS[inquiry.query.asked].figure:
        return None  # it was not read what the most is asked of: any figure would be a guess
    figures = {region: figures_of(inquiry, found) for region, found in findings.items()}
    thing = _thing_compared(figures)
    if thing is None:
        return Verdict(Statement(f"没有判断高低：{_why_not(figures)}"), {})
    alike = {
        region: [one for one in found if (one.thing, one.unit) == thing] for region, found in figures.items()
    }
    alike = {region: found for region, found in alike.items() if found}
    several = [region for region, found in alike.items() if len({one.value for one in found}) > 1]
    unread = [
        r for r, found in findings.items() if r not in alike and any(names_thing(f, thing[0]) for f in found)
    ]
    if unread:
        told = f"{'、'.join(unread)}的原文写到“{thing[0]}”，但没有读到它的数值"
        return Verdict(Statement(f"没有判断高低：{told}。"), {})
    if several:
        region = several[0]
        told = "、".join(one.told for one in alike[region])
        return Verdict(Statement(f"没有判断高低：{region}的{thing[0]}写有几个数值（{told}）。"), {})
    return _ordered(inquiry, {region: found[0] for region, found in alike.items()})


def _thing_compared(figures: Mapping[str, Sequence[Figure]]) -> tuple[str, str] | None:
    """The nearest thing and unit to the question that at least two regions set.

    None where there is none, where two things are equally near, or where the very thing asked is set by one
    region alone: another one is then no measure of it.
    """
    told = [one for found in figures.values() for one in found]
    for far in sorted({one.far for one in told}):
        near = [one for one in told if one.far == far]
        things = [thing for thing in _things(near) if len(_regions_with(thing, figures)) > 1]
        if len(things) == 1:
            return things[0]
        if things or near[0].exact:
            return None
    return None


def _things(figures: Iterable[Figure]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((one.thing, one.unit) for one in figures))


def _regions_with(thing: tuple[str, str], figures: Mapping[str, Sequence[Figure]]) -> list[str]:
    return [region for region, found in figures.items() if thing in _things(found)]


def _why_not(figures: Mapping[str, Sequence[Figure]]) -> str:
    told = [f"{region}：{found[0].thing}{found[0].told}" for region, found in figures.items() if found]
    if len(told) > 1:
        return f"各地数值所指的指标不完全相同（{'；'.join(told)}）。"
    if told:
        return f"只读到一个地区所问指标的数值（{told[0]}）。"
    return "没有读到所问指标的数值，以下是各地最接近的条文。"


def _ordered(inquiry: Inquiry, one: Mapping[str, Figure]) -> Verdict:
    asked = inquiry.query.superlative
    order = sorted(one, key=lambda region: one[region].value, reverse=asked != "least")
    alike = len({one[region].fact.subject for region in order}) == 1
    told = "；".join(
        f"{region}：{'' if alike else one[region].fact.subject}{one[region].told}" for region in order
    )
    first = [region for region in order if one[region].value == one[order[0]].value]
    low = asked == "least"
    if len(first) == len(order):
        head = "数值相同"
    elif asked is None:
        head = "数值不同"
    elif len(first) > 1:
        head = f"{'、'.join(first)}数值相同，{'低' if low else '高'}于其他地区"
    else:
        head = f"{order[0]}更{'低' if low else '高'}"
    quoted = {region: _quoted(inquiry, one[region]) for region in order}
    numbers = tuple(number for statement in quoted.values() for number in statement.citations)
    return Verdict(Statement(f"{head}（{told}）", numbers), quoted)


def _quoted(inquiry: Inquiry, figure: Figure) -> Statement:
    """The passage that holds the figure."""
    for passage in figure.finding.passages:
        if passage.start <= figure.fact.start < passage.end:
            return statement_of(inquiry, figure.finding, passage)
    return Statement(figure.told, (inquiry.citations.cite(figure.finding.entry),))
