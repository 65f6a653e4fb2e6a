"""A cheap generator of candidates: BM25 over pairs of characters.  It asks no model and knows no words."""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from training.texts import normal

K1, B = 1.2, 0.6


class Bigrams:
    """Postings over texts; order of the texts is their number."""

    def __init__(self, texts: Sequence[str]) -> None:
        counted = [Counter(_pairs(text)) for text in texts]
        lengths = np.array([max(1, c.total()) for c in counted], np.float32)
        self._damped = K1 * (1 - B + B * lengths / max(1.0, float(lengths.mean() if len(lengths) else 1)))
        lists: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, counts in enumerate(counted):
            for pair, times in counts.items():
                lists[pair].append((number, times))
        self._lists = {pair: np.array(found, np.int32) for pair, found in lists.items()}
        self._count = len(texts)

    def scores(self, question: str) -> npt.NDArray[np.float32]:
        """The BM25 score of every text."""
        found = np.zeros(self._count, np.float32)
        for pair in set(_pairs(question)):
            posted = self._lists.get(pair)
            if posted is not None:
                weight = math.log(1 + (self._count - len(posted) + 0.5) / (len(posted) + 0.5))
                at, times = posted[:, 0], posted[:, 1].astype(np.float32)
                found[at] += weight * times * (K1 + 1) / (times + self._damped[at])
        return found


def _pairs(text: str) -> list[str]:
    flat = normal(text).lower()
    return [a + b for a, b in itertools.pairwise(flat) if a.isalnum() and b.isalnum()]
