"""What the routes answer beside the objects of ``qa.serial``, as types that OpenAPI describes."""

from __future__ import annotations

from typing_extensions import TypedDict

from index.entries import DocumentInfo
from qa.serial import HitObject, TaskObject


class Hits(TypedDict):
    """Clauses found, best first, in this generation of the index."""

    generation: int
    hits: list[HitObject]


class Ledger(TypedDict):
    """Rows in the order of the documents."""

    generation: int
    count: int
    tasks: list[TaskObject]


class DocumentObject(TypedDict):
    """What a document says about itself; null where it does not say."""

    file: str
    title: str
    kind: str
    region: str | None
    issuer: str | None
    number: str | None
    date: str | None
    clauses: int
    source_hash: str


class Documents(TypedDict):
    """All documents in the order of their files' names."""

    generation: int
    count: int
    documents: list[DocumentObject]


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


def document_object(info: DocumentInfo) -> DocumentObject:
    """A document as a JSON object."""
    return {
        "file": info.file,
        "title": info.title,
        "kind": info.kind,
        "region": info.region,
        "issuer": info.value("issuer"),
        "number": info.value("number"),
        "date": info.value("date"),
        "clauses": info.clauses,
        "source_hash": info.source_hash,
    }
