"""A web page to its lines in reading order, each with where it stands; what nobody is to read is set aside.

Hidden and struck-out words, menus and forms are left out with their reason, never silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree, html  # type: ignore[import-untyped]

from index.errors import SourceError
from index.reading.extracted import Left
from index.reading.table_lines import Part, Placed, TableText, grid, repeated, table_parts
from index.records import Grid, LeftReason

# Elements that show no words (script), and those whose words are not the document's.
_UNSEEN: Final = re.compile(r"script|style|noscript|template|iframe|head|title")
_ASIDE: Final[dict[str, LeftReason]] = {
    "nav": "navigation",
    "footer": "footer",
    "aside": "beside the text",
    "svg": "picture",
    **dict.fromkeys(("button", "select", "input", "textarea"), "form control"),
    **dict.fromkeys(("s", "del", "strike"), "struck out"),
}
# Elements that are a line of their own (p, li).
_BLOCK: Final = re.compile(
    r"address|article|blockquote|body|caption|center|d[dlt]|div|fieldset|figure|figcaption|form|h[1-6r]|header"
    r"|html|li|main|[ou]l|p|pre|section|table|tbody|t[dhr]|tfoot|thead"
)
_IN_TABLE: Final = frozenset({"table", "thead", "tbody", "tfoot", "tr", "colgroup", "col"})
# An item that carries its own number: 1. 一、 （一） ①
_NUMBERED: Final = re.compile(
    r"^\s*(?:[0-9０-９]+\s*[.．、]|[一二三四五六七八九十]+、|[(（]|第.{1,5}[章条]|[①-⑳])"
)
_START: Final = re.compile(r"[0-9]{1,9}")
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_STRUCK: Final = re.compile(r"text-decoration[^;]*line-through")  # text-decoration: line-through red
_NEVER_HIDDEN: Final = frozenset({"html", "body"})
"""Pages of 政府信息公开 hide these until a script has run; a page whose body is hidden would be no page."""
LONGEST_NUMBER: Final = 20
"""Characters in which an item's own number shows."""
MOST_COLUMNS: Final = 1000
"""Of a table; the widest of published ones has some forty."""
MOST_SPANNED: Final = 200
"""Rows or columns that one cell is taken to span: a number in a page is not to fill memory."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line; ``linked`` counts its characters inside links, ``node`` is the element that it begins in.

    ``listed`` is true for a table and a list's items, which belong to the lines above them.  A table is one
    line, its ``words`` the lines of its cells, with its ``grid``.
    """

    words: str
    linked: int
    node: html.HtmlElement
    listed: bool = False
    grid: Grid | None = None

    @property
    def part(self) -> Part:
        """It, to be put among other lines."""
        return TableText(self.words, self.grid) if self.grid else self.words

    @property
    def is_link(self) -> bool:
        """True where most of it leads elsewhere."""
        return 2 * self.linked > sum(map(len, self.words.split()))


