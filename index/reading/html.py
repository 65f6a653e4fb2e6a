"""A web page to lines of text: the document whole, and a reason for every word that is not in it.

All visible lines of the page are the document's, save what shows itself to be the page's: menus (lines that
are links), short lines above the document's own part, and all from the first line on that only the end of a
page has (扫一扫在手机打开当前页).  trafilatura says where the document's own part is; it decides of no line
alone, since it drops tables and lists.  Tables come out with their grid, one cell a line ending in
`` |``.  Pages built by scripts in the browser are not run.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import trafilatura
from lxml import etree, html  # type: ignore[import-untyped]

from index.reading.clean import ends_page
from index.reading.extracted import Extracted, Left
from index.reading.html_lines import Line, Walk, squeezed
from index.reading.seen import page_words
from index.reading.table_lines import META_LABEL, bare, put_together
from index.records import LeftReason

DEEPEST: Final = 2048
"""Elements in one another that libxml2 reads (`xmlParserMaxDepth` of huge files)."""
FRAMES: Final = 8
"""Calls in one another for one element at most: a table in a cell of a table takes seven."""
LONG_LINE: Final = 40
"""A line of so many characters with a 。 is running text wherever it stands: page furniture has none."""
# What opens a part of a document, and no line of a page's end: 第三条, 一、, （二）, 附件1
_OPENS_PART: Final = re.compile(
    r"第[^，。]{1,6}[章节条]|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|附\s*[件表]"
)
# Names that a page's builder gives to menus and to its end: id="footer", class="main-nav fl"
_MENU: Final = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|crumbs?|breadcrumbs?|sidebar)(?:$|[\s_\d-])", re.IGNORECASE
)
_END: Final = re.compile(r"(?:^|[\s_-])(?:foot|footer|copyright)(?:$|[\s_\d-])", re.IGNORECASE)


def read_html(page: str) -> Extracted:
    """The document of a page, one block a line, with what was left out of the page and why."""
    with _deep():
        found = _document_of(page)
    return found if found and found.text.strip() else _all_words(page)


@contextmanager
def _deep() -> Iterator[None]:
    """Elements in one another by the hundred, as no page needs them, are read like others as far as libxml2
    goes; what lies deeper is counted as lost."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, FRAMES * DEEPEST))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _all_words(page: str) -> Extracted:
    """All that the page says, a line a piece: of one that no reader makes a document of."""
    whole = page_words(page)
    lines = (squeezed(line) for line in whole.split("\n"))
    return Extracted("".join(f"{line}\n" for line in lines if line), whole=whole)


def _document_of(page: str) -> Extracted | None:
    """None for a page without an element."""
    tree = _parsed(page)
    if tree is None:
        return None
    walk = _walked(tree)
    chosen = _chosen(walk.lines, _main_lines(page), title := _title(tree))
    lines = [line.words for line in chosen.lines]
    named = _unless_empty(title, lines)
    held = {bare(line.words) for line in walk.lines}
    added = [*walk.added, *(one for one in named if bare(one) not in held)]
    text, grids = put_together([*named, *(line.part for line in (*chosen.head, *chosen.lines))])
    left = (*walk.left, *(one for one in chosen.left if [bare(one.text)] != [*map(bare, named)]))
    return Extracted(text, whole=page_words(page), left=left, added="".join(added), grids=grids)


def _parsed(page: str) -> html.HtmlElement | None:
    # lxml refuses a str that declares its own encoding: <?xml version="1.0" encoding="gb2312"?>
    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page)
    if not page.strip():
        return None
    try:
        return html.document_fromstring(page, parser=html.HTMLParser(huge_tree=True))  # 10 MB of a script
    except etree.ParserError:  # nothing but comments
        return None


def _walked(tree: html.HtmlElement) -> Walk:
    """The page's lines; with those hidden by style where they are most of it and the rest is no running text:
    a script would show them."""
    walk = Walk()
    walk.visit(tree)
    walk.flush()
    hidden = sum(len(bare(one.text)) for one in walk.left if one.reason == "hidden")
    shown = sum(len(line.words) for line in walk.lines)
    if hidden <= shown or any(map(_is_running, walk.lines)):
        return walk
    walk = Walk(shows_hidden=True)
    walk.visit(tree)
    walk.flush()
    return walk


def _main_lines(page: str) -> set[str]:
    """The blocks that trafilatura takes for the main text, without blanks."""
    text = trafilatura.extract(page, favor_recall=True, include_comments=False, include_tables=True) or ""
    return {bare(line.strip("|-# ")) for line in text.split("\n")} - {""}


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The document's lines, those of its metadata table that stand above them, and what else the page has."""

    head: list[Line]
    lines: list[Line]
    left: list[Left]


