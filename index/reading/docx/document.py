"""A Word document (docx, docm) to lines of text, as it is printed: a paragraph a line, numbers in place.

Automatic numbers are worked out (`numbering`), tracked insertions kept and deletions dropped, fields
read as their results, hidden and struck-out text left out.  Text boxes, footnotes and endnotes follow the
paragraph that holds them.  Headers and footers are the paper's and left out, so are remarks; pictures are not
looked into.  All words that are left out are told with the reason.
A docx says nothing of pages: where they break is the printer's.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from index.errors import SourceError
from index.reading.docx.numbering import Numbering
from index.reading.docx.styles import Styles, W, is_on, value
from index.reading.docx.text import Speaker
from index.reading.extracted import Extracted, Left
from index.reading.seen import docx_words, word_parts, word_texts
from index.reading.table_lines import Part, Placed, grid, put_together, repeated, table_parts
from index.reading.xml import Element, local, parse_xml
from index.reading.zip_package import Package
from index.records import LeftReason

_STRICT: Final = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL: Final = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
"""The two names of one vocabulary; the strict one is what Word writes as "Strict Open XML"."""
_WRAPPERS: Final = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"})
"""Elements around paragraphs that print nothing themselves."""
_BESIDE: Final[dict[str, LeftReason]] = {
    **dict.fromkeys(("header", "footer"), "running head"),
    "comments": "comment",
    **dict.fromkeys(("chart", "data", "drawing"), "picture"),
}
"""Parts beside the text by how their names begin; data is a diagram's."""
MOST_SPANNED: Final = 64
"""Columns of a table, the most that Word itself makes (63), so that a number in a file cannot fill memory."""


def read_docx(data: bytes, name: str) -> Extracted:
    """The text of a Word document; raises SourceError, which begins with ``name``, for a damaged one."""
    package = Package(data, name)
    main = _main_part(package)
    folder = posixpath.dirname(main)
    root = _part(package, main)
    body = root.find(f"{W}body")
    if body is None:
        raise SourceError(f"{name}: {main} has no body. Open it in Word and save it again.")
    styles = Styles(_optional(package, f"{folder}/styles.xml"))
    notes = {
        part: _notes(_optional(package, f"{folder}/{part}.xml"), part.removesuffix("s"))
        for part in ("footnotes", "endnotes")
    }
    numbering = Numbering(_optional(package, f"{folder}/numbering.xml"), styles)
    story = _Story(name, numbering, Speaker(styles), notes)
    story.read(body)
    text, grids = put_together(story.ended())
    left = (*story.speaker.left, *_unprinted(notes, story.noted), *_other_parts(package))
    added = "".join(story.speaker.added)
    return Extracted(text, whole=docx_words(package), left=left, added=added, grids=grids)


def _unprinted(notes: dict[str, dict[str, Element]], noted: list[tuple[str, str]]) -> Iterator[Left]:
    """The notes that nothing refers to, and the lines that separate notes."""
    for part, found in notes.items():
        yield from (
            Left("hidden", "".join(word_texts(note)), f"{part}.xml")
            for name, note in found.items()
            if (part, name) not in noted
        )


def _other_parts(package: Package) -> Iterator[Left]:
    """What stands beside the text: heads and feet, remarks, charts."""
    for part in word_parts(package):
        for name, reason in _BESIDE.items():
            if posixpath.basename(part).startswith(name):
                yield Left(reason, "\n".join(word_texts(_part(package, part))), posixpath.basename(part))


def _main_part(package: Package) -> str:
    """word/document.xml, wherever the package says that it is."""
    root = parse_xml(package.read("_rels/.rels"), "_rels/.rels", package.name)
    for relation in root:
        if relation.get("Type", "").endswith("/officeDocument"):
            return posixpath.normpath(str(relation.get("Target", "")).lstrip("/"))
    raise SourceError(f"{package.name}: does not say which part is its text. Open and save it again.")


def _part(package: Package, part: str) -> Element:
    return parse_xml(package.read(part).replace(_STRICT, _USUAL), part, package.name)


def _optional(package: Package, part: str) -> Element | None:
    return _part(package, part) if part in package else None


def _notes(root: Element | None, kind: str) -> dict[str, Element]:
    """The notes by id; separators are no notes."""
    found = [] if root is None else root.findall(f"{W}{kind}")
    return {note.get(f"{W}id", ""): note for note in found if note.get(f"{W}type") in (None, "normal")}


