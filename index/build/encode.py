"""Windows to vectors, in batches that waste little and lose little.

Windows are gathered, looked up in the cache, and the rest encoded sorted by length; each batch is committed
to the cache before the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from index.encoders.encoder import EncodedPassage, encoded_passages
from index.encoders.lazy import LazyEncoder
from index.encoders.vector_cache import VectorCache, as_kept
from index.engines.vectors import window_id

if TYPE_CHECKING:
    from index.storage.clause_store import Store

GATHERED: Final = 4096
"""Windows gathered before they are encoded: sorted by length among so many, padding stays little."""

COMMITTED: Final = 128
"""Windows encoded between two commits of the cache: what a killed build loses, about two seconds."""


class Encoding:
    """Fills a FAISS index in memory, and the store with token vectors.

    ``fresh`` and ``cached`` count the windows encoded and found.
    """

    def __init__(self, encoder: LazyEncoder, cache: VectorCache, vectors: Any, store: Store) -> None:
        self._encoder = encoder
        self._cache = cache
        self._vectors = vectors
        self._store = store
        self._pending: dict[int, str] = {}
        self.fresh = 0
        self.cached = 0

    @property
    def is_full(self) -> bool:
        """Whether enough is gathered to be encoded."""
        return len(self._pending) >= GATHERED

    def gather(self, key: int, texts: Sequence[str]) -> None:
        """Take in the windows of a clause; keys must come ascending."""
        for number, text in enumerate(texts):
            self._pending[window_id(key, number)] = text

    def run(self, progress: Callable[[float], None]) -> None:
        """Encode what was gathered and add it to the index; ``progress`` is told the share of it done."""
        if not self._pending:
            return
        wanted = set(self._pending.values())
        known = self._cache.get(wanted)
        self.cached += len(known)
        done = len(known)

        def told(finished: int) -> None:
            nonlocal done
            done += finished
            progress(done / len(wanted))

        missing = sorted(wanted - known.keys(), key=lambda text: (len(text), text))
        for at in range(0, len(missing), COMMITTED):
            batch = missing[at : at + COMMITTED]
            made = encoded_passages(self._encoder.get(), batch, told)
            fresh = dict(zip(batch, map(_rounded, made), strict=True))
            self._cache.put(fresh)
            known.update(fresh)
            self.fresh += len(batch)
        rows = np.stack([known[text].vector for text in self._pending.values()])
        self._vectors.add_with_ids(rows, np.fromiter(self._pending, np.int64, len(self._pending)))
        self._store.put_tokens({number: known[text].tokens for number, text in self._pending.items()})
        self._pending.clear()
        progress(1.0)


def _rounded(one: EncodedPassage) -> EncodedPassage:
    """As the cache gives them back, so that the index is the same whether a vector was cached or not."""
    return EncodedPassage(as_kept(one.vector).astype(np.float32), one.tokens)
