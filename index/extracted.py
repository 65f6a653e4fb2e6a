"""What a reader of one format makes of a file: its text, where pages begin in it, what is only the paper's.

Every format ends here, so that cleaning, cutting and citing know none of them.  Left out: the readers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PageKind = Literal["page", "sheet"]
"""page: of paper, as a PDF has them; sheet: of a workbook."""

FurnitureReason = Literal["running head", "page number"]


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a page or sheet begins: ``at`` counts characters of the text; ``name`` is 3 or 任务分工."""

    at: int
    kind: PageKind
    name: str


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stretch of the text, end exclusive, that the paper needs and the document does not say."""

    start: int
    end: int
    reason: FurnitureReason


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file's text, its line ends all ``\\n``; ``pages`` and ``furniture`` ascend and do not overlap.

    Tables stand as `index.tables` reads them, one cell a line ending in `` |``.  Formats without pages
    have none.
    """

    text: str
    pages: tuple[PageStart, ...] = ()
    furniture: tuple[Furniture, ...] = ()
