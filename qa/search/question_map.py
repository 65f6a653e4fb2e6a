"""Turns the vector of a question, asked in people's words, towards clauses, written in officials'.

A linear map that was fitted on question wordings and the windows that answer them
(docs/models/question-map-zh.md), for the shipped encoder alone: another model's vectors stay as they are.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from index.errors import ModelError

if TYPE_CHECKING:
    from index.search.index import Index

FILE: Final = Path(__file__).parent / "models" / "question-map-zh" / "map.npz"
QUESTIONS_KEPT: Final = 64

Vector = npt.NDArray[np.float32]


def question_vector(index: Index, question: str) -> Vector:
    """The question as a unit vector (dim,), to be compared with the index's windows."""
    return _vector(index.encoder, question, index.lazy_encoder.model.source is None)


@functools.lru_cache(QUESTIONS_KEPT)
def _vector(encoder: object, question: str, shipped: bool) -> Vector:
    """Encoded once, however many regions it is searched in."""
    vector: Vector = encoder.encode_question(question)  # type: ignore[attr-defined]
    if not shipped:
        return vector
    matrix, shift = _map()
    moved = vector + vector @ matrix + shift
    return (moved / np.linalg.norm(moved)).astype(np.float32)


@functools.cache
def _map() -> tuple[Vector, Vector]:
    try:
        with np.load(FILE) as found:
            return found["map"].astype(np.float32), found["shift"].astype(np.float32)
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"{FILE} cannot be read ({error}). Install the project again (pip install --force-reinstall)."
        ) from error
