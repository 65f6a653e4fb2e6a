"""The invariant of clauses, for the tests."""

from __future__ import annotations

from itertools import pairwise

from index.records import Clause


def check_tiles(text: str, clauses: tuple[Clause, ...]) -> None:
    """Clauses are in order, do not overlap, and hold every character that is not blank."""
    for clause in clauses:
        assert text[clause.start : clause.end] == clause.text
        assert clause.text == clause.text.strip() != ""
        for cell in clause.cells:
            assert clause.start <= cell.start < cell.end <= clause.end
    assert [clause.ordinal for clause in clauses] == list(range(len(clauses)))
    assert all(a.end <= b.start for a, b in pairwise(clauses))
    gaps = [0, *(edge for clause in clauses for edge in (clause.start, clause.end)), len(text)]
    assert not "".join(text[a:b] for a, b in zip(gaps[::2], gaps[1::2], strict=True)).strip()
