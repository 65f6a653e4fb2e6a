"""The five documents come out clause for clause the same from every format that needs no other program."""

from __future__ import annotations

from pathlib import Path

import pytest
from formats import MAKERS, agreement, read_back

from index.parsing.parse import parse_file
from index.reading.read import read_text

DOCUMENTS = sorted((Path(__file__).parents[3] / "documents").glob("*.txt"))
LEAST = 0.99


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name[:3])
def test_clauses_agree(name: str, path: Path) -> None:
    ending, maker = MAKERS[name]
    made = maker(read_text(path).text)
    found = agreement(parse_file(path, path.parent), read_back(made, ending, path.stem))
    assert found.f1 >= LEAST, found
