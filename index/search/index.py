"""What is asked of an index: the whole of it, or some of its documents; and how it is opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from index.encoders.lazy import LazyEncoder
from index.search.narrowed import NarrowedIndex
from index.search.older_rules import warn_of_older_rules
from index.search.whole import WholeIndex
from index.storage import generation

if TYPE_CHECKING:
    from index.encoders.encoder import Encoder
    from index.engines.vector_store import VectorStore

Index = WholeIndex | NarrowedIndex
"""Whatever can be asked; both answer the same calls."""


def open_index(path: Path, encoder: Encoder | None = None, vectors: VectorStore | None = None) -> WholeIndex:
    """Open the current generation of an index; the encoder is loaded at its first use unless one is given.

    Where it is damaged, the newest kept one that is whole is opened and ``Index.warning`` says so; where
    documents of it were parsed by older rules, the log does.  ``vectors`` are asked in place of the index's
    own; they must be of the same generation.  Raises IndexMissing, IndexDamaged where none is whole, and
    ModelError where ``encoder`` is not what the index was made with.
    """
    found = generation.whole(path)
    warn_of_older_rules(path, found.manifest)
    lazy = LazyEncoder(found.manifest.model, encoder)
    return WholeIndex(path, found.manifest, lazy, vectors, found.warning)
