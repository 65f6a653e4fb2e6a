"""Pages → one text: lines joined to paragraphs, tables over pages made one, furniture marked.

What stands between the two halves of a paragraph or table (— 3 —, a running head, a table's head printed
again) stays in the text as furniture together with its line breaks, so that taking it out closes the gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from index.reading.extracted import Extracted, Furniture, FurnitureReason
from index.reading.pdf.columns import read_lines
from index.reading.pdf.furniture import Edge, find_furniture, without
from index.reading.pdf.joining import Style, blank_between, goes_on, is_hyphenated, join_words, style_of
from index.reading.pdf.line_width import settle
from index.reading.pdf.page import Line, Page
from index.reading.pdf.tables import Row, Ruled, find_grids
from index.reading.table_lines import is_caption, joined, moved, table_text
from index.records import Grid, PageStart

SAME_COLUMN = 12.0
"""Points by which a table's columns may move from page to page: bindings alternate by 10."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Words that are the paper's, on a line of their own."""

    text: str
    reason: FurnitureReason
    page: int


Item = Line | Row | Paper


def flow(pages: Sequence[Page]) -> Extracted:
    """The text of the pages in reading order."""
    grids = [find_grids(page) for page in pages]
    held = [frozenset(n for grid in of_page for n in grid.pieces) for of_page in grids]
    edges = find_furniture(pages, held)
    items = [
        item
        for page, of_page, taken, edge in zip(pages, grids, held, edges, strict=True)
        for item in _items(page, of_page, taken, edge)
    ]
    lines = settle([item for item in items if isinstance(item, Line)])
    writer, settled = _Writer(style_of(lines)), iter(lines)
    for item in _whole_tables(items):
        writer.write(next(settled) if isinstance(item, Line) else item)
    return writer.extracted()


def _items(page: Page, grids: Sequence[Ruled], held: frozenset[int], edges: Sequence[Edge]) -> Iterator[Item]:
    """What one page holds, in reading order."""
    yield from (Paper(edge.text, edge.reason, page.number) for edge in edges if edge.at_top)
    rest = without(page.pieces, held.union(*(edge.pieces for edge in edges)))
    yield from read_lines(rest, grids, page.number)
    if page.watermark:
        yield Paper(page.watermark, "running head", page.number)
    yield from (Paper(edge.text, edge.reason, page.number) for edge in edges if not edge.at_top)


def _whole_tables(items: Sequence[Item]) -> list[Item]:
    """The items with a table that runs over pages made one: its head once, its cut row whole."""
    out: list[Item] = []
    table: list[int] = []  # where its rows stand in out
    for item in items:
        if isinstance(item, Line):
            table = []
        elif isinstance(item, Row):
            rows = [row for at in table if isinstance(row := out[at], Row)]
            if not rows or not _same_columns(rows[-1], item):
                table = []
            elif item.opens and item.cells == rows[0].cells:
                out.append(Paper(table_text([item.spots]).text, "running head", item.page))
                continue
            elif (item.opens or isinstance(out[-1], Paper)) and _is_rest(rows, item):
                out[table[-1]] = _joined(rows[-1], item)
                continue
            table.append(len(out))
            out.append(replace(item, opens=len(table) == 1))
            continue
        out.append(item)
    return out


def _same_columns(row: Row, other: Row) -> bool:
    return len(row.columns) == len(other.columns) and all(
        abs(a - b) <= SAME_COLUMN for a, b in zip(row.columns, other.columns, strict=True)
    )


def _is_rest(rows: Sequence[Row], row: Row) -> bool:
    """True for the second half of a row of a numbered table."""
    numbers = [above.cells[0] for above in rows[1:] if not above.whole]
    return not row.cells[0] and not row.whole and bool(numbers) and all(n.isdecimal() for n in numbers)


def _joined(row: Row, rest: Row) -> Row:
    spots = (
        replace(one, words=join_words(one.words, other.words))
        for one, other in zip(row.spots, rest.spots, strict=True)
    )
    return replace(row, spots=tuple(spots), page=rest.page)


@dataclass(slots=True)
class _Writer:
    """Puts items one after another and counts where pages begin and furniture stands."""

    style: Style
    parts: list[str] = field(default_factory=list)
    length: int = 0
    pages: list[PageStart] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    last: Line | None = None
    table: list[Grid] = field(default_factory=list)
    """The rows of the table under way, each a grid of its own."""
    grids: list[Grid] = field(default_factory=list)
    added: list[str] = field(default_factory=list)

    def write(self, item: Item) -> None:
        if isinstance(item, Paper):
            self.papers.append(item)
        elif isinstance(item, Row):
            self._close(table=not item.opens)
            self._page(item.page)
            self._put_row(item)
        elif self.last and goes_on(self.last, item, self.style):
            self._go_on(self.last, item)
            self.last = item
        else:
            self._close()
            self._page(item.page)
            self._put(item.text.strip())
            self.last = item

    def extracted(self) -> Extracted:
        self._close()
        text, added = "".join(self.parts), "".join(self.added)
        return Extracted(text, tuple(self.pages), tuple(self.furniture), added=added, grids=tuple(self.grids))

    def _put_row(self, row: Row) -> None:
        if is_caption(row.spots) and not self.table:
            self._put(f"{row.cells[0]}\n")
            return
        found = table_text([row.spots])
        if found.grid:
            self.table.append(moved(found.grid, self.length))
        self.added += (spot.words for spot in row.spots if spot.above)
        self._put(f"{found.text}\n")

    def _put(self, words: str) -> None:
        self.parts.append(words)
        self.length += len(words)

    def _page(self, number: int) -> None:
        if not self.pages or self.pages[-1].name != str(number):
            self.pages.append(PageStart(self.length, "page", str(number)))

    def _close(self, *, table: bool = False) -> None:
        """End the paragraph, and the table unless it goes on; the paper's words follow on their own lines."""
        if self.table and not table:
            self.grids.append(joined(self.table))
            self.table = []
        if self.last:
            self._put("\n")
        self.last = None
        self._papers("")

    def _papers(self, before: str) -> None:
        for paper in self.papers:
            start = self.length
            self._put(before)
            self._page(paper.page)
            self._put(paper.text + "\n")
            self.furniture.append(Furniture(start, self.length, paper.reason))
            before = ""
        self.papers = []

    def _go_on(self, last: Line, line: Line) -> None:
        """Join a line to the paragraph; a hyphen at the break goes, furniture in between stays."""
        words = line.text.strip()
        if is_hyphenated(last.text, words):
            self.parts[-1] = self.parts[-1][:-1]
            self.length -= 1
            glue = ""
        else:
            glue = blank_between(last.text, words)
        self._papers("\n")
        self._page(line.page)
        self._put(glue + words)
