"""All that a web page or a package says to whoever opens it; `counted` holds the text against it.

Found without the readers: pages by Python's own parser of HTML and not by lxml, packages by every element
of every part that can hold words.  Whether a reader takes words up or leaves them out does not matter
here.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

from index.reading.xml import Element, local, parse_xml
from index.reading.zip_package import Package

_UNSEEN: Final = frozenset({"script", "style", "noscript", "template", "iframe", "title"})
"""Elements whose words a browser does not show on the page."""

_NO_WORDS: Final = ("docProps/", "customXml/", "word/glossary/")
_WORDS: Final = ("{*}t", "{*}delText")
"""Elements of Word's XML with words in them, deleted ones too, in whichever of its vocabularies."""
_OF_A_BOOK: Final = ("comments", "ThreadedComments", "wsDr", "chartSpace")
"""Parts of a workbook with words beside its cells, by their outermost element."""


def page_words(page: str) -> str:
    """The words of a web page, hidden ones too, a line for each text node."""
    reader = _Page()
    reader.feed(page)
    reader.close()
    return "\n".join(reader.words)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """<script/> is no end in HTML, but <title/> of an svg or of XHTML is; none of them holds words."""

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            del self._unseen[self._unseen.index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.append(data)


def docx_words(package: Package) -> str:
    """The words of a Word document: text, heads, feet, notes, remarks, text boxes, charts; deletions too."""
    return "\n".join(words for part in word_parts(package) for words in word_texts(_root(package, part)))


def word_parts(package: Package) -> Iterator[str]:
    """The parts of a Word document that may hold words; properties and 构建基块 (glossary) are none of it."""
    return (part for part in _parts(package, "") if not part.startswith(_NO_WORDS))


def word_texts(node: Element) -> Iterator[str]:
    """The words of a piece of Word's XML; what stands there once more for old programs is not said twice."""
    again = {
        words
        for both in node.iter("{*}AlternateContent")
        for other in both[1:]
        for words in other.iter(*_WORDS)
    }
    return (words.text or "" for words in node.iter(*_WORDS) if words not in again)


def xlsx_words(package: Package) -> str:
    """The words of a workbook's cells, remarks, drawings, heads and feet, hidden sheets too."""
    shared = [_texts(item) for item in _children(package, "xl/sharedStrings.xml", "si")]
    return "\n".join(
        words
        for part in _parts(package, "xl/")
        if part != "xl/sharedStrings.xml"
        for words in _book_texts(_root(package, part), shared)
    )


def _book_texts(root: Element, shared: list[str]) -> Iterator[str]:
    """Cells with words by their kind, and what stands in heads, remarks, drawings."""
    if local(root) == "worksheet":
        yield from heads_of(root)
        for cell in root.iter("{*}c"):
            held = next((node.text or "" for node in cell if local(node) == "v"), "")
            match cell.get("t"):
                case "s":
                    yield shared[int(held)] if held.isdecimal() and int(held) < len(shared) else ""
                case "str":
                    yield held
                case "inlineStr":
                    yield _texts(cell)
    elif local(root) in _OF_A_BOOK:
        yield from (node.text or "" for node in root.iter() if local(node) in ("t", "text"))


def heads_of(sheet: Element) -> Iterator[str]:
    """The heads and feet of a worksheet, the codes of Excel among them (&C, &P)."""
    return (node.text or "" for group in sheet if local(group) == "headerFooter" for node in group)


def beside_cells(package: Package) -> Iterator[tuple[str, str, str]]:
    """Part, kind and words of what a workbook says beside its cells: remarks, drawings, charts."""
    for part in _parts(package, "xl/"):
        root = _root(package, part)
        if local(root) in _OF_A_BOOK:
            yield part, local(root), "\n".join(_book_texts(root, []))
        elif local(root) == "worksheet":
            yield part, "head", "\n".join(heads_of(root))


def ofd_words(package: Package) -> str:
    """The words of every text object of an OFD container: pages, templates, remarks, seals."""
    return "\n".join(
        node.text or "" for part in _parts(package, "") for node in _root(package, part).iter("{*}TextCode")
    )


def _parts(package: Package, folder: str) -> Iterator[str]:
    return (
        part for part in package.infos if part.startswith(folder) and posixpath.splitext(part)[1] == ".xml"
    )


def _root(package: Package, part: str) -> Element:
    return parse_xml(package.read(part), part, package.name)


def _children(package: Package, part: str, name: str) -> Iterator[Element]:
    return (node for node in _root(package, part) if local(node) == name) if part in package else iter(())


def _texts(node: Element) -> str:
    """The runs of a string; rPh is the sound of a word, which is not shown."""
    if local(node) == "rPh":
        return ""
    return (node.text or "") if local(node) == "t" else "".join(map(_texts, node))
