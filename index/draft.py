"""A generation while it is written: documents put in and taken out, then postings and vectors made to agree.

It starts empty or as a copy of an earlier generation.  Adding documents extends the copied postings; taking
one out writes them anew, so that nothing of a removed document is left on disk and word rarities are exact.
Left out: reading files, the lock, and making the generation current (`build`).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index import generation
from index.cache import VectorCache
from index.encoding import Encoding
from index.entries import DocumentInfo, Entry, KeyRange
from index.generation import Counts, Manifest
from index.lexical import Posting, write_postings
from index.loading import LazyEncoder
from index.records import Document, Parsed
from index.store import Store
from index.vectors import count_vectors, load_vectors, new_vectors, remove_keys, write_vectors
from index.windows import is_searched, posted_document, posted_text, windows


@dataclass(frozen=True, slots=True)
class Encoded:
    """How many windows were encoded, and how many the cache had."""

    fresh: int
    cached: int


class Draft:
    """An unfinished generation in a folder of its own."""

    def __init__(self, out: Path, before: Manifest | None, *, keep: bool) -> None:
        """Begin after ``before``; with ``keep`` as a copy of it, else empty; keys go on either way."""
        self.folder = generation.begin(out)
        self.next_key = before.next_key if before else 1
        self._base = generation.folder_of(out, before.number) if before and keep else None
        try:
            self.store = self._begin_store()
        except BaseException:
            shutil.rmtree(self.folder)
            raise
        self._dropped: list[KeyRange] = []
        self._added: list[str] = []
        self.infos = {info.file: info for info in self.store.infos()}

    def _begin_store(self) -> Store:
        path = self.folder / generation.STORE
        if not self._base:
            return Store.create(path)
        shutil.copyfile(self._base / generation.STORE, path)
        return Store(path, writable=True)

    def put(self, parsed: Parsed) -> bool:
        """Put a document in, in place of one of the same file; true where it replaced one."""
        file = parsed.document.file
        replaced = file in self.infos
        if replaced:
            self.drop(file)
        keys = self.store.put(parsed.document, parsed.clauses, parsed.facts, self.next_key)
        self.next_key = keys.last + 1
        self._added.append(file)
        return replaced

    def drop(self, file: str) -> None:
        """Take out a document that the draft began with; raises KeyError where there is none."""
        info = self.infos.pop(file)
        self.store.remove(info)
        if info.keys:
            self._dropped.append(info.keys)

    def write_postings(self) -> None:
        """Write the postings of everything that the draft holds."""
        self.infos = {info.file: info for info in self.store.infos()}
        afresh = not self._base or bool(self._dropped)
        folders = (generation.POSTINGS, generation.DOCUMENT_POSTINGS)
        if self._base and not afresh:
            for name in folders:
                shutil.copytree(self._base / name, self.folder / name)
        files = tuple(self.infos) if afresh else tuple(self._added)
        clauses, documents = (self.folder / name for name in folders)
        write_postings(
            clauses,
            (
                Posting(entry.key, info.number, posted_text(document, entry.clause))
                for info, document, entries in self._read(files)
                for entry in entries
                if is_searched(entry.clause)
            ),
        )
        whole = (
            Posting(info.number, info.number, posted_document(document))
            for info, document, _ in self._read(files)
        )
        write_postings(documents, whole, distinct=True)

    def write_vectors(
        self, encoder: LazyEncoder, cache: VectorCache, progress: Callable[[float], None]
    ) -> Encoded:
        """Encode what is new and write the vectors; ``progress`` is told the share done, 0 to 1."""
        base = self._base
        vectors = load_vectors(base / generation.VECTORS) if base else new_vectors(encoder.model.dimension)
        remove_keys(vectors, self._dropped)
        encoding = Encoding(encoder, cache, vectors)
        total = sum(self.infos[file].clauses for file in self._added)
        done = seen = 0
        for _, document, entries in self._read(self._added):
            for entry in entries:
                if is_searched(entry.clause):
                    encoding.gather(entry.key, windows(document, entry.clause))
            seen += len(entries)
            if encoding.is_full or seen == total:
                encoding.run(_part(progress, done / total, seen / total))
                done = seen
        write_vectors(vectors, self.folder / generation.VECTORS)
        return Encoded(encoding.fresh, encoding.cached)

    def finish(self) -> Counts:
        """Close the store, compact where something was taken out, and count what the generation holds."""
        self.store.finish(compact=bool(self._dropped))
        store = Store(self.folder / generation.STORE)
        try:
            documents, clauses, facts = (store.count(table) for table in ("documents", "clauses", "facts"))
        finally:
            store.close()
        return Counts(documents, clauses, facts, count_vectors(self.folder / generation.VECTORS))

    def discard(self) -> None:
        """Throw the draft away."""
        self.store.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _read(self, files: Iterable[str]) -> Iterator[tuple[DocumentInfo, Document, tuple[Entry, ...]]]:
        for file in files:
            info, document = self.infos[file], self.store.document(file)
            if document and info.keys:
                yield info, document, self.store.entries_between(info.keys)


def _part(progress: Callable[[float], None], begin: float, end: float) -> Callable[[float], None]:
    """Tell the share of a part as a share of the whole."""
    return lambda share: progress(begin + share * (end - begin))
