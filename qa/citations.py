"""Citations, made from offsets and from nothing else.

``Citations`` numbers them in the order in which an answer first uses them.  A quote that does not stand in
its document cannot be made: the words are cut from the document's text.
"""

from __future__ import annotations

from index.entries import Entry
from index.errors import IndexDamaged
from index.search.index import Index
from qa.records import Citation


class Citations:
    """The citations of one answer, numbered from 1."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._made: dict[tuple[str, int, int], Citation] = {}

    def cite(
        self, entry: Entry, start: int | None = None, end: int | None = None, *, is_note: bool = False
    ) -> int:
        """The number of the citation of the document's text[start:end]; of the whole clause without them.

        Raises IndexDamaged where the clause's words do not stand in its document at its offsets, and
        ValueError for a span outside the clause.
        """
        clause = entry.clause
        begin = clause.start if start is None else start
        stop = clause.end if end is None else end
        if not clause.start <= begin < stop <= clause.end:
            raise ValueError(f"The span {begin}-{stop} is not inside the clause {clause.start}-{clause.end}.")
        key = (entry.file, begin, stop)
        if key not in self._made:
            self._made[key] = self._make(entry, begin, stop, is_note=is_note)
        return self._made[key].number

    def cite_words(
        self, file: str, start: int | None, end: int | None, *, is_note: bool = False
    ) -> int | None:
        """The number of the citation of a document's words, as far as one clause holds them.

        None where they have no place, or none in a clause.  ``is_note`` where they answer nothing.
        """
        if start is None or end is None:
            return None
        entries = self._index.entries_of(file)
        entry = next((e for e in entries if e.clause.start <= start < e.clause.end), None)
        return self.cite(entry, start, min(end, entry.clause.end), is_note=is_note) if entry else None

    def _make(self, entry: Entry, begin: int, stop: int, *, is_note: bool) -> Citation:
        document = self._index.document(entry.file)
        clause = entry.clause
        if document.text[clause.start : clause.end] != clause.text:
            raise IndexDamaged(
                f"A clause of {entry.file} does not stand at its place ({clause.start}-{clause.end}). "
                "Run: python -m index verify"
            )
        info = self._index.info(entry.file)
        return Citation(
            number=len(self._made) + 1,
            file=entry.file,
            title=document.title,
            document_number=document.value("number"),
            region=info.region,
            path=clause.path,
            label=clause.label,
            place=clause.place,
            quote=document.text[begin:stop],
            start=begin,
            end=stop,
            text=clause.text,
            clause_start=clause.start,
            clause_key=entry.key,
            page=document.page_at(begin),
            standing=self._index.standing(entry.file),
            is_note=is_note,
        )

    def all(self) -> tuple[Citation, ...]:
        """The citations made, in the order of their numbers."""
        return tuple(self._made.values())
