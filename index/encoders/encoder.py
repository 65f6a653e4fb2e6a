"""What every encoder is to the rest: vectors, and the protocol."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Progress = Callable[[int], None]


class Encoder(Protocol):
    """What search and indexing need of a model."""

    def __hash__(self) -> int:
        """By identity: a question's vector is remembered by encoder and text."""

    @property
    def name(self) -> str:
        """The model's name, as recorded in an index."""

    @property
    def checksum(self) -> str:
        """Hex digits that change where the vectors would: a SHA-256, or what `probe` compares."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encodes texts to be found: float32 (n, dim), unit rows, in the order given.

        ``progress`` is called with the number of texts finished since its last call.
        """

    def encode_question(self, text: str) -> Vectors:
        """Encodes a question: float32 (dim,), unit length."""


@dataclass(frozen=True, slots=True)
class EncodedPassage:
    """A text's ``vector``, float32 (dim,), and its ``tokens`` as `token_vectors.packed` packs them; these are
    empty where the encoder gives none."""

    vector: Vectors
    tokens: bytes = b""


@runtime_checkable
class TokenEncoder(Protocol):
    """An encoder that gives token vectors as well."""

    def encode_with_tokens(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> list[EncodedPassage]:
        """As `Encoder.encode_passages`, each text with its token vectors."""


def encoded_passages(
    encoder: Encoder, texts: Sequence[str], progress: Progress | None = None
) -> list[EncodedPassage]:
    """Each text with its vector, and its token vectors where the encoder gives them."""
    if isinstance(encoder, TokenEncoder):
        return encoder.encode_with_tokens(texts, progress)
    return [EncodedPassage(vector) for vector in encoder.encode_passages(texts, progress)]
