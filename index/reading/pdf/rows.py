"""Pieces on one height → rows, with raised notes in their place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from index.reading.pdf.page import Piece

SAME_ROW = 0.4
"""Baselines this part of the larger size apart: a note is raised by .33 to .4, the next line 1 or more."""
TOUCHING = 0.6
"""A gap in characters that needs no blank: a raised note, or a justified line."""


def rows_of(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces on one height together, from the top, each row from the left; sideways text comes last."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.sideways, piece.base, piece.left)):
        if rows and not piece.sideways and not rows[-1][0].sideways and _beside(rows[-1][0], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def _beside(first: Piece, piece: Piece) -> bool:
    return abs(piece.base - first.base) <= SAME_ROW * max(piece.size, first.size)


def words_of(row: Sequence[Piece]) -> str:
    """The row's text, a blank where its pieces stand apart."""
    words = row[0].text
    for before, piece in pairwise(row):
        apart = piece.left - before.right > TOUCHING * max(piece.size, before.size)
        words += (" " if apart else "") + piece.text
    return words
