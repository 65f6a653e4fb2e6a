"""What a message points at in the answer before it: this bureau, the second item.

The regions of a comparison are told from the questions alone (`qa.question.turned`); bodies and items stand
in the answer, which is made again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from index.language.agency_names import normalise_agency
from index.records import Agency
from index.search.index import Index
from qa.question.terms import terms_of
from qa.records import Answer, Query, Quotes, Statement

AskAll = Callable[[str, Sequence[str]], Answer]
"""A question with those before it → its answer."""
PLACES = {"first": 0, "second": 1, "third": 2, "last": -1}
_ROLE = re.compile(r"(?<=[\u4e00-\u9fff])（")
LONGEST_ITEM = 24
"""Characters of an item that say what it is about; its sentence says more than can be searched for."""


def pointed(query: Query, index: Index, history: Sequence[str], ask: AskAll) -> Query:
    """The question with the body or the item that it means in its place; as it was where there is none."""
    if query.refers in {"nothing", "all", "fresh"} or not history:
        return query
    before = _last_answer(history, ask)
    if before is None or len(before.query.regions) > 1:
        return query
    if query.refers == "body" or query.asked == "tasks":
        return _of_body(query, before, index)
    return _of_item(query, before, index)


def _last_answer(history: Sequence[str], ask: AskAll) -> Answer | None:
    """The answer to the last message that asked something."""
    for at in range(len(history) - 1, -1, -1):
        answer = ask(history[at], history[:at])
        if not answer.query.asks_nothing:
            return answer
    return None


def _of_body(query: Query, before: Answer, index: Index) -> Query:
    """The tasks of the body that leads or stands first, or of the one counted."""
    bodies = _bodies(before, index)
    at = PLACES.get(query.refers, 0)
    if not bodies or at >= len(bodies):
        return query
    return replace(
        query,
        asked="tasks",
        agency=normalise_agency(bodies[at]),
        regions=query.regions or before.query.regions,
        terms=query.own_terms,
        topic=" ".join(query.own_terms),
        inherited=("region", "agency"),
    )


def _bodies(before: Answer, index: Index) -> list[str]:
    """The bodies that the answer names, those that lead first; the one whose tasks it lists."""
    if before.query.agency:
        return [before.query.agency]
    keys = dict.fromkeys(citation.clause_key for citation in before.citations)
    facts = [fact for entry in index.entries(list(keys)[:1]) for fact in entry.facts]
    named = [fact for fact in facts if isinstance(fact, Agency) and fact.text in before.text]
    leads = [fact.text for fact in named if fact.role == "lead"]
    return list(dict.fromkeys([*leads, *(fact.text for fact in named)]))


def _of_item(query: Query, before: Answer, index: Index) -> Query:
    """The question asked of the item counted in the answer's list."""
    items = [item for block in before.blocks if isinstance(block, Quotes) for item in block.items]
    at = PLACES.get(query.refers)
    if at is None or len(items) < 2 or at >= len(items):
        return query
    meant = terms_of(_head(items[at]), index.clauses_holding)
    if not meant:
        return query
    terms = tuple(dict.fromkeys((*query.own_terms, *meant)))
    return replace(
        query,
        terms=terms,
        topic=" ".join(terms),
        regions=query.regions or before.query.regions,
        inherited=("region", "topic"),
    )


def _head(item: Statement) -> str:
    """储备物资 of （二）储备物资（牵头）：…, with the heading above it."""
    return _ROLE.split(item.text.split("：")[0])[0][:LONGEST_ITEM]