@dataclass(slots=True)
class _Story:
    """Collects lines while walking the body; a cell or note is a story of its own that counts with the body.

    ``carried`` are words of a paragraph whose end was deleted: they run on into the next.  ``owed`` are the
    notes of a table's cells, which follow the table.
    """

    name: str
    numbering: Numbering
    speaker: Speaker
    notes: dict[str, dict[str, Element]]
    inner: bool = False
    lines: list[Part] = field(default_factory=list)
    carried: str = ""
    owed: list[str] = field(default_factory=list)
    noted: list[tuple[str, str]] = field(default_factory=list)
    """The part and id of the notes met so far, shared by all stories of a document."""

    def read(self, parent: Element) -> None:
        """Every paragraph and table below, in order.  Raises SourceError for words kept in another file."""
        for node in parent:
            match local(node):
                case "p":
                    self._paragraph(node)
                case "tbl":
                    self._table(node)
                case "altChunk":
                    raise SourceError(
                        f"{self.name}: holds another file in place of its text (altChunk). "
                        "Open it in Word and save it again."
                    )
                case "AlternateContent":
                    self.read(node[0])
                case wrapper if wrapper in _WRAPPERS:
                    self.read(node)
                case "del" | "moveFrom":
                    self.speaker.leave("deleted", node)
                case _:
                    pass  # properties, bookmarks, marks of proofing: no words

    def ended(self) -> list[Part]:
        """The lines and tables, with what was still to come."""
        return [*self.lines, *filter(None, [self.carried]), *self.owed]

    def _paragraph(self, paragraph: Element) -> None:
        properties = paragraph.find(f"{W}pPr")
        words = self.speaker.words(paragraph)
        mark = None if properties is None else properties.find(f"{W}rPr")
        if is_on(mark, "del") or is_on(mark, "moveFrom"):
            self.carried += words.text
        else:
            number = self.numbering.number(properties)
            text = self.carried + words.text
            self.lines += (f"{number}{text}" if text.strip() else text).split("\n")
            self.speaker.added.append(number if text.strip() else "")
            self.carried = ""
        for part, note in words.notes:
            self._note(part, note)
        for box in words.boxes:
            self.read(box)

    def _note(self, part: str, note: str) -> None:
        """A footnote's or endnote's words as a line of their own: 注1：…"""
        found = self.notes[part].get(note)
        if found is None:
            return
        mark = f"注{len(self.noted) + 1}："
        words = self._inside(found)
        self.speaker.added += [mark, words if (part, note) in self.noted else ""]
        self.noted.append((part, note))
        self.owed.append(f"{mark}{words}")
        self._pay()

    def _pay(self) -> None:
        """Put the notes that wait; those of a cell wait until the table has ended."""
        if not self.inner:
            self.lines += self.owed
            self.owed.clear()

    def _inside(self, element: Element) -> str:
        """The words of a cell or a note, on one line."""
        story = replace(self, inner=True, lines=[], carried="", owed=[])
        story.read(element)
        self.owed += story.owed
        # A table in a cell has no place of its own: its cells follow one another.
        said = (part if isinstance(part, str) else part.text.replace("|", " ") for part in story.lines)
        return " ".join(
            filter(None, (" ".join(words.split("\n")).strip() for words in (*said, story.carried)))
        )

    def _table(self, table: Element) -> None:
        """A table of data as cells, one that lays out the page as what stands in it."""
        rows = []
        for row in _below(table, "tr"):
            if is_on(row.find(f"{W}trPr"), "del"):
                self.speaker.leave("deleted", row)
            else:
                rows.append(list(_below(row, "tc")))
        if not _is_data(rows):
            for row in rows:
                for cell in row:
                    self.read(cell)
        else:
            cells = list(self._cells(rows))
            self.lines += table_parts(grid(cells))
            self.speaker.added.append(repeated(cells))
        self._pay()

    def _cells(self, rows: list[list[Element]]) -> Iterator[Placed]:
        """The cells at their places; one that goes on downwards is as high as it reaches."""
        open_: dict[int, Placed] = {}
        for number, row in enumerate(rows):
            column = _before(row)
            is_head = is_on(row[0].getparent().find(f"{W}trPr") if row else None, "tblHeader")
            for cell in row:
                properties = cell.find(f"{W}tcPr")
                merge = None if properties is None else properties.find(f"{W}vMerge")
                goes_on = merge is not None and value(merge) in (None, "continue") and column in open_
                if goes_on:
                    open_[column] = replace(open_[column], rows=number - open_[column].row + 1)
                    self.speaker.leave("hidden", cell)  # Word shows the first of merged cells alone
                    column += open_[column].columns
                    continue
                if column in open_:
                    yield open_.pop(column)
                wide = _number(properties, "gridSpan", 1)
                open_[column] = Placed(number, column, self._inside(cell), wide, is_head=is_head)
                column += wide
        yield from open_.values()


def _is_data(rows: list[list[Element]]) -> bool:
    """A table of data, and not one that only lays the page out, which holds most of its words in others."""
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return False
    outer = [[cell for cell in row if cell.find(f".//{W}tbl") is None] for row in rows]
    if outer == rows:
        return True
    own = sum(len("".join(word_texts(cell))) for row in outer for cell in row)
    whole = sum(len("".join(word_texts(cell))) for row in rows for cell in row)
    return sum(len(row) > 1 for row in outer) > 1 and 2 * own > whole


def _below(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, out of their content controls, deletions left out."""
    for node in parent:
        if local(node) == name:
            yield node
        elif local(node) in _WRAPPERS:
            yield from _below(node, name)


def _before(row: list[Element]) -> int:
    """The columns that a row leaves free before its first cell."""
    if not row:
        return 0
    parent = row[0].getparent()
    return _number(parent.find(f"{W}trPr"), "gridBefore", 0)


def _number(properties: Element | None, name: str, default: int) -> int:
    said = None if properties is None else value(properties.find(f"{W}{name}"))
    return min(int(said), MOST_SPANNED) if said and said.isdecimal() else default
