"""Search by meaning: unit vectors of windows, kept by FAISS.

A clause has one vector a window; the vector's id is ``key * 1024 + window`` and a clause scores as its best
window does.  Files are memory-mapped and never written in place: truncating a mapped file kills the process
that reads it, so every change writes a new file.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from index.engines.selection import KeyRanges
from index.engines.vector_store import Rows
from index.entries import WINDOWS_PER_KEY, KeyRange, Scored
from index.errors import IndexDamaged

if TYPE_CHECKING:
    Floats = npt.NDArray[np.float32]
    Ids = npt.NDArray[np.int64]

OVERSAMPLING: Final = 2
"""Windows asked for per clause wanted, since several windows of one clause may be among the best."""

LISTS_SEARCHED: Final = 64
"""Lists of an inverted file that a search looks at."""

SELECTIONS_KEPT: Final = 64
"""Narrowings whose windows are remembered, at most a bit for every window each."""

COMPARED_WHOLE: Final = 20_000
"""Windows of a narrowed search up to which each is compared; more are searched through the lists."""


def window_id(key: int, window: int) -> int:
    """The id of one window's vector; raises ValueError past `WINDOWS_PER_KEY` windows."""
    if not 0 <= window < WINDOWS_PER_KEY:
        raise ValueError(f"clause {key} has a window number {window}, past {WINDOWS_PER_KEY - 1}")
    return key * WINDOWS_PER_KEY + window


@dataclass(frozen=True, slots=True)
class _Selected:
    """What a search is narrowed to: so many windows, few enough to be compared, or as a bit for every one."""

    size: int
    positions: Ids | None
    bits: npt.NDArray[np.uint8] | None


