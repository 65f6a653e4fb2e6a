"""A PDF's bytes → its text: paragraphs, tables, pages, what is the paper's; scanned pages through OCR.

Each page is read by what it holds: its text where that is sound (the hidden text of a searchable scan too),
else its picture.  Text that nobody sees on a page with other text is left out and told.  Left out:
annotations, form fields, pictures beside text, tables without ruling lines (they stay lines).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TypeVar

import pypdfium2
from pypdfium2 import raw

from index.errors import SourceError
from index.reading.extracted import Extracted, Left
from index.reading.pdf import ocr
from index.reading.pdf.damage import refuse_damaged
from index.reading.pdf.flow import flow
from index.reading.pdf.glyphs import read_glyphs, runs_of
from index.reading.pdf.measures import (
    CORNERS,
    DPI,
    FEWEST_CHARACTERS,
    FEWEST_OUTLINES,
    MOST_PIXELS,
    PICTURE_SHARE,
)
from index.reading.pdf.ocr_corrections import mended
from index.reading.pdf.page import Page
from index.reading.pdf.rules import read_rules

MOST_PAGES = 3000
"""A yearbook has 900; at .02 s a page, three thousand are read in a minute."""
_LINEARIZED = re.compile(rb"/Linearized\b[^>]{0,200}?/L\s+(\d{1,15})\b")  # /Linearized 1 /L 54321
# 12 0 obj; no more digits and blanks than that, or a megabyte of digits is tried from each of them
_UNCLOSED = re.compile(rb"(?<![0-9])[0-9]{1,10}\s{1,9}[0-9]{1,5}\s{1,9}obj\b")


_T = TypeVar("_T")


def read_pdf(data: bytes, name: str) -> Extracted:
    """Read a PDF file; offsets of pages and furniture count characters of the text.

    Raises SourceError, its message beginning with ``name``: no PDF, cut short, encrypted, too many pages,
    pages that are pictures where OCR is not installed, no text at all.
    """
    _refuse_cut_short(data, name)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _cannot_open(name, error) from error
    with closing(document):
        if not 0 < len(document) <= MOST_PAGES:
            raise SourceError(
                f"{name}: has {len(document)} pages; between 1 and {MOST_PAGES} can be read. Split the file."
            )
        looked = [_opened(document, number, name, _text_page) for number in range(len(document))]
        pages = _with_scans(document, looked, name)
    extracted = flow(pages)
    if not extracted.text.strip():
        raise SourceError(f"{name}: its {len(pages)} pages hold no text. Remove it or put its text in.")
    # What a scan says is known from its picture alone, so it cannot be counted by other means.
    scans = (
        piece.text for page, one in zip(pages, looked, strict=True) if not one.page for piece in page.pieces
    )
    whole = "\n".join((*(one.whole for one in looked), *scans))
    return replace(extracted, whole=whole, left=tuple(left for one in looked for left in one.left))


@dataclass(frozen=True, slots=True)
class _Looked:
    """A page by its text, None where it must be read as a picture; all its text; what of that is left out."""

    page: Page | None
    whole: str
    left: tuple[Left, ...]


def _refuse_cut_short(data: bytes, name: str) -> None:
    """PDFium mends a file that lacks its end and leaves out the pages that it lacks: refuse it instead."""
    if b"%PDF-" not in data[:1024]:  # PDF 32000-1, annex H: readers accept it within the first 1024 bytes
        raise SourceError(f"{name}: is no PDF file (it begins with {data[:8]!r}). Mend its ending.")
    refuse_damaged(data, name)
    end = data.rfind(b"%%EOF")
    declared = _LINEARIZED.search(data[:2048])
    if end < 0 or _UNCLOSED.search(data, end) or (declared and int(declared[1]) > len(data)):
        raise SourceError(f"{name}: is a PDF file cut short after {len(data)} bytes. Fetch it again.")


def _cannot_open(name: str, error: pypdfium2.PdfiumError) -> SourceError:
    if error.err_code == raw.FPDF_ERR_PASSWORD:
        return SourceError(f"{name}: is encrypted and asks for a password. Save it without one.")
    if error.err_code == raw.FPDF_ERR_SECURITY:
        return SourceError(f"{name}: is encrypted in a way that cannot be read. Save it without encryption.")
    return SourceError(f"{name}: is damaged and cannot be opened ({error}). Fetch or save it again.")


def _with_scans(document: pypdfium2.PdfDocument, looked: list[_Looked], name: str) -> list[Page]:
    """Every page; the scans come after those with text, so that a file is refused before OCR begins."""
    scans = [number for number, one in enumerate(looked) if one.page is None]
    ocr.refuse_scans(scans, name)
    scanned = mended([_opened(document, number, name, _scanned_page) for number in scans])
    return [one.page or next(scanned) for one in looked]


def _opened(document: pypdfium2.PdfDocument, number: int, name: str, read: Callable[..., _T]) -> _T:
    """What ``read`` makes of one page, which is closed again."""
    try:
        page = document[number]
    except pypdfium2.PdfiumError as error:
        raise SourceError(f"{name}: page {number + 1} is damaged. Fetch or save the file again.") from error
    with closing(page):
        return read(page, number + 1)


def _text_page(page: pypdfium2.PdfPage, number: int) -> _Looked:
    """The page by its text, unless it must be read as a picture."""
    written = read_glyphs(page)
    few = written.characters < FEWEST_CHARACTERS
    if written.garbled or (few and (_is_picture(page) or _is_drawn(page))):
        return _Looked(None, written.whole, (Left("unreadable", written.whole, str(number)),))
    rules = read_rules(page, written.frame)
    frame = written.frame
    runs = runs_of(written, rules)
    left = [Left(reason, words, str(number)) for reason, words in written.unseen]
    left.append(Left("drawn twice", runs.doubled, str(number)))
    left.append(Left("struck out", runs.struck, str(number)))
    held = Page(number, frame.width, frame.height, runs.pieces, rules, written.watermark)
    return _Looked(held, written.whole, tuple(left))


def _scanned_page(page: pypdfium2.PdfPage, number: int) -> Page:
    width, height = page.get_size()
    scale = min(DPI / 72, (MOST_PIXELS / (width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    with closing(bitmap):
        picture = bitmap.to_numpy().copy()
    return ocr.read_picture(picture.reshape(picture.shape[:2]), number, 1 / scale)


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    """True where pictures cover most of the page."""
    left, bottom, right, top = page.get_bbox()
    covered = 0.0
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        a, b, c, d = picture.get_bounds()
        covered += max(0, min(c, right) - max(a, left)) * max(0, min(d, top) - max(b, bottom))
    return bool(covered >= PICTURE_SHARE * (right - left) * (top - bottom))


def _is_drawn(page: pypdfium2.PdfPage) -> bool:
    """True where a page's characters are drawn as outlines: paths with far more corners than rules have."""
    drawn = 0
    for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        drawn += max(0, raw.FPDFPath_CountSegments(path) - CORNERS)
        if drawn >= FEWEST_OUTLINES:
            return True
    return False
