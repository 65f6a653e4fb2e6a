"""The Reranker that an opened index may carry: it reads a question beside each of the best clauses.

An index carries one so that whoever asks it (a command, the pages, the routes, a program) gets the same order
without being told.  Left out: how one is loaded and what its scores are used for (`qa.search.rerank`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Reranker(Protocol):
    """What a search needs of a model that reads question and passage together."""

    @property
    def name(self) -> str:
        """The model's name."""

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """How well each passage answers, higher-is-better, in their order; of any scale."""
