"""What a reader of one format makes of a file: its text, where pages begin in it, what is only the paper's.

Every format ends here, so that cleaning, cutting and citing know none of them.  Left out: the readers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PageKind = Literal["page", "sheet"]
"""page: of paper, as a PDF has them; sheet: of a workbook."""

FurnitureReason = Literal["running head", "page number"]

LeftReason = Literal[
    "navigation",
    "page head",
    "footer",
    "beside the text",
    "form control",
    "hidden",
    "struck out",
    "deleted",
    "field code",
    "comment",
    "running head",
    "reading aid",
    "picture",
    "hidden sheet",
    "watermark",
    "background",
    "annotation",
    "not drawn",
    "outside the page",
    "drawn twice",
    "unreadable",
]
"""Why words of a file are not in its text.  hidden: by its style, under a merged cell, in a note that nothing
refers to; page head: short lines above the document's own part of a web page;
reading aid: the sound printed above a word; unreadable: characters without a meaning, of a page that was then
read as a picture; not drawn: a PDF's text that is neither filled nor outlined."""


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
class Left:
    """Words of the file that its reader left out of the text, why, and where they stood (3, footer2.xml)."""

    reason: LeftReason
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file's text, its line ends all ``\\n``; ``pages`` and ``furniture`` ascend and do not overlap.

    Tables stand as `index.clauses.flat_tables` reads them, one cell a line ending in `` |``. Formats
    without pages have none. ``whole`` is all that the file says to whoever looks at it, a line for each
    piece in any order, found by other means than ``text`` so that `index.reading.counted` can tell what is
    missing; None where the file is its text. ``left`` are the words that were left out on purpose,
    ``added`` those of the text that the file does not hold: numbers that Word makes, a cell repeated in
    every row that it spans.
    """

    text: str
    pages: tuple[PageStart, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    whole: str | None = None
    left: tuple[Left, ...] = ()
    added: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words that a reader left out: how many ``characters`` that are not blank, and the first as a sample."""

    reason: LeftReason
    characters: int
    sample: str
    place: str


@dataclass(frozen=True, slots=True)
class FileCount:
    """What a file holds, in characters that are not blank, counted beside its reader.

    ``lost`` are those that are neither in the text nor among what was left out, ``lost_sample`` the first.
    """

    characters: int
    lost: int = 0
    lost_sample: str = ""
    left_out: tuple[LeftOut, ...] = ()

    @property
    def with_reason(self) -> int:
        """How many characters the reader left out for a reason."""
        return sum(one.characters for one in self.left_out)
