"""Collections of documents as windows with their vectors, by the shipped encoder.

Vectors are kept in a file and read from it the next time.  Left out: questions (`asked`), candidates by words
(`bigrams`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.encoders.encoder import encoded_passages
from index.encoders.load import load_encoder
from index.encoders.vector_cache import CACHE, VectorCache
from training.texts import Window, windows_of

COMMITTED = 256
"""Windows encoded between two commits of the cache."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Collection:
    """Windows with their vectors (windows, 384), unit rows; ``rows`` are those of a file."""

    windows: Sequence[Window]
    vectors: Floats
    rows: dict[str, list[int]]

    def holding(self, files: Iterable[str], evidence: str) -> list[int]:
        """Rows of the files' windows whose clause holds the evidence (as `normal` gives it)."""
        own = [row for name in files for row in self.rows.get(name, ())]
        return [row for row in own if evidence in self.windows[row].normal_whole]


def without(whole: Collection, files: set[str]) -> Collection:
    """The collection less some files."""
    rows = [row for row, window in enumerate(whole.windows) if window.file not in files]
    return _collection([whole.windows[row] for row in rows], whole.vectors[rows])


def unencoded(paths: Sequence[Path]) -> Collection:
    """The collection of the files without vectors (0, 384)."""
    return _collection(windows_of(paths), np.zeros((0, 384), np.float32))


def encoded(paths: Sequence[Path], kept: Path) -> Collection:
    """The collection of the files; ``kept`` is the folder of the cache, as a build keeps one."""
    windows = windows_of(paths)
    texts = [f"{window.heading}\n{window.text}" for window in windows]
    kept.mkdir(parents=True, exist_ok=True)
    encoder = load_encoder()
    cache = VectorCache(kept / CACHE, encoder.checksum, 0)
    known = cache.get(dict.fromkeys(texts))
    fresh = [text for text in dict.fromkeys(texts) if text not in known]
    for at in range(0, len(fresh), COMMITTED):
        batch = fresh[at : at + COMMITTED]
        made = dict(zip(batch, encoded_passages(encoder, batch), strict=True))
        cache.put(made)
        known |= made
    cache.close()
    print(f"{len(paths)} documents, {len(windows)} windows, {len(fresh)} encoded", flush=True)
    vectors = np.array([known[text].vector for text in texts], np.float32).reshape(-1, 384)
    return _collection(windows, vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def _collection(windows: Sequence[Window], vectors: Floats) -> Collection:
    rows: dict[str, list[int]] = {}
    for row, window in enumerate(windows):
        rows.setdefault(window.file, []).append(row)
    return Collection(windows, vectors, rows)
