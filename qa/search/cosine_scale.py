"""Another model's cosines on the scale of the shipped one's, for the thresholds that were set with that one.

The shipped encoder gives a question and the passage that answers it .91 and one of another subject .84; with
its vectors centred, as many models' are, it is .49 and .07, and nothing would pass for an answer.  So for
every other model two points are measured, once a process: the mean cosine of sixteen questions with the
passage that answers each, and with the others' passages.  The straight line through both turns its cosines
into the shipped one's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from index.encoders.encoder import Encoder
    from index.search.index import Index

PAIRS: Final = Path(__file__).parent / "cosine_pairs.txt"
"""The questions, each with the passage that answers it, in the form in which clauses are encoded."""

RELATED: Final = 0.9127
UNRELATED: Final = 0.8393
"""What the shipped encoder gives for them: a question with its passage, and with those of the others."""

LEAST_GAP: Final = 0.01
"""Between the two for a model that tells them apart hardly or not at all, so that no cosine runs away."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The mean cosine of questions with the passages that answer them, and with other passages."""

    related: float
    unrelated: float


def as_shipped(index: Index, cosine: float) -> float:
    """A cosine of the index's model as the shipped one would give it; its own stay as they are."""
    if index.lazy_encoder.model.source is None:
        return cosine
    scale = scale_of(index.encoder)
    share = (cosine - scale.unrelated) / max(LEAST_GAP, scale.related - scale.unrelated)
    return UNRELATED + share * (RELATED - UNRELATED)


@lru_cache(maxsize=8)
def scale_of(encoder: Encoder) -> Scale:
    """A model's scale, measured."""
    pairs = _pairs()
    passages = encoder.encode_passages([passage for _, passage in pairs])
    cosines = np.array([encoder.encode_question(question) for question, _ in pairs]) @ passages.T
    own = np.eye(len(pairs), dtype=bool)
    return Scale(float(cosines[own].mean()), float(cosines[~own].mean()))


def _pairs() -> list[tuple[str, str]]:
    """Question and passage of each paragraph of the file: a line with the question, the rest the passage."""
    blocks = PAIRS.read_text("utf-8").strip().split("\n\n")[1:]
    return [(question, passage) for question, _, passage in (block.partition("\n") for block in blocks)]
