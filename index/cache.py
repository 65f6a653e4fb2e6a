"""Encoded windows by model and text, so that a rebuild encodes only what changed.

The cache lies beside the generations and outlives them: every batch is committed as it comes, so a build
that was killed goes on where it stopped.  Values are kept as fp16, which is what the index keeps of them, so
a vector from the cache and a fresh one give the same index.  Left out: who else may write (`lock`).
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    Floats = npt.NDArray[np.float32]

CACHE: Final = "vectors-cache.sqlite"

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS vectors (
    model TEXT NOT NULL, text BLOB NOT NULL, used INTEGER NOT NULL, vector BLOB NOT NULL,
    PRIMARY KEY (model, text)) WITHOUT ROWID;
"""


class VectorCache:
    """The vectors of one model, for the build of one generation."""

    def __init__(self, path: Path, model: str, generation: int) -> None:
        """Open the cache or make it; one that is no database is made anew, since it can only save time.

        Raises sqlite3.OperationalError where the disk is full or the file cannot be written.
        """
        self._model = model
        self._generation = generation
        try:
            self._base = _open(path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            path.unlink()
            self._base = _open(path)

    def get(self, texts: Iterable[str]) -> dict[str, Floats]:
        """The vectors of those texts that were encoded before, float32 (dim,)."""
        found: dict[str, Floats] = {}
        for text in texts:
            key = (self._model, _hash(text))
            row = self._base.execute(
                "SELECT vector FROM vectors WHERE model = ? AND text = ?", key
            ).fetchone()
            if row is not None:
                found[text] = np.frombuffer(row[0], np.float16).astype(np.float32)
        self._base.executemany(
            "UPDATE vectors SET used = ? WHERE model = ? AND text = ?",
            ((self._generation, self._model, _hash(text)) for text in found),
        )
        return found

    def put(self, vectors: Mapping[str, Floats]) -> None:
        """Keep freshly encoded vectors, on disk when this returns."""
        self._base.executemany(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)",
            (
                (self._model, _hash(text), self._generation, vector.astype(np.float16).tobytes())
                for text, vector in vectors.items()
            ),
        )
        self._base.commit()

    def forget_unused(self) -> None:
        """Drop what neither this generation nor the one before it was built from, of any model."""
        self._base.execute("DELETE FROM vectors WHERE used < ?", (self._generation - 1,))
        self._base.commit()

    def close(self) -> None:
        """Close the file, keeping what was noted."""
        self._base.commit()
        self._base.close()


def _open(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path)
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA synchronous = NORMAL")
    base.executescript(_SCHEMA)
    return base


def _hash(text: str) -> bytes:
    """What a text is kept under: the first 16 bytes of its SHA-256."""
    return hashlib.sha256(text.encode()).digest()[:16]
