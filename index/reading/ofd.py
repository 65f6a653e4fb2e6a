"""An OFD document (GB/T 33190, 版式文档) to text: its text objects by where they stand on the page.

Templates, background layers, annotations, seals and slanted words are the paper's and left out, each with
its reason: watermarks stand there.  Tables come out as the lines that they are, since OFD knows none;
pictures are not looked into.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

from index.errors import SourceError
from index.reading.extracted import Extracted, Left
from index.reading.ofd_paragraphs import Line, paragraphs
from index.reading.ofd_parts import joined, numbers, page_size
from index.reading.pdf.measures import CORNERS, FEWEST_CHARACTERS, FEWEST_OUTLINES, PICTURE_SHARE, THROUGH
from index.reading.seen import ofd_words
from index.reading.xml import Element, local, parse_xml
from index.reading.zip_package import Package
from index.records import LeftReason

ENTRY: Final = "OFD.xml"
SAME_LINE: Final = 0.5
"""Characters by which the baselines of words on one line may differ: 上标 and mixed fonts sit off it."""
APART: Final = 0.6
"""Characters of white between two words from which on a blank is read between them."""
LEVEL: Final = 0.3
"""Millimetres by which the ends of a level line may differ in height."""
DEFAULT_SIZE: Final = 3.5
"""Millimetres of a character where the object states no size."""


@dataclass(frozen=True, slots=True)
class _Span:
    """Words on a baseline, in millimetres from the page's left and top; ``places`` are its characters'."""

    words: str
    left: float
    right: float
    baseline: float
    size: float
    places: tuple[float, ...] = ()


def read_ofd(data: bytes, name: str) -> Extracted:
    """The text of every document in the container; raises SourceError where one cannot be read."""
    package = Package(data, name)
    root = parse_xml(package.read(ENTRY), ENTRY, name)
    pages: list[list[Line]] = []
    left: list[Left] = []
    scans: dict[int, tuple[Element, Element, str]] = {}
    for part in _texts(root, "DocRoot"):
        main = joined("", part)
        document = parse_xml(package.read(main), main, name)
        for page in (node for node in document.iter() if local(node) == "Page"):
            place = joined(posixpath.dirname(main), page.get("BaseLoc", ""))
            page_root = parse_xml(package.read(place), place, name)
            pages.append(list(_lines(page_root)))
            left += _left_of_page(page_root, str(len(pages)))
            if _is_picture(page_root, document, pages[-1]):
                scans[len(pages) - 1] = (page_root, document, posixpath.dirname(main))
        left += _templates(package, document, posixpath.dirname(main))
    if not pages:
        raise SourceError(f"{name}: holds no page. Open it in an OFD reader and save it as PDF.")
    left += _annotations(package)
    whole = ofd_words(package)
    if scans:
        from index.reading.ofd_scans import read_scans  # noqa: PLC0415 - what OCR needs takes long to load

        for number, lines in read_scans(package, scans).items():
            # What a picture says is known from it alone; the few words beside it stand in it too.
            left += (Left("unreadable", line.words, str(number + 1)) for line in pages[number])
            pages[number] = lines
            whole += "".join(f"\n{line.words}" for line in lines)
    return replace(paragraphs(pages), whole=whole, left=tuple(left))


def _is_picture(page: Element, document: Element, lines: list[Line]) -> bool:
    """Whether a page is to be read as a picture: next to no words, and images over most of it or outlines."""
    if sum(len(line.words) for line in lines) >= FEWEST_CHARACTERS:
        return False
    width, height = page_size(page, document)
    covered = corners = 0.0
    for node in page.iter():
        if local(node) == "ImageObject":
            box = numbers(node.get("Boundary", ""))
            covered += box[2] * box[3] if len(box) == 4 else 0
        elif local(node) == "PathObject":
            steps = "".join(child.text or "" for child in node if local(child) == "AbbreviatedData")
            corners += max(0, sum(map(str.isalpha, steps)) - CORNERS)
    return covered >= PICTURE_SHARE * width * height or corners >= FEWEST_OUTLINES


def _left_of_page(page: Element, number: str) -> Iterator[Left]:
    """The text objects that `_spans` passes over, and words that a line goes through."""
    strokes = _strokes(page)
    for layer in (node for node in page.iter() if local(node) == "Layer"):
        behind: LeftReason | None = "background" if layer.get("Type") == "Background" else None
        for node in (node for node in layer.iter() if local(node) == "TextObject"):
            hidden: LeftReason | None = "hidden" if node.get("Visible") == "false" else None
            reason = behind or hidden or ("watermark" if _is_slanted(node) else None)
            if reason:
                yield Left(reason, "".join(_codes(node)), number)
                continue
            for span in _object(node):
                gone = _struck(span, strokes)
                yield Left("struck out", "".join(span.words[place] for place in sorted(gone)), number)


def _templates(package: Package, document: Element, folder: str) -> Iterator[Left]:
    """What stands on every page that uses a template."""
    for node in (node for node in document.iter() if local(node) == "TemplatePage"):
        place = joined(folder, node.get("BaseLoc", ""))
        if place in package:
            template = parse_xml(package.read(place), place, package.name)
            yield Left("background", "\n".join(_codes(template)), posixpath.basename(place))


def _annotations(package: Package) -> Iterator[Left]:
    """Remarks and seals, which are parts of their own."""
    for part in package.infos:
        if part.endswith(".xml"):
            root = parse_xml(package.read(part), part, package.name)
            if local(root) == "PageAnnot":
                yield Left("annotation", "\n".join(_codes(root)), posixpath.basename(part))


def _codes(node: Element) -> Iterator[str]:
    return (code.text or "" for code in node.iter() if local(code) == "TextCode")


def _texts(root: Element, name: str) -> Iterator[str]:
    return ((node.text or "").strip() for node in root.iter() if local(node) == name)


def _lines(page: Element) -> Iterator[Line]:
    """The page's lines from top to bottom."""
    row: list[_Span] = []
    for span in sorted(_spans(page), key=lambda span: (span.baseline, span.left)):
        if row and span.baseline - row[0].baseline > SAME_LINE * max(row[0].size, span.size):
            yield _line(row)
            row = []
        row.append(span)
    if row:
        yield _line(row)


