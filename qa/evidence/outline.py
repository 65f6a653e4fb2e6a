"""A document's clauses → the tree of its parts, as printed, in which a part is found by its number.

Left out: what a part is about; the words of a part are only compared with words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from index.clauses.numbering import Family, Marker, marker_at
from index.entries import Entry
from index.language.folding import without_blanks
from index.language.numerals import ORDINALS, read_ordinal
from index.language.sentences import Span
from qa.records import Cited, Label, Unit

_SUB = re.compile(rf"第[{ORDINALS}\d]+条之([{ORDINALS}]{{1,2}})")
_ITEMS: Final[tuple[Family, ...]] = ("（一）", "1.", "（1）", "①")
"""The families of items that stand in an article's own text, the outermost first."""
_FAMILIES: Final[dict[Unit, tuple[Family, ...]]] = {
    "编": ("编",), "章": ("章",), "节": ("节",), "附件": ("附件",),
    "条": ("条", "1.", "一、", "（一）"), "款": (), "项": ("（一）", "1."), "目": ("1.",),
    "点": ("1.", "（一）", "一、"), "部分": ("部分", "一、", "章", "（一）"),
}  # fmt: skip
"""What a number is called → the families that are so called, the first that a document has first: a plan
without articles counts its items through, and 第12条 is its item 12."""


@dataclass(slots=True)
class Section:
    """A part of a document: its number and heading as printed, the clauses that stand right under it, and the
    parts within it."""

    words: str
    marker: Marker | None = None
    entries: list[Entry] = field(default_factory=list)
    parts: list[Section] = field(default_factory=list)

    @property
    def heads(self) -> bool:
        """True where it has parts of its own."""
        return bool(self.parts)

    @property
    def own_text(self) -> list[Entry]:
        """The clauses right under it that say more than its heading."""
        return [entry for entry in self.entries if entry.clause.kind != "heading"]

    @property
    def sub(self) -> int:
        """1 of 第八条之一; 0 without."""
        match = _SUB.match(self.words)
        return read_ordinal(match.group(1)) if match else 0

    def walk(self) -> Iterator[Section]:
        """It and all parts within it, in the order of the text."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def all_entries(self) -> list[Entry]:
        """All its clauses, in the order of the text."""
        found = [entry for part in self.walk() for entry in part.entries]
        return sorted(found, key=lambda entry: entry.clause.start)


@dataclass(frozen=True, slots=True)
class Place:
    """What a citation leads to: a part, or a stretch of a clause's text (offsets in the document)."""

    section: Section
    entry: Entry | None = None
    span: Span | None = None


def outline_of(entries: Sequence[Entry]) -> Section:
    """The tree of a document's clauses, given in the order of its text."""
    root = Section("")
    for entry in entries:
        at = root
        for name in _names(entry):
            at = _under(at, name)
        at.entries.append(entry)
    return root


def _names(entry: Entry) -> tuple[str, ...]:
    clause = entry.clause
    if clause.kind == "heading":
        return (*clause.path, " ".join(clause.text.split()))
    return clause.place if clause.label else clause.path


def _under(parent: Section, name: str) -> Section:
    """The part of that name within another, made where it has none: the same number is the same part."""
    marker = marker_at(name, 0, len(name))
    key = _key(name, marker)
    for part in reversed(parent.parts):
        if _key(part.words, part.marker) == key:
            return part
    parent.parts.append(Section(name, marker))
    return parent.parts[-1]


def _key(name: str, marker: Marker | None) -> tuple[str, ...]:
    return (marker.label,) if marker else (without_blanks(name),)


def numbered(section: Section, family: Family) -> list[Section]:
    """Its parts of one family, those of parts within it included, in the order of the text."""
    return [part for part in section.walk() if part.marker and part.marker.family == family]


def first_level(root: Section) -> list[Section]:
    """The outermost numbered parts of a document, or those without a number where it has none."""
    level = root.parts
    while len(level) == 1 and level[0].heads and level[0].marker is None:
        level = level[0].parts
    return [part for part in level if part.marker] or [part for part in level if part.heads]


def places_of(root: Section, cited: Cited) -> list[Place]:
    """All places of a document that a citation may mean, in the order of the text."""
    found = [Place(part) for part in _labelled(root, cited.labels[0])]
    for label in cited.labels[1:]:
        found = [inner for place in found for inner in _within(place, label)]
    return found


def _labelled(root: Section, label: Label) -> list[Section]:
    for family in _FAMILIES[label.unit]:
        among = first_level(root) if label.unit == "部分" else list(root.walk())
        same = [part for part in among if part.marker and part.marker.family == family]
        if same:
            return [part for part in same if _number(part) == (label.number, label.sub)]
    return []


def _number(part: Section) -> tuple[int, int]:
    return (part.marker.number if part.marker else 0, part.sub)


def _within(place: Place, label: Label) -> list[Place]:
    """The parts or stretches of text of that number within a place."""
    inner = [Place(part) for part in _labelled(place.section, label) if part is not place.section]
    if inner:
        return inner
    entries = [place.entry] if place.entry else place.section.own_text
    spans = [(entry, span) for entry in entries for span in _spans(entry, place.span, label.unit)]
    return [
        Place(place.section, entry, span)
        for at, (entry, span) in enumerate(spans, 1)
        if (at if label.unit == "款" else _item_number(entry, span)) == label.number
    ]


def _spans(entry: Entry, within: Span | None, unit: Unit) -> list[Span]:
    if unit == "款":
        return _paragraphs(entry)
    return items_of(entry, within, outermost=not (within and unit in ("项", "目", "点")))


def _item_number(entry: Entry, span: Span) -> int:
    text = entry.clause.text
    begin = span.start - entry.clause.start
    marker = marker_at(text, begin, len(text))
    return marker.number if marker else 0


def _paragraphs(entry: Entry) -> list[Span]:
    """The lines of a clause with the items that follow each, offsets in the document."""
    found: list[Span] = []
    for span in _lines(entry):
        begin = span.start - entry.clause.start
        marker = marker_at(entry.clause.text, begin, span.end - entry.clause.start)
        if found and marker and marker.family in _ITEMS:
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return found


def items_of(entry: Entry, within: Span | None = None, *, outermost: bool = True) -> list[Span]:
    """The items that a clause's text counts up, one a line (（一）…；（二）…), offsets in the document.

    Of several families the first to begin; ``outermost`` False leaves out the one that ``within`` itself
    begins with.
    """
    clause, found = entry.clause, list[Span]()
    family: Family | None = None
    lines = [s for s in _lines(entry) if within is None or within.start <= s.start < within.end]
    for span in lines if outermost else lines[1:]:
        marker = marker_at(clause.text, span.start - clause.start, span.end - clause.start)
        own = marker is not None and marker.family in _ITEMS and span.start > clause.start
        if own and marker and family in (None, marker.family):
            family = marker.family
            found.append(span)
        elif found and marker is not None and marker.family in _ITEMS:
            found[-1] = Span(found[-1].start, span.end)
    return found


def _lines(entry: Entry) -> list[Span]:
    found, at = [], entry.clause.start
    for line in entry.clause.text.split("\n"):
        if line.strip():
            found.append(Span(at, at + len(line)))
        at += len(line) + 1
    return found
