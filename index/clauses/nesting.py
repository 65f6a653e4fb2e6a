"""Which level nests in which: the usual order, unless a document says otherwise.

附件 编 章 节 一、 条 （一） 1. （1） ① is the usual order.  Where an outer family restarts under each number
of one that usually nests in it (1. outside, 一、 inside), the two are swapped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from index.clauses.numbering import Family
from index.clauses.segments import Segment

Level = Family | Literal["plain", "section"]
"""plain: a heading without a number; section: a section row of a table."""

_USUAL: tuple[Level, ...] = (
    "附件", "部分", "编", "章", "节", "一、", "条", "section", "（一）",
    "1.", "1.1", "1.1.1", "1.1.1.1", "（1）", "①", "plain",
)  # fmt: skip
_SWAPPABLE: tuple[tuple[Family, Family], ...] = (("一、", "1."), ("（一）", "1."), ("一、", "（一）"))


def ranks(segments: Sequence[Segment]) -> Mapping[Level, int]:
    """The rank of each level in one document; a higher rank nests deeper."""
    markers = [piece.marker for piece in segments if piece.marker]
    first = {marker.family: place for place, marker in reversed(list(enumerate(markers)))}
    restarts = Counter(marker.family for marker in markers if marker.number == 1)
    order = list(_USUAL)
    for outer, inner in _SWAPPABLE:
        if (
            outer in first
            and inner in first
            and first[inner] < first[outer]
            and restarts[outer] > 1
            and restarts[inner] == 1
        ):
            order.remove(outer)
            order.insert(order.index(inner) + 1, outer)
    return {level: rank for rank, level in enumerate(order)}