class VectorFile:
    """The vectors of one file, memory-mapped and read only; safe to share between threads."""

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
        self._inner = faiss.downcast_index(mapped.index)
        self._has_lists = isinstance(self._inner, faiss.IndexIVF)
        self.ids: Ids = faiss.vector_to_array(mapped.id_map)
        if np.any(self.ids[1:] <= self.ids[:-1]):
            raise IndexDamaged(f"The ids of the vectors in {path} do not ascend.")
        self._selected = lru_cache(SELECTIONS_KEPT)(self._select)

    def __len__(self) -> int:
        return int(self.ids.size)

    @property
    def dimension(self) -> int:
        """The number of values in a vector."""
        return int(self._mapped.d)

    def search(self, vector: Floats, limit: int, within: KeyRanges | None) -> list[Scored]:
        """The best clauses by cosine, best first; ``vector`` is a unit float32 (dim,)."""
        selected = None if within is None else self._selected(within)
        total = len(self) if selected is None else selected.size
        wanted = min(max(limit, 0) * OVERSAMPLING, total)
        while wanted:
            best = self._best(vector, wanted, selected)
            if len(best) >= limit or wanted >= total:
                return [Scored(key, score) for key, score in list(best.items())[:limit]]
            wanted = min(2 * wanted, total)
        return []

    def decoded(self, positions: Ids) -> Floats:
        """The vectors at these positions, float32 (n, dim)."""
        _use_one_thread()
        rows: Floats = self._inner.reconstruct_batch(positions)
        return rows

    def positions(self, ranges: KeyRanges) -> Ids:
        """Where the windows of these clauses stand in the file; ids ascend, so each range is one run."""
        starts = np.searchsorted(self.ids, ranges.firsts * WINDOWS_PER_KEY)
        lengths = np.searchsorted(self.ids, (ranges.lasts + 1) * WINDOWS_PER_KEY) - starts
        before = np.cumsum(lengths) - lengths
        found: Ids = np.repeat(starts - before, lengths) + np.arange(lengths.sum(), dtype=np.int64)
        return found

    def _select(self, ranges: KeyRanges) -> _Selected:
        positions = self.positions(ranges)
        if self._has_lists and positions.size <= COMPARED_WHOLE:
            return _Selected(positions.size, positions, None)
        allowed = np.zeros(len(self), dtype=bool)
        allowed[positions] = True
        return _Selected(positions.size, None, np.packbits(allowed, bitorder="little"))

    def _best(self, vector: Floats, wanted: int, selected: _Selected | None) -> dict[int, float]:
        """The best ``wanted`` windows as clause -> score, best first."""
        if selected is not None and selected.positions is not None:
            scores = self.decoded(selected.positions) @ vector
            order = np.argsort(-scores)[:wanted]
            return self._by_key(scores[order], selected.positions[order])
        _use_one_thread()
        found = self._inner.search(vector.reshape(1, -1), wanted, params=self._parameters(selected))
        return self._by_key(found[0][0], found[1][0])

    def _parameters(self, selected: _Selected | None) -> Any:
        import faiss  # noqa: PLC0415

        chosen: dict[str, Any] = {"nprobe": LISTS_SEARCHED} if self._has_lists else {}
        if selected is not None:
            chosen["sel"] = faiss.IDSelectorBitmap(selected.bits)  # type: ignore[call-arg, arg-type]
        if not chosen:
            return None
        return faiss.SearchParametersIVF(**chosen) if self._has_lists else faiss.SearchParameters(**chosen)

    def _by_key(self, scores: Floats, positions: Ids) -> dict[int, float]:
        best: dict[int, float] = {}
        for score, position in zip(scores, positions, strict=True):
            if position >= 0:
                best.setdefault(int(self.ids[position]) // WINDOWS_PER_KEY, float(score))
        return best


class Vectors:
    """The vectors of one generation, in files whose keys ascend from one to the next."""

    def __init__(self, paths: Sequence[Path]) -> None:
        """Map the files; raises IndexDamaged as `VectorFile` does."""
        self._files = [VectorFile(path) for path in paths]

    def __len__(self) -> int:
        return sum(map(len, self._files))

    @property
    def dimension(self) -> int:
        """The number of values in a vector; 0 where there is no file."""
        return self._files[0].dimension if self._files else 0

    def search(self, vector: Floats, limit: int, *, within: Sequence[KeyRange] | None = None) -> list[Scored]:
        """The best clauses by cosine, best first; ``vector`` is a unit float32 (dim,)."""
        ranges = None if within is None else KeyRanges.of(within)
        lists = [file.search(vector, limit, ranges) for file in self._files]
        return (
            lists[0] if len(lists) == 1 else heapq.nlargest(limit, _chain(lists), key=lambda one: one.score)
        )

    def score(self, vector: Floats, keys: Sequence[int]) -> dict[int, float]:
        """The cosine of every key's best window; raises IndexDamaged for a key that has no vector."""
        found: dict[int, float] = {}
        for file in self._files:
            found |= _best_windows(file, vector, keys)
        missing = [key for key in keys if key not in found]
        if missing:
            raise IndexDamaged(f"No vectors for the clauses {missing[:5]}. Run: python -m index verify")
        return found

    def keys(self) -> Iterator[int]:
        """The keys that have vectors, ascending."""
        return (int(key) for file in self._files for key in np.unique(file.ids // WINDOWS_PER_KEY))

    def rows(self, keys: KeyRange) -> Rows:
        """The vectors of these clauses as they are kept, for another store to take over."""
        found = [(file, file.positions(KeyRanges.of([keys]))) for file in self._files]
        held = [(file.ids[positions], file.decoded(positions)) for file, positions in found if positions.size]
        if not held:
            return Rows(np.empty(0, np.int64), np.empty((0, self.dimension), np.float32))
        return Rows(np.concatenate([ids for ids, _ in held]), np.concatenate([rows for _, rows in held]))


def _best_windows(file: VectorFile, vector: Floats, keys: Sequence[int]) -> dict[int, float]:
    """The cosine of the best window of each key that the file has."""
    wanted = np.unique(np.asarray(keys, np.int64))
    positions = file.positions(KeyRanges(wanted, wanted))
    if not positions.size:
        return {}
    of = file.ids[positions] // WINDOWS_PER_KEY
    starts = np.flatnonzero(np.diff(of, prepend=-1))
    best = np.maximum.reduceat(file.decoded(positions) @ vector, starts)
    return {int(key): float(score) for key, score in zip(of[starts], best, strict=True)}


def _chain(lists: Sequence[Sequence[Scored]]) -> Iterator[Scored]:
    return (one for found in lists for one in found)


def _use_one_thread() -> None:
    """Have FAISS search in this thread alone: it shares out questions among threads, and there is one.

    Waking the others for nothing took 6 ms a question on two busy cores, against .9 ms without.  OpenMP
    keeps the number for each calling thread, so it is said at every search.
    """
    import faiss  # noqa: PLC0415

    faiss.omp_set_num_threads(1)
