"""Pieces of a page → lines in reading order: columns left to right, what runs across them in its place.

A column is running text: its lines fill it, or the file draws it whole before the next one.  Tables
without rules are neither, and stay rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from index.reading.pdf.page import Column, Line, Piece
from index.reading.pdf.rows import rows_of, words_of
from index.reading.pdf.tables import Row, Ruled

FEWEST_ROWS = 4
"""Rows on both sides of a gutter: a table's head or a signature has three at most."""
NARROWEST = 8.0
"""Characters: a gazette in three columns has 13 a line, a table's column of names fewer than 8."""
FULL = 1.6
"""Characters to the column's edge within which a line fills it: it may lack one that goes with the next."""
FULL_SHARE = 0.5
"""Share of a column's lines that must fill it: .9 in running text, .6 with many headings."""
EDGE_SHARE = 0.2
"""Share of a column's lines that end at its edge: .3 in ragged text with many headings, .9 in justified."""
EDGE_WIDTH = 0.4
"""Characters within which lines end at one place."""
HANGING = 1.8
"""Characters that a hanging mark may reach beyond where lines end: one, and what they fall short by."""
CELL_SIZE = 12.0
"""Points: what stands in a table is at most of 小四, however high its rows."""
STEP = 2.0
"""Points: lines that begin within as many begin at one place; a gutter is looked for just before it."""


@dataclass(frozen=True, slots=True)
class _Gutter:
    """A blank strip at ``x`` from ``top`` to ``bottom``, with columns on both sides."""

    x: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Region:
    """Pieces of one column, and how far to the left and right it could reach."""

    pieces: Sequence[Piece]
    floor: float
    ceiling: float


def read_lines(pieces: Sequence[Piece], grids: Sequence[Ruled], page: int) -> Iterator[Line | Row]:
    """The pieces of one page, furniture and those in tables taken out, with the tables, in reading order."""
    upright = [piece for piece in pieces if not piece.sideways]
    upright += [stand for grid in grids for stand in _stands(grid)]
    for region in _regions(_Region(upright, float("-inf"), float("inf"))):
        items: list[Line | Ruled] = [*_lines(region, page), *_grids(region, grids)]
        for item in sorted(items, key=_height):
            yield from [item] if isinstance(item, Line) else item.rows
    for piece in pieces:
        if piece.sideways:
            alone = Column(0, float("inf"), 0, float("inf"))
            yield Line(piece.text, 0, 0, piece.base, piece.size, page, alone)


def _regions(region: _Region) -> Iterator[_Region]:
    """Stretches of one column each, in reading order."""
    pieces, gutter = region.pieces, _best_gutter(region.pieces)
    if gutter is None:
        if pieces:
            yield region
        return
    inside = [piece for piece in pieces if gutter.top <= piece.middle <= gutter.bottom]
    before = [piece for piece in inside if piece.left < gutter.x]
    after = [piece for piece in inside if piece.left >= gutter.x]
    yield from _regions(replace(region, pieces=[p for p in pieces if p.middle < gutter.top]))
    yield from _regions(replace(region, pieces=before, ceiling=gutter.x))
    yield from _regions(replace(region, pieces=after, floor=gutter.x))
    yield from _regions(replace(region, pieces=[p for p in pieces if p.middle > gutter.bottom]))


def _stands(grid: Ruled) -> Iterator[Piece]:
    """A piece without text for each row of a table, in its place among the columns."""
    step = (grid.box.bottom - grid.box.top) / len(grid.rows)
    for at in range(len(grid.rows)):
        top = grid.box.top + at * step
        base = top + step
        yield Piece("", grid.box.left, grid.box.right, top, base, base, min(step, CELL_SIZE), grid.order)


def _grids(region: _Region, grids: Sequence[Ruled]) -> Iterator[Ruled]:
    """The tables that stand in a region."""
    orders = {piece.order for piece in region.pieces if not piece.text}
    yield from (grid for grid in grids if grid.order in orders)


def _height(item: Line | Ruled) -> float:
    return item.base if isinstance(item, Line) else item.box.top


def _best_gutter(pieces: Sequence[Piece]) -> _Gutter | None:
    """The gutter between the most rows; None in text of one column."""
    if len(pieces) < 2 * FEWEST_ROWS:
        return None
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    margin = NARROWEST * median(piece.size for piece in pieces)
    starts = Counter(round(piece.left / STEP) for piece in pieces)
    found = [
        gutter
        for start, count in starts.items()
        if count >= FEWEST_ROWS and left + margin < start * STEP < right - margin
        for gutter in _gutters_at(pieces, (start - 1) * STEP)
    ]
    return max(found, key=lambda gutter: gutter.bottom - gutter.top, default=None)


def _gutters_at(pieces: Sequence[Piece], x: float) -> Iterator[_Gutter]:
    """The strips at ``x`` that no piece crosses, where columns stand on both sides."""
    crossing = sorted(piece.middle for piece in pieces if piece.left < x < piece.right)
    for top, bottom in zip([float("-inf"), *crossing], [*crossing, float("inf")], strict=True):
        band = [piece for piece in pieces if top < piece.middle < bottom]
        before = [piece for piece in band if piece.right <= x]
        after = [piece for piece in band if piece.left >= x]
        if len(before) >= FEWEST_ROWS <= len(after) and _are_columns(before, after):
            middles = [piece.middle for piece in band]
            yield _Gutter(x, min(middles), max(middles))


def _are_columns(before: Sequence[Piece], after: Sequence[Piece]) -> bool:
    drawn_apart = max(piece.order for piece in before) < min(piece.order for piece in after) or max(
        piece.order for piece in after
    ) < min(piece.order for piece in before)
    for side in (before, after):
        rows = rows_of(side)
        size = median(piece.size for piece in side)
        left, right = min(piece.left for piece in side), max(piece.right for piece in side)
        if len(rows) < FEWEST_ROWS or right - left < NARROWEST * size:
            return False
        full = sum(right - row[-1].right <= FULL * size for row in rows)
        if full < FULL_SHARE * len(rows) and not drawn_apart:
            return False
    return True


def _lines(region: _Region, page: int) -> Iterator[Line]:
    """The rows of one column as lines."""
    rows = rows_of(piece for piece in region.pieces if piece.text)
    if not rows:
        return
    column = Column(min(row[0].left for row in rows), _right_edge(rows), region.floor, region.ceiling)
    for row in rows:
        sizes = Counter[float]()
        for piece in row:
            sizes[round(piece.size, 1)] += len(piece.text)
        main = sizes.most_common(1)[0][0]
        base = next(piece.base for piece in row if round(piece.size, 1) == main)
        yield Line(words_of(row), row[0].left, max(p.right for p in row), base, main, page, column)


def _right_edge(rows: Sequence[Sequence[Piece]]) -> float:
    """Where full lines end: the furthest place that many reach; punctuation may hang beyond it."""
    ends = sorted((row[-1].right for row in rows), reverse=True)
    size = median(row[0].size for row in rows)
    for end in ends:
        many = sum(end - EDGE_WIDTH * size <= other <= end for other in ends) >= max(
            2, EDGE_SHARE * len(ends)
        )
        if many and ends[0] - end <= HANGING * size:
            return end
    return ends[0]
