"""What search needs of vectors, wherever they are kept.

FAISS keeps them in a file of the generation (`vectors`), Milvus on one or many machines (`milvus`).  Left
out: which of the two an index is asked through (`opened`), filling them (`encoding`, `milvus_push`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from index.entries import KeyRange, Scored

if TYPE_CHECKING:
    Floats = npt.NDArray[np.float32]
    Ids = npt.NDArray[np.int64]


class VectorStore(Protocol):
    """The vectors of one generation, read only and safe to share between threads.

    Every method raises IndexDamaged where what is kept does not hold together, and ServerError where it is
    kept on a server that does not answer.
    """

    def __len__(self) -> int:
        """The number of vectors, one a window."""

    @property
    def dimension(self) -> int:
        """The number of values in a vector."""

    def search(self, vector: Floats, limit: int, *, within: Sequence[KeyRange] | None = None) -> list[Scored]:
        """The best clauses by cosine of their best window, best first, at most ``limit``.

        ``vector`` is a unit float32 (dim,); ``within`` the clauses to search, None meaning all.
        """

    def score(self, vector: Floats, keys: Sequence[int]) -> dict[int, float]:
        """The cosine of every key's best window; raises IndexDamaged for a key that has no vector."""

    def keys(self) -> Iterator[int]:
        """The keys that have vectors, ascending."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Windows with their vectors: ``ids`` int64 (n,), ascending; ``vectors`` float32 (n, dim)."""

    ids: Ids
    vectors: Floats


class VectorSource(Protocol):
    """Where vectors are taken from to fill another store."""

    def rows(self, keys: KeyRange) -> Rows:
        """The vectors of these clauses, by ascending id."""
