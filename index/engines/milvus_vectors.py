"""Search by meaning in Milvus: a collection seen as the vectors of one generation.

A collection may hold more than this generation does: what the one before it still needs, what the next one
brings.  Keys are never handed out twice, so what is not this generation's is known by its key and passed
over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from index.engines.milvus_server import MOST, Server
from index.engines.vectors import OVERSAMPLING
from index.entries import WINDOWS_PER_KEY, KeyRange, Scored
from index.errors import IndexDamaged, IndexMissing, ModelError

if TYPE_CHECKING:
    from index.engines.milvus_link import Link
    from index.storage.manifest import Manifest

    Floats = npt.NDArray[np.float32]
    Ids = npt.NDArray[np.int64]

DOCUMENTS_A_REQUEST: Final = 10_000
"""Documents named in one filter; more are asked in turns.  A filter of 10,000 took milvus-lite .13 s over
20,000 windows; one of as many key ranges joined by ``or`` took three times an ``in`` at 1,000 already."""

FILTERED: Final = 0.5
"""Share of the documents from which on no filter is sent: every other row or more fits, so asking for twice
as many and passing over the rest is cheaper than naming them all."""

_TUNED: Final = {"IVF_SQ8": {"nprobe": 64}, "HNSW": {"ef": 256}, "DISKANN": {"search_list": 256}}
"""How far each kind looks: at least as far as the 200 windows that a question asks for."""


class MilvusVectors:
    """The vectors of one generation in a collection; a `VectorStore`."""

    def __init__(self, server: Server, collection: str, documents: Sequence[KeyRange]) -> None:
        """See the clauses of these documents in a collection, whose name an alias may stand for.

        Raises ServerError where the server does not answer or has no such collection.
        """
        ranges = sorted(documents, key=lambda keys: keys.first)
        self._server = server
        self.collection = collection
        self._firsts: Ids = np.array([keys.first for keys in ranges], np.int64)
        self._lasts: Ids = np.array([keys.last for keys in ranges], np.int64)
        server.load(collection)
        self._dimension = server.dimension(collection)
        self._tuned = _TUNED.get(server.kind(collection), {})

    def __len__(self) -> int:
        return sum(self._server.count(self.collection, where) for where in _filters(self._firsts))

    @property
    def dimension(self) -> int:
        """The number of values in a vector."""
        return self._dimension

    def search(self, vector: Floats, limit: int, *, within: Sequence[KeyRange] | None = None) -> list[Scored]:
        """The best clauses by cosine, best first; ``vector`` is a unit float32 (dim,)."""
        allowed = np.arange(self._firsts.size) if within is None else self._overlapping(within)
        if limit < 1 or not allowed.size:
            return []
        few = allowed.size < FILTERED * self._firsts.size
        filters = _filters(self._firsts[allowed]) if few else [""]
        found = [one for where in filters for one in self._best(vector, limit, where, within)]
        return sorted(found, key=lambda one: -one.score)[:limit]

    def score(self, vector: Floats, keys: Sequence[int]) -> dict[int, float]:
        """The cosine of every key's best window; raises IndexDamaged for a key that has no vector."""
        if not keys:
            return {}
        best: dict[int, float] = {}
        for at in range(0, len(keys), MOST // 16):  # a clause of 16 windows is a long one
            rows = self._server.vectors(self.collection, keys[at : at + MOST // 16])
            if not rows.ids.size:
                continue
            for key, cosine in zip(rows.ids // WINDOWS_PER_KEY, rows.vectors @ vector, strict=True):
                best[int(key)] = max(float(cosine), best.get(int(key), -1.0))
        missing = [key for key in keys if key not in best]
        if missing:
            raise IndexDamaged(
                f"No vectors for the clauses {missing[:5]} in {self.collection} at {self._server.uri}. "
                f"Run: python -m index milvus push"
            )
        return {key: best[key] for key in keys}

    def keys(self) -> Iterator[int]:
        """The keys that have vectors, ascending."""
        ids = (one for where in _filters(self._firsts) for one in self._server.ids(self.collection, where))
        return iter(sorted({one // WINDOWS_PER_KEY for one in ids}))

    def _best(
        self, vector: Floats, limit: int, where: str, within: Sequence[KeyRange] | None
    ) -> list[Scored]:
        """The best clauses of one filter, asked for more until enough of them are this generation's."""
        wanted = min(limit * OVERSAMPLING, MOST)
        while True:
            rows = self._server.search(self.collection, vector, wanted, where, self._tuned)
            held = self._held(np.array([row.key for row in rows], np.int64) // WINDOWS_PER_KEY, within)
            best: dict[int, float] = {}
            for row, is_held in zip(rows, held, strict=True):
                if is_held:
                    best.setdefault(row.key // WINDOWS_PER_KEY, row.score)
            if len(best) >= limit or len(rows) < wanted or wanted == MOST:
                return [Scored(key, score) for key, score in list(best.items())[:limit]]
            wanted = min(2 * wanted, MOST)

    def _held(self, keys: Ids, within: Sequence[KeyRange] | None) -> npt.NDArray[np.bool_]:
        """Which keys are this generation's, and among ``within``."""
        at = np.searchsorted(self._firsts, keys, side="right") - 1
        held = (at >= 0) & (keys <= self._lasts[at])
        if within is not None:
            asked = sorted(within, key=lambda one: one.first)
            firsts = np.array([one.first for one in asked], np.int64)
            lasts = np.array([one.last for one in asked], np.int64)
            place = np.searchsorted(firsts, keys, side="right") - 1
            held &= (place >= 0) & (keys <= lasts[place])
        return held

    def _overlapping(self, ranges: Sequence[KeyRange]) -> Ids:
        """The places of the documents that these ranges touch, ascending."""
        begins = np.searchsorted(self._lasts, [one.first for one in ranges])
        ends = np.searchsorted(self._firsts, [one.last for one in ranges], side="right")
        runs = [np.arange(begin, end, dtype=np.int64) for begin, end in zip(begins, ends, strict=True)]
        return np.unique(np.concatenate(runs)) if runs else np.empty(0, np.int64)


def linked_vectors(link: Link, manifest: Manifest, documents: Sequence[KeyRange]) -> MilvusVectors:
    """The vectors of a generation where its link says they are.

    Raises IndexMissing where the generation was not pushed or its collection is gone, ModelError where the
    collection is another model's, ServerError where the server does not answer.
    """
    push = f"Run: python -m index milvus push --uri {link.uri} --alias {link.alias}"
    collection = link.collections.get(manifest.number)
    if collection is None:
        raise IndexMissing(f"Generation {manifest.number} is not in Milvus at {link.uri}. {push}")
    server = Server(link.uri)
    if collection not in server.collections(link.prefix):
        raise IndexMissing(f"The collection {collection} is gone from Milvus at {link.uri}. {push}")
    vectors = MilvusVectors(server, collection, documents)
    model = manifest.model
    if not link.is_of(collection, manifest) or vectors.dimension != model.dimension:
        raise ModelError(
            f"{collection} at {link.uri} holds vectors of {vectors.dimension} dimensions of another model "
            f"than {model.name} ({model.dimension} dimensions, checksum {model.checksum[:12]}). {push}"
        )
    return vectors


def _filters(firsts: Ids) -> list[str]:
    """The documents with these first keys as filters: ``document in [1, 130]``."""
    parts = range(0, firsts.size, DOCUMENTS_A_REQUEST)
    return [f"document in {firsts[at : at + DOCUMENTS_A_REQUEST].tolist()}" for at in parts]
