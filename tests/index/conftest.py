"""The five documents indexed once with the shipped encoder; each test gets a copy to change."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.encoders.encoder import Encoder, Vectors
from index.encoders.load import load_encoder
from tests.support.paragraphs import DOCUMENTS, clauses


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="session")
def passages(encoder: Encoder, made_once: Callable[[str, Callable[[Path], object]], Path]) -> Vectors:
    """The vectors of `paragraphs.clauses`, in its order."""

    def fill(folder: Path) -> None:
        np.save(folder / "vectors.npy", encoder.encode_passages(clauses()))

    return np.load(made_once("passages", fill) / "vectors.npy")


@pytest.fixture
def store(policy_store: Path, tmp_path: Path) -> Path:
    """A copy of the index of the five documents, its cache with it, to be changed."""
    return Path(shutil.copytree(policy_store, tmp_path / "store"))


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A copy of the five documents, to be changed."""
    return Path(shutil.copytree(DOCUMENTS, tmp_path / "documents"))
