"""A text's token vectors: what each of its tokens is compared by, one by one (late interaction).

After ColBERT (Khattab and Zaharia 2020).  A token's state in the encoder is projected on `DIMENSION` numbers
and made a unit vector; kept of each number are four bits.  Left out: whose states these are (`packed`), how
the projection is learnt (`training.train_late_interaction`), comparing (`index.engines.late_interaction`).
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from index.errors import ModelError

if TYPE_CHECKING:
    Floats = npt.NDArray[np.float32]

PROJECTION: Final = "token_projection.npz"
DIMENSION: Final = 64
STEPS: Final = 7
LARGEST: Final = 0.35
"""Numbers are kept as -STEPS to STEPS, which stand for -LARGEST to LARGEST: of the five documents' numbers
eight in a thousand are kept as one of the ends."""
OWN: Final = slice(3, -1)
"""A text's own tokens among all: before them are the text's begin, the prefix and its colon."""


class TokenProjection:
    """States to unit vectors."""

    def __init__(self, path: Path, mend: str) -> None:
        """Load it; raises ModelError, ending in ``mend``, where the file is none."""
        try:
            with np.load(path) as stored:
                self._weight, self._bias = (stored[name].astype(np.float32) for name in ("weight", "bias"))
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise ModelError(f"{path} is not a projection of tokens ({error}). {mend}") from error

    def __call__(self, states: Floats) -> Floats:
        """Unit vectors (tokens, DIMENSION) of states (tokens, 384)."""
        projected: Floats = states @ self._weight + self._bias
        projected /= np.linalg.norm(projected, axis=1, keepdims=True)
        return projected


def packed(vectors: Floats) -> bytes:
    """Unit vectors (tokens, DIMENSION) in DIMENSION / 2 bytes each."""
    steps = np.rint(vectors * (STEPS / LARGEST)).clip(-STEPS, STEPS).astype(np.int8) + STEPS
    pairs: bytes = (steps[:, ::2] << 4 | steps[:, 1::2]).astype(np.uint8).tobytes()
    return pairs


def unpacked(data: bytes) -> Floats:
    """The vectors of one or several texts behind each other, float32 (tokens, DIMENSION)."""
    both: Floats = np.take(_PAIRS, np.frombuffer(data, np.uint8)).view(np.float32).reshape(-1, DIMENSION)
    return both


def length(data: bytes) -> int:
    """The number of tokens of packed vectors."""
    return len(data) // (DIMENSION // 2)


_VALUES: Final = (np.arange(16, dtype=np.float32) - STEPS) * np.float32(LARGEST / STEPS)
_PAIRS: Final = np.stack([np.repeat(_VALUES, 16), np.tile(_VALUES, 16)], axis=1).view(np.uint64)[:, 0]
"""The two numbers of every byte, as one of eight bytes: taken at once they are ten times as fast."""
