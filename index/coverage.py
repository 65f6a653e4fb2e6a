"""How much of a document stands in its clauses, counted and not assumed.

Only characters that are not blank count (``str.isspace`` false).  Every one of them should be in exactly
one clause; what is in none, or in several, is reported as a number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from index.records import Clause, Document


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of characters that are not blank: of the text, in no clause, in more than one."""

    characters: int = 0
    in_none: int = 0
    in_several: int = 0

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(
            self.characters + other.characters,
            self.in_none + other.in_none,
            self.in_several + other.in_several,
        )

    @property
    def share(self) -> float:
        """The share of characters that stand in at least one clause, 0 to 1; 1 for an empty text."""
        return 1.0 - self.in_none / self.characters if self.characters else 1.0


def not_blank(text: str) -> int:
    """The number of characters that are not blank: ``'一、 总则'`` -> 4."""
    return sum(map(len, text.split()))


def coverage(document: Document, clauses: Iterable[Clause]) -> Coverage:
    """Count what the clauses cover of the document's clean text."""
    in_none = in_several = reached = 0
    for clause in sorted(clauses, key=lambda clause: clause.start):
        in_none += not_blank(document.text[reached : clause.start])
        in_several += not_blank(document.text[clause.start : min(reached, clause.end)])
        reached = max(reached, clause.end)
    in_none += not_blank(document.text[reached:])
    return Coverage(not_blank(document.text), in_none, in_several)
