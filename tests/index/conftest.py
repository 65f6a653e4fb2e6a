"""The five documents indexed once with the shipped encoder; each test gets a copy to change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.build import build
from index.encoder import Encoder, load_encoder

DOCUMENTS = Path(__file__).parents[2] / "documents"


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """An index of the five documents; not to be changed."""
    out = tmp_path_factory.mktemp("built") / "store"
    build(DOCUMENTS, out, encoder=encoder)
    return out


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Path:
    """A copy of that index, its cache with it, to be changed."""
    return Path(shutil.copytree(built, tmp_path / "store"))


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A copy of the five documents, to be changed."""
    return Path(shutil.copytree(DOCUMENTS, tmp_path / "documents"))
