"""Postings while they are made: written, added to, struck out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from index.engines.postings import TEXT_FIELD
from index.language.tokens import tokens

if TYPE_CHECKING:
    import tantivy

WRITER_BYTES: Final = 128_000_000
"""Memory of the writer before it cuts a segment; with one thread 100,000 clauses are one segment."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One clause or document as it is posted: its key, its document's number, its words."""

    key: int
    document: int
    text: str


def write_postings(folder: Path, postings: Iterable[Posting], *, distinct: bool = False) -> None:
    """Add postings to the folder, which is made where it is not there.

    With ``distinct`` a token counts once however often it stands in a text: for whole documents, where it
    is better to speak of every word of a question than to repeat one (docs/decisions/2026-11-21-search.md).

    Raises OSError where the disk is full or the folder cannot be written.
    """
    import tantivy  # noqa: PLC0415 - not needed to import the package

    folder.mkdir(parents=True, exist_ok=True)
    try:
        writer = tantivy.Index(_schema(), str(folder)).writer(WRITER_BYTES, 1)
        for posting in postings:
            writer.add_document(_as_row(posting, distinct))
        writer.commit()
        writer.wait_merging_threads()
    except ValueError as error:  # tantivy reports every failed write so
        raise OSError(f"the postings cannot be written to {folder}: {error}") from error
    _tidy(folder)


def remove_documents(folder: Path, numbers: Sequence[int]) -> None:
    """Strike the postings of these documents out; none of their words is found from then on.

    Raises OSError where the disk is full or the folder cannot be written.
    """
    import tantivy  # noqa: PLC0415

    if not numbers:
        return
    try:
        writer = tantivy.Index(_schema(), str(folder)).writer(WRITER_BYTES, 1)
        writer.delete_documents_by_query(tantivy.Query.term_set_query(_schema(), "document", list(numbers)))
        writer.commit()
        writer.wait_merging_threads()
    except ValueError as error:
        raise OSError(f"the postings cannot be written to {folder}: {error}") from error
    _tidy(folder)


def _tidy(folder: Path) -> None:
    """Take the writer's locks away, and let everybody read what tantivy keeps to the user who built it."""
    for lock in folder.glob(".tantivy-*.lock"):
        lock.unlink()
    for file in folder.iterdir():
        file.chmod(0o644)


def _schema() -> tantivy.Schema:
    import tantivy  # noqa: PLC0415

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("key", indexed=True, fast=True)
    builder.add_unsigned_field("document", indexed=True)
    builder.add_text_field(TEXT_FIELD, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _as_row(posting: Posting, distinct: bool) -> tantivy.Document:
    import tantivy  # noqa: PLC0415

    row = tantivy.Document()
    row.add_unsigned("key", posting.key)
    row.add_unsigned("document", posting.document)
    words = tokens(posting.text)
    row.add_text(TEXT_FIELD, " ".join(dict.fromkeys(words) if distinct else words))
    return row
