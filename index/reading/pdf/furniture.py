"""Running heads, feet and page numbers: rows at the edge of a page that are the paper's, not the text's.

A row is one where it stands at the same height on several pages with the same words, numbers aside, or
is a page number by form and place.  A repeated line in the middle of a page is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from index.reading.extracted import FurnitureReason
from index.reading.pdf.page import Page, Piece
from index.reading.pdf.rows import rows_of, words_of

EDGE = 0.13
"""Part of the page's height, above and below, where furniture stands; 公文 leave .125 above the text."""
SAME_HEIGHT = 0.012
"""Part of the page's height by which a running head may move: 10 points on A4, scans move by 4."""
SAME_WORDS = 0.8
"""Likeness of two running heads: OCR misreads a character in a head of eight."""
MOST_ROWS = 4
"""Rows of furniture at one edge: a head of two lines, its rule's text and a number."""
FEWEST_PAGES = 3
"""A text on so many pages is a running head; two suffice in a file of up to four pages."""
SHORT_FILE = 4
NEAR = 8
"""Pages before and after that are looked at: heads of left and right pages, of one chapter."""

_DASH = "[—–－―─一﹣•·~～-]"
# — 3 —  - 3 -  第3页 共10页  3/10  Page 3 of 10  · 12 ·
_DECORATED = re.compile(
    rf"{_DASH}{{1,2}}\s*(\d{{1,4}})\s*{_DASH}{{1,2}}|第\s*(\d{{1,4}})\s*页(?:\s*[,，/／]?\s*共\s*\d{{1,4}}\s*页)?"
    r"|(\d{1,4})\s*[/／]\s*\d{1,4}|[Pp](?:age|\.)\s*(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?"
)
# What browsers print around a page: 2024/7/4 10:33 政策解读, https://www.example.gov.cn/a.html 1/3
_BROWSER = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s*(?:[上下]午)?\s*\d{1,2}:\d{2}(?:\s*[AP]M)?\b.*|(?:https?|file)://\S+\s*\d{1,4}/\d{1,4}"
)
_BARE = re.compile(r"\d{1,4}")  # 3
_VARIES = re.compile(
    r"\s+|[.…·]{3,}|\d+"
)  # what may differ: blanks, the dots of a table of contents, numbers


@dataclass(frozen=True, slots=True)
class Edge:
    """A row at a page's edge that is furniture; ``pieces`` counts within the page's."""

    text: str
    reason: FurnitureReason
    at_top: bool
    pieces: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row near an edge; ``depth`` counts from the edge, ``height`` in parts of the page."""

    page: int
    at_top: bool
    depth: int
    height: float
    text: str
    pieces: frozenset[int]


def find_furniture(pages: Sequence[Page], taken: Sequence[frozenset[int]]) -> list[list[Edge]]:
    """The furniture of each page, in reading order; ``taken[i]`` are the pieces that tables hold."""
    rows = [list(_edge_rows(page, held)) for page, held in zip(pages, taken, strict=True)]
    numbered = _bare_numbers(rows)
    found = []
    for rows_of_page in rows:
        edges: list[Edge] = []
        for at_top in (True, False):
            side = list(_from_edge([row for row in rows_of_page if row.at_top == at_top], rows, numbered))
            edges += side if at_top else reversed(side)
        found.append(edges)
    return found


def _edge_rows(page: Page, taken: frozenset[int]) -> Iterator[_Row]:
    """The rows near the edges, each side from the edge inwards, as far as a table."""
    numbers = {id(piece): number for number, piece in enumerate(page.pieces)}
    rows = [row for row in rows_of(page.pieces) if not row[0].sideways]
    for at_top in (True, False):
        for depth, row in enumerate(rows[:MOST_ROWS] if at_top else rows[: -MOST_ROWS - 1 : -1]):
            height = row[0].middle / page.height
            held = frozenset(numbers[id(piece)] for piece in row)
            if held & taken or not (height < EDGE if at_top else height > 1 - EDGE):
                break
            yield _Row(page.number, at_top, depth, height, words_of(row), held)


def _bare_numbers(rows: Sequence[Sequence[_Row]]) -> set[int]:
    """The pages whose bare number (3) is a page number: most pages have one in its place, counting on."""
    places: dict[tuple[bool, int, int], set[int]] = {}
    for row in (row for rows_of_page in rows for row in rows_of_page):
        if _DECORATED.fullmatch(row.text.strip()):
            return set()
        if _BARE.fullmatch(row.text.strip()):
            place = (row.at_top, round(row.height / SAME_HEIGHT / 2), int(row.text) - row.page)
            places.setdefault(place, set()).add(row.page)
    best = max(places, key=lambda place: len(places[place]), default=None)
    counted = best is not None and 2 * len(places[best]) >= len(rows) and (len(rows) > 1 or best[2] == 0)
    return places[best] if best and counted else set()


def _from_edge(side: Sequence[_Row], every: Sequence[Sequence[_Row]], numbered: set[int]) -> Iterator[Edge]:
    """The furniture of one edge of one page: it ends at the first row of text."""
    for row in side:
        number = _DECORATED.fullmatch(row.text.strip()) or (
            row.page in numbered and _BARE.fullmatch(row.text.strip())
        )
        if not number and not _BROWSER.fullmatch(row.text.strip()) and not _repeats(row, every):
            return
        yield Edge(row.text, "page number" if number else "running head", row.at_top, row.pieces)


def _repeats(row: _Row, every: Sequence[Sequence[_Row]]) -> bool:
    words = _VARIES.sub("", row.text)
    if not words:  # a number alone repeats nothing
        return False
    near = every[max(row.page - 1 - NEAR, 0) : row.page + NEAR]
    alike = sum(
        any(
            other.at_top == row.at_top
            and abs(other.height - row.height) <= SAME_HEIGHT
            and _alike(words, _VARIES.sub("", other.text))
            for other in rows
        )
        for rows in near
    )
    return alike >= (2 if len(every) <= SHORT_FILE else FEWEST_PAGES)


def _alike(words: str, other: str) -> bool:
    if words == other:
        return True
    matcher = SequenceMatcher(None, words, other, autojunk=False)
    return len(words) > 4 and matcher.real_quick_ratio() >= SAME_WORDS and matcher.ratio() >= SAME_WORDS


def without(pieces: Sequence[Piece], taken: frozenset[int]) -> list[Piece]:
    """The pieces that are still to be read."""
    return [piece for number, piece in enumerate(pieces) if number not in taken]
