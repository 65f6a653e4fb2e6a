"""An index's windows as vectors and texts, for what is fitted on top of the encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.engines.vectors import WINDOWS_PER_KEY, VectorFile
from index.search.live import LiveIndex
from training.texts import normal


@dataclass(frozen=True)
class Stored:
    """``vectors`` (windows, 384) unit rows, ``keys`` (windows,) of their clauses, ``files`` name → keys and
    normal texts of its clauses; the index's encoder."""

    vectors: Any
    keys: Any
    files: dict[str, list[tuple[int, str]]]
    encoder: Any

    def holding(self, files: set[str], texts: Sequence[str]) -> list[int]:
        """Rows of the windows of clauses of these files that hold any of the texts (as `normal` gives)."""
        own = {
            key
            for name in files
            for key, text in self.files.get(name, [])
            if any(one in text for one in texts)
        }
        return np.flatnonzero(np.isin(self.keys, list(own))).tolist() if own else []


def opened(path: Path) -> Stored:
    """The index at ``path``, read whole into memory."""
    index = LiveIndex(path).current()
    folder = path / "generations" / (path / "CURRENT").read_text("utf-8").strip()
    parts = [VectorFile(file) for file in sorted(folder.glob("parts/*/vectors.faiss"))]
    ids = np.concatenate([part.ids for part in parts])
    vectors = np.concatenate([part.decoded(np.arange(len(part))) for part in parts]).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    keys = ids // WINDOWS_PER_KEY
    files: dict[str, list[tuple[int, str]]] = {}
    for entry in index.entries(sorted(set(keys.tolist()))):
        files.setdefault(Path(entry.file).name, []).append((entry.key, normal(entry.clause.text)))
    return Stored(vectors, keys, files, index.encoder)
