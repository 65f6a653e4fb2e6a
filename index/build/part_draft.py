"""One part of a generation while that is written: carried over as it is, or changed.

A part that nothing touches is carried over without being read.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from index.engines.vector_files import fitted, joined, load_vectors, new_vectors, remove_keys, write_vectors
from index.entries import DocumentInfo, KeyRange
from index.records import Parsed
from index.storage import generation
from index.storage.clause_store import Store
from index.storage.disk import carry
from index.storage.manifest import Part


class PartDraft:
    """A part in the folder of an unfinished generation; ``base`` is the same part of the one before."""

    def __init__(self, folder: Path, base: Path | None, part: Part | None = None) -> None:
        """Begin from ``part`` of the generation before, or empty."""
        self.folder = folder
        self.as_part = part or Part(folder.name, 0, 0, 0, 0)
        self.clauses = self.as_part.clauses
        self._base = base
        self._dropped: list[KeyRange] = []
        self._absorbed: list[PartDraft] = []
        folder.mkdir(parents=True)
        self._changed = base is None
        self.store = Store(base / generation.STORE) if base else Store.create(folder / generation.STORE)

    @property
    def is_changed(self) -> bool:
        """Whether it is no longer what it was in the generation before."""
        return self._changed

    def put(self, parsed: Parsed, first_key: int) -> KeyRange:
        """Put a document in, its clauses keyed from ``first_key`` up."""
        self._touch()
        self.clauses += len(parsed.clauses)
        return self.store.put(parsed.document, parsed.clauses, parsed.facts, first_key)

    def drop(self, info: DocumentInfo) -> None:
        """Take a document out with its clauses, facts and vectors."""
        self._touch()
        self.clauses -= info.clauses
        self.store.remove(info)
        if info.keys:
            self._dropped.append(info.keys)

    def absorb(self, other: PartDraft) -> None:
        """Take in all of another, unchanged part, whose keys come after this one's."""
        if other._base is None or other.is_changed:
            raise ValueError(f"the part at {other.folder} is being changed itself")
        self._touch()
        self.store.take_all(other._base / generation.STORE)
        self.clauses += other.clauses
        self._absorbed.append(other)
        other.discard()

    def _touch(self) -> None:
        """Go on with a copy of the store; the one before stays as it is."""
        if self._changed or self._base is None:
            return
        self.store.close()
        shutil.copyfile(self._base / generation.STORE, self.folder / generation.STORE)
        self.store = Store(self.folder / generation.STORE, writable=True)
        self._changed = True

    def vectors(self, dimension: int) -> Any:
        """The vectors of the documents that stay, in memory, to be added to and handed to `finish`."""
        if self._base is None:
            return new_vectors(dimension)
        vectors = load_vectors(self._base / generation.VECTORS)
        others = [load_vectors(part._base / generation.VECTORS) for part in self._absorbed if part._base]
        if others:
            vectors = joined([vectors, *others])
        remove_keys(vectors, self._dropped)  # of an absorbed part as well
        return vectors

    def finish(self, vectors: Any) -> None:
        """Write the vectors and close the store; without vectors carry both over as they were."""
        if not self._changed and self._base:
            self.store.close()
            for name in (generation.STORE, generation.VECTORS):
                carry(self._base / name, self.folder / name)
            return
        write_vectors(fitted(vectors), self.folder / generation.VECTORS)
        documents, clauses, facts = map(self.store.count, ("documents", "clauses", "facts"))
        self.as_part = Part(self.folder.name, documents, clauses, facts, int(vectors.ntotal))
        self.store.finish(compact=bool(self._dropped) and self.clauses <= generation.SMALL_PART)

    def discard(self) -> None:
        """Close it and throw it away."""
        self.store.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def opened(parts: Sequence[Part], base: Path, folder: Path) -> list[PartDraft]:
    """The parts of the generation at ``base``, to be carried over into ``folder`` or changed there."""
    return [PartDraft(folder / part.name, base / part.name, part) for part in parts]
