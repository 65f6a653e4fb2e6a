"""Indexes of made-up documents, each made for what one way of asking gets wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from index.build.build import build
from index.search.index import Index, open_index

CASES = Path(__file__).parents[3] / "shared/cases/answers"


@pytest.fixture(scope="session")
def case_index(
    made_once: Callable[[str, Callable[[Path], object]], Path],
) -> Iterator[Callable[[str], Index]]:
    """Gives the index of a folder of made-up documents by its name; each is built and opened once."""
    if not CASES.exists():
        pytest.skip(f"no made-up libraries at {CASES}")
    opened: dict[str, Index] = {}
    with ExitStack() as stack:

        def give(name: str) -> Index:
            if name not in opened:
                folder = made_once(f"case-{name}", lambda draft: build(CASES / name, draft / "store"))
                opened[name] = stack.enter_context(open_index(folder / "store"))
            return opened[name]

        yield give
