"""Which of several regions sets the most or the least: said only of figures of the very thing asked.

One thing, printed alike for every region compared, in one unit, one figure a region; else no region is named,
and the answer says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qa.answer.computed import difference
from qa.answer.quoting import statement_of
from qa.evidence.findings import Finding, Inquiry
from qa.evidence.things import Figure, figures_of, names_thing
from qa.question.kinds import KINDS
from qa.records import Statement, Superlative


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of the order, and each region's sentence that it rests on: empty where none is named.

    ``asked``: the order is the answer, and no other sentence of a region answers.
    """

    statement: Statement
    told: Mapping[str, Statement]
    asked: bool = True


def conclusion(inquiry: Inquiry, findings: Mapping[str, Sequence[Finding]]) -> Verdict | None:
    """沁水县更高（沁水县：100%（2027年）；…）, or why none is named; None where no order is asked for."""
    asked = inquiry.query.superlative is not None or inquiry.query.alike
    read = KINDS[inquiry.query.asked].figure
    if not asked and not read:
        return None
    figures = _figures_compared(inquiry, findings, read=read)
    thing = _thing_compared(figures)
    if thing is None:
        none = Verdict(Statement(f"没有判断高低：{_why_not(figures)}"), {})
        return none if asked and read else None
    alike = {
        region: [one for one in found if (one.thing, one.unit) == thing] for region, found in figures.items()
    }
    alike = {region: found for region, found in alike.items() if found}
    several = [region for region, found in alike.items() if len({one.value for one in found}) > 1]
    unread = [
        r for r, found in findings.items() if r not in alike and any(names_thing(f, thing[0]) for f in found)
    ]
    why = ""
    if unread:
        why = f"{'、'.join(unread)}的原文写到“{thing[0]}”，但没有读到它的数值"
    elif several:
        told = "、".join(one.told for one in alike[several[0]])
        why = f"{several[0]}的{thing[0]}写有几个数值（{told}）"
    if why:
        return Verdict(Statement(f"没有判断高低：{why}。"), {}) if asked else None
    return _ordered(inquiry, {region: found[0] for region, found in alike.items()}, asked=asked)


def _figures_compared(
    inquiry: Inquiry, findings: Mapping[str, Sequence[Finding]], *, read: bool
) -> dict[str, list[Figure]]:
    """Each region's figures; where it was not read what is compared, those of what the question names."""
    text = inquiry.query.text
    return {
        region: [one for one in figures_of(inquiry, found) if read or one.thing in text]
        for region, found in findings.items()
    }


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


def _ordered(inquiry: Inquiry, one: Mapping[str, Figure], *, asked: bool) -> Verdict:
    """The order with each figure, and how far first and last lie apart."""
    wanted = inquiry.query.superlative
    order = sorted(one, key=lambda region: one[region].value, reverse=wanted != "least")
    alike = len({one[region].fact.subject for region in order}) == 1
    told = "；".join(
        f"{region}：{'' if alike else one[region].fact.subject}{one[region].told}" for region in order
    )
    quoted = {region: quoted_figure(inquiry, one[region]) for region in order}
    numbers = tuple(number for statement in quoted.values() for number in statement.citations)
    statement = Statement(f"{_head(order, one, wanted, asked=asked)}（{told}）{_apart(order, one)}", numbers)
    return Verdict(statement, quoted, asked)


def _head(order: Sequence[str], one: Mapping[str, Figure], wanted: Superlative | None, *, asked: bool) -> str:
    """西岭县更高, 数值相同, and the like."""
    first = [region for region in order if one[region].value == one[order[0]].value]
    side = "低" if wanted == "least" else "高"
    if len(first) == len(order):
        return "数值相同"
    if wanted is None:
        return "数值不同" if asked else "从高到低"
    return f"{'、'.join(first)}数值相同，{side}于其他地区" if len(first) > 1 else f"{order[0]}更{side}"


def _apart(order: Sequence[str], one: Mapping[str, Figure]) -> str:
    """How far the first and last lie apart; empty where they are alike, or limits of another kind each."""
    first, last = one[order[0]], one[order[-1]]
    if first.value == last.value or len({one[region].fact.comparison for region in order}) > 1:
        return ""
    ends = "" if len(order) == 2 else f"{order[0]}与{order[-1]}"
    return f"，{ends}{difference(first.value, last.value, first.unit)}"


def quoted_figure(inquiry: Inquiry, figure: Figure) -> Statement:
    """The passage that holds the figure."""
    for passage in figure.finding.passages:
        if passage.start <= figure.fact.start < passage.end:
            return statement_of(inquiry, figure.finding, passage)
    return Statement(figure.told, (inquiry.citations.cite(figure.finding.entry),))
