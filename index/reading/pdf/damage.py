"""Whether a PDF comes out whole: a flipped bit, a lost block.

PDFium shows as much of a damaged file as it can and says nothing, so that half a page passes for a whole
one.  Packed streams have an end and mostly a checksum (RFC 1950, 1951), filters have names, the table of
objects leads to objects: what contradicts that is damage.  Left out: pictures, whose damage shows no words
wrongly, streams packed in other ways, fonts, and encrypted files.
"""

from __future__ import annotations

import re
import zlib
from base64 import a85decode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from index.errors import SourceError
from index.reading.pdf.damage_skia import damage_of_skia

_BEGINS: Final = re.compile(rb"(?<!end)stream\r?\n")
_LENGTH: Final = re.compile(rb"/Length\s+(\d{1,15})(?!\s+\d{1,10}\s+R)\b")
_END: Final = re.compile(rb"\r?\n?endstream")
# /Filter /FlateDecode or [/FlateDecode] alone, or written in ASCII: [/ASCII85Decode /FlateDecode]
_PACKED: Final = re.compile(
    rb"/Filter\s*(?:\[\s*(?P<ascii>/ASCII85Decode\s*)?/FlateDecode\s*\]|/FlateDecode\b)"
)
_FILTERS: Final = re.compile(rb"/Filter\s*(?:\[(?P<many>[^\]]{0,200})\]|/(?P<one>[^\s/<>\[\]()]{1,40}))")
_KNOWN: Final = frozenset(
    b"ASCIIHexDecode ASCII85Decode LZWDecode FlateDecode RunLengthDecode CCITTFaxDecode JBIG2Decode DCTDecode"
    b" JPXDecode Crypt AHx A85 LZW Fl RL CCF DCT".split()
)
"""Filters by name (ISO 32000-1, table 6 and 8.9.7)."""
_NAMED: Final = re.compile(rb"/(?:Flate|ASCII85|ASCIIHex|LZW)Decode\b")
# 12 0 obj << … /Filter … >> endobj: what was to be followed by a stream
_WITHOUT_STREAM: Final = re.compile(
    rb"\d\s+obj\b(?:(?!endobj|(?<!end)stream|\bobj\b).){0,2000}?/Filter\b"
    rb"(?:(?!endobj|(?<!end)stream).){0,2000}?endobj",
    re.DOTALL,
)
_UNLINED: Final = re.compile(rb">>\s{0,2}stream(?![\r\n])")  # a stream begins on a line of its own
_TABLE: Final = re.compile(rb"\bxref\s+(?P<rows>(?:\d+ \d+\s+(?:\d{10} \d{5} [nf][ \r\n]{1,2})*)+)")
_TRAILER: Final = re.compile(rb"\s*trailer")
_SECTION: Final = re.compile(rb"(?P<first>\d+) \d+\s+(?P<rows>(?:\d{10} \d{5} [nf][ \r\n]{1,2})*)")
_ROW: Final = re.compile(rb"(\d{10}) \d{5} ([nf])")
_OBJECT: Final = re.compile(rb"\s{0,4}(\d{1,10})\s+\d{1,5}\s+obj(?=[\s<\[(/\d%\x00-])")
_PICTURE: Final = re.compile(rb"/Subtype\s*/Image")
LONGEST_HEAD: Final = 2000
"""Bytes that a stream's dictionary may have."""
_CHUNK: Final = 1 << 20


def refuse_damaged(data: bytes, name: str) -> None:
    """Raise SourceError, which begins with ``name``, where the file contradicts itself."""
    if b"/Encrypt" in data:
        return
    at = _damage(data)
    if at is not None:
        raise SourceError(
            f"{name}: is damaged: what stands at byte {at} does not come out whole, so that words "
            "would be missing or wrong. Fetch it again."
        )


def _damage(data: bytes) -> int | None:
    """Where the first damage was noticed; None where none was."""
    for stream in _streams(data):
        if not _is_whole(stream, data):
            return stream.start
    lone = _WITHOUT_STREAM.search(data) or _UNLINED.search(data)
    if lone:
        return lone.start()
    misled = _misled(data)
    return damage_of_skia(data) if misled is None else misled


@dataclass(frozen=True, slots=True)
class _Stream:
    """A stream's dictionary as written, and where its bytes begin and end."""

    said: bytes
    start: int
    end: int


def _streams(data: bytes) -> Iterator[_Stream]:
    at = 0
    while found := _BEGINS.search(data, at):
        start = at = found.end()
        head = data[max(0, found.start() - LONGEST_HEAD) : found.start()]
        if b" obj" not in head:
            continue
        said = head[head.rfind(b" obj") :]
        length = _LENGTH.search(said)
        stop = start + int(length[1]) if length else -1
        if stop < 0 or not _END.match(
            data, stop
        ):  # told elsewhere, or told wrongly: readers look for the end
            end = _END.search(data, start)
            stop = end.start() if end else len(data)
        yield _Stream(said, start, stop)
        at = max(stop, start)


def _is_whole(stream: _Stream, data: bytes) -> bool:
    said, filters = stream.said, _FILTERS.search(stream.said)
    if filters is None:
        held = data[stream.start : stream.end]
        if _NAMED.search(said):  # /Filter itself was lost
            return False
        return held[:1] != b"x" or not _comes_out(held, is_ascii=False)
    names = filters["many"].replace(b"/", b" ").split() if filters["many"] is not None else [filters["one"]]
    if not _KNOWN.issuperset(names) and b" R" not in filters[0]:
        return False
    packed = _PACKED.search(said)
    if packed is None or _PICTURE.search(said):
        return True
    return _comes_out(data[stream.start : stream.end], packed["ascii"] is not None)


def _misled(data: bytes) -> int | None:
    """The place of an entry of the table of objects that leads to none while most lead to theirs."""
    base = max(data.find(b"%PDF-", 0, 1024), 0)
    for table in _TABLE.finditer(data):
        if not _TRAILER.match(data, table.end()):
            return table.end()  # a row that is none
        right, wrong = 0, list[int]()
        for section in _SECTION.finditer(data, table.start("rows"), table.end("rows")):
            rows = _ROW.finditer(data, section.start("rows"), section.end("rows"))
            for number, row in enumerate(rows, int(section["first"])):
                if row[2] == b"f":
                    continue
                led = _OBJECT.match(data, base + int(row[1]))
                if led and int(led[1]) == number:
                    right += 1
                else:
                    wrong.append(row.start())
        if wrong and len(wrong) < right:
            return wrong[0]
    return None


def _comes_out(packed: bytes, is_ascii: bool) -> bool:
    """Whether unpacking reaches the stream's end, and its checksum where it has one."""
    try:
        if is_ascii:
            packed = a85decode(packed.strip().removesuffix(b"~>"))
        return _reaches_end(packed, zlib.MAX_WBITS) or _reaches_end(packed[2:], -zlib.MAX_WBITS)
    except (zlib.error, ValueError):
        return False


def _reaches_end(packed: bytes, bits: int) -> bool:
    unpacking = zlib.decompressobj(bits)
    while packed and not unpacking.eof:
        unpacking.decompress(packed, _CHUNK)
        packed = unpacking.unconsumed_tail
    return unpacking.eof
