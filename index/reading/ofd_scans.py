"""Pages of an OFD that are pictures → their lines, by OCR."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from index.reading.ofd_paragraphs import Line
from index.reading.ofd_parts import page_size
from index.reading.pdf import ocr
from index.reading.pdf.ocr_corrections import mended
from index.reading.pdf.page import Page, Piece
from index.reading.xml import Element
from index.reading.zip_package import Package

MILLIMETRES: Final = 25.4 / 72
"""Of a point."""
SAME_LINE: Final = 0.5
"""Characters by which the baselines of words on one line may differ, as in a page of words."""


def read_scans(package: Package, scans: Mapping[int, tuple[Element, Element, str]]) -> dict[int, list[Line]]:
    """The lines of each page, by its number from 0; ``scans`` holds the page, its document and that one's
    folder.  Raises SourceError where OCR is not installed or an image cannot be read."""
    ocr.refuse_scans(list(scans), package.name)
    from index.reading.ofd_picture import draw, images_of  # noqa: PLC0415 - needs the extra

    read = []
    for number, (page, document, folder) in scans.items():
        images = images_of(package, document, folder)
        drawn = draw(page, page_size(page, document), images, package)
        read.append(ocr.read_picture(drawn.picture, number + 1, drawn.points))
    return {page.number - 1: list(_lines(page)) for page in mended(read)}


def _lines(page: Page) -> Iterator[Line]:
    row: list[Piece] = []
    for piece in sorted(page.pieces, key=lambda piece: (piece.base, piece.left)):
        if row and piece.base - row[0].base > SAME_LINE * max(row[0].size, piece.size):
            yield _line(row)
            row = []
        row.append(piece)
    if row:
        yield _line(row)


def _line(row: Sequence[Piece]) -> Line:
    row = sorted(row, key=lambda piece: piece.left)
    words = " ".join(piece.text for piece in row)
    left, right = row[0].left, max(piece.right for piece in row)
    size = max(piece.size for piece in row)
    return Line(words, left * MILLIMETRES, right * MILLIMETRES, size * MILLIMETRES)
