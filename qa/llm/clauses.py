"""The numbered clauses that a language model writes from: those that the answer without it rests on, then the
best found, without what in them speaks to a model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from index.entries import Entry
from index.records import Agency
from index.search.index import Index
from qa.llm.instructions import speaking, without
from qa.llm.source import Source
from qa.records import Answer

MOST_CLAUSES: Final = 10
MOST_CHARACTERS: Final = 6000
"""Of all clauses together: what a model with a context of 8,192 tokens reads beside its instructions."""
LONGEST: Final = 1600
"""Characters of one clause; what is behind them is neither read by the model nor cited."""

SHORTEST: Final = 4
"""Characters; of a clause of which less is left, nothing is."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A clause with its number from 1, its ``text`` as the model reads it, and where it stands.

    ``text`` has blanks where something was withheld, so that its places are those of the clause.
    """

    number: int
    entry: Entry
    text: str
    title: str
    region: str | None
    source: Source


def numbered(answer: Answer, index: Index) -> tuple[list[Numbered], int]:
    """The clauses for an answer, and how many stretches of them were withheld."""
    keys = [citation.clause_key for citation in answer.citations] + [hit.key for hit in answer.hits]
    found = {entry.key: entry for entry in index.entries(keys)}
    entries = _that_fit([found[key] for key in dict.fromkeys(keys)])
    texts = [entry.clause.text[:LONGEST] for entry in entries]
    spans = speaking(texts)
    whole = _speaking_at_home(entries, index)
    clauses: list[Numbered] = []
    for place, (entry, text) in enumerate(zip(entries, texts, strict=True)):
        kept = without(text, [*spans[place], *whole[place]])
        if len("".join(kept.split())) < SHORTEST:
            continue
        info = index.info(entry.file)
        bodies = [fact for fact in entry.facts if isinstance(fact, Agency) and fact.text in kept]
        around = (info.title, info.region or "", *entry.clause.place)
        source = Source.of(kept, around, bodies, info.region)
        clauses.append(Numbered(len(clauses) + 1, entry, kept, info.title, info.region, source))
    withheld = sum(bool(mine or home) for mine, home in zip(spans, whole, strict=True))
    return clauses, withheld


def _that_fit(entries: Sequence[Entry]) -> list[Entry]:
    """The first entries that hold words and together no more than a model is given; at least one."""
    kept: list[Entry] = []
    room = MOST_CHARACTERS
    for entry in entries[:MOST_CLAUSES]:
        length = min(len(entry.clause.text), LONGEST)
        if kept and length > room:
            continue
        kept.append(entry)
        room -= length
    return kept


def _speaking_at_home(entries: Sequence[Entry], index: Index) -> list[list[tuple[int, int]]]:
    """What speaks to a model read with the clauses around it: an instruction may be split over several."""
    found: list[list[tuple[int, int]]] = []
    seen: dict[str, dict[int, list[tuple[int, int]]]] = {}
    for entry in entries:
        if entry.file not in seen:
            clauses = [other.clause for other in index.entries_of(entry.file)]
            spans = speaking([clause.text for clause in clauses])
            seen[entry.file] = {clause.start: mine for clause, mine in zip(clauses, spans, strict=True)}
        mine = seen[entry.file].get(entry.clause.start, [])
        found.append([(start, min(end, LONGEST)) for start, end in mine if start < LONGEST])
    return found
