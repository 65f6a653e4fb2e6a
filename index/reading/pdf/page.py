"""What a page of paper holds before it is read: pieces of text and ruling lines, each with its place.

Places are in points from the top left of the page, with the text upright: x to the right, y down.
Left out: colours, fonts, pictures.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters on one baseline without a wide gap; ``order`` counts as the file draws them.

    ``size`` is the height of an ideograph; ``sideways`` text stands a quarter turn from the rest.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    size: float
    order: int
    sideways: bool = False

    @property
    def middle(self) -> float:
        """The height of the middle of its characters."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; a ruling line where it is thin."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def upright(self) -> bool:
        """True for a ruling line from top to bottom."""
        return self.bottom - self.top > self.right - self.left

    def holds(self, x: float, y: float) -> bool:
        """True where a point lies inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Page:
    """A page; ``number`` counts from 1; ``watermark`` is text that stands aslant over the rest."""

    number: int
    width: float
    height: float
    pieces: tuple[Piece, ...]
    rules: tuple[Box, ...] = ()
    watermark: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """Where running text begins and ends, and the furthest that it could (``floor``, ``ceiling``)."""

    left: float
    right: float
    floor: float
    ceiling: float


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line; ``leading`` is the usual distance between baselines, in characters, 0 where unknown."""

    text: str
    left: float
    right: float
    base: float
    size: float
    page: int
    column: Column
    leading: float = 0.0

    @property
    def indent(self) -> float:
        """The distance from the column's left edge, in characters."""
        return (self.left - self.column.left) / self.size

    @property
    def room(self) -> float:
        """What is left to the column's right edge, in characters."""
        return (self.column.right - self.right) / self.size
