"""The token states of texts, by the shipped encoder for windows and by the question encoder for questions.

Kept in memory in half precision, less their mean and on the directions in which windows' states differ
most (principal components), since 384 numbers a token of a collection do not fit there.  Left out: what is
learnt over them (`train_late_interaction`).
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from index.encoders.packed import SHIPPED
from index.encoders.token_vectors import OWN
from qa.search.question_encoder import FOLDER as QUESTION_ENCODER
from training import base

DIRECTIONS = 128
SAMPLED = 1500
"""Windows that the directions are taken from, drawn by chance."""
MOST_TOKENS = 512
AT_ONCE = 2

Floats = npt.NDArray[np.float32]
Halves = npt.NDArray[np.float16]


class States:
    """A packed encoder's states of a text's own tokens, without the prefix and the ends."""

    def __init__(self, folder: Path, prefix: str) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options)
        self._tokenizer, self._prefix = base.tokenizer(), prefix

    def __call__(self, text: str) -> tuple[Floats, Floats]:
        """The text's vector (384,) and its tokens' states (tokens, 384)."""
        ids = self._tokenizer.encode(self._prefix + text).ids[:MOST_TOKENS]
        embedding, states = self._session.run(["embedding", "states"], {"input_ids": np.array([ids])})
        return embedding[0], states[0][OWN]


def states_of_windows() -> States:
    """The shipped encoder's of passages."""
    return States(SHIPPED, "passage: ")


def states_of_questions() -> States:
    """The question encoder's of questions."""
    return States(QUESTION_ENCODER, "query: ")


@dataclass(frozen=True)
class Reduced:
    """States of many texts as one array: those of text ``n`` are rows ``ends[n]`` to ``ends[n + 1]``.

    ``mean`` (384,) and ``directions`` (384, DIRECTIONS) turn a state into its row: ``(state - mean) @
    directions``; ``size`` is the mean length of a state less the mean.
    """

    rows: Halves
    ends: npt.NDArray[np.int64]
    mean: Floats
    directions: Floats
    size: float

    def of(self, text: int) -> Floats:
        """The rows of one text."""
        return self.rows[self.ends[text] : self.ends[text + 1]].astype(np.float32)


def reduced(texts: Sequence[str], seed: int) -> Reduced:
    """The states of windows, reduced; some forty windows a second on two cores."""
    give, chance = states_of_windows(), np.random.default_rng(seed)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        some = [texts[n] for n in chance.choice(len(texts), min(SAMPLED, len(texts)), replace=False)]
        sample = np.concatenate([states for _, states in pool.map(give, some)])
        mean = sample.mean(0)
        sample = sample - mean
        directions = np.linalg.svd(sample[chance.permutation(len(sample))[:60_000]], full_matrices=False)[2]
        directions = directions[:DIRECTIONS].T
        kept = []
        for number, (_, states) in enumerate(pool.map(give, texts), 1):
            kept.append(((states - mean) @ directions).astype(np.float16))
            if number % 4000 == 0:
                print(f"{number} of {len(texts)} windows", flush=True)
    ends = np.cumsum([0, *map(len, kept)])
    return Reduced(np.concatenate(kept), ends, mean, directions, float(np.linalg.norm(sample, axis=1).mean()))
