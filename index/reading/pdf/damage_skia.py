"""Whether what Chromium printed comes out whole: the part of its files that no checksum covers.

Chromium (Skia/PDF) writes a font of pictures for every 256 characters, unpacked: a flipped bit there loses a
character or takes it for a blank, and no packed stream tells.  What it writes is strict: objects follow one
another with nothing between, each is led to, a font of pictures has a width and a name for each code and a
picture for each name.  What contradicts that is damage.  Left out: what other programs write or have written
to since, which is legal in more ways; numbers that only place characters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

_MADE_BY: Final = re.compile(rb"/Producer \(Skia/PDF m\d+\)")
_OPENS: Final = re.compile(rb"(\d{1,10}) 0 obj\n")
_TABLE: Final = re.compile(rb"xref\n0 (\d{1,10})\n")
_TOKEN: Final = re.compile(
    rb"[ \n]*(?:(?P<ref>\d{1,10} 0 R)(?![^ \n/\]>])|(?P<number>[+-]?(?:\d+\.?\d*|\.\d+))(?![^ \n/\]\[<>(])"
    rb"|/(?P<name>[!-$&'*-.0-;=?-Z\\^-z|~]*)(?![^ \n/\]\[<>(])|(?P<mark><<|>>|\[|\])"
    rb"|(?P<text>\((?:[^()\\]|\\.)*+\)|<[0-9A-Fa-f]*>)|(?P<word>true|false|null)(?![^ \n/\]>]))",
    re.DOTALL,
)
_STREAM: Final = re.compile(rb" ?stream\n")
_STREAM_ENDS: Final = re.compile(rb"\n?endstream\nendobj\n")
_ENDS: Final = re.compile(rb"\n?endobj\n")
_FONT_NUMBER: Final = re.compile(rb"F(\d{1,10})")
_TELLING: Final = frozenset(
    b"CharProcs Contents Count Differences Encoding FirstChar Font Kids LastChar Length MediaBox Page Pages"
    b" Resources Subtype ToUnicode Type Type3 Widths XObject DescendantFonts Filter".split()
)
"""Names that say where words are; one that differs from one of them in a bit is a flipped one."""
_FONTS: Final = frozenset(b"Type0 Type1 Type3 TrueType MMType1 CIDFontType0 CIDFontType2".split())
_OF_A_FONT: Final = (b"FirstChar", b"LastChar", b"Widths", b"FontMatrix")
_LEGAL: Final = _TELLING | {b"Type0", b"Type1", b"Type2"}


@dataclass(frozen=True, slots=True)
class _Ref:
    number: int


@dataclass(slots=True)
class _Dict:
    """The pairs of a dictionary; ``doubled`` where a name stands twice."""

    held: dict[bytes, object] = field(default_factory=dict)
    doubled: bool = False


_Held = dict[int, tuple[int, object]]
"""Of each object by its number: where it begins, and what it is."""


class _NotWholeError(Exception):
    """What stands at ``at`` is not as Skia writes it."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


def damage_of_skia(data: bytes) -> int | None:
    """Where a file that says Chromium printed it contradicts itself; None where nothing does."""
    if not _MADE_BY.search(data) or data.count(b"%%EOF") != 1:
        return None
    try:
        held, end = _objects(data)
        led = Counter(one.number for _, value in held.values() for one in _refs(value))
        led.update(one.number for one in _refs(_trailer(data, end)))
        _check(held, led)
    except _NotWholeError as found:
        return found.at
    return None


def _objects(data: bytes) -> tuple[_Held, int]:
    """Every object, and where the table of them begins."""
    held: _Held = {}
    opens = _OPENS.search(data, 0, 200)
    if opens is None:
        raise _NotWholeError(0)
    at = opens.start()
    while opens := _OPENS.match(data, at):
        value, end = _value(data, opens.end())
        stream = _STREAM.match(data, end)
        if stream:
            length = _count(value.held.get(b"Length")) if isinstance(value, _Dict) else -1
            ends = _STREAM_ENDS.match(data, stream.end() + length) if length >= 0 else None
        else:
            ends = _ENDS.match(data, end)
        if ends is None or int(opens[1]) in held:
            raise _NotWholeError(end)
        held[int(opens[1])] = at, value
        at = ends.end()
    if not _TABLE.match(data, at):
        raise _NotWholeError(at)
    return held, at


def _trailer(data: bytes, table: int) -> object:
    at = data.find(b"trailer\n", table)
    if at < 0:
        raise _NotWholeError(table)
    return _value(data, at + len(b"trailer\n"))[0]


def _value(data: bytes, at: int) -> tuple[object, int]:
    """A value and where it ends."""
    waiting: list[list[object]] = [[]]
    opened: list[bytes] = []
    while True:
        token = _TOKEN.match(data, at)
        if token is None:
            raise _NotWholeError(at)
        at = token.end()
        mark = token["mark"]
        if mark in (b"<<", b"["):
            waiting.append([])
            opened.append(mark)
            continue
        if mark:
            if not opened or opened.pop() != (b"<<" if mark == b">>" else b"["):
                raise _NotWholeError(at)
            items = waiting.pop()
            waiting[-1].append(_pairs(items, at) if mark == b">>" else items)
        else:
            waiting[-1].append(_simple(token))
        if not opened:
            return waiting[0][0], at


