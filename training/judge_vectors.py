"""What the encoders hold of each token of what the judge is trained on, as an index keeps it.

The judge reads every token's number and its vector of late interaction (`net.Judge`).  Windows are looked up
where they were encoded before; what is not there, and every question, is encoded when it is met, once.
"""

from __future__ import annotations

import contextlib
import functools
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.encoders.encoder import EncodedPassage
from index.encoders.packed import OnnxEncoder
from index.encoders.token_vectors import packed, unpacked
from index.encoders.vector_cache import CACHE, VectorCache
from qa.search.question_encoder import shipped_question_encoder

Floats = npt.NDArray[np.float32]
Passages = dict[str, EncodedPassage]


class Vectors:
    """Token vectors by text, of windows and of questions, by the shipped encoders."""

    def __init__(self, kept: Path | None = None) -> None:
        """``kept``: the folder of a cache of windows; without one all are encoded.

        Raises FileNotFoundError where the folder holds no cache.
        """
        if kept and not (kept / CACHE).is_file():
            raise FileNotFoundError(f"{kept} holds no {CACHE}; training.prepare --kept {kept} makes it")
        self._kept = kept
        self._windows: dict[str, bytes] = {}
        self._questions: dict[str, tuple[bytes, bytes]] = {}

    def know(self, windows: Iterable[tuple[str, str]]) -> None:
        """Looks up or encodes windows (headings and text), on all cores; what is encoded is kept."""
        wanted = [text for text in dict.fromkeys(map("\n".join, windows)) if text not in self._windows]
        if not wanted:
            return
        found = self._cached(lambda cache: cache.get(wanted)) or {}
        if fresh := [text for text in wanted if text not in found]:
            made = dict(zip(fresh, self._encoder.encode_with_tokens(fresh), strict=True))
            self._cached(lambda cache: cache.put(made))
            found |= made
        self._windows |= {text: found[text].tokens for text in wanted}

    def window(self, heading: str, text: str) -> Floats:
        """(tokens, 64) of ``heading\ntext``."""
        self.know([(heading, text)])
        return unpacked(self._windows[f"{heading}\n{text}"])

    def question(self, text: str) -> tuple[Floats, Floats]:
        """(tokens, 64), and how much each token tells (tokens,), sum 1."""
        if text not in self._questions:
            tokens = shipped_question_encoder().encode(text).tokens
            self._questions[text] = packed(tokens.vectors), tokens.weights.astype(np.float16).tobytes()
        vectors, tells = self._questions[text]
        return unpacked(vectors), np.frombuffer(tells, np.float16).astype(np.float32)

    def _cached(self, use: Callable[[VectorCache], Passages | None]) -> Passages | None:
        """What the kept windows give; None where there are none, or where another run writes them now."""
        if not self._kept:
            return None
        try:  # opened each time, since looking up locks it for others
            with contextlib.closing(VectorCache(self._kept / CACHE, self._encoder.checksum, 0)) as cache:
                return use(cache)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return None

    @functools.cached_property
    def _encoder(self) -> OnnxEncoder:
        return OnnxEncoder()
