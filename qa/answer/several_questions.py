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


def as_one(whole: Query, queries: Sequence[Query]) -> Query | None:
    """The one query that the parts are, None where they are several: facts of the same rows of a comparison
    (目标分别是多少，哪一年), fields of the same document (谁、哪天发的)."""
    first, later = queries[0], queries[1:]
    if first.compares and all("topic" in query.inherited for query in later):
        kinds = (kind for query in queries for kind in query.parts or (query.asked,))
        return replace(first, parts=tuple(dict.fromkeys(kinds)))
    fields = {name for query in queries for name in query.fields}
    of_one = all(query.asked == "document" and query.regions == first.regions for query in queries)
    return whole if of_one and fields <= set(whole.fields) else None


def together(
    parts: Sequence[str], queries: Sequence[Query], one: Callable[[Query, int | None], Part]
) -> Part:
    """The answers of the parts, each under the question as it was typed; silent where all are.

    Equal ones stand once.  ``one`` answers a query, from the clause of a key before all others where that
    states what is asked.
    """
    heads: list[str] = []
    answered: list[Part] = []
    for number, (part, query) in enumerate(zip(parts, queries, strict=True), 1):
        head = f"{chinese_numeral(number)}、{part}？"
        goes_on = bool(answered) and "topic" in query.inherited
        found = one(query, answered[-1].best if goes_on else None)
        if goes_on and found.abstained and not answered[-1].abstained:
            before = queries[number - 2]
            both = one(replace(before, text=f"{before.text}，{part}"), answered[-1].best)
            if not both.abstained:  # it says too little by itself: 眼下是多少
                answered[-1] = found = both
        elif answered and answered[-1].abstained and not found.abstained and answered[-1].best == found.best:
            before = queries[number - 2]  # the clause answers the part after it: both may stand there
            both = one(replace(before, text=f"{before.text}，{part}"), found.best)
            answered[-1] = answered[-1] if both.abstained else both
        if answered and _told(found) == _told(answered[-1]):
            heads[-1] += head  # one clause answers both, and is quoted once
            continue
        heads.append(head)
        answered.append(found)
    blocks = [
        block for head, part in zip(heads, answered, strict=True) for block in (Statement(head), *part.blocks)
    ]
    turns = zip_longest(*(answer.hits for answer in answered))
    hits = {hit.key: hit for hit in (hit for turn in turns for hit in turn) if hit}
    abstained = all(answer.abstained for answer in answered)
    return Part(blocks, abstained, tuple(hits.values()), answered[0].best)


def _told(part: Part) -> str:
    return "\n".join(map(str, part.blocks))
