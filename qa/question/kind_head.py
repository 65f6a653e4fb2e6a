"""Which kind of question a message is: a logistic regression over what the question reader makes of it.

Learnt from more written questions than the reader has seen (docs/models/kinds-zh.md).  Left out: what the
message is beside a question (`turns`).
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Final, get_args

import numpy as np

from index.errors import ModelError
from qa.question.reader import FOLDER as READER
from qa.question.reader import Kind, Reading
from qa.question.turns import features

FOLDER: Final = Path(__file__).parent / "models" / "kinds-zh"
_MEND = "Install the project again (pip install --force-reinstall)."


class KindHead:
    """The regression; safe to use from several threads at once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load it; raises ModelError where a file is missing or it was fitted to another reader."""
        try:
            about = json.loads((folder / "model.json").read_text("utf-8"))
            reader = json.loads((READER / "model.json").read_text("utf-8"))["files"]["model.onnx"]["sha256"]
            with np.load(folder / "weights.npz") as stored:
                self._weights, self._bias = (stored[name].astype(np.float32) for name in ("w", "b"))
            self._labels: tuple[Kind, ...] = tuple(about["labels"])
            fitted_to = about["reader"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"No reader of kinds at {folder} ({error}). {_MEND}") from error
        if fitted_to != reader or set(self._labels) != set(get_args(Kind)):
            raise ModelError(
                f"{folder} was fitted to another question reader than the one at {READER}: run"
                " python -m training.fit_kinds."
            )

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
