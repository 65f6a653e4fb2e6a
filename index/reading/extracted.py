"""What a reader of one format makes of a file: its text, where pages begin in it, what is only the paper's.

Every format ends here, so that cleaning, cutting and citing know none of them.  Left out: the readers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from index.records import Grid, LeftReason, PageStart

FurnitureReason = Literal["running head", "page number"]


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stretch of the text, end exclusive, that the paper needs and the document does not say."""

    start: int
    end: int
    reason: FurnitureReason


@dataclass(frozen=True, slots=True)
class Left:
    """Words of the file that its reader left out of the text, why, and where they stood (3, footer2.xml)."""

    reason: LeftReason
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file's text, its line ends all ``\\n``; ``pages`` and ``furniture`` ascend and do not overlap.

    Tables stand one cell a line ending in `` |``; ``grids`` are those of the tables that the file itself
    holds as such, in order. Formats without pages have none. ``whole`` is all that the file says to whoever
    looks at it, a line for each piece in any order, found by other means than ``text`` so that
    `index.reading.counted` can tell what is missing; None where the file is its text. ``left`` are the
    words that were left out on purpose, ``added`` those of the text that the file does not hold: numbers
    that Word makes, a cell repeated in every row that it spans.
    """

    text: str
    pages: tuple[PageStart, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    whole: str | None = None
    left: tuple[Left, ...] = ()
    added: str = ""
    grids: tuple[Grid, ...] = ()
