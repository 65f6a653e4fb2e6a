"""What the encoders hold of a question's tokens and a text's → numbers that the judge reads beside them.

A token's vector of late interaction, how well the best token of the other side matches it, and how much the
question's token tells (docs/models/clause-judge-zh.md).  A token without a vector (marks, what no index
holds) has zeros throughout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from index.encoders.token_vectors import DIMENSION, unpacked
from index.engines.late_interaction import QuestionTokens

MATCHED: Final = 3
"""Numbers of a side's matching."""
INPUTS: Final = DIMENSION + 2 * MATCHED
VECTOR_SCALE: Final = 8.0
MATCH_SCALE: Final = 4.0
"""Unit vectors and cosines, brought to about the size of the states that they are added to."""
BEFORE_QUESTION: Final = 1
"""Rows of a question's token vectors before its own: the end of its prefix."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Matched:
    """A question's token vectors and, for each text that is read, its packed ones, empty where unknown."""

    asked: QuestionTokens
    read: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Lengths:
    """Tokens: of the ``question`` and how many of its last ones are read (``asked``); of the headings
    (``above``) and how many of the first (``headings``); of the ``text`` those that are read."""

    question: int
    asked: int
    above: int
    headings: int
    text: int


def inputs(matched: QuestionTokens, data: bytes, lengths: Lengths) -> Floats:
    """(1, length, INPUTS) beside ``<s> question </s> headings </s> text </s>``."""
    asked, tells = _asked(matched, lengths)
    read = _read(data, lengths)
    cosines = asked @ read.T
    best = cosines.argmax(0)
    made = np.zeros((len(asked) + len(read), INPUTS), np.float32)
    made[: len(asked), :DIMENSION] = asked * VECTOR_SCALE
    made[len(asked) :, :DIMENSION] = read * VECTOR_SCALE
    for begin, column, cosine, told in (
        (0, DIMENSION, cosines.max(1), tells),
        (len(asked), DIMENSION + MATCHED, cosines.max(0), tells[best]),
    ):
        rows = slice(begin, begin + len(cosine))
        made[rows, column : column + MATCHED] = np.stack(
            [cosine * MATCH_SCALE, told, cosine * told * MATCH_SCALE], 1
        )
    return made[None]


def _asked(matched: QuestionTokens, lengths: Lengths) -> tuple[Floats, Floats]:
    own = matched.vectors[BEFORE_QUESTION:][: lengths.question]
    tells = matched.weights[BEFORE_QUESTION:][: lengths.question] * len(matched.weights)
    rows = np.zeros((lengths.question + 2, DIMENSION), np.float32)
    told = np.zeros(lengths.question + 2, np.float32)
    rows[1 : 1 + len(own)], told[1 : 1 + len(own)] = own, tells
    first = lengths.question - lengths.asked
    return rows[first:], told[first:]


def _read(data: bytes, lengths: Lengths) -> Floats:
    vectors = unpacked(data)
    rows = np.zeros((lengths.headings + lengths.text + 2, DIMENSION), np.float32)
    rows[: lengths.headings] = vectors[: lengths.headings]
    own = vectors[lengths.above :][: lengths.text]
    rows[lengths.headings + 1 : lengths.headings + 1 + len(own)] = own
    return rows
