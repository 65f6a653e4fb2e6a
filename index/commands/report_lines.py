"""The report of a document as lines for a terminal.

Counts first, then a line for each note with the clauses it speaks of and their offsets.  Long words are
shortened and long lists cut; the report itself has all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeVar

from index.check.contradictions import Contradiction
from index.check.duplicates import Duplicate
from index.check.guessed_tables import GuessedTable
from index.check.numbering_gaps import NumberingNote
from index.check.report import Count, DocumentReport, Removed
from index.check.spots import Spot
from index.records import LeftOut

SHOWN: Final = 5
"""Notes of one sort before the rest is only counted: whoever sees five wants the document."""
LONGEST: Final = 40
"""Characters of quoted words: half a line."""

T = TypeVar("T")


def count_lines(report: DocumentReport) -> Iterator[str]:
    """Clauses and facts by kind, and what cleaning and the reader left out."""
    yield f"clauses: {_counts(report.clauses)}"
    yield f"facts: {_counts(report.facts)}"
    yield from (f"removed: {_removed(one)}" for one in report.removed)
    yield from _cut(report.left_out, _left_out)


def note_lines(report: DocumentReport) -> Iterator[str]:
    """What is odd in the document; nothing where nothing is."""
    yield from _cut(report.numbering, _numbering)
    yield from _cut(report.duplicates, _duplicate)
    yield from _cut(report.contradictions, _contradiction)
    yield from _cut(report.guessed, _guessed)


def _cut(notes: Sequence[T], told: Callable[[T], str]) -> Iterator[str]:
    yield from map(told, notes[:SHOWN])
    if len(notes) > SHOWN:
        yield f"… and {len(notes) - SHOWN} more of these"


def _counts(counts: Sequence[Count]) -> str:
    return ", ".join(f"{one.name} {one.count}" for one in counts) or "none"


def _removed(one: Removed) -> str:
    words = _listed(f"{_short(each.name)}{_times(each.count)}" for each in one.words)
    plural = "" if one.times == 1 else f" in {one.times} places"
    return f"{one.reason}, {one.characters} characters{plural}{': ' if words else ''}{words}"


def _left_out(one: LeftOut) -> str:
    place = f" ({one.place})" if one.place else ""
    return f"left out: {one.reason}{place}, {one.characters} characters: {_short(one.sample)}"


def _times(count: int) -> str:
    return f" ×{count}" if count > 1 else ""


def _listed(words: Iterable[str]) -> str:
    each = list(words)
    more = f", … and {len(each) - SHOWN} more" if len(each) > SHOWN else ""
    return ", ".join(each[:SHOWN]) + more


def _guessed(table: GuessedTable) -> str:
    return f"table without its grid: {table}"


def _numbering(note: NumberingNote) -> str:
    numbers = ", ".join(map(str, note.numbers))
    if note.fault == "missing":
        before = f"between {_quoted(note.before)} and" if note.before else "before"
        return f"number missing: {numbers}, {before} {_quoted(note.after)}"
    before = f", after {_quoted(note.before)}" if note.before else ""
    return f"number {note.fault}: {numbers}, at {_quoted(note.after)}{before}"


def _duplicate(one: Duplicate) -> str:
    what = "printed twice in a row" if one.printed == "sentence" else f"printed {len(one.spots)} times"
    places = _listed(_at(spot) for spot in one.spots)
    return f"{what}: {_short(one.spots[0].text)} ({one.characters} characters), {places}"


def _contradiction(one: Contradiction) -> str:
    sides = zip(one.values, one.spots, strict=True)
    told = "; ".join(f"{value} in {_quoted(spot)}" for value, spot in sides)
    return f"possible contradiction: {one.subject}: {told}"


def _quoted(spot: Spot | None) -> str:
    return f"“{_short(spot.text)}” ({_at(spot)})" if spot else ""


def _at(spot: Spot) -> str:
    """The clause's own heading and the offsets: 梯次推进专业镇高质量发展 8147-8203."""
    return f"{_short(spot.place[-1])} {spot.start}-{spot.end}" if spot.place else f"{spot.start}-{spot.end}"


def _short(words: str) -> str:
    """On one line, its beginning and its end."""
    flat = " ".join(words.split())
    return flat if len(flat) <= LONGEST else f"{flat[: LONGEST // 2]}…{flat[-LONGEST // 2 :]}"
