"""What an index hands out: a document without its text, a clause with its key, a range of keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from index.records import Clause, Described, Document, Fact

WINDOWS_PER_KEY: Final = 1024
"""Numbers kept for the windows of one clause: room for a clause of a third of a million characters."""


@dataclass(frozen=True, slots=True)
class KeyRange:
    """The clause keys ``first`` to ``last``, both included; a document's clauses have such a range."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class DocumentInfo(Described):
    """A document without its text: what lists, filters and region matching need.

    ``number`` is the document's number within this generation; ``clauses`` counts them and ``keys`` is
    their range (None where the document has no clause).
    """

    number: int
    keys: KeyRange | None

    @property
    def clauses(self) -> int:
        """The number of its clauses."""
        return self.keys.last - self.keys.first + 1 if self.keys else 0


def info_of(document: Document, keys: KeyRange) -> DocumentInfo:
    """What an index lists of a document whose clauses have these keys."""
    return DocumentInfo(
        file=document.file,
        kind=document.kind,
        fields=document.fields,
        source_hash=document.source_hash,
        number=keys.first,
        keys=keys if keys.last >= keys.first else None,
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """A clause of the index with its key, the file it stands in, and what it says."""

    key: int
    file: str
    clause: Clause
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """``key`` names a clause of the index; ``score`` is always higher-is-better."""

    key: int
    score: float
