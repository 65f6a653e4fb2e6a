"""What a file is, by its first bytes and what it holds; its name's ending is asked only about text.

A .doc that is a web page is read as a web page: government sites hand out many.  Left out: the reading.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import PurePath
from typing import Final, Literal

from index.errors import SourceError

Kind = Literal["text", "html", "docx", "xlsx", "ofd", "pdf", "office", "zip"]
"""office: what another program has to convert first (doc, wps, xls, et, rtf); zip: holds documents."""

TEXT_ENDINGS: Final = frozenset({".txt", ".md", ".markdown"})
HTML_ENDINGS: Final = frozenset({".html", ".htm"})
OPEN_ENDINGS: Final = frozenset({".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".ofd", ".pdf"})
OFFICE_ENDINGS: Final = frozenset({".doc", ".wps", ".rtf", ".xls", ".et"})
ARCHIVE_ENDING: Final = ".zip"
ENDINGS: Final[frozenset[str]] = (
    TEXT_ENDINGS | HTML_ENDINGS | OPEN_ENDINGS | OFFICE_ENDINGS | {ARCHIVE_ENDING}
)
"""The file endings that can be read, in lower case."""

ENDINGS_OF: Final[Mapping[Kind, tuple[str, ...]]] = {
    "text": (".txt", ".md", ".markdown"),
    "html": (".html", ".htm"),
    "docx": (".docx", ".docm", ".dotx"),
    "xlsx": (".xlsx", ".xlsm"),
    "ofd": (".ofd",),
    "pdf": (".pdf",),
    "office": (".doc", ".wps", ".rtf", ".xls", ".et"),
    "zip": (ARCHIVE_ENDING,),
}
"""The endings that a file of each kind has, the usual one first."""

_OLE: Final = b"\xd0\xcf\x11\xe0"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
# What no reader reads, by its first bytes, so that a file with the wrong ending is called by its name.
_OTHERS: Final = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"MIME-Version:", "a web archive (mht)"),
)
# The part that every package of a kind has: word/document.xml, xl/workbook.xml, OFD.xml
_PARTS: Final[tuple[tuple[re.Pattern[str], Kind], ...]] = (
    (re.compile(r"word/document\d*\.xml"), "docx"),
    (re.compile(r"xl/workbook\d*\.xml"), "xlsx"),
    (re.compile(r"OFD\.xml"), "ofd"),
)
# What the macros of a package stand in, under whatever name it goes: word/vbaProject.bin, xl/vbaProject.bin
_MACROS: Final = re.compile(r"(?:.*/)?vbaProject[^/]*\.bin", re.IGNORECASE)
_VBA: Final = "_VBA_PROJECT".encode("utf-16-le")
"""The stream of an old Office file that holds its macros (MS-OVBA 2.3.4.1), as its directory names it."""
_HOLDS_MACROS: Final = (
    "holds macros, programs that no published document needs. Save it without them, as docx or xlsx."
)
_NO_READER: Final = (
    (re.compile(r"ppt/presentation\.xml"), "pptx"),
    (re.compile(r"xl/workbook\.bin"), "xlsb"),
)
# The page's first words, after a byte mark and blanks: <!DOCTYPE html, <html xmlns="…">
_PAGE: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE
)
# Word and Excel of 2003 as one XML file: <?mso-application progid="Word.Document"?>
_OFFICE_XML: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*\?>\s*<\?mso-application")
_HEAD: Final = 2000
"""Bytes in which a file says what it is."""


def kind_of(data: bytes, name: str) -> Kind:
    """What the bytes are; ``name`` gives its ending and its name in errors.

    Raises SourceError for what no reader reads, and for a package under a password.
    """
    if data.startswith(_ZIP):
        return _packed(data, name)
    if data.startswith(_OLE):
        return _compound(data, name)
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:  # some writers put bytes before the mark
        return "pdf"
    if data.startswith(b"{\\rtf") or _OFFICE_XML.match(head):
        return "office"
    for signature, other in _OTHERS:
        if data.startswith(signature):
            raise SourceError(f"{name}: is {other}, which is not read. Save its text as docx or UTF-8 text.")
    if _PAGE.match(head) or PurePath(name).suffix.lower() in HTML_ENDINGS:
        return "html"
    return "text"


def _packed(data: bytes, name: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = [member.replace("\\", "/") for member in package.namelist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise SourceError(
            f"{name}: is a damaged zip container ({error}). Download or save it again."
        ) from error
    for part, kind in _PARTS:
        if any(part.fullmatch(member) for member in members):
            if any(_MACROS.fullmatch(member) for member in members):
                raise SourceError(f"{name}: {_HOLDS_MACROS}")
            return kind
    for part, other in _NO_READER:
        if any(part.fullmatch(member) for member in members):
            raise SourceError(f"{name}: is a {other} file, which is not read. Save it as PDF, docx or xlsx.")
    return "zip"


def _compound(data: bytes, name: str) -> Kind:
    """An OLE container: an old Office file, or the wrapping of an encrypted new one."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise SourceError(
            f"{name}: is encrypted with a password. Open it, remove the password and save it again."
        )
    if _VBA in data:
        raise SourceError(f"{name}: {_HOLDS_MACROS}")
    return "office"
