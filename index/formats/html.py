"""A web page to lines of text: the main part, its metadata table and its tables, in reading order.

trafilatura says where the main text begins and ends; the lines themselves come from a walk over the
page, so that nothing in between is lost.  Tables come out as a page copied by hand does: one cell a
line ending in `` |``.  Pages built by scripts in the browser are not run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import trafilatura
from lxml import etree, html  # type: ignore[import-untyped]

from index.formats.rows import META_LABEL, Placed, bare, grid, table_lines

# Elements that hold no text of the document (script, nav), and those that are a line of their own (p, li).
_SKIPPED = re.compile(
    r"script|style|noscript|template|svg|iframe|button|select|input|textarea|nav|footer|aside|head"
)
_BLOCK = re.compile(
    r"address|article|blockquote|body|center|d[dlt]|div|fieldset|figure|figcaption|form|h[1-6r]|header|html|li"
    r"|main|[ou]l|p|pre|section|table|tbody|t[dhr]|tfoot|thead"
)
# An item that carries its own number: 1. 一、 （一） ①
_NUMBERED = re.compile(r"^\s*(?:[0-9０-９]+\s*[.．、]|[一二三四五六七八九十]+、|[(（]|第.{1,5}[章条]|[①-⑳])")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
LONG_LINE = 40
"""A line of so many characters with a 。 is running text wherever it stands: page furniture has none."""

MOST_SPANNED = 200
"""Rows or columns that one cell is taken to span: a number in a page is not to fill memory."""


def html_text(page: str) -> str:
    """The main text of a page, one block a line; the whole page's text where no main part is found."""
    tree = _parse(page)
    if tree is None:
        return ""
    lines = _Walk().lines_of(tree)
    kept = _main_lines(page)
    first, last = _main_span(lines, kept)
    head = [line for line in lines[:first] if META_LABEL.match(bare(line))]
    return "\n".join([*_unless_empty(_title(tree), lines[first:last]), *head, *lines[first:last]]) + "\n"


def _parse(page: str) -> html.HtmlElement | None:
    # lxml refuses a str that declares its own encoding: <?xml version="1.0" encoding="gb2312"?>
    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page)
    if not page.strip():
        return None
    try:
        return html.document_fromstring(page)
    except etree.ParserError:  # nothing but comments
        return None


def _main_lines(page: str) -> set[str]:
    """The blocks that trafilatura takes for the main text, without blanks."""
    text = trafilatura.extract(page, favor_recall=True, include_comments=False, include_tables=True) or ""
    return {bare(line.strip("|-# ")) for line in text.split("\n")} - {""}


def _main_span(lines: list[str], kept: set[str]) -> tuple[int, int]:
    """First and last (exclusive) line of the main part: what was kept, and every running line besides."""
    inside = [
        number
        for number, line in enumerate(lines)
        if bare(line.removesuffix(" |")) in kept or (len(line) >= LONG_LINE and "。" in line)
    ]
    if not inside:
        return 0, len(lines)
    first, last = inside[0], inside[-1] + 1
    while lines[last - 1].endswith("|") and last < len(lines) and lines[last].endswith("|"):
        last += 1  # a table is the main part's whole or not at all
    return first, last


def _title(tree: html.HtmlElement) -> str:
    """The page's heading: the longest h1, else what its head declares (ArticleTitle of 政府网站)."""
    headings = [_squeeze(str(node.text_content())) for node in tree.iter("h1")]
    declared = [
        _squeeze(str(node.get("content") or ""))
        for node in tree.iter("meta")
        if str(node.get("name", "")).lower() == "articletitle"
    ]
    return max(headings, key=len, default="") or next(iter(declared), "")


def _unless_empty(title: str, lines: list[str]) -> list[str]:
    """The title as a line of its own, unless it is empty or already among the first lines."""
    head = "".join(bare(line) for line in lines[:8])
    return [title] if title and bare(title) not in head else []


def _squeeze(text: str) -> str:
    """One blank for a run of line breaks, tabs and blanks; full-width and fixed blanks stay."""
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip(" ")


@dataclass(slots=True)
class _Walk:
    """Collects lines while walking the page: text gathers until a block begins or ends."""

    lines: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)

    def lines_of(self, tree: html.HtmlElement) -> list[str]:
        self._visit(tree)
        self._flush()
        return self.lines

    def _flush(self) -> None:
        line = _squeeze("".join(self.pending))
        self.pending.clear()
        if line:
            self.lines.append(line)

    def _visit(self, node: html.HtmlElement) -> None:
        if not isinstance(node.tag, str):  # a comment or a processing instruction
            return
        if _SKIPPED.fullmatch(node.tag) or _HIDDEN.search(str(node.get("style", ""))):
            return
        if node.tag == "br":
            self._flush()
        elif node.tag == "table" and _is_data(node):
            self._flush()
            self.lines.extend(table_lines(grid(_cells(node))))
        else:
            self._visit_children(node)

    def _visit_children(self, node: html.HtmlElement) -> None:
        block = _BLOCK.fullmatch(node.tag) is not None
        if block:
            self._flush()
        if node.tag == "li":
            self.pending.append(_number_of(node))
        self.pending.append(node.text or "")
        for child in node:
            self._visit(child)
            self.pending.append(child.tail or "")
        if block:
            self._flush()


def _number_of(item: html.HtmlElement) -> str:
    """The number that a browser prints before an item of an ordered list; "" where the text has its own."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol" or _NUMBERED.match(str(item.text_content())):
        return ""
    start = str(parent.get("start", "1"))
    place = [child for child in parent if child.tag == "li"].index(item)
    return f"{int(start) + place if start.isdigit() else 1 + place}."


def _is_data(table: html.HtmlElement) -> bool:
    """A table of data, and not one that only lays the page out."""
    if any(True for _ in table.iterdescendants("table")):
        return False
    rows = list(_rows(table))
    return len(rows) > 1 and max(len(row) for row in rows) > 1


def _rows(table: html.HtmlElement) -> Iterator[list[html.HtmlElement]]:
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if cells:
            yield cells


def _cells(table: html.HtmlElement) -> Iterator[Placed]:
    """The cells at their places, past those that reach down from the rows above."""
    taken: set[tuple[int, int]] = set()
    for row, elements in enumerate(_rows(table)):
        column = 0
        for cell in elements:
            while (row, column) in taken:
                column += 1
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            taken.update((row + down, column + across) for down in range(1, high) for across in range(wide))
            yield Placed(row, column, _squeeze(str(cell.text_content())), wide, high)
            column += wide


def _span(cell: html.HtmlElement, name: str) -> int:
    span = str(cell.get(name, "1"))
    return min(max(int(span), 1), MOST_SPANNED) if span.isdecimal() else 1
