"""Whether the packed streams of a PDF come out whole: a flipped bit, a lost block.

PDFium shows as much of a damaged stream as it can and says nothing, so that half a page passes for a whole
one.  Packed streams end in a checksum (RFC 1950), which is checked here.  Left out: pictures, whose damage
shows no words wrongly, streams packed in other ways, and encrypted files.
"""

from __future__ import annotations

import re
import zlib
from base64 import a85decode
from collections.abc import Iterator
from typing import Final

from index.errors import SourceError

_BEGINS: Final = re.compile(rb"(?<!end)stream\r?\n")
_LENGTH: Final = re.compile(rb"/Length\s+(\d{1,15})(?!\s+\d{1,10}\s+R)\b")
# /Filter /FlateDecode or [/FlateDecode] alone, or written in ASCII: [/ASCII85Decode /FlateDecode]
_PACKED: Final = re.compile(
    rb"/Filter\s*(?:\[\s*(?P<ascii>/ASCII85Decode\s*)?/FlateDecode\s*\]|/FlateDecode\b)"
)
_PICTURE: Final = re.compile(rb"/Subtype\s*/Image")
LONGEST_HEAD: Final = 2000
"""Bytes that a stream's dictionary may have."""
_CHUNK: Final = 1 << 20


def refuse_damaged(data: bytes, name: str) -> None:
    """Raise SourceError, which begins with ``name``, where a packed stream does not come out whole."""
    if b"/Encrypt" in data:
        return
    for start, end, is_ascii in _packed(data):
        if not _comes_out(data[start:end], is_ascii):
            raise SourceError(
                f"{name}: is damaged: what is packed at byte {start} does not come out whole, so that words "
                "would be missing or wrong. Fetch it again."
            )


def _packed(data: bytes) -> Iterator[tuple[int, int, bool]]:
    """Where each stream that is packed and no picture begins and ends, and whether it is written in ASCII."""
    at = 0
    while found := _BEGINS.search(data, at):
        at = found.end()
        head = data[max(0, found.start() - LONGEST_HEAD) : found.start()]
        said = head[head.rfind(b" obj") :] if b" obj" in head else b""
        length = _LENGTH.search(said)
        packed = _PACKED.search(said)
        if length and packed and not _PICTURE.search(said):
            yield at, at + int(length[1]), packed["ascii"] is not None
            at += int(length[1])


def _comes_out(packed: bytes, is_ascii: bool) -> bool:
    """False where unpacking fails; an end without a checksum passes, as some writers leave it out."""
    unpacking = zlib.decompressobj()
    try:
        if is_ascii:
            packed = a85decode(packed.strip().removesuffix(b"~>"))
        while packed and not unpacking.eof:
            unpacking.decompress(packed, _CHUNK)
            packed = unpacking.unconsumed_tail
    except (zlib.error, ValueError):
        return False
    return True
