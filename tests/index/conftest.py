"""The five documents indexed once with the shipped encoder; each test gets a copy to change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.encoders.encoder import Encoder, Vectors
from tests.support.paragraphs import clauses


@pytest.fixture(scope="session")
def passages(encoder: Encoder, made_once: Callable[[str, Callable[[Path], object]], Path]) -> Vectors:
    """The vectors of `paragraphs.clauses`, in its order."""

    def fill(folder: Path) -> None:
        np.save(folder / "vectors.npy", encoder.encode_passages(clauses()))

    return np.load(made_once("passages", fill) / "vectors.npy")
