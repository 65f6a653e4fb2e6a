"""Encoded windows by model and text, so that a rebuild encodes only what changed.

The cache lies beside the generations and outlives them: every batch is committed as it comes, so a build
that was killed goes on where it stopped.  Values are kept as fp16, which is what the index keeps of them, so
a vector from the cache and a fresh one give the same index.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from index.encoders.encoder import EncodedPassage
from index.encoders.fingerprint import agree

if TYPE_CHECKING:
    Floats = npt.NDArray[np.float32]

CACHE: Final = "vectors-cache.sqlite"

_SCHEMA: Final = """
DROP TABLE IF EXISTS vectors;
DROP TABLE IF EXISTS summed_vectors;
CREATE TABLE IF NOT EXISTS passages (
    model TEXT NOT NULL, text BLOB NOT NULL, used INTEGER NOT NULL, vector BLOB NOT NULL,
    tokens BLOB NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (model, text));
"""


class VectorCache:
    """The vectors of one model, for the build of one generation."""

    def __init__(self, path: Path, model: str, generation: int) -> None:
        """Open the cache or make it; one that is damaged is made anew, since it can only save time.

        All methods raise sqlite3.OperationalError where the disk is full or the file cannot be written.
        """
        self._path = path
        self._model = model
        self._generation = generation
        try:
            self._base = _open(path)
            self._model = _known_as(self._base, model)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            self._remake()

    def _remake(self) -> None:
        """Begin with nothing in place of a file that is no database or no longer one."""
        if hasattr(self, "_base"):
            self._base.close()
        for name in (self._path.name, f"{self._path.name}-wal", f"{self._path.name}-shm"):
            self._path.with_name(name).unlink(missing_ok=True)
        self._base = _open(self._path)

    def get(self, texts: Iterable[str]) -> dict[str, EncodedPassage]:
        """Those texts that were encoded before and are unchanged."""
        wanted = list(texts)
        try:
            return self._get(wanted)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            self._remake()
            return {}

    def _get(self, texts: Sequence[str]) -> dict[str, EncodedPassage]:
        found: dict[str, EncodedPassage] = {}
        for text in texts:
            row = self._base.execute(
                "SELECT vector, tokens, sum FROM passages WHERE model = ? AND text = ?",
                (self._model, _hash(text)),
            ).fetchone()
            if row is not None and zlib.crc32(row[0] + row[1]) == row[2]:
                vector = np.frombuffer(row[0], np.float16).astype(np.float32)
                found[text] = EncodedPassage(vector, row[1])
        self._base.executemany(
            "UPDATE passages SET used = ? WHERE model = ? AND text = ?",
            ((self._generation, self._model, _hash(text)) for text in found),
        )
        return found

    def put(self, passages: Mapping[str, EncodedPassage]) -> None:
        """Keep what was freshly encoded, on disk when this returns."""
        rows = [(_hash(text), as_kept(one.vector).tobytes(), one.tokens) for text, one in passages.items()]
        try:
            self._put(rows)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            self._remake()
            self._put(rows)

    def _put(self, rows: Sequence[tuple[bytes, bytes, bytes]]) -> None:
        self._base.executemany(
            "INSERT OR REPLACE INTO passages VALUES (?, ?, ?, ?, ?, ?)",
            (
                (self._model, text, self._generation, *kept, zlib.crc32(b"".join(kept)))
                for text, *kept in rows
            ),
        )
        self._base.commit()

    def forget_unused(self) -> None:
        """Drop what neither this generation nor the one before it was built from, of any model."""
        self._base.execute("DELETE FROM passages WHERE used < ?", (self._generation - 1,))
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


def _known_as(base: sqlite3.Connection, model: str) -> str:
    """The checksum that vectors of the model stand under, which an endpoint's need not equal (`probe`)."""
    found = ""
    while found is not None:
        if agree(found, model):
            return found
        found = base.execute("SELECT min(model) FROM passages WHERE model > ?", (found,)).fetchone()[0]
    return model


def as_kept(vector: Floats) -> npt.NDArray[np.float16]:
    """A vector as it is kept."""
    return vector.astype(np.float16)


def _hash(text: str) -> bytes:
    """What a text is kept under: the first 16 bytes of its SHA-256."""
    return hashlib.sha256(text.encode()).digest()[:16]
