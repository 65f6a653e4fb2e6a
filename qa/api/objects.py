"""Hits, answers and tasks as the JSON objects that ``--json`` and ``batch`` write.

Their types, which ``docs/schemas`` is written from, are in `object_types`.  Scores are rounded to six places,
since the rest is noise of the arithmetic.  Left out: reading such objects back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, assert_never, cast

from index.records import Fact, PageStart
from index.search.standing import Standing
from qa.api.object_types import (
    AnswerObject,
    BlockObject,
    CitationObject,
    FactObject,
    HitObject,
    PageObject,
    QuoteItem,
    StandingObject,
    TaskObject,
    UnderstoodObject,
)
from qa.api.why import PLACES, why_object
from qa.records import Answer, Block, Citation, Hit, Query, Quotes, Statement, Table

if TYPE_CHECKING:  # what it imports opens indexes, and a program that only reads these objects need not
    from qa.ledger.tasks import Task


def answer_object(answer: Answer, *, why: bool = False) -> AnswerObject:
    """An answer as a JSON object; with ``why`` also how it came about."""
    made: AnswerObject = {
        "question": answer.query.question,
        "answer": answer.text,
        "abstained": answer.abstained,
        "citations": [_citation(citation) for citation in answer.citations],
        "hits": hit_objects(answer.hits),
        "blocks": [_block(block) for block in answer.blocks],
        "understood": understood_object(answer.query),
    }
    if why:
        made["why"] = why_object(answer)
    return made


def hit_objects(hits: Sequence[Hit]) -> list[HitObject]:
    """Hits, best first, as JSON objects."""
    return [_hit(rank, hit) for rank, hit in enumerate(hits, 1)]


def _hit(rank: int, hit: Hit) -> HitObject:
    clause = hit.clause
    return {
        "rank": rank,
        "file": hit.file,
        "title": hit.title,
        "region": hit.region,
        "path": list(clause.path),
        "label": clause.label,
        "heading": clause.heading,
        "start": clause.start,
        "end": clause.end,
        "text": clause.text,
        "facts": [fact_object(fact) for fact in hit.facts],
        "score": round(hit.score, PLACES),
        "word_score": round(hit.word_score, PLACES),
        "vector_score": round(hit.vector_score, PLACES),
    }


def fact_object(fact: Fact) -> FactObject:
    """A fact as a JSON object; ``kind`` says which: agency, deadline, target or money."""
    return cast("FactObject", {"kind": type(fact).__name__.lower(), **asdict(fact)})


def _citation(citation: Citation) -> CitationObject:
    return {
        "number": citation.number,
        "file": citation.file,
        "title": citation.title,
        "document_number": citation.document_number,
        "region": citation.region,
        "path": list(citation.path),
        "label": citation.label,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "text": citation.text,
        "clause_start": citation.clause_start,
        "page": page_object(citation.page),
        "standing": standing_object(citation.standing),
    }


def standing_object(standing: Standing | None) -> StandingObject | None:
    """Why a document does not hold as a JSON object; None where it does, or nothing tells."""
    return cast("StandingObject", asdict(standing)) if standing else None


def page_object(page: PageStart | None) -> PageObject | None:
    """A page or sheet as a JSON object; None where the file has none."""
    return {"kind": page.kind, "name": page.name} if page else None


def _block(block: Block) -> BlockObject:
    match block:
        case Statement():
            return {"kind": "statement", "text": block.text, "citations": list(block.citations)}
        case Quotes():
            items: list[QuoteItem] = [
                {"text": item.text, "citations": list(item.citations)} for item in block.items
            ]
            return {"kind": "quotes", "items": items}
        case Table():
            return {"kind": "table", "header": list(block.header), "rows": [list(row) for row in block.rows]}
        case _:
            assert_never(block)


def understood_object(query: Query) -> UnderstoodObject:
    """What a question was taken to mean, as a JSON object."""
    return {
        "asked": query.asked,
        "regions": list(query.regions),
        "elsewhere": list(query.elsewhere),
        "years": list(query.years),
        "agency": query.agency,
        "topic": query.topic,
        "inherited": list(query.inherited),
    }


def task_object(task: Task) -> TaskObject:
    """A row of the ledger as a JSON object."""
    facts: tuple[Fact, ...] = (*task.agencies, *task.deadlines, *task.targets, *task.money)
    return {
        "region": task.region,
        "title": task.title,
        "document_number": task.document_number,
        "standing": standing_object(task.standing),
        "file": task.file,
        "place": list(task.place),
        "label": task.label,
        "task": task.task,
        "says": task.says,
        "lead": list(task.bodies("lead")),
        "first": list(task.bodies("first")),
        "responsible": list(task.bodies("responsible")),
        "support": list(task.bodies("support")),
        "facts": [fact_object(fact) for fact in sorted(facts, key=lambda fact: fact.start)],
        "quote": task.quote,
        "start": task.start,
        "end": task.end,
    }
