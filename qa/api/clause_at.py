"""A clause with what stands round it: the clause that holds a character of a document, and its neighbours.

For a reader that has a quote with its offsets and wants more of the text than was quoted.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from index.entries import DocumentInfo, Entry
from index.errors import QuestionError
from index.records import PageStart
from index.search.index import Index


@dataclass(frozen=True, slots=True)
class Surrounded:
    """A clause of a document; ``before`` and ``after`` are its neighbours in the order of the text.

    ``page`` is the page or sheet on which the clause begins, None where the file has none.
    """

    document: DocumentInfo
    entry: Entry
    page: PageStart | None
    before: tuple[Entry, ...]
    after: tuple[Entry, ...]


def clause_at(index: Index, file: str, at: int, around: int = 1) -> Surrounded:
    """The clause that holds the character ``at`` of a document, with up to ``around`` clauses on either side.

    ``at`` counts characters of the clean text, as the offsets of hits, citations and tasks do.  Raises
    SourceError for a document that the index does not hold, QuestionError for an offset outside its text.
    """
    info, document = index.info(file), index.document(file)
    entries = index.entries_of(file)
    if not entries or not 0 <= at < len(document.text):
        raise QuestionError(f"{file} has {len(document.text)} characters, from 0 on; none is at {at}.")
    number = max(bisect_right(entries, at, key=lambda entry: entry.clause.start) - 1, 0)
    entry = entries[number]
    return Surrounded(
        document=info,
        entry=entry,
        page=document.page_at(entry.clause.start),
        before=entries[max(number - around, 0) : number],
        after=entries[number + 1 : number + 1 + around],
    )
