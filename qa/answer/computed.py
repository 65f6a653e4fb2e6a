"""Sums and differences that the program draws from printed figures, always marked as drawn by it.

Figures are added only where each stands for a part of its own: one figure a passage, or one thing in several
years.  Left out: shares of something, which do not add up, and figures that are limits (不超过3亿元).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from index.records import Money, Target
from qa.evidence.findings import Finding
from qa.evidence.passages import Passage
from qa.question.kinds import holds_kind
from qa.records import Asked

BY_PROGRAM: Final = "由程序算出，原文没有写"
_SHARES: Final = frozenset({"%", "‰", "个百分点", ""})
_MULTIPLES: Final = ((100_000_000, "亿"), (10_000, "万"))


def total_of(finding: Finding, chosen: Sequence[Passage], asked: Asked) -> str | None:
    """按以上3项相加为5400座（由程序算出，原文没有写）; None where the figures are no parts of one whole."""
    facts = [fact for passage in chosen if (found := _figures(finding, passage, asked)) for fact in found]
    units = {_unit(fact) for fact in facts}
    if len(facts) < 2 or len(units) != 1 or units & _SHARES:
        return None
    if any(fact.comparison not in ("=", "+") for fact in facts) or not _are_parts(finding, chosen, facts):
        return None
    value = sum(_value(fact) for fact in facts)
    return f"按以上{len(facts)}项相加为{printed(value, units.pop())}（{BY_PROGRAM}）"


def difference(first: float, second: float, unit: str) -> str:
    """相差7000亩（由程序算出，原文没有写）."""
    unit = "个百分点" if unit == "%" else unit
    return f"相差{printed(abs(first - second), unit)}（{BY_PROGRAM}）"


def printed(value: float, unit: str) -> str:
    """12500万 as 1.25亿, 7000 as 7000: the number as short as it can be told without loss."""
    value = round(value, 4)
    for times, name in _MULTIPLES:
        if value >= times and round(value / times, 4) == value / times:
            return f"{value / times:.4f}".rstrip("0").rstrip(".") + name + unit
    return f"{value:g}{unit}" if value < 1_000_000 else f"{value:.0f}{unit}"


def _figures(finding: Finding, passage: Passage, asked: Asked) -> list[Target | Money]:
    facts = [fact for fact in finding.hit.facts if passage.start <= fact.start < passage.end]
    return [fact for fact in facts if isinstance(fact, (Target, Money)) and holds_kind(asked, (fact,))]


def _are_parts(finding: Finding, chosen: Sequence[Passage], facts: Sequence[Target | Money]) -> bool:
    """True for one figure a passage, and for one thing in several years."""
    a_passage = [sum(p.start <= fact.start < p.end for fact in facts) for p in chosen]
    things, years = {fact.subject for fact in facts}, [fact.year for fact in facts]
    yearly = len(things) == 1 and None not in years and len(set(years)) == len(years)
    return yearly or (len(chosen) > 1 and all(count == 1 for count in a_passage))


def _unit(fact: Target | Money) -> str:
    return fact.base if isinstance(fact, Target) else "元"


def _value(fact: Target | Money) -> float:
    return fact.amount if isinstance(fact, Target) else fact.yuan
