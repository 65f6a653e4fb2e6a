"""What is to be known about one document of an index: how much of it was read, and what is odd in it.

Counts of clauses, facts and what cleaning took out, and notes: numbers that are missing, text that stands
twice, places that may contradict each other.  A note is about the document as it was published and no fault
of the index.  A module of its own finds each; this puts them together, one document at a time.  Left out:
whether the index holds together (`verify`), and what two documents say of one thing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.check.contradictions import Contradiction, contradictions
from index.check.duplicates import Duplicate, duplicates
from index.check.guessed_tables import GuessedTable, guessed_tables
from index.check.numbering_gaps import NumberingNote, numbering_notes
from index.check.spots import Layout
from index.clauses.coverage import Coverage, coverage
from index.entries import Entry
from index.records import Document, LeftOut, Removal
from index.search.index import Index


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of one name: body 66, agency 301."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Removed:
    """What cleaning took out for one reason: how often, how many characters, and the words themselves.

    ``words`` counts what stood there, blanks around it left off, in the order of the text; what was blank or
    invisible is not listed.
    """

    reason: str
    times: int
    characters: int
    words: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """One document in counts and notes; all offsets are those of its clean text.

    ``left_out`` is what its reader did not bring into the text at all, ``removed`` what cleaning took out
    of it; ``guessed`` are tables that lost their grid, a warning about the reading and no note on the text.
    """

    file: str
    title: str
    coverage: Coverage
    clauses: tuple[Count, ...]
    facts: tuple[Count, ...]
    removed: tuple[Removed, ...]
    left_out: tuple[LeftOut, ...]
    numbering: tuple[NumberingNote, ...]
    duplicates: tuple[Duplicate, ...]
    contradictions: tuple[Contradiction, ...]
    guessed: tuple[GuessedTable, ...] = ()

    @property
    def notes(self) -> int:
        """How much there is to be looked at: numbering, duplicates and contradictions together."""
        return len(self.numbering) + len(self.duplicates) + len(self.contradictions)


def report(index: Index, file: str) -> DocumentReport:
    """The report of one document of an open index; raises SourceError where there is no such document."""
    return report_of(index.document(file), index.entries_of(file))


def report_of(document: Document, entries: Sequence[Entry]) -> DocumentReport:
    """The report of a document with its clauses and their facts."""
    ordered = sorted(entries, key=lambda entry: entry.clause.start)
    clauses, facts = [entry.clause for entry in ordered], [entry.facts for entry in ordered]
    layout = Layout(document, clauses)
    return DocumentReport(
        file=document.file,
        title=document.title,
        coverage=coverage(document, clauses),
        clauses=_counts(clause.kind for clause in clauses),
        facts=_counts(type(fact).__name__.lower() for own in facts for fact in own),
        removed=_removed(document.removals),
        left_out=document.count.left_out if document.count else (),
        numbering=numbering_notes(layout),
        duplicates=duplicates(layout),
        contradictions=contradictions(layout, facts),
        guessed=guessed_tables(document, clauses),
    )


def _counts(names: Iterable[str]) -> tuple[Count, ...]:
    return tuple(Count(name, count) for name, count in Counter(names).most_common())


def _removed(removals: Sequence[Removal]) -> tuple[Removed, ...]:
    by_reason: dict[str, list[str]] = {}
    for removal in removals:
        if removal.text.isspace():
            continue  # a line break inside a sentence: nobody misses it
        by_reason.setdefault(removal.reason, []).append(removal.text)
    return tuple(
        Removed(reason, len(texts), sum(map(len, texts)), _words(texts))
        for reason, texts in by_reason.items()
    )


def _words(texts: Iterable[str]) -> tuple[Count, ...]:
    said = Counter(text.strip() for text in texts)
    return tuple(Count(words, count) for words, count in said.items() if any(map(str.isprintable, words)))
