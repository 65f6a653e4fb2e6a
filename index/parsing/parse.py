"""A file → its document, clauses and facts: the steps in order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from index.clauses.cut import cut
from index.facts.find import find_facts
from index.metadata.describe import describe, year_of_issue, year_of_title
from index.reading.clean import clean, grids_in_clean, in_clean
from index.reading.read import Source, read_text
from index.records import Document, Parsed

__all__ = ["Parsed", "parse_file", "parse_source"]


def parse_file(path: Path, root: Path, member: str | None = None) -> Parsed:
    """Read, clean, describe and cut one file below ``root``, or one member of an archive there.

    Raises SourceError where the file cannot be read as text, or is a link that leads out of ``root``.
    """
    place = path / member if member else path
    return parse_source(read_text(path, member, root), place.relative_to(root).as_posix())


def parse_source(source: Source, file: str) -> Parsed:
    """Clean, describe and cut a text that was read; ``file`` is what the document is to be called."""
    cleaned = clean(source.text, source.furniture)
    description = describe(cleaned.text, file)
    document = Document(
        file=file,
        text=cleaned.text,
        kind=description.kind,
        fields=description.fields,
        removals=cleaned.removals,
        source_hash=source.hash,
        pages=tuple(replace(page, at=in_clean(page.at, cleaned.removals)) for page in source.pages),
        count=source.count,
    )
    clauses = cut(cleaned.text, description, grids_in_clean(source.grids, cleaned.removals))
    year, issued = year_of_title(document), year_of_issue(document)
    facts = tuple(find_facts(clause, year=year, issued=issued) for clause in clauses)
    return Parsed(document, clauses, facts)
