"""An index in numbers: what it holds, what it covers, what was taken out of the sources, what it weighs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from index.clauses.coverage import Coverage, Shortfall, coverage, shortfall
from index.encoders.vector_cache import CACHE
from index.search.index import Index
from index.search.older_rules import with_older_rules


@dataclass(frozen=True, slots=True)
class DocumentStats:
    """One document in numbers; ``characters`` are those of its clean text that are not blank, and
    ``coverage_percent`` is of its file."""

    file: str
    title: str
    region: str | None
    kind: str
    clauses: int
    characters: int
    coverage_percent: float


@dataclass(frozen=True, slots=True)
class Stats:
    """An index in numbers.

    ``parsed_by_older_rules`` counts the documents that `update` would parse again; ``coverage_percent`` is
    the share of the files' characters that are not blank and stand in a clause or were left out for a reason;
    clause lengths are in characters; ``removed`` counts the characters taken out of the sources, by reason;
    ``characters_lost`` those missing without one, ``shortfalls`` the files of which too many are; ``bytes``
    is what the current generation weighs and ``cache_bytes`` the encoding cache beside it.
    """

    generation: int
    made: str
    model: str
    model_checksum: str
    dimension: int
    documents: int
    parsed_by_older_rules: int
    clauses: int
    facts: int
    windows: int
    characters: int
    coverage_percent: float
    characters_in_no_clause: int
    characters_in_several_clauses: int
    characters_lost: int
    clause_length_median: float
    clause_length_max: int
    removed: dict[str, int]
    bytes: int
    cache_bytes: int
    by_document: tuple[DocumentStats, ...]
    shortfalls: tuple[Shortfall, ...]


def stats(index: Index) -> Stats:
    """Count what an open index holds; reads every document once."""
    covered, removed, lengths, rows = Coverage(), Counter[str](), list[int](), []
    short = list[Shortfall | None]()
    for info in index.infos:
        document = index.document(info.file)
        clauses = [entry.clause for entry in index.entries_of(info.file)]
        own = coverage(document, clauses)
        covered += own
        lengths += [len(clause.text) for clause in clauses]
        for removal in document.removals:
            removed[removal.reason] += len(removal.text)
        for left in document.count.left_out if document.count else ():
            removed[left.reason] += left.characters
        short.append(shortfall(document, own))
        told = (info.file, info.title, info.region, info.kind, info.clauses, own.characters)
        rows.append(DocumentStats(*told, 100 * own.share))
    manifest = index.manifest
    return Stats(
        generation=manifest.number,
        made=manifest.made,
        model=manifest.model.name,
        model_checksum=manifest.model.checksum,
        dimension=manifest.model.dimension,
        documents=manifest.counts.documents,
        parsed_by_older_rules=len(with_older_rules(manifest)),
        clauses=manifest.counts.clauses,
        facts=manifest.counts.facts,
        windows=manifest.counts.windows,
        characters=covered.characters,
        coverage_percent=100 * covered.share,
        characters_in_no_clause=covered.in_none,
        characters_in_several_clauses=covered.in_several,
        characters_lost=covered.lost,
        clause_length_median=median(lengths) if lengths else 0.0,
        clause_length_max=max(lengths, default=0),
        removed=dict(removed.most_common()),
        bytes=sum(sums.bytes for sums in manifest.files.values()),
        cache_bytes=_size(index.path / CACHE),
        by_document=tuple(rows),
        shortfalls=tuple(filter(None, short)),
    )


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
