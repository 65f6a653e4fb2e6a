"""Ruling lines and the pieces between them → rows of cells.

pdfplumber's geometry finds the cells; the characters are our own, so that a page is not read twice.
Tables without rules, or with level rules alone, stay lines of text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from index.reading.pdf.joining import join_words
from index.reading.pdf.page import Box, Page, Piece
from index.reading.pdf.rows import rows_of, words_of
from index.reading.table_lines import Spot

FEWEST_RULES = 3
"""Of each direction: fewer enclose no two cells side by side above two others.  One of them may be missing
where a table is open at its sides or cut by the page's end; it is then put in."""
SNAP = 3.0
"""Points within which ends of rules meet: borders are drawn up to 2.25 thick."""
SAME_EDGE = 4.0


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``whole`` where one cell spans it all (二、基础设施建设), ``opens`` where it is the first.

    ``columns`` are the left edges, from the table's own; a cell over several rows stands in each.
    """

    spots: tuple[Spot, ...]
    columns: tuple[float, ...]
    page: int
    whole: bool = False
    opens: bool = False

    @property
    def cells(self) -> tuple[str, ...]:
        """The words of each."""
        return tuple(spot.words for spot in self.spots)


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruled table on one page: where it stands, what it says, the pieces that it took, the first drawn."""

    box: Box
    rows: tuple[Row, ...]
    pieces: frozenset[int]
    order: int


def find_grids(page: Page) -> list[Ruled]:
    """The ruled tables of a page, from the top; ``pieces`` counts within ``page.pieces``."""
    upright = [rule for rule in page.rules if rule.upright]
    level = [rule for rule in page.rules if not rule.upright]
    if len(upright) < 2 or len(level) < 2 or len(page.rules) < 2 * FEWEST_RULES - 1:
        return []
    rules = [*page.rules, *_closing(upright, level)]
    grids = (_grid(page, cells) for cells in _cells(rules))
    return sorted((grid for grid in grids if grid), key=lambda grid: grid.box.top)


def _closing(upright: Sequence[Box], level: Sequence[Box]) -> Iterator[Box]:
    """The rules that a table lacks where it is open: cut by the page's end, or printed without its sides."""
    for ends, across in (([r.top for r in upright], level), ([r.bottom for r in upright], level)):
        for y in _shared(ends):
            closed = [r for r, end in zip(upright, ends, strict=True) if abs(end - y) <= SNAP]
            left, right = min(r.left for r in closed), max(r.right for r in closed)
            if not any(abs(r.top - y) <= 2 * SNAP and r.left < right and r.right > left for r in across):
                yield Box(left, y, right, y)
    for ends in ([r.left for r in level], [r.right for r in level]):
        for x in _shared(ends):
            closed = [r for r, end in zip(level, ends, strict=True) if abs(end - x) <= SNAP]
            top, bottom = min(r.top for r in closed), max(r.bottom for r in closed)
            if not any(abs(r.left - x) <= 2 * SNAP and r.top < bottom and r.bottom > top for r in upright):
                yield Box(x, top, x, bottom)


def _shared(ends: Sequence[float]) -> Iterator[float]:
    """Where at least FEWEST_RULES rules end together."""
    for place in _apart(iter(ends)):
        if sum(abs(end - place) <= SNAP for end in ends) >= FEWEST_RULES:
            yield place


def _cells(rules: Sequence[Box]) -> Iterator[list[Box]]:
    """The cells of each table."""
    from pdfplumber import table  # noqa: PLC0415 - pdfminer takes a third of a second to import

    edges = table.merge_edges([_edge(rule) for rule in rules], SNAP, SNAP, SNAP, SNAP)
    crossings = table.edges_to_intersections(edges, SNAP, SNAP)
    for cells in table.cells_to_tables(table.intersections_to_cells(crossings)):
        yield [Box(*map(float, cell)) for cell in cells]


def _edge(rule: Box) -> dict[str, Any]:
    """A rule as pdfplumber has it."""
    x, y = (rule.left + rule.right) / 2, (rule.top + rule.bottom) / 2
    return {
        "orientation": "v" if rule.upright else "h",
        "x0": x if rule.upright else rule.left,
        "x1": x if rule.upright else rule.right,
        "top": rule.top if rule.upright else y,
        "bottom": rule.bottom if rule.upright else y,
        "width": 0 if rule.upright else rule.right - rule.left,
        "height": rule.bottom - rule.top if rule.upright else 0,
    }


def _grid(page: Page, cells: Sequence[Box]) -> Ruled | None:
    """The table of the cells; None for a frame around text, or an empty one."""
    lefts = _apart(cell.left for cell in cells)
    tops = _apart(cell.top for cell in cells)
    if len(lefts) < 2 or len(tops) < 2:
        return None
    taken = [_taken(page.pieces, cell) for cell in cells]
    said = [_words(page, numbers) for numbers in taken]
    right = max(cell.right for cell in cells)
    rows: list[Row] = []
    for top in tops:
        spots, whole = [Spot()] * len(lefts), False
        for cell, words in zip(cells, said, strict=True):
            if cell.top <= top + SAME_EDGE < cell.bottom:
                first, wide = _nearest(lefts, cell.left), _within(lefts, cell.left, cell.right)
                high, above = _within(tops, cell.top, cell.bottom), _within(tops, cell.top, top)
                spots[first] = Spot(words, wide, high, above)
                spots[first + 1 : first + wide] = [Spot(wide=0)] * (wide - 1)
                whole = whole or cell.right - cell.left >= right - lefts[0] - SAME_EDGE
        if any(spot.words for spot in spots):
            columns = tuple(left - lefts[0] for left in lefts)
            rows.append(Row(tuple(spots), columns, page.number, whole, opens=not rows))
    if len(rows) < 2 or all(row.whole for row in rows):
        return None
    box = Box(lefts[0], tops[0], right, max(cell.bottom for cell in cells))
    held = frozenset(number for numbers in taken for number in numbers)
    return Ruled(box, tuple(rows), held, min(page.pieces[number].order for number in held))


def _apart(places: Iterator[float]) -> list[float]:
    """The places in order, those of one edge once."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > SAME_EDGE:
            kept.append(place)
    return kept


def _nearest(places: Sequence[float], place: float) -> int:
    return min(range(len(places)), key=lambda number: abs(places[number] - place))


def _within(places: Sequence[float], start: float, end: float) -> int:
    """How many of the edges lie from ``start`` to before ``end``."""
    return sum(start - SAME_EDGE <= place < end - SAME_EDGE for place in places)


def _taken(pieces: Sequence[Piece], cell: Box) -> list[int]:
    """The pieces whose middles lie in the cell."""
    return [
        number
        for number, piece in enumerate(pieces)
        if cell.holds((piece.left + piece.right) / 2, piece.middle)
    ]


def _words(page: Page, numbers: Sequence[int]) -> str:
    """What stands in a cell, its lines joined."""
    pieces = [page.pieces[number] for number in numbers]
    words = ""
    for row in rows_of(pieces):
        words = join_words(words, words_of(row))
    return words.replace("|", "｜")  # a bar would end the cell
