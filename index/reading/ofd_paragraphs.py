"""Lines as they stand on paper to paragraphs as they were written; page numbers and running heads are marked.

A line goes on with the one before where that one is full and this one is not indented.  Left out: pages of
several columns, which are read straight across.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from index.reading.extracted import Extracted, Furniture, FurnitureReason
from index.records import PageStart

# - 3 -, — 12 —, 第3页, 第 3 页 共 20 页, 3/20
_PAGE_NUMBER: Final = re.compile(
    r"[-—–―·]\s*\d{1,4}\s*[-—–―·]|第\s*\d{1,4}\s*页(?:[\s,，/]*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}"
)
_BARE_NUMBER: Final = re.compile(r"[0-9]{1,4}")  # 3: a page's number or a table's cell
FULL: Final = 1.6
"""Characters that a full line may lack: a mark that may not begin a line takes its neighbour along."""
NEARLY_FULL: Final = 7.0
"""Characters that a line may lack that ends inside a sentence: a long number went to the next line."""
INDENTED: Final = 0.7
"""Characters from the left edge on which a line counts as indented; a new paragraph has two."""
EDGE_SHARE: Final = 0.08
"""Share of the lines that must begin or end at an edge; fewer are seals, and marks that hang over it."""
HEAD_PAGES: Final = 3
"""Pages on which a first line must stand, in the same words, to be a running head."""
_SENTENCE_ENDS: Final = "。；;！!？?：:|"
_LATIN: Final = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its words, where it begins and ends across the page, and its characters' size."""

    words: str
    left: float
    right: float
    size: float


@dataclass(frozen=True, slots=True)
class _Paper:
    """A line that is only the paper's."""

    words: str
    reason: FurnitureReason


_Event = Line | _Paper | int
"""A line of the document, a line of the paper, or the number of the page that begins."""


@dataclass(frozen=True, slots=True)
class _Edges:
    left: float
    right: float


def paragraphs(pages: Sequence[Sequence[Line]]) -> Extracted:
    """The text of pages of lines from top to bottom; pages are named from 1."""
    edges = _edges([line for page in pages for line in page])
    events = list(_events(pages, edges))
    text, starts, furniture = "", list[PageStart](), list[Furniture]()
    last: Line | None = None
    for event, following in zip(events, _following(events), strict=True):
        goes_on = last is not None and following is not None and _goes_on(last, following, edges)
        if last is not None and not goes_on:
            text += "\n"
            last = None
        if isinstance(event, Line):
            text += (_joint(last, event) if last else "") + event.words
            last = event
        elif isinstance(event, _Paper):
            opening = "\n" if text and not text.endswith("\n") else ""
            furniture.append(Furniture(len(text), len(text) + len(f"{opening}{event.words}\n"), event.reason))
            text += f"{opening}{event.words}\n"
        else:
            starts.append(PageStart(len(text), "page", str(event)))
    return Extracted(text + ("\n" if last else ""), tuple(starts), tuple(furniture))


def _events(pages: Sequence[Sequence[Line]], edges: _Edges) -> Iterator[_Event]:
    heads = _repeated((page[0] for page in pages if len(page) > 1), edges)
    feet = _repeated((page[-1] for page in pages if len(page) > 1), edges)
    ahead = _ahead(pages)
    for number, page in enumerate(pages, 1):
        yield number
        for line in page:
            at_edge = len(page) > 1 and (line is page[0] or line is page[-1])
            if at_edge and (
                _PAGE_NUMBER.fullmatch(line.words)
                or (ahead is not None and line.words == str(number + ahead))
            ):
                yield _Paper(line.words, "page number")
            elif (line is page[0] and line.words in heads) or (line is page[-1] and line.words in feet):
                yield _Paper(line.words, "running head")
            else:
                yield line


def _ahead(pages: Sequence[Sequence[Line]]) -> int | None:
    """By how much bare numbers at the pages' edges run ahead of the pages; None where they do not run so."""
    counts = Counter(
        int(line.words) - number
        for number, page in enumerate(pages, 1)
        for line in (*page[:1], *page[1:][-1:])
        if _BARE_NUMBER.fullmatch(line.words)
    )
    [(ahead, count)] = counts.most_common(1) or [(0, 0)]
    return ahead if count > len(pages) / 2 else None


def _following(events: Sequence[_Event]) -> list[Line | None]:
    """For each event the first line from it on; None after the last."""
    found: list[Line | None] = []
    line = None
    for event in reversed(events):
        line = event if isinstance(event, Line) else line
        found.append(line)
    return found[::-1]


def _repeated(lines: Iterable[Line], edges: _Edges) -> set[str]:
    """The words that begin or end several pages; a full line is the text's own, said several times."""
    counts = Counter(line.words for line in lines if line.right < edges.right - FULL * line.size)
    return {words for words, count in counts.items() if count >= HEAD_PAGES}


def _edges(lines: Sequence[Line]) -> _Edges:
    """Where the text's lines begin and end, whatever stands outside of it or is indented."""
    least = EDGE_SHARE * len(lines)
    lefts = Counter(round(line.left) for line in lines)
    rights = Counter(round(line.right) for line in lines)
    left = min((line.left for line in lines if _near(lefts, line.left) >= least), default=0.0)
    right = max((line.right for line in lines if _near(rights, line.right) >= least), default=0.0)
    return _Edges(left, right)


def _near(counts: Counter[int], at: float) -> int:
    """The lines whose edge is at most a millimetre away."""
    return sum(counts[round(at) + step] for step in (-1, 0, 1))


def _goes_on(last: Line, line: Line, edges: _Edges) -> bool:
    """True where a line is the same paragraph's as the one before."""
    if line.left > edges.left + INDENTED * line.size or abs(line.size - last.size) > last.size / 4:
        return False
    lacks = (edges.right - last.right) / last.size
    return lacks <= FULL or (lacks <= NEARLY_FULL and last.words[-1] not in _SENTENCE_ENDS)


def _joint(last: Line, line: Line) -> str:
    """A blank between two Latin words, nothing between characters."""
    return " " if _LATIN.match(last.words[-1]) and _LATIN.match(line.words) else ""
