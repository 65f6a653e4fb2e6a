"""A question's tokens against those of clauses: how well each of the question's finds its like in a clause.

After ColBERT (Khattab and Zaharia 2020), with a weight for each of the question's tokens.  Scores are
higher-is-better, -1 to 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.encoders.token_vectors import length, unpacked

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class QuestionTokens:
    """A question's token ``vectors``, unit rows (tokens, dim), and their ``weights`` (tokens,), sum 1."""

    vectors: Floats
    weights: Floats


def late_interaction(asked: QuestionTokens, windows: Sequence[tuple[int, bytes]]) -> dict[int, float]:
    """By window number its score; ``windows`` are window numbers with packed token vectors."""
    held = [(number, data) for number, data in windows if data]
    if not held or not len(asked.weights):
        return {}
    lengths = np.array([length(data) for _, data in held])
    cosines = unpacked(b"".join(data for _, data in held)) @ asked.vectors.T
    scores = np.maximum.reduceat(cosines, np.cumsum(lengths) - lengths, axis=0) @ asked.weights
    return dict(zip((number for number, _ in held), scores.tolist(), strict=True))
