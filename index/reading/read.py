"""A file's bytes to text, by the reader of its format.

The content decides which reader, not the name's ending.  Nothing is cleaned here: web furniture and
advertising are taken out, and reported, by ``index.reading.clean``.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Literal, assert_never

from index.errors import SourceError
from index.language.folding import unified
from index.reading.counted import counted
from index.reading.extracted import Extracted, Furniture
from index.reading.inside import bytes_inside
from index.reading.kinds import ENDINGS, OFFICE_ENDINGS, OPEN_ENDINGS, Kind, kind_of
from index.reading.text import decoded
from index.records import FileCount, Grid, PageStart

_HALF = re.compile("[\ud800-\udfff]")
_IDEOGRAPH = re.compile(r"[一-鿿]")

__all__ = ["ENDINGS", "Source", "read_text", "text_of"]


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text, its line ends all ``\\n``, and the SHA-256 (hex) of its bytes.

    ``pages``, ``furniture`` and ``grids`` are those of `index.reading.extracted.Extracted`; ``count`` is
    what of the file is in the text, None where nobody counted.
    """

    text: str
    hash: str
    pages: tuple[PageStart, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    count: FileCount | None = None
    grids: tuple[Grid, ...] = ()


def read_text(path: Path, member: str | None = None, folder: Path | None = None) -> Source:
    """Read one file, or one member of a zip archive; where a folder is named, nothing that lies outside it.

    Raises SourceError with the path, what was seen and what to do.
    """
    if path.is_dir():
        raise SourceError(f"{path} is a folder, not a file. Name the files in it, or build from the folder.")
    _refuse_ending(path)
    try:
        data = bytes_inside(path, folder) if folder else path.read_bytes()
    except FileNotFoundError:
        raise SourceError(f"{path}: no such file. Check the name.") from None
    except OSError as error:
        raise SourceError(f"{path}: cannot be opened ({error.strerror}). Check its permissions.") from error
    if member is None:
        return text_of(data, path)
    from index.reading.archive import member_of  # noqa: PLC0415 - only for archives

    return text_of(member_of(data, member, str(path)), path / member)


def text_of(data: bytes, path: Path) -> Source:
    """The text of a file's bytes; ``path`` gives its ending and its name in errors.  Raises SourceError."""
    _refuse_ending(path)
    if not data.strip():
        raise SourceError(f"{path}: the file is empty ({len(data)} bytes). Remove it or put its text in.")
    found = _mended(_extracted(data, kind_of(data, str(path)), str(path)))
    if not found.text.strip():
        raise SourceError(f"{path}: holds no text. Remove it or put its text in.")
    digest = hashlib.sha256(data).hexdigest()
    return Source(found.text, digest, found.pages, found.furniture, counted(found), found.grids)


def _mended(found: Extracted) -> Extracted:
    """Ideographs for the radicals that fonts draw alike, and a mark for half a character (U+D835 alone),
    which no file can store.  One character for one, so that all offsets stay."""
    text = _HALF.sub("\ufffd", unified(found.text))
    whole = None if found.whole is None else _HALF.sub("\ufffd", found.whole)
    return found if text == found.text and whole == found.whole else replace(found, text=text, whole=whole)


def _refuse_ending(path: Path) -> None:
    if path.suffix.lower() not in ENDINGS:
        known, ending = ", ".join(sorted(ENDINGS)), path.suffix.lower()
        raise SourceError(f"{path}: cannot read files ending in {ending!r}. Convert it to one of {known}.")


def _extracted(data: bytes, kind: Kind, name: str) -> Extracted:
    """Each reader is imported where it is needed: lxml and trafilatura alone take half a second."""
    match kind:
        case "text":
            return Extracted(_plain(data, name))
        case "html":
            from index.reading.html import read_html  # noqa: PLC0415

            return read_html(_text(data, name))
        case "pdf":
            return _pdf(data, name)
        case "office":
            return _converted(data, name)
        case "zip":
            raise SourceError(f"{name}: is a zip archive. End its name in .zip; its documents are then read.")
        case _:
            return _package(data, kind, name)


def _plain(data: bytes, name: str) -> str:
    """A text file; one that is called a document of Word or the like must at least speak Chinese."""
    text = _text(data, name)
    ending = PurePath(name).suffix.lower()
    if ending in OPEN_ENDINGS | OFFICE_ENDINGS and not _IDEOGRAPH.search(text):
        raise SourceError(
            f"{name}: is no {ending[1:]} file, and no Chinese text either. Fetch or save it again."
        )
    return text


def _package(data: bytes, kind: Literal["docx", "xlsx", "ofd"], name: str) -> Extracted:
    match kind:
        case "docx":
            from index.reading.docx.document import read_docx  # noqa: PLC0415

            return read_docx(data, name)
        case "xlsx":
            from index.reading.xlsx import read_xlsx  # noqa: PLC0415

            return read_xlsx(data, name)
        case "ofd":
            from index.reading.ofd import read_ofd  # noqa: PLC0415

            return read_ofd(data, name)
        case _:
            assert_never(kind)


def _pdf(data: bytes, name: str) -> Extracted:
    try:
        from index.reading.pdf.document import read_pdf  # noqa: PLC0415 - PDFium takes .1 s to load
    except ImportError as error:
        raise SourceError(
            f"{name}: is a PDF file, and {error.name} is not installed. Run: pip install ."
        ) from error
    found: Extracted = read_pdf(data, name)
    return found


def _converted(data: bytes, name: str) -> Extracted:
    """An old Office file, as what another program makes of it: text, docx or xlsx."""
    from index.reading.office import convert  # noqa: PLC0415

    made = convert(data, name)
    kind = kind_of(made, name)
    if kind in ("office", "zip"):
        raise SourceError(f"{name}: cannot be converted. Save it as docx, xlsx or PDF.")
    return _extracted(made, kind, name)


def _text(data: bytes, name: str) -> str:
    return decoded(data, name).replace("\r\n", "\n").replace("\r", "\n")
