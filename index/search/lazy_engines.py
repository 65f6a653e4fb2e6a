"""What a generation is searched by, opened when it is first needed: postings and vectors."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from index.engines.milvus_link import read_link
from index.entries import DocumentInfo
from index.storage import generation
from index.storage.manifest import Manifest

if TYPE_CHECKING:
    from index.engines.postings import Postings
    from index.engines.vector_store import VectorStore
    from index.engines.vectors import Vectors


class Searched:
    """The postings and vectors of one generation; safe between threads, each opened once."""

    def __init__(
        self,
        out: Path,
        folder: Path,
        manifest: Manifest,
        infos: Sequence[DocumentInfo],
        vectors: VectorStore | None,
    ) -> None:
        self._out = out
        self._folder = folder
        self._manifest = manifest
        self._infos = infos
        self._given = vectors
        self._opening = threading.RLock()

    @property
    def postings(self) -> Postings:
        """The postings of clauses."""
        with self._opening:
            return self._postings

    @property
    def document_postings(self) -> Postings:
        """The postings of whole documents."""
        with self._opening:
            return self._document_postings

    @property
    def vectors(self) -> VectorStore:
        """The vectors that are asked: those given, Milvus' where the index is linked to it, else FAISS'."""
        with self._opening:
            return self._vectors

    @property
    def local_vectors(self) -> Vectors:
        """The vectors in the generation's own FAISS files."""
        with self._opening:
            return self._local_vectors

    @cached_property
    def _postings(self) -> Postings:
        from index.engines.postings import Postings  # noqa: PLC0415 - imports tantivy

        return Postings(self._folder / generation.POSTINGS)

    @cached_property
    def _document_postings(self) -> Postings:
        from index.engines.postings import Postings  # noqa: PLC0415

        return Postings(self._folder / generation.DOCUMENT_POSTINGS)

    @cached_property
    def _vectors(self) -> VectorStore:
        if self._given is not None:
            return self._given
        link = read_link(self._out)
        if link is None or not link.collections:
            return self.local_vectors
        from index.engines.milvus_vectors import linked_vectors  # noqa: PLC0415 - only where Milvus is asked

        return linked_vectors(link, self._manifest, [info.keys for info in self._infos if info.keys])

    @cached_property
    def _local_vectors(self) -> Vectors:
        from index.engines.vectors import Vectors  # noqa: PLC0415 - imports FAISS

        parts = self._folder / generation.PARTS
        return Vectors([parts / part.name / generation.VECTORS for part in self._manifest.parts])
