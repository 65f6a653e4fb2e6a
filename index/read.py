"""A file's bytes to text: encodings, line ends, and what is no text at all.

Reads .txt, Markdown and HTML.  Nothing is cleaned here: web furniture and advertising are taken out,
and reported, by ``index.clean``; only HTML's tags and page furniture end at ``index.html``.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from index.errors import SourceError

TEXT_ENDINGS = frozenset({".txt", ".md", ".markdown"})
HTML_ENDINGS = frozenset({".html", ".htm"})
ENDINGS: frozenset[str] = TEXT_ENDINGS | HTML_ENDINGS
"""The file endings that can be read, in lower case."""

# What other files begin with, so that a file with the wrong ending is called by its name.
_SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip container (docx, xlsx, ofd, …)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (doc, xls, wps)"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Control characters that no text file holds: \x00-\x08, \x0e-\x1f, \x7f.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# What Chinese text is made of: ASCII, punctuation and signs “—…→℃①■, CJK punctuation 、〔》, ideographs,
# full-width forms.
_EXPECTED = re.compile(r"[\t-\r -~\xa0\xb1\xb7\xd7\u2000-\u27bf　-〿一-鿿！-￥]")
MIN_EXPECTED_SHARE = 0.9
"""Least share of expected characters in GB18030 text.  599 notices, 150 regulations and the five documents
have .997 and more; in Big5 read as GB18030 none has more than .83."""
MIN_COMMON_SHARE = 0.4
"""Least share of its ideographs that are in GB 2312, the everyday set.  The same texts have .99 and more, in
traditional characters .49 and more; Shift-JIS read as GB18030 has none."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text, its line ends all ``\\n``, and the SHA-256 (hex) of its bytes."""

    text: str
    hash: str


def read_text(path: Path) -> Source:
    """Read one file.  Raises SourceError with the path, what was seen and what to do."""
    if path.is_dir():
        raise SourceError(f"{path} is a folder, not a file. Name the files in it, or build from the folder.")
    _refuse_ending(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise SourceError(f"{path}: no such file. Check the name.") from None
    except OSError as error:
        raise SourceError(f"{path}: cannot be opened ({error.strerror}). Check its permissions.") from error
    return text_of(data, path)


def text_of(data: bytes, path: Path) -> Source:
    """The text of a file's bytes; ``path`` gives its ending and its name in errors.  Raises SourceError."""
    ending = path.suffix.lower()
    _refuse_ending(path)
    text = _decode(data, path).replace("\r\n", "\n").replace("\r", "\n")
    if ending in HTML_ENDINGS:
        from index.html import html_text  # noqa: PLC0415 - lxml and trafilatura take half a second to import

        text = html_text(text)
    if not text.strip():
        raise SourceError(f"{path}: holds no text. Remove it or put its text in.")
    return Source(text, hashlib.sha256(data).hexdigest())


def _refuse_ending(path: Path) -> None:
    if path.suffix.lower() not in ENDINGS:
        known, ending = ", ".join(sorted(ENDINGS)), path.suffix.lower()
        raise SourceError(f"{path}: cannot read files ending in {ending!r}. Convert it to one of {known}.")


def _decode(data: bytes, path: Path) -> str:
    if not data.strip():
        raise SourceError(f"{path}: the file is empty ({len(data)} bytes). Remove it or put its text in.")
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise SourceError(f"{path}: is {name}, not text. Save it as UTF-8 text, or mend its ending.")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(data, "utf-8-sig" if encoding == "utf-8" else encoding, path)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _checked(data, "gb18030", path)
        _refuse_unless_chinese(text, path)
        return text
    _refuse_control(text, path)
    return text


def _checked(data: bytes, encoding: str, path: Path) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{path}: byte {error.start} ({data[error.start]:#04x}) is neither UTF-8 nor {encoding.upper()}. "
            "Save the file as UTF-8."
        ) from error
    _refuse_control(text, path)
    return text


def _refuse_control(text: str, path: Path) -> None:
    found = _CONTROL.search(text)
    if found:
        raise SourceError(
            f"{path}: holds a control character ({found.group()!r} at {found.start()}): a binary file, or "
            "UTF-16 without its mark. Save it as UTF-8 text."
        )


def _refuse_unless_chinese(text: str, path: Path) -> None:
    """GB18030 gives a character to nearly any bytes: ask whether they are the characters of a text."""
    expected = len(_EXPECTED.findall(text)) / len(text)
    ideographs = re.findall(r"[一-鿿]", text)
    common = sum(_everyday(character) for character in ideographs)
    if expected < MIN_EXPECTED_SHARE or common < MIN_COMMON_SHARE * len(ideographs):
        raise SourceError(f"{path}: neither UTF-8 nor GB18030 gives readable text. Save the file as UTF-8.")


def _everyday(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
