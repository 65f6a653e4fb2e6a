"""From a PDF's coordinates (from the bottom left, y up) to the page as it is held to be read."""

from __future__ import annotations

from dataclasses import dataclass

from index.reading.pdf.page import Box


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's box and the quarter turns, counter-clockwise, by which its text is turned."""

    left: float
    bottom: float
    right: float
    top: float
    quarter: int

    @property
    def width(self) -> float:
        """The width of the page as held."""
        return self.top - self.bottom if self.quarter % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """The height of the page as held."""
        return self.right - self.left if self.quarter % 2 else self.top - self.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point, in points from the top left."""
        return (
            (x - self.left, self.top - y),
            (y - self.bottom, x - self.left),
            (self.right - x, y - self.bottom),
            (self.top - y, self.right - x),
        )[self.quarter]

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box, its sides in order again."""
        a, b = self.point(left, bottom), self.point(right, top)
        return Box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
