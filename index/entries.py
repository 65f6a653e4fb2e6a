"""What an index hands out: a document without its text, a clause with its key, a range of keys."""

from __future__ import annotations

from dataclasses import dataclass

from index.records import Clause, DocumentKind, Fact, Field, FieldName


@dataclass(frozen=True, slots=True)
class KeyRange:
    """The clause keys ``first`` to ``last``, both included; a document's clauses have such a range."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document without its text: what lists, filters and region matching need.

    ``number`` is the document's number within this generation; ``clauses`` counts them and ``keys`` is
    their range (None where the document has no clause).
    """

    number: int
    file: str
    kind: DocumentKind
    fields: tuple[Field, ...]
    source_hash: str
    keys: KeyRange | None

    @property
    def clauses(self) -> int:
        """The number of its clauses."""
        return self.keys.last - self.keys.first + 1 if self.keys else 0

    def value(self, name: FieldName) -> str | None:
        """The value of the first field of that name; None where the document does not say."""
        return next((field.value for field in self.fields if field.name == name), None)

    @property
    def title(self) -> str:
        """The title, or the file's name without its ending where no title was found."""
        return self.value("title") or self.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]

    @property
    def region(self) -> str | None:
        """The region it speaks for, as 运城市 or 杭锦旗."""
        return self.value("region")


@dataclass(frozen=True, slots=True)
class Entry:
    """A clause of the index with its key, the file it stands in, and what it says."""

    key: int
    file: str
    clause: Clause
    facts: tuple[Fact, ...]