def _simple(token: re.Match[bytes]) -> object:
    if token["ref"]:
        return _Ref(int(token["ref"].split()[0]))
    if token["number"]:
        return float(token["number"])
    return token["name"] if token["name"] is not None else token["text"] or token["word"]


def _pairs(items: list[object], at: int) -> _Dict:
    if len(items) % 2 or not all(isinstance(name, bytes) for name in items[::2]):
        raise _NotWholeError(at)
    pairs = zip(items[::2], items[1::2], strict=True)
    held = {name: value for name, value in pairs if isinstance(name, bytes)}
    return _Dict(held, doubled=len(held) < len(items) // 2)


def _count(value: object) -> int:
    """A whole number from 0 on; -1 for all else."""
    return int(value) if isinstance(value, float) and value.is_integer() and value >= 0 else -1


def _parts(value: object) -> Iterator[_Dict | _Ref]:
    """The dictionaries and references of a value, itself and at any depth."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, (_Dict, _Ref)):
            yield one
        inner = one.held.values() if isinstance(one, _Dict) else one if isinstance(one, list) else ()
        waiting.extend(part for part in inner if isinstance(part, (_Dict, _Ref, list)))


def _refs(value: object) -> Iterator[_Ref]:
    return (one for one in _parts(value) if isinstance(one, _Ref))


def _check(held: _Held, led: Counter[int]) -> None:
    """Raise where objects contradict one another."""
    if missing := led.keys() - held.keys():
        misled = (at for at, value in held.values() if any(one.number in missing for one in _refs(value)))
        raise _NotWholeError(next(misled, 0))
    numbered: list[tuple[bool, int]] = []
    for number, (at, value) in held.items():
        if not led[number]:
            raise _NotWholeError(at)
        if not _has_pages(value, held):
            raise _NotWholeError(at)
        for one in _parts(value):
            if not isinstance(one, _Dict):
                continue
            if one.doubled or any(map(_is_flipped, one.held)) or not _is_font(one):
                raise _NotWholeError(at)
            fonts = one.held.get(b"Font")
            numbered += [(same, at) for same in _as_numbered(fonts)] if isinstance(fonts, _Dict) else []
    odd = [at for same, at in numbered if not same]
    if odd and 2 * len(odd) < len(numbered):
        raise _NotWholeError(odd[0])


def _has_pages(node: object, held: _Held) -> bool:
    """Whether a part of the tree of pages has as many as it says, each once; True for all else."""
    if not isinstance(node, _Dict) or node.held.get(b"Type") != b"Pages":
        return True
    kids, pages = node.held.get(b"Kids"), 0
    numbers = {one.number for one in kids if isinstance(one, _Ref)} if isinstance(kids, list) else set()
    for number in numbers:
        kid = held[number][1]
        kind = kid.held.get(b"Type") if isinstance(kid, _Dict) else None
        if not isinstance(kid, _Dict) or kind not in (b"Page", b"Pages"):
            return False
        pages += _count(kid.held.get(b"Count")) if kind == b"Pages" else 1
    return isinstance(kids, list) and len(numbers) == len(kids) and pages == _count(node.held.get(b"Count"))


def _as_numbered(fonts: _Dict) -> Iterator[bool]:
    """Whether each font of a page has the number of its object: /F80 80 0 R."""
    for name, font in fonts.held.items():
        told = _FONT_NUMBER.fullmatch(name)
        yield bool(told) and isinstance(font, _Ref) and int(told[1]) == font.number  # type: ignore[index]


@lru_cache(maxsize=65536)
def _is_flipped(name: bytes) -> bool:
    """Whether a name is one bit away from one that tells where words are, or it and what ends it: Contentr,
    Font! where the blank after Font was lost."""
    if name in _LEGAL:
        return False
    return any(
        any(len(name) == len(one) and _bits(name, one) == 1 for one in (other, other + b" ", other + b"\n"))
        for other in _TELLING
    )


def _bits(one: bytes, other: bytes) -> int:
    return sum((a ^ b).bit_count() for a, b in zip(one, other, strict=True))


def _is_font(font: _Dict) -> bool:
    """Whether a font of pictures is whole: a width and a name for each code, a picture for each name."""
    pictures, encoding = font.held.get(b"CharProcs"), font.held.get(b"Encoding")
    kind = font.held.get(b"Subtype")
    if kind != b"Type3":
        return pictures is None and (font.held.get(b"Type") != b"Font" or kind in _FONTS)
    first, last, widths, scale = (font.held.get(name) for name in _OF_A_FONT)
    names = encoding.held.get(b"Differences") if isinstance(encoding, _Dict) else None
    if not isinstance(pictures, _Dict) or not isinstance(names, list) or not isinstance(widths, list):
        return False
    named = {one for one in names[1:] if isinstance(one, bytes)}
    sized = all(isinstance(one, float) for one in widths)
    codes = _count(last) - _count(first) + 1
    counts = names[:1] == [first] and len(widths) == codes == len(names) - 1
    return counts and sized and named == pictures.held.keys() and _scales(scale)


def _scales(matrix: object) -> bool:
    """Whether a matrix makes signs smaller and stands them on their feet: [.001 0 0 -.001 0 0]."""
    size = matrix[0] if isinstance(matrix, list) and matrix else None
    return isinstance(size, float) and matrix == [size, 0, 0, -size, 0, 0]
