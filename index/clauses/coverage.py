"""How much of a file stands in its document's clauses, counted and not assumed.

Only characters that are not blank count (``str.isspace`` false).  Every one that the file shows should be in
exactly one clause, or among what was left out for a reason; what is in none, or in several, is reported as a
number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from index.records import Clause, Document

ENOUGH: Final = 0.95
"""Share of a file's characters below which whoever takes it in is warned: one line in twenty is missing
without a reason.  Of the five documents in every format that the project can make
(`benchmarks/formats.py`), none has less than .99."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of characters that are not blank: of the text, in no clause, in more than one; then of the file:
    all that it shows, what its reader or cleaning left out for a reason, what is missing without one."""

    characters: int = 0
    in_none: int = 0
    in_several: int = 0
    of_file: int = 0
    left_out: int = 0
    lost: int = 0

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(
            self.characters + other.characters,
            self.in_none + other.in_none,
            self.in_several + other.in_several,
            self.of_file + other.of_file,
            self.left_out + other.left_out,
            self.lost + other.lost,
        )

    @property
    def missing(self) -> int:
        """The file's characters that are in no clause and were left out for no reason."""
        return self.in_none + self.lost

    @property
    def share(self) -> float:
        """The share of the file's characters that stand in a clause or were left out for a reason, 0 to 1;
        1 for an empty file."""
        return max(0.0, 1.0 - self.missing / self.of_file) if self.of_file else 1.0

    @property
    def is_enough(self) -> bool:
        """False where so much is missing that it must be said."""
        return self.share >= ENOUGH


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A file of which too much is missing: of how many characters, and the first words that are nowhere."""

    file: str
    share: float
    missing: int
    of_file: int
    sample: str

    def __str__(self) -> str:
        begins = f", beginning with “{self.sample}”" if self.sample else ""
        return (
            f"{self.file}: {self.missing} of {self.of_file} characters ({100 - 100 * self.share:.1f} %) "
            f"are missing from the text without a reason{begins}. "
            "Compare it with the file, or save that in another format."
        )


def shortfall(document: Document, covered: Coverage) -> Shortfall | None:
    """That too much of a document's file is missing, as `coverage` counted it; None where it is not."""
    if covered.is_enough:
        return None
    sample = document.count.lost_sample if document.count else ""
    return Shortfall(document.file, covered.share, covered.missing, covered.of_file, sample)


def not_blank(text: str) -> int:
    """The number of characters that are not blank: ``'一、 总则'`` -> 4."""
    return sum(map(len, text.split()))


def coverage(document: Document, clauses: Iterable[Clause]) -> Coverage:
    """Count what the clauses cover of the document's clean text, and of its file."""
    in_none = in_several = reached = 0
    for clause in sorted(clauses, key=lambda clause: clause.start):
        in_none += not_blank(document.text[reached : clause.start])
        in_several += not_blank(document.text[clause.start : min(reached, clause.end)])
        reached = max(reached, clause.end)
    in_none += not_blank(document.text[reached:])
    characters, count = not_blank(document.text), document.count
    removed = sum(not_blank(removal.text) for removal in document.removals)
    if count is None:
        return Coverage(characters, in_none, in_several, characters + removed, removed)
    return Coverage(
        characters=characters,
        in_none=in_none,
        in_several=in_several,
        of_file=max(count.characters, 1),
        left_out=removed + count.with_reason,
        lost=count.lost,
    )
