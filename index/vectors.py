"""Search by meaning: unit vectors of windows, kept by FAISS.

A clause has one vector a window; the vector's id is ``key * 1024 + window`` and a clause scores as its best
window does.  The file is memory-mapped and never written in place: truncating a mapped file kills the
process that reads it, so every change writes a new file.  Left out: encoding (`encoder`), caching (`cache`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from index.entries import KeyRange
from index.errors import IndexDamaged
from index.scored import Scored
from index.vector_store import Rows

if TYPE_CHECKING:
    Floats = npt.NDArray[np.float32]
    Ids = npt.NDArray[np.int64]

WINDOWS_PER_KEY: Final = 1024
"""Ids kept for one clause: room for a clause of a third of a million characters."""

OVERSAMPLING: Final = 2
"""Windows asked for per clause wanted, since several windows of one clause may be among the best."""


def window_id(key: int, window: int) -> int:
    """The id of one window's vector; raises ValueError past `WINDOWS_PER_KEY` windows."""
    if not 0 <= window < WINDOWS_PER_KEY:
        raise ValueError(f"clause {key} has a window number {window}, past {WINDOWS_PER_KEY - 1}")
    return key * WINDOWS_PER_KEY + window


def new_vectors(dimension: int) -> Any:
    """An empty FAISS index for ``dimension``; the one place that chooses its kind.

    Flat with fp16 values: exact to four decimals (recall .9975 of fp32) and 4.8 ms a question at 200,000
    windows.  Above that an inverted file is faster.
    """
    import faiss  # noqa: PLC0415 - 0.13 s that commands without vectors need not wait

    flat = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    return faiss.IndexIDMap2(flat)


def load_vectors(path: Path) -> Any:
    """The FAISS index of a file, in memory, to be changed and written elsewhere."""
    import faiss  # noqa: PLC0415

    try:
        return faiss.read_index(str(path))
    except RuntimeError as error:
        raise IndexDamaged(f"The vectors in {path} cannot be read: {error}") from error


def remove_keys(vectors: Any, ranges: Iterable[KeyRange]) -> int:
    """Take the windows of the clauses out of an index in memory and return how many there were."""
    import faiss  # noqa: PLC0415

    removed = 0
    for keys in ranges:
        ids = faiss.IDSelectorRange(keys.first * WINDOWS_PER_KEY, (keys.last + 1) * WINDOWS_PER_KEY)
        removed += int(vectors.remove_ids(ids))
    return removed


def write_vectors(vectors: Any, path: Path) -> None:
    """Write an index to a new file; raises OSError where the disk is full or the place cannot be written."""
    import faiss  # noqa: PLC0415

    try:
        faiss.write_index(vectors, str(path))
    except RuntimeError as error:
        raise OSError(f"the vectors cannot be written to {path}: {error}") from error


def count_vectors(path: Path) -> int:
    """The number of vectors in a file."""
    return len(Vectors(path))


class Vectors:
    """The vectors of one generation, memory-mapped and read only; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        """Map the file; raises IndexDamaged where it is no FAISS index of unit vectors with ids."""
        import faiss  # noqa: PLC0415

        try:
            mapped = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            raise IndexDamaged(f"The vectors in {path} cannot be read: {error}") from error
        if not isinstance(mapped, faiss.IndexIDMap):
            raise IndexDamaged(f"The vectors in {path} carry no ids: {type(mapped).__name__}")
        self._mapped = mapped
        self._flat = faiss.downcast_index(mapped.index)
        self.ids: Ids = faiss.vector_to_array(mapped.id_map)
        if np.any(self.ids[1:] <= self.ids[:-1]):
            raise IndexDamaged(f"The ids of the vectors in {path} do not ascend.")

    def __len__(self) -> int:
        return int(self.ids.size)

    @property
    def dimension(self) -> int:
        """The number of values in a vector."""
        return int(self._mapped.d)

    def search(self, vector: Floats, limit: int, *, within: Sequence[KeyRange] | None = None) -> list[Scored]:
        """The best clauses by cosine, best first; ``vector`` is a unit float32 (dim,)."""
        selected = None if within is None else self._positions(within)
        total = len(self) if selected is None else int(selected.size)
        wanted = min(max(limit, 0) * OVERSAMPLING, total)
        while wanted:
            best = self._best(vector, wanted, selected)
            if len(best) >= limit or wanted >= total:
                return [Scored(key, score) for key, score in list(best.items())[:limit]]
            wanted = min(2 * wanted, total)
        return []

    def score(self, vector: Floats, keys: Sequence[int]) -> dict[int, float]:
        """The cosine of every key's best window; raises IndexDamaged for a key that has no vector."""
        spans = [self._positions([KeyRange(key, key)]) for key in keys]
        if not spans:
            return {}
        missing = [key for key, span in zip(keys, spans, strict=True) if not span.size]
        if missing:
            raise IndexDamaged(f"No vectors for the clauses {missing[:5]}. Run: python -m index verify")
        _use_one_thread()
        cosines = self._flat.reconstruct_batch(np.concatenate(spans)) @ vector
        starts = np.cumsum([0, *(span.size for span in spans[:-1])])
        best = np.maximum.reduceat(cosines, starts)
        return {key: float(score) for key, score in zip(keys, best, strict=True)}

    def keys(self) -> Iterator[int]:
        """The keys that have vectors, ascending."""
        return (int(key) for key in np.unique(self.ids // WINDOWS_PER_KEY))

    def rows(self, keys: KeyRange) -> Rows:
        """The vectors of these clauses as they are kept, for another store to take over."""
        positions = self._positions([keys])
        return Rows(self.ids[positions], self._flat.reconstruct_batch(positions))

    def _positions(self, ranges: Sequence[KeyRange]) -> Ids:
        """Where the windows of these clauses stand in the index; ids ascend, so each range is one run."""
        runs = [
            np.arange(
                np.searchsorted(self.ids, keys.first * WINDOWS_PER_KEY),
                np.searchsorted(self.ids, (keys.last + 1) * WINDOWS_PER_KEY),
                dtype=np.int64,
            )
            for keys in ranges
        ]
        return np.concatenate(runs) if runs else np.empty(0, np.int64)

    def _best(self, vector: Floats, wanted: int, selected: Ids | None) -> dict[int, float]:
        """The best ``wanted`` windows as clause -> score, best first."""
        import faiss  # noqa: PLC0415

        parameters = None
        if selected is not None:
            allowed = np.zeros(len(self), dtype=bool)
            allowed[selected] = True
            bits = np.packbits(allowed, bitorder="little")
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))  # type: ignore[call-arg, arg-type]
        _use_one_thread()
        scores, positions = self._flat.search(vector.reshape(1, -1), wanted, params=parameters)
        best: dict[int, float] = {}
        for score, position in zip(scores[0], positions[0], strict=True):
            if position >= 0:
                best.setdefault(int(self.ids[position]) // WINDOWS_PER_KEY, float(score))
        return best


def _use_one_thread() -> None:
    """Have FAISS search in this thread alone: it shares out questions among threads, and there is one.

    Waking the others for nothing took 6 ms a question on two busy cores, against .9 ms without.  OpenMP
    keeps the number for each calling thread, so it is said at every search.
    """
    import faiss  # noqa: PLC0415

    faiss.omp_set_num_threads(1)
