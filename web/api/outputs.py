"""What routes and MCP tools answer beside the objects of ``qa.api``, as types that schemas are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import TypedDict

from index.entries import DocumentInfo, Entry
from index.records import ClauseKind
from index.search.links import LinkObject, link_object
from qa.api.object_types import FactObject, HitObject, PageObject, StandingObject, TaskObject
from qa.api.objects import fact_object, page_object, standing_object

if TYPE_CHECKING:  # what it imports opens indexes, and a program that only reads these objects need not
    from index.search.index import Index
    from qa.api.clause_at import Surrounded


class Hits(TypedDict):
    """Clauses found, best first, in this generation of the index."""

    generation: int
    hits: list[HitObject]


class Ledger(TypedDict):
    """Rows in the order of the documents."""

    generation: int
    count: int
    tasks: list[TaskObject]


class Me(TypedDict):
    """Who asks, null where nobody logs in, and the role: reader, editor or administrator."""

    name: str | None
    role: str


class DocumentObject(TypedDict):
    """What a document says about itself; null where it does not say.

    ``standing`` is why it does not hold today, null where it does or nothing tells; ``links`` are those that
    it makes to other documents of the index and they to it.
    """

    file: str
    title: str
    kind: str
    region: str | None
    issuer: str | None
    number: str | None
    date: str | None
    in_force_from: str | None
    valid_until: str | None
    standing: StandingObject | None
    links: list[LinkObject]
    clauses: int
    source_hash: str


class Documents(TypedDict):
    """All documents in the order of their files' names."""

    generation: int
    count: int
    documents: list[DocumentObject]


class NeighbourObject(TypedDict):
    """A clause beside another; ``text`` stands at start:end of the document."""

    place: list[str]
    text: str
    start: int
    end: int


class ClauseObject(TypedDict):
    """A clause, ``text`` word for word at start:end, with its neighbours in the order of the document."""

    generation: int
    file: str
    title: str
    document_number: str | None
    region: str | None
    kind: ClauseKind
    place: list[str]
    text: str
    start: int
    end: int
    page: PageObject | None
    facts: list[FactObject]
    before: list[NeighbourObject]
    after: list[NeighbourObject]


class Health(TypedDict, total=False):
    """How a server is; ``reason`` where it cannot answer, else what its index holds."""

    status: str
    reason: str
    generation: int
    documents: int
    clauses: int


class FieldProblem(TypedDict):
    """One input that was wrong."""

    field: str
    message: str


class _Said(TypedDict):
    code: str
    message: str


class Refusal(_Said, total=False):
    """What was wrong; ``fields`` only where it is known which input was."""

    fields: list[FieldProblem]


class ErrorObject(TypedDict):
    """Any answer that is no success."""

    error: Refusal


def document_object(index: Index, info: DocumentInfo) -> DocumentObject:
    """A document of an index as a JSON object."""
    return {
        "file": info.file,
        "title": info.title,
        "kind": info.kind,
        "region": info.region,
        "issuer": info.value("issuer"),
        "number": info.value("number"),
        "date": info.value("date"),
        "in_force_from": info.value("in_force_from"),
        "valid_until": info.value("valid_until"),
        "standing": standing_object(index.standing(info.file)),
        "links": [link_object(link) for link in index.links_of(info.file)],
        "clauses": info.clauses,
        "source_hash": info.source_hash,
    }


def clause_object(read: Surrounded, generation: int) -> ClauseObject:
    """A clause with its neighbours as a JSON object."""
    info, clause = read.document, read.entry.clause
    return {
        "generation": generation,
        "file": info.file,
        "title": info.title,
        "document_number": info.value("number"),
        "region": info.region,
        "kind": clause.kind,
        "place": list(clause.place),
        "text": clause.text,
        "start": clause.start,
        "end": clause.end,
        "page": page_object(read.page),
        "facts": [fact_object(fact) for fact in read.entry.facts],
        "before": [_neighbour(entry) for entry in read.before],
        "after": [_neighbour(entry) for entry in read.after],
    }


def _neighbour(entry: Entry) -> NeighbourObject:
    clause = entry.clause
    return {"place": list(clause.place), "text": clause.text, "start": clause.start, "end": clause.end}
