"""A generation while it is written: documents put in and taken out, then postings and vectors made to agree.

It starts empty or from an earlier generation, whose parts are carried over; new documents go to the last
part while that is small, so that adding to a large index touches little of it.  Adding extends the carried
postings; taking out of a small index writes them anew, so that word rarities are exact.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from index.build.encode import Encoding
from index.build.part_draft import PartDraft, opened
from index.clauses.windows import is_searched, posted_document, posted_text, windows
from index.encoders.lazy import LazyEncoder
from index.encoders.vector_cache import VectorCache
from index.engines.posting_files import Posting, remove_documents, write_postings
from index.engines.vectors import Vectors
from index.entries import DocumentInfo, Entry, info_of
from index.records import Document, Parsed
from index.storage import generation
from index.storage.disk import carry_folder
from index.storage.generation import SMALL_PART
from index.storage.manifest import Manifest, Part

POSTED_AFRESH: Final = 50_000
"""Clauses up to which taking a document out writes all postings anew, in 1.5 s; of a larger index the
document's are struck out, which leaves the rarity of its words off by one document until postings merge."""


def next_key(out: Path) -> int:
    """The first clause key that no generation on disk has handed out, one gone back from included."""
    return max((manifest.next_key for manifest in generation.readable(out)), default=1)


@dataclass(frozen=True, slots=True)
class Encoded:
    """How many windows were encoded, and how many the cache had."""

    fresh: int
    cached: int


class Draft:
    """An unfinished generation in a folder of its own."""

    def __init__(self, out: Path, before: Manifest | None, *, keep: bool) -> None:
        """Begin after ``before``; with ``keep`` from what it holds, else empty; keys go on either way."""
        self.folder = generation.begin(out)
        self.next_key = next_key(out)
        self._base = generation.folder_of(out, before.number) if before and keep else None
        self._parts: list[PartDraft] = []
        try:
            if before and self._base:
                places = (self._base / generation.PARTS, self.folder / generation.PARTS)
                self._parts = opened(before.parts, *places)
            held = [(part, info) for part in self._parts for info in part.store.infos()]
        except BaseException:
            shutil.rmtree(self.folder)
            raise
        self._head: PartDraft | None = None
        self._dropped: list[int] = []
        self._added: list[str] = []
        self._home = {info.file: part for part, info in held}
        self.infos = {info.file: info for _, info in held}

    def put(self, parsed: Parsed) -> bool:
        """Put a document in, in place of one of the same file; true where it replaced one."""
        file = parsed.document.file
        replaced = file in self.infos
        if replaced:
            self.drop(file)
        self._head = self._head or self._begin_head()
        head = self._head
        keys = head.put(parsed, self.next_key)
        self.next_key = max(keys.last, keys.first) + 1
        self._home[file] = head
        self.infos[file] = info_of(parsed.document, keys)
        self._added.append(file)
        return replaced

    def drop(self, file: str) -> None:
        """Take out a document that the draft began with; raises KeyError where there is none."""
        info = self.infos.pop(file)
        self._home.pop(file).drop(info)
        self._dropped.append(info.number)

    def document(self, file: str) -> Document | None:
        """A document that the draft holds."""
        return self._home[file].store.document(file)

    def entries(self, info: DocumentInfo) -> tuple[Entry, ...]:
        """The clauses of a document that the draft holds."""
        return self._home[info.file].store.entries_between(info.keys) if info.keys else ()

    def _begin_head(self) -> PartDraft:
        """The part that new documents go to: the last one while it is small, else a new one."""
        if self._parts and self._parts[-1].clauses < SMALL_PART:
            return self._parts[-1]
        self._join_alike()
        number = 1 + max((int(part.folder.name) for part in self._parts), default=0)
        head = PartDraft(self.folder / generation.PARTS / str(number), None)
        self._parts.append(head)
        return head

    def _join_alike(self) -> None:
        """Join the last parts where they are of like size: a million clauses are then a handful of parts."""
        while len(self._parts) > 1 and self._parts[-2].clauses <= 2 * self._parts[-1].clauses:
            last, before = self._parts[-1], self._parts[-2]
            if last.is_changed:
                return
            moved = [file for file, part in self._home.items() if part is last]
            before.absorb(last)
            self._parts.pop()
            self._home.update(dict.fromkeys(moved, before))

    def write_postings(self) -> None:
        """Write the postings of everything that the draft holds."""
        clauses, documents = (
            self.folder / name for name in (generation.POSTINGS, generation.DOCUMENT_POSTINGS)
        )
        held = sum(part.clauses for part in self._parts)
        afresh = not self._base or (bool(self._dropped) and held <= POSTED_AFRESH)
        if self._base and not afresh:
            for folder in (clauses, documents):
                carry_folder(self._base / folder.name, folder)
                remove_documents(folder, self._dropped)
        files = tuple(sorted(self.infos)) if afresh else tuple(dict.fromkeys(self._added))
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
        """Encode what is new and write every part; ``progress`` is told the share done, 0 to 1."""
        encoded = Encoded(0, 0)
        for part in self._without_empty():
            vectors = part.vectors(encoder.model.dimension) if part.is_changed else None
            if part is self._head:
                encoding = Encoding(encoder, cache, vectors, part.store)
                self._encode(encoding, progress)
                encoded = Encoded(encoding.fresh, encoding.cached)
            part.finish(vectors)
        return encoded

    def _without_empty(self) -> list[PartDraft]:
        """The parts that hold a document, but at least one."""
        filled = {id(self._home[file]) for file in self.infos}
        kept = [part for part in self._parts if id(part) in filled] or self._parts[:1]
        for part in self._parts:
            if part not in kept:
                part.discard()
        self._parts = kept
        return kept

    def _encode(self, encoding: Encoding, progress: Callable[[float], None]) -> None:
        """Encode what was added."""
        added = tuple(dict.fromkeys(self._added))
        total = sum(self.infos[file].clauses for file in added)
        done = seen = 0
        for _, document, entries in self._read(added):
            for entry in entries:
                if is_searched(entry.clause):
                    encoding.gather(entry.key, windows(document, entry.clause))
            seen += len(entries)
            if encoding.is_full or seen == total:
                encoding.run(_part(progress, done / total, seen / total))
                done = seen

    def finish(self) -> tuple[Part, ...]:
        """What the manifest says of the parts that were written."""
        return tuple(part.as_part for part in self._parts)

    def vectors(self) -> Vectors:
        """The vectors of all parts, once they are written."""
        return Vectors([part.folder / generation.VECTORS for part in self._parts])

    def discard(self) -> None:
        """Throw the draft away."""
        for part in self._parts:
            part.discard()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _read(self, files: Iterable[str]) -> Iterator[tuple[DocumentInfo, Document, tuple[Entry, ...]]]:
        for file in files:
            info, document = self.infos[file], self.document(file)
            if document and info.keys:
                yield info, document, self.entries(info)


def _part(progress: Callable[[float], None], begin: float, end: float) -> Callable[[float], None]:
    """Tell the share of a part as a share of the whole."""
    return lambda share: progress(begin + share * (end - begin))
