"""What tests of several packages share: one index of the five documents, built once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build import build
from index.opened import Index, open_index

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def policy_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the five documents with the shipped encoder; not to be changed."""
    store = tmp_path_factory.mktemp("policy") / "store"
    build(ROOT / "documents", store)
    return store


@pytest.fixture(scope="session")
def policy_index(policy_store: Path) -> Iterator[Index]:
    """That index, opened."""
    with open_index(policy_store) as index:
        yield index