def _chosen(lines: Sequence[Line], kept: set[str], title: str) -> _Chosen:
    end = _page_end(lines)
    left = [Left("footer", line.words) for line in lines[end:]]
    inside = [number for number, line in enumerate(lines[:end]) if _is_main(line, kept)]
    if not inside:
        return _Chosen([], list(lines[:end]), left)
    first, last = inside[0], inside[-1] + 1
    said = [lines[number] for number in inside if _says(lines[number], kept)]
    own = _around([line for line in said if not line.is_link])
    stands_in, furniture = _Inherited(lambda node: node is own), _furniture()
    head, above, below = list[Line](), list[Line](), list[Line]()
    for line in lines[:first]:
        reason = furniture(line) or (None if stands_in(line.node) else "page head")
        if META_LABEL.match(bare(line.words)):
            head.append(line)
        elif reason is None or bare(line.words) == bare(title):
            above.append(line)
        else:
            left.append(Left(reason, line.words))
    for line in lines[last:end]:
        if reason := furniture(line):
            left.append(Left(reason, line.words))
        else:
            below.append(line)
    return _Chosen(head, [*above, *lines[first:last], *below], left)


def _is_main(line: Line, kept: set[str]) -> bool:
    """True for what trafilatura kept, running text, and tables that are neither menus nor metadata."""
    table = line.words.endswith("|") and not line.is_link
    return _says(line, kept) or _is_running(line) or table


def _says(line: Line, kept: set[str]) -> bool:
    return any(bare(words.removesuffix(" |")) in kept for words in line.words.split("\n"))


def _is_running(line: Line) -> bool:
    return len(line.words) >= LONG_LINE and "。" in line.words


class _Inherited:
    """Whether something is true of an element or of one that it stands in; each is asked once."""

    def __init__(self, holds: Callable[[html.HtmlElement], bool]) -> None:
        self._holds = holds
        self._known: dict[html.HtmlElement, bool] = {}

    def __call__(self, node: html.HtmlElement) -> bool:
        path: list[html.HtmlElement] = []
        one, found = node, False
        while one is not None and not found:
            path.append(one)
            if (known := self._known.get(one)) is not None:
                found = known
                break
            found = self._holds(one)
            one = one.getparent()
        self._known.update(dict.fromkeys(path, found))
        return found


def _furniture() -> Callable[[Line], LeftReason | None]:
    """Tells why a line outside the document's own part is the page's; None where it may be the document's."""
    ends, menus = _Inherited(_named(_END)), _Inherited(_named(_MENU))

    def reason(line: Line) -> LeftReason | None:
        if ends(line.node):
            return "footer"
        return "navigation" if line.is_link or menus(line.node) else None

    return reason


def _named(name: re.Pattern[str]) -> Callable[[html.HtmlElement], bool]:
    return lambda node: name.search(f"{node.get('class', '')} {node.get('id', '')}") is not None


def _page_end(lines: Sequence[Line]) -> int:
    """Where the page's own end begins: after running text, with no part of a document after it."""
    parts = [n for n, one in enumerate(lines) if one.words.endswith("|") or _OPENS_PART.match(one.words)]
    last = parts[-1] if parts else -1
    running = False
    for number, line in enumerate(lines):
        if running and number > last and ends_page(line.words):
            return number
        running = running or "。" in line.words
    return len(lines)


def _around(lines: Sequence[Line]) -> html.HtmlElement | None:
    """The innermost element that holds all these lines; None without any."""
    shared: dict[html.HtmlElement, int] = {}  # the elements that hold all so far, each with its depth
    met: dict[html.HtmlElement, int] = {}  # how deep a line meets them that passes here
    for line in lines:
        path = list[html.HtmlElement]()
        node = line.node
        while node is not None and node not in met:
            path.append(node)
            node = node.getparent()
        if not shared:
            shared = {one: depth for depth, one in enumerate(reversed(path))}
            met, deepest = dict(shared), len(path) - 1
            continue
        depth = met[node] if node is not None else -1
        met.update(dict.fromkeys(path, depth))
        deepest = min(deepest, depth)
    return next((one for one, depth in shared.items() if depth == deepest), None)


def _title(tree: html.HtmlElement) -> str:
    """The page's heading: the longest h1, else what its head declares (ArticleTitle of 政府网站)."""
    headings = [squeezed(str(node.text_content())) for node in tree.iter("h1")]
    declared = [
        squeezed(str(node.get("content") or ""))
        for node in tree.iter("meta")
        if str(node.get("name", "")).lower() == "articletitle"
    ]
    return max(headings, key=len, default="") or next(iter(declared), "")


def _unless_empty(title: str, lines: list[str]) -> list[str]:
    """The title as a line of its own, unless it is empty or already among the first lines."""
    head = "".join(bare(line) for line in lines[:8])
    return [title] if title and bare(title) not in head else []
