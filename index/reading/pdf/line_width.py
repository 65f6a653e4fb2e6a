"""What one page cannot tell: how wide a column of few lines is, and how far apart lines usually stand.

A page with a signature alone, or three short lines at the end, is measured by the pages before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.reading.pdf.page import Column, Line

FEWEST_FULL = 3
"""Lines that end at a column's edge, from which it is known without looking at other pages."""
AT_EDGE = 0.4
"""Characters from the edge at which a line still ends there."""
FULL_LINE = 1.6
"""Characters of room in a line that is probably full: what follows it is mostly the same paragraph."""
MOVES = 1.0
"""Characters by which a column may begin further left than another that holds it."""


def settle(lines: Sequence[Line]) -> list[Line]:
    """The lines with their columns and leading as the whole document has them."""
    sizes = Counter(line.column for line in lines)
    known = Counter(line.column for line in lines if abs(line.room) <= AT_EDGE)
    columns = {
        column: column if known[column] >= FEWEST_FULL else _wider(column, sizes, line.size)
        for line in lines
        for column in (line.column,)
    }
    placed = [replace(line, column=columns[line.column]) for line in lines]
    leadings = _leadings(placed)
    return [replace(line, leading=leadings.get(round(line.size), 0.0)) for line in placed]


def _wider(column: Column, sizes: Counter[Column], size: float) -> Column:
    """The column of most lines that holds this one and fits where it stands; itself without one."""
    slack = MOVES * size
    fitting = [
        other
        for other in sizes
        if sizes[other] > sizes[column]
        and column.floor < other.left <= column.left + slack
        and column.right - slack <= other.right < column.ceiling
    ]
    return max(fitting, key=lambda other: sizes[other], default=column)


def _leadings(lines: Sequence[Line]) -> dict[int, float]:
    """For each size, the usual step from a full line to the next, in characters."""
    steps: dict[int, Counter[float]] = {}
    for before, after in pairwise(lines):
        together = before.page == after.page and before.column == after.column and before.size == after.size
        if together and before.room < FULL_LINE and after.base > before.base:
            step = round((after.base - before.base) / before.size, 1)
            steps.setdefault(round(before.size), Counter())[step] += 1
    return {size: count.most_common(1)[0][0] for size, count in steps.items()}