@dataclass(slots=True)
class Walk:
    """Collects lines while walking the page: text gathers until a block begins or ends.

    ``left`` is what was set aside, ``added`` what the page does not hold itself.  With ``shows_hidden`` words
    hidden by style are read like others.  ``in_cell``: a table in a cell has no place of its own, its words
    follow one another.
    """

    shows_hidden: bool = False
    in_cell: bool = False
    lines: list[Line] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    _pending: list[str] = field(default_factory=list)
    _linked: int = 0
    _links: int = 0
    _items: int = 0
    _node: html.HtmlElement | None = None
    _listed: bool = False
    _places: dict[html.HtmlElement, dict[html.HtmlElement, int]] = field(default_factory=dict)
    _lengths: dict[html.HtmlElement, int] = field(default_factory=dict)

    def visit(self, node: html.HtmlElement) -> None:
        """Take an element's words up, or leave them out for what the element is."""
        if not isinstance(node.tag, str) or _UNSEEN.fullmatch(node.tag):  # a comment has no name
            return
        if reason := self._reason(node):
            self.left.append(Left(reason, "\n".join(_shown(node))))
        elif node.tag == "br":
            self.flush()
        elif node.tag == "table" and not self.in_cell and self._is_data(node):
            self.flush()
            self._table(node)
        else:
            self._visit_children(node)

    def flush(self) -> None:
        """End the line."""
        words = squeezed("".join(self._pending))
        if words and self._node is not None:
            self.lines.append(Line(words, self._linked, self._node, self._listed))
        self._pending.clear()
        self._linked, self._node = 0, None

    def _reason(self, node: html.HtmlElement) -> LeftReason | None:
        style = str(node.get("style", "")).lower()
        if _STRUCK.search(style):
            return "struck out"
        hidden = _HIDDEN.search(style) or node.get("hidden") is not None
        if hidden and not self.shows_hidden and node.tag not in _NEVER_HIDDEN:
            return "hidden"
        return _ASIDE.get(node.tag)

    def _say(self, words: str | None, node: html.HtmlElement) -> None:
        if not words:
            return
        self._pending.append(words)
        if self._links:
            self._linked += sum(map(len, words.split()))
        if self._node is None and words.strip():
            self._node, self._listed = node, self._items > 0

    def _visit_children(self, node: html.HtmlElement) -> None:
        block = _BLOCK.fullmatch(node.tag) is not None
        if block:
            self.flush()
        self._items += node.tag == "li"
        if node.tag == "li" and (number := self._number_of(node)):
            self.added.append(number)
            self._say(number, node)
        self._links += node.tag == "a"
        self._say(node.text, node)
        for child in node:
            self.visit(child)
            self._say(child.tail, node)
        self._links -= node.tag == "a"
        if block:
            self.flush()
        self._items -= node.tag == "li"

    def _number_of(self, item: html.HtmlElement) -> str:
        """What a browser prints before an item of an ordered list; "" where the text has its own number."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol" or _NUMBERED.match(_opening(item)):
            return ""
        if parent not in self._places:
            items = (child for child in parent if child.tag == "li")
            self._places[parent] = {child: place for place, child in enumerate(items)}
        start, place = str(parent.get("start", "1")), self._places[parent][item]
        return f"{int(start) + place if _START.fullmatch(start) else 1 + place}."

    def _table(self, table: html.HtmlElement) -> None:
        """A table of data: what stands around its cells (a caption), then the cells."""
        self._around_cells(table)
        self.flush()
        inner = Walk(self.shows_hidden, left=self.left, added=self.added)
        cells = list(inner._cells(table))
        self.added.append(repeated(cells))
        linked = 2 * inner._linked > sum(len("".join(cell.words.split())) for cell in cells)
        for part in table_parts(grid(cells)):
            if isinstance(part, TableText) and part.grid:
                links = len(part.text) if linked else 0
                self.lines.append(Line(part.text, links, table, listed=True, grid=part.grid))
                continue
            for line in (part if isinstance(part, str) else part.text).split("\n"):
                self.lines.append(Line(line, len(line) if linked else 0, table, listed=True))

    def _around_cells(self, node: html.HtmlElement) -> None:
        self._say(node.text, node)
        for child in node:
            if child.tag in _IN_TABLE and not self._reason(child):
                self._around_cells(child)
            elif child.tag not in ("td", "th") or node.tag != "tr":
                self.visit(child)
            self._say(child.tail, node)

    def _cells(self, table: html.HtmlElement) -> Iterator[Placed]:
        """The cells at their places, past those that reach down from the rows above."""
        until: dict[int, int] = {}  # the row from which a column is free again
        rows = [row for row in table_rows(table) if not any(map(self._reason, (row[0].getparent(),)))]
        for row, elements in enumerate(rows):
            column = 0
            is_head = _is_head(elements)
            for cell in elements:
                while until.get(column, 0) > row:
                    column += 1
                if column > MOST_COLUMNS:
                    raise SourceError(f"has a table of more than {MOST_COLUMNS} columns. Split it.")
                wide, high = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows) - row)
                until.update(dict.fromkeys(range(column, column + wide), row + high))
                yield Placed(row, column, self._words_of(cell), wide, high, is_head)
                column += wide

    def _words_of(self, cell: html.HtmlElement) -> str:
        """The words of a cell on one line; its links are counted for the table."""
        inner = Walk(self.shows_hidden, in_cell=True, left=self.left, added=self.added)
        inner.visit(cell)
        inner.flush()
        self._linked += sum(line.linked for line in inner.lines)
        return " ".join(line.words for line in inner.lines)

    def _is_data(self, table: html.HtmlElement) -> bool:
        """A table of data, and none that only lays the page out, which holds most words in others."""
        rows = list(table_rows(table))
        if len(rows) < 2 or max(len(row) for row in rows) < 2:
            return False
        outer = [[cell for cell in row if next(cell.iterdescendants("table"), None) is None] for row in rows]
        if outer == rows:
            return True
        own = sum(self._length(cell) for row in outer for cell in row)
        whole = sum(self._length(cell) for row in rows for cell in row)
        return sum(len(row) > 1 for row in outer) > 1 and 2 * own > whole

    def _length(self, node: html.HtmlElement) -> int:
        """The characters of an element that are not blank; counted once for all that it stands in."""
        if node not in self._lengths:
            for _, one in etree.iterwalk(node, events=("end", "comment", "pi")):
                own = sum(map(len, (one.text or "").split())) if isinstance(one.tag, str) else 0
                parts = (
                    self._lengths.get(part, 0) + sum(map(len, (part.tail or "").split())) for part in one
                )
                self._lengths[one] = own + sum(parts)
        return self._lengths[node]


def squeezed(text: str) -> str:
    """One blank for a run of line breaks, tabs and blanks; full-width and fixed blanks stay."""
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip(" ")


def table_rows(table: html.HtmlElement) -> Iterator[list[html.HtmlElement]]:
    """The cells of each row that has any, those of tables inside its cells left out."""
    waiting = [iter(table)]
    while waiting:
        node = next(waiting[-1], None)
        if node is None:
            waiting.pop()
        elif node.tag != "table":
            waiting.append(iter(node))
            cells = [cell for cell in node if cell.tag in ("td", "th")] if node.tag == "tr" else []
            if cells:
                yield cells


def _shown(node: html.HtmlElement) -> Iterator[str]:
    """The text nodes below that a browser would show; the tail is not the element's."""
    walk = etree.iterwalk(node, events=("start", "end", "comment", "pi"))
    for event, one in walk:
        if event == "start" and _UNSEEN.fullmatch(one.tag):
            walk.skip_subtree()
            continue
        words = one.text if event == "start" else one.tail if one is not node else None
        if words:
            yield words


def _opening(node: html.HtmlElement) -> str:
    """The first of an element's words, as many as tell whether they open with a number."""
    said = ""
    for words in _shown(node):
        said = f"{said}{words.lstrip() if not said else words}"
        if len(said) >= LONGEST_NUMBER:
            break
    return said


def _is_head(cells: list[html.HtmlElement]) -> bool:
    """True for a row of column names by its elements: all its cells th, or the row in a thead."""
    return all(cell.tag == "th" for cell in cells) or cells[0].getparent().getparent().tag == "thead"


def _span(cell: html.HtmlElement, name: str) -> int:
    span = str(cell.get(name, "1"))
    return min(max(int(span), 1), MOST_SPANNED) if _START.fullmatch(span) else 1
