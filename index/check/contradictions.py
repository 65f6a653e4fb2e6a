"""Places of one document that may contradict each other: a target set twice, a place of two kinds.

A plan and its appendix are written by different hands: 规上企业突破180户 in one and 突破300户 in the other.
Only what is set for a year counts, under the same words, unit and comparison; where one of the two names no
year, the year may explain it, and so every finding is a *possible* contradiction.  Left out: which of the
two holds; articles of law, whose numbers are conditions of each article; what two documents say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

from index.check.listed_places import Assignment, assigned_otherwise
from index.check.spots import Layout, Spot
from index.language.folding import without_blanks
from index.language.sentences import sentences
from index.records import Clause, Fact, Target

SHORTEST_SUBJECT: Final = 4
"""Characters of a subject that names one thing (规上企业); shorter ones name many (面积, 按每人, 漏损率)."""
MOST_PLACES: Final = 10
"""Places that set one subject before it is a table's column; policy documents and notices have up to 3."""

_WHOLE_REGION = re.compile(r"^(?:全[国省市县区旗镇乡]|我[省市县区旗])")  # 全县|常住人口城镇化率
_ARTICLE = re.compile(r"第.{1,8}条")  # 第十二条

Disputed = Literal["quantity", "kind"]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A possible contradiction about ``subject``: what each of the two spots says stands in its words.

    quantity: ``subject`` is what is measured, the values are printed quantities (突破180户, 突破300户);
    kind: ``subject`` is a place, the values are the kinds it is listed under.
    """

    disputed: Disputed
    subject: str
    values: tuple[str, str]
    spots: tuple[Spot, Spot]


def differ(one: Target, other: Target) -> bool:
    """True where two targets of one subject differ in quantity, in one unit and not of two years."""
    same_time = one.year is None or other.year is None or one.year == other.year
    return same_time and one.base == other.base and one.amount != other.amount


def contradictions(layout: Layout, facts: Sequence[Sequence[Fact]]) -> tuple[Contradiction, ...]:
    """What a document may say in two ways, by start; ``facts[i]`` are those of ``layout.clauses[i]``."""
    found = [*_quantities(layout, facts), *(_kind(layout, one) for one in assigned_otherwise(layout))]
    return tuple(sorted(found, key=lambda one: one.spots[0].start))


@dataclass(frozen=True, slots=True)
class _Set:
    """A target and the clause that sets it."""

    clause: Clause
    target: Target


def _quantities(layout: Layout, facts: Sequence[Sequence[Fact]]) -> Iterator[Contradiction]:
    by_subject: dict[str, list[_Set]] = {}
    for clause, own in zip(layout.clauses, facts, strict=True):
        if clause.label and _ARTICLE.match(clause.label):
            continue
        for fact in own:
            if isinstance(fact, Target) and len(subject := _subject(fact)) >= SHORTEST_SUBJECT:
                by_subject.setdefault(f"{subject} {fact.base} {fact.comparison}", []).append(
                    _Set(clause, fact)
                )
    for alike in by_subject.values():
        if len(alike) <= MOST_PLACES:
            yield from _pairs(layout, alike)


def _subject(target: Target) -> str:
    return _WHOLE_REGION.sub("", without_blanks(target.subject))


def _pairs(layout: Layout, alike: Sequence[_Set]) -> Iterator[Contradiction]:
    """Pairs of clauses, at least one with a year; a quantity without one may be that of any year."""
    of_years = {one.target.amount for one in alike if one.target.year is not None}
    for one, other in combinations(alike, 2):
        years = one.target.year, other.target.year
        unknown = [one_of.target.amount for one_of in (one, other) if one_of.target.year is None]
        if one.clause is other.clause or years == (None, None) or not differ(one.target, other.target):
            continue
        if not of_years.intersection(unknown):
            spots = _sentence(layout, one), _sentence(layout, other)
            values = one.target.text, other.target.text
            yield Contradiction("quantity", _subject(one.target), values, spots)


def _sentence(layout: Layout, one: _Set) -> Spot:
    """The sentence that sets a target."""
    at = one.target.start - one.clause.start
    spans = sentences(one.clause.text, semicolons=True)
    span = next(span for span in reversed(spans) if span.start <= at)
    return layout.spot(one.clause.start + span.start, one.clause.start + span.end)


def _kind(layout: Layout, one: Assignment) -> Contradiction:
    return Contradiction("kind", one.name, (one.kind, one.other_kind), (one.spot, one.other_spot))
