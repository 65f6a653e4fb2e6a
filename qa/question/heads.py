"""Regressions over what the question reader makes of a message: their files, and that they fit the reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from index.errors import ModelError
from qa.question.reader import FOLDER as READER
from qa.question.reader import Floats

_MEND = "Install the project again (pip install --force-reinstall)."


def load_head(folder: Path, what: str, fit: str) -> tuple[dict[str, Any], dict[str, Floats]]:
    """What ``model.json`` says of the regressions in a folder, and their weights, by name.

    Raises ModelError where a file is missing or damaged, or they were fitted to another reader.  ``what``
    names them, ``fit`` is the module that fits them again.
    """
    try:
        about = json.loads((folder / "model.json").read_text("utf-8"))
        reader = json.loads((READER / "model.json").read_text("utf-8"))["files"]["model.onnx"]["sha256"]
        with np.load(folder / "weights.npz") as stored:
            weights = {name: stored[name].astype(np.float32) for name in stored.files}
        fitted_to = about["reader"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"No reader of {what} at {folder} ({error}). {_MEND}") from error
    if fitted_to != reader:
        raise ModelError(
            f"{folder} was fitted to another question reader than the one at {READER}: run python -m {fit}."
        )
    return about, weights
