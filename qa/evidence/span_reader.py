"""The reader that ships with the project: which stretch of a text answers a question.

The lower layers of the encoder, trained on question-and-span data (its card says which), under ONNX Runtime.
It reads with the encoder's tokenizer.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.encoders.onnx_files import load_session, load_tokenizer
from index.encoders.packed import SHIPPED, available_cores
from index.errors import ModelError

FOLDER = Path(__file__).parent / "models" / "span-reader-zh"
MOST_TOKENS = 340
"""Tokens of question and text together: what it was trained with, and a third more; the rest is not read."""
MOST_OF_QUESTION = 48
LONGEST_SPAN = 120
"""Tokens of the longest span."""
_END = 2
_MEND = "Install the project again (pip install --force-reinstall), or run: python tools/pack_reader.py"


@dataclass(frozen=True, slots=True)
class Reading:
    """A span, ``text[start:end]``, and two scores, both higher is better.

    ``score``: the log odds that it is the answer, against that the text holds none.  ``sure``: the logarithm
    of its share among all spans of the text, so at most 0.
    """

    start: int
    end: int
    score: float
    sure: float


class SpanReader:
    """The packed reader; safe to use from several threads at once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load it; raises ModelError where a file is missing or is not what was packed."""
        try:
            about = json.loads((folder / "model.json").read_text("utf-8"))
            size = int(about["files"]["model.onnx"]["size"])
            found = (folder / "model.onnx").stat().st_size
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"No reader at {folder} ({error}). {_MEND}") from error
        if found != size:
            raise ModelError(f"{folder / 'model.onnx'} has {found:,} bytes, not {size:,}. {_MEND}")
        self._tokenizer = load_tokenizer(SHIPPED / "tokenizer.json", _MEND)
        self._tokenizer.no_truncation()
        self._session = load_session(folder / "model.onnx", _MEND)
        self._pool = ThreadPoolExecutor(available_cores(), "reader")

    def read(self, question: str, texts: Sequence[str]) -> list[Reading | None]:
        """The best span of each text, at the same time; None for a text without a word."""
        asked = self._tokenizer.encode(question).ids[:MOST_OF_QUESTION]
        return list(self._pool.map(lambda text: self._read(asked, text), texts))

    def _read(self, asked: list[int], text: str) -> Reading | None:
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        room = MOST_TOKENS - len(asked) - 1
        pieces, offsets = encoding.ids[:room], encoding.offsets[:room]
        if not pieces:
            return None
        tokens = np.array([[*asked, *pieces, _END]], np.int64)
        scores = self._session.run(["scores"], {"input_ids": tokens})[0][0]
        inside = scores[len(asked) : len(asked) + len(pieces)]
        shares = inside - np.logaddexp.reduce(inside, axis=0)
        joint = shares[:, None, 0] + shares[None, :, 1]
        first, last = np.indices(joint.shape)
        joint[(last < first) | (last - first >= LONGEST_SPAN)] = -np.inf
        begin, end = divmod(int(joint.argmax()), len(pieces))
        score = inside[begin, 0] + inside[end, 1] - scores[0].sum()
        return Reading(offsets[begin][0], offsets[end][1], float(score), float(joint[begin, end]))


@functools.cache
def shipped_reader() -> SpanReader:
    """The shipped reader, loaded at its first use."""
    return SpanReader()
