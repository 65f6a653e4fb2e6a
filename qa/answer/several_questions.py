"""Several questions in one turn: each is answered by itself, under its own head, none dropped and none mixed.

A part that names no region or subject of its own takes those of the part before, as a follow-up does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from index.language.numerals import chinese_numeral
from index.search.index import Index
from qa.question.places import spoken_forms
from qa.question.understand import understand
from qa.records import Block, Hit, Query, Statement


@dataclass(frozen=True, slots=True)
class Part:
    """The answer to one question: its blocks, whether it is silent, the clauses found, and the key of the one
    that answers best, None where none was found."""

    blocks: Sequence[Block]
    abstained: bool
    hits: Sequence[Hit]
    best: int | None


def queries_apart(parts: Sequence[str], index: Index, history: Sequence[str]) -> list[Query]:
    """Each part understood after those before it, with the region and the subject that it leaves out."""
    queries: list[Query] = []
    asked = list(history)
    for part in parts:
        query = understand(part, index, asked)
        if queries:
            query = _completed(
                query, queries[-1], understand(_with_region(part, queries[-1]), index, asked), index
            )
        queries.append(query)
        asked.append(part)
    return queries


def _completed(query: Query, before: Query, with_region: Query, index: Index) -> Query:
    """The part with the region of the one before it typed in front; where it brings no subject that a
    document knows, with the subject of the one before too."""
    if any(map(index.clauses_holding, query.own_terms)) or query.asked in ("tasks", "document"):
        return with_region
    regions = query.regions or before.regions
    topic = replace(query, topic=before.topic, terms=before.terms, subject=before.subject, regions=regions)
    return replace(topic, years=query.years or before.years, inherited=("region", "topic"))


def _with_region(part: str, before: Query) -> str:
    named = any(form in part for region in before.regions for form in spoken_forms(region))
    return part if named or before.every_region or len(before.regions) != 1 else f"{before.regions[0]}{part}"


def together(
    parts: Sequence[str], queries: Sequence[Query], one: Callable[[Query, int | None], Part]
) -> Part:
    """The answers of the parts, each under the question as it was typed; silent where all are.

    ``one`` answers a query, from the clause of a key before all others where that states what is asked.
    """
    answered: list[Part] = []
    blocks: list[Block] = []
    for number, (part, query) in enumerate(zip(parts, queries, strict=True), 1):
        goes_on = bool(answered) and "topic" in query.inherited
        answered.append(one(query, answered[-1].best if goes_on else None))
        blocks += [Statement(f"{chinese_numeral(number)}、{part}？"), *answered[-1].blocks]
    turns = zip_longest(*(answer.hits for answer in answered))
    hits = {hit.key: hit for hit in (hit for turn in turns for hit in turn) if hit}
    abstained = all(answer.abstained for answer in answered)
    return Part(blocks, abstained, tuple(hits.values()), answered[0].best)