def _line(row: list[_Span]) -> Line:
    row = sorted(row, key=lambda span: span.left)
    words, right = "", row[0].left
    for span in row:
        words += (" " if words and span.left - right > APART * span.size else "") + span.words
        right = max(right, span.right)
    # Some writers leave the size out of a line that is drawn with another unit: 1 then stands for it.
    return Line(words.strip(), row[0].left, right, max(span.size for span in row) or 1.0)


def _spans(page: Element) -> Iterator[_Span]:
    strokes = _strokes(page)
    for layer in (node for node in page.iter() if local(node) == "Layer"):
        if layer.get("Type") != "Background":
            for node in layer.iter():
                if local(node) == "TextObject" and not _is_slanted(node) and node.get("Visible") != "false":
                    yield from (kept for span in _object(node) if (kept := _without(span, strokes)).words)


def _strokes(page: Element) -> list[tuple[float, float, float]]:
    """Level lines drawn on the page: from, to and height in millimetres."""
    found = []
    for node in (node for node in page.iter() if local(node) == "PathObject"):
        steps = "".join(child.text or "" for child in node if local(child) == "AbbreviatedData")
        box, ends = numbers(node.get("Boundary", "")), numbers(steps)
        if len(box) == 4 and len(ends) == 4 and abs(ends[3] - ends[1]) < LEVEL:
            a, b = sorted((box[0] + ends[0], box[0] + ends[2]))
            found.append((a, b, box[1] + (ends[1] + ends[3]) / 2))
    return found


def _struck(span: _Span, strokes: Sequence[tuple[float, float, float]]) -> frozenset[int]:
    """The places of the characters that a line goes through."""
    low, high = (span.baseline - share * span.size for share in THROUGH)
    near = [(a, b) for a, b, y in strokes if high < y < low]
    return frozenset(
        number
        for number, at in enumerate(span.places if near else ())
        if any(a <= at + span.size / 2 <= b for a, b in near)
    )


def _without(span: _Span, strokes: Sequence[tuple[float, float, float]]) -> _Span:
    gone = _struck(span, strokes)
    kept = (character for place, character in enumerate(span.words) if place not in gone)
    return replace(span, words="".join(kept)) if gone else span


def _is_slanted(node: Element) -> bool:
    """True for words that run neither along nor down the page, as a watermark's."""
    matrix = numbers(node.get("CTM", ""))
    return len(matrix) == 6 and abs(matrix[0]) > 0.01 and abs(matrix[1]) > 0.01


def _object(node: Element) -> Iterator[_Span]:
    boundary, matrix = numbers(node.get("Boundary", "")), numbers(node.get("CTM", ""))
    left, top = (boundary[0], boundary[1]) if len(boundary) == 4 else (0.0, 0.0)
    across, down, right, below = (
        (matrix[0], matrix[3], *matrix[4:]) if len(matrix) == 6 else (1.0, 1.0, 0.0, 0.0)
    )
    said = numbers(node.get("Size", ""))
    size = said[0] if said and said[0] > 0 else DEFAULT_SIZE
    x = y = 0.0
    for code in (child for child in node if local(child) == "TextCode"):
        words = code.text or ""
        x = (numbers(code.get("X", "")) or [x])[0]
        y = (numbers(code.get("Y", "")) or [y])[0]
        steps = _deltas(code.get("DeltaX", ""))[: max(len(words) - 1, 0)]
        advance = sum(steps)
        if words.strip():
            begin = left + right + x * across
            places = tuple(begin + step * across for step in accumulate(steps, initial=0.0))
            end, baseline = begin + (advance + size) * across, top + below + y * down
            yield _Span(words, begin, end, baseline, abs(size * down), places)
        x += advance


def _deltas(said: str) -> list[float]:
    """The steps between characters; ``g 3 2.5`` stands for 2.5 three times."""
    steps: list[float] = []
    parts = iter(said.split())
    for part in parts:
        if part == "g":
            count, step = next(parts, "0"), next(parts, "0")
            steps += numbers(step)[:1] * (min(int(count), 10_000) if count.isdecimal() else 0)
        else:
            steps += numbers(part)[:1]
    return steps
