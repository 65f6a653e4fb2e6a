"""Where something stands in a document: its words, their offsets, and the clause that holds them.

What a report names is shown to people, who look for a clause and not for an offset.  Left out: what is said
about the words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from index.records import Clause, Document


@dataclass(frozen=True, slots=True)
class Spot:
    """``document.text[start:end] == text``; ``place`` is that of the clause where the words begin."""

    start: int
    end: int
    text: str
    ordinal: int
    place: tuple[str, ...]


class Layout:
    """A document with its clauses, to be asked which clause a stretch of text begins in."""

    def __init__(self, document: Document, clauses: Sequence[Clause]) -> None:
        self.document = document
        self.clauses = tuple(sorted(clauses, key=lambda clause: clause.start))
        self._starts = [clause.start for clause in self.clauses]

    def clause_at(self, offset: int) -> Clause | None:
        """The clause that holds the character at ``offset``, or the last one before it; None before all."""
        before = bisect_right(self._starts, offset)
        return self.clauses[before - 1] if before else None

    def spot(self, start: int, end: int) -> Spot:
        """The words from ``start`` to ``end``; ordinal -1 and no place where no clause holds them."""
        clause, text = self.clause_at(start), self.document.text[start:end]
        return Spot(start, end, text, clause.ordinal if clause else -1, clause.place if clause else ())
