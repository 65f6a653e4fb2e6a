"""Which kind of question a message is: a logistic regression over what the question reader makes of it.

Learnt from more written questions than the reader has seen (docs/models/kinds-zh.md).  Left out: what the
message is beside a question (`turns`).
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Final

import numpy as np

from qa.question.heads import load_head
from qa.question.reader import Kind, Reading
from qa.question.turns import features

FOLDER: Final = Path(__file__).parent / "models" / "kinds-zh"


class KindHead:
    """The regression; safe to use from several threads at once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load it; raises ModelError where a file is missing or it was fitted to another reader."""
        about, weights = load_head(folder, "kinds", "training.fit_kinds")
        self._weights, self._bias = weights["w"], weights["b"]
        self._labels: tuple[Kind, ...] = tuple(about["labels"])

    def kinds(self, reading: Reading) -> tuple[Kind, ...]:
        """All kinds, the likeliest first; `nothing` only where the reader says it too: a word may ask."""
        odds = features(reading) @ self._weights + self._bias
        first, *others = (self._labels[at] for at in np.argsort(-odds))
        if first == "nothing" != reading.kind:
            return (others[0], first, *others[1:])
        return (first, *others)


@functools.cache
def shipped_kind_head() -> KindHead:
    """The shipped regression, loaded at its first use."""
    return KindHead()
