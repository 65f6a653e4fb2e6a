"""What the encoders hold of each token of what the judge is trained on, as an index keeps it.

The judge reads every token's number and its vector of late interaction (`net.Judge`).  Windows are looked up
where `training.prepare --kept` has encoded them; what is not there, and every question, is encoded when it is
met, once.
"""

from __future__ import annotations

import contextlib
import functools
import sqlite3
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.encoders.encoder import EncodedPassage
from index.encoders.packed import OnnxEncoder
from index.encoders.token_vectors import packed, unpacked
from index.encoders.vector_cache import CACHE, VectorCache
from qa.search.question_encoder import shipped_question_encoder

Floats = npt.NDArray[np.float32]


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

    def window(self, heading: str, text: str) -> Floats:
        """(tokens, 64) of ``heading\\ntext``."""
        joined = f"{heading}\n{text}"
        if joined not in self._windows:
            self._windows[joined] = self._passage(joined).tokens
        return unpacked(self._windows[joined])

    def question(self, text: str) -> tuple[Floats, Floats]:
        """(tokens, 64), and how much each token tells (tokens,), sum 1."""
        if text not in self._questions:
            tokens = shipped_question_encoder().encode(text).tokens
            self._questions[text] = packed(tokens.vectors), tokens.weights.astype(np.float16).tobytes()
        vectors, tells = self._questions[text]
        return unpacked(vectors), np.frombuffer(tells, np.float16).astype(np.float32)

    def _passage(self, text: str) -> EncodedPassage:
        return self._known(text) or self._encoder.encode_with_tokens([text])[0]

    def _known(self, text: str) -> EncodedPassage | None:
        if not self._kept:
            return None
        try:  # opened for each text, since looking up locks it for others
            with contextlib.closing(VectorCache(self._kept / CACHE, self._encoder.checksum, 0)) as cache:
                return cache.get([text]).get(text)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return None  # another run writes: encoding is quicker than waiting

    @functools.cached_property
    def _encoder(self) -> OnnxEncoder:
        return OnnxEncoder()
