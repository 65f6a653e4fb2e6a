"""A PDF page's characters → pieces of text, upright, with their places.

The text decides which way up a page stands, not the page's own rotation: a table set sideways is read as it
would be held.  Characters that nobody sees (render mode 3 on a page with visible text, or beyond the page's
edge) are left out and told; text aslant is a watermark.  Annotations and form fields are no part of a
page's text.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw

from index.language.folding import unified
from index.reading.pdf.measures import THROUGH
from index.reading.pdf.page import Box, Piece
from index.reading.pdf.page_frame import Frame
from index.records import LeftReason

ASLANT = 5.0
"""Degrees from a quarter turn that make text a watermark (they stand at 30 to 60); scanned text layers
tilt by less than 3."""
WIDE_GAP = 0.8
"""A gap, in characters, that parts two pieces.  Justified Chinese lines stretch by less than .5; columns
stand 1.5 to 2 apart, less the mark that hangs beyond a line's end."""
WORD_GAP = 0.15
"""A gap between Latin letters that is a blank: 0.25 of the size in most fonts, letter-spacing has .05."""
SEEN_GAP = 0.6
"""The same beside an ideograph, where .25 is only typesetting (2025 年)."""
SAME_BASE = 0.15
"""Characters whose baselines lie this part of their size apart are on one line; notes are raised by .3."""
ASCENT = 0.88
"""The part of an ideograph above its baseline, in every CJK font of the samples."""
SHADOW = 0.15
"""A second drawing stands at most this part of the size beside the first; 11 and 22 stand .5 apart."""
THICK = 0.2
"""Characters that such a line is thick at most; shading behind words is thicker."""
MOST_UNREADABLE = 0.1
"""Share of characters without a meaning from which a page counts as garbled: sound pages of the samples
have none (bullets of symbol fonts, at most .02), fonts without a character map .9 and more."""
_INVISIBLE = 3  # PDF 32000-1, table 106: neither fill nor stroke
_UNREADABLE = ("Co", "Cn", "Cc", "Cs")  # private use, unassigned, control, half a surrogate pair


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as drawn, in the page's own coordinates (y up); ``turn`` in degrees."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    x: float
    y: float
    size: float
    turn: float
    hidden: bool
    unmapped: bool


@dataclass(frozen=True, slots=True)
class Written:
    """What is written on a page; ``garbled`` where its characters have no meaning.

    ``whole`` is all its text as PDFium itself gives it, ``unseen`` what of it nobody sees, by reason.
    """

    frame: Frame
    glyphs: tuple[Glyph, ...]
    watermark: str
    garbled: bool
    whole: str
    unseen: tuple[tuple[LeftReason, str], ...]

    @property
    def characters(self) -> int:
        """How many characters are not blank."""
        return sum(not glyph.text.isspace() for glyph in self.glyphs)


def read_glyphs(page: pypdfium2.PdfPage) -> Written:
    """The visible characters of a page; the hidden ones where there are no others (a searchable scan)."""
    textpage = page.get_textpage()
    try:
        drawn = list(_drawn(textpage))
        whole = textpage.get_text_range()
    finally:
        textpage.close()
    left, bottom, right, top = page.get_bbox()
    off = [g for g in drawn if g.right < left or g.left > right or g.top < bottom or g.bottom > top]
    away = set(map(id, off))
    drawn = [glyph for glyph in drawn if id(glyph) not in away]
    seen = [glyph for glyph in drawn if not glyph.hidden]
    # A scanner may stamp a visible number on a page whose text layer is hidden.
    kept = drawn if 2 * len(seen) < len(drawn) else seen
    undrawn = [glyph for glyph in drawn if glyph.hidden] if kept is seen else []
    upright = [glyph for glyph in kept if _aslant(glyph.turn) <= ASLANT]
    aslant = "".join(glyph.text for glyph in kept if _aslant(glyph.turn) > ASLANT)
    turns = Counter(_quarter(glyph.turn) for glyph in upright)
    frame = Frame(left, bottom, right, top, turns.most_common(1)[0][0] if turns else 0)
    unseen: tuple[tuple[LeftReason, str], ...] = (
        ("outside the page", "".join(glyph.text for glyph in off)),
        ("not drawn", "".join(glyph.text for glyph in undrawn)),
    )
    return Written(frame, tuple(upright), aslant.strip(), _is_garbled(upright), whole, unseen)


def _drawn(textpage: pypdfium2.PdfTextPage) -> Iterator[Glyph]:
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    high = ""
    count = textpage.count_chars()
    for index in range(count):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if raw.FPDFText_IsGenerated(textpage, index) or code in (0x0D, 0x0A):
            continue
        text = "-" if raw.FPDFText_IsHyphen(textpage, index) == 1 else chr(code)
        if 0xD800 <= code < 0xDC00:  # half of an ideograph beyond U+FFFF; the other half comes next
            if index + 1 < count and 0xDC00 <= raw.FPDFText_GetUnicode(textpage, index + 1) < 0xE000:
                high = text
                continue
            text = "\ufffd"  # or it does not: the font's map is wrong
        if high and 0xDC00 <= code < 0xE000:
            text = (high + text).encode("utf-16", "surrogatepass").decode("utf-16")
        high = ""
        raw.FPDFText_GetLooseCharBox(textpage, index, box)
        raw.FPDFText_GetMatrix(textpage, index, matrix)
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        drawn_by = raw.FPDFText_GetTextObject(textpage, index)
        yield Glyph(
            unified(text),
            *(box.left, box.bottom, box.right, box.top),
            *(x.value, y.value),
            size=raw.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d),
            turn=math.degrees(math.atan2(matrix.b, matrix.a)),
            hidden=bool(drawn_by) and raw.FPDFTextObj_GetTextRenderMode(drawn_by) == _INVISIBLE,
            unmapped=code == 0 or raw.FPDFText_HasUnicodeMapError(textpage, index) == 1,
        )


def _aslant(turn: float) -> float:
    """Degrees to the nearest quarter turn."""
    return abs((turn + 45) % 90 - 45)


def _quarter(turn: float) -> int:
    """Quarter turns, counter-clockwise, 0 to 3."""
    return round(turn / 90) % 4


def _is_garbled(glyphs: Sequence[Glyph]) -> bool:
    shown = [glyph for glyph in glyphs if not glyph.text.isspace()]
    bad = sum(
        glyph.unmapped or glyph.text == "�" or unicodedata.category(glyph.text) in _UNREADABLE
        for glyph in shown
    )
    return bad > MOST_UNREADABLE * len(shown)


@dataclass(frozen=True, slots=True)
class Runs:
    """A page's text in pieces; ``doubled`` are the characters that were drawn twice to look bold, ``struck``
    those that a line goes through."""

    pieces: tuple[Piece, ...]
    doubled: str
    struck: str


def runs_of(written: Written, rules: Sequence[Box]) -> Runs:
    """The characters as pieces, parted at wide gaps and at upright rules."""
    upright = [rule for rule in rules if rule.upright]
    pieces: list[Piece] = []
    run: list[Piece] = []
    doubled = ""
    placed = [_placed(glyph, order, written.frame) for order, glyph in enumerate(written.glyphs)]
    flat = [rule for rule in rules if not rule.upright]
    struck = [glyph for glyph in placed if flat and _is_struck(glyph, flat)]
    gone = set(map(id, struck))
    # The place of what was struck out stays filled, so that no blank is read there.
    for glyph in _by_line([replace(glyph, text="") if id(glyph) in gone else glyph for glyph in placed]):
        if run and _is_shadow(run[-1], glyph):
            doubled += glyph.text
            continue
        if run and not _goes_on(run[-1], glyph, upright):
            pieces += _piece(run)
            run = []
        run.append(glyph)
    return Runs((*pieces, *_piece(run)), doubled, "".join(glyph.text for glyph in struck))


def _is_struck(glyph: Piece, rules: Sequence[Box]) -> bool:
    """Whether a flat line goes through the middle of a character."""
    if glyph.sideways:
        return False
    x, low, high = (
        (glyph.left + glyph.right) / 2,
        glyph.base - THROUGH[0] * glyph.size,
        glyph.base - THROUGH[1] * glyph.size,
    )
    return any(
        rule.left <= x <= rule.right
        and high < (rule.top + rule.bottom) / 2 < low
        and rule.bottom - rule.top < THICK * glyph.size
        for rule in rules
    )


def _by_line(glyphs: Sequence[Piece]) -> Iterator[Piece]:
    """The characters baseline by baseline, from left to right; sideways ones as they were drawn.

    Programs draw the characters of one line font by font: the quotation marks after the words.
    """
    line: list[Piece] = []
    for glyph in sorted((g for g in glyphs if not g.sideways), key=lambda glyph: glyph.base):
        if line and glyph.base - line[0].base > SAME_BASE * line[0].size:
            yield from sorted(line, key=lambda glyph: glyph.left)
            line = []
        line.append(glyph)
    yield from sorted(line, key=lambda glyph: glyph.left)
    yield from (glyph for glyph in glyphs if glyph.sideways)


def _is_shadow(last: Piece, glyph: Piece) -> bool:
    """True for a character drawn a second time to look bold."""
    near = (
        abs(glyph.left - last.left) < SHADOW * glyph.size
        and abs(glyph.base - last.base) < SHADOW * glyph.size
    )
    return glyph.text == last.text and near


def _placed(glyph: Glyph, order: int, frame: Frame) -> Piece:
    """One character as a piece in the upright frame."""
    box = frame.box(glyph.left, glyph.bottom, glyph.right, glyph.top)
    _, base = frame.point(glyph.x, glyph.y)
    sideways = _quarter(glyph.turn) != frame.quarter
    # The height of the box is the font's affair: line gaps, tight boxes.
    top = box.top if sideways else base - ASCENT * glyph.size
    bottom = box.bottom if sideways else base + (1 - ASCENT) * glyph.size
    return Piece(glyph.text, box.left, box.right, top, bottom, base, glyph.size or 1.0, order, sideways)


def _goes_on(last: Piece, glyph: Piece, rules: Sequence[Box]) -> bool:
    """True where a character follows the last one on its line."""
    if last.sideways or glyph.sideways:
        near = WIDE_GAP * max(last.size, glyph.size)
        apart = max(
            glyph.top - last.bottom, last.top - glyph.bottom, glyph.left - last.right, last.left - glyph.right
        )
        return last.sideways == glyph.sideways and apart < near
    size = max(last.size, glyph.size)
    if abs(glyph.base - last.base) > SAME_BASE * size or min(last.size, glyph.size) < 0.8 * size:
        return False
    gap = glyph.left - last.right
    if not -0.5 * size < gap < WIDE_GAP * size:
        return False
    a, b = (last.left + last.right) / 2, (glyph.left + glyph.right) / 2
    return not any(a < rule.left < b and rule.top < glyph.middle < rule.bottom for rule in rules)


def _piece(run: Sequence[Piece]) -> Iterator[Piece]:
    """The run as one piece; nothing where it is blank."""
    parts = [run[0].text] if run else []
    for before, after in pairwise(run):
        parts.append(_blank(before, after) + after.text)
    text = "".join(parts)
    inked = [glyph for glyph in run if glyph.text.strip()]
    if inked:
        yield Piece(
            text.strip(),
            *(min(g.left for g in inked), max(g.right for g in inked)),
            *(min(g.top for g in inked), max(g.bottom for g in inked)),
            base=inked[0].base,
            size=max(g.size for g in inked),
            order=min(g.order for g in inked),
            sideways=run[0].sideways,
        )


def _blank(before: Piece, after: Piece) -> str:
    """A blank where the gap between two characters is one."""
    if before.sideways or before.text.isspace() or after.text.isspace():
        return ""
    latin = before.text.isascii() and after.text.isascii()
    gap = (after.left - before.right) / after.size
    return " " if gap > (WORD_GAP if latin else SEEN_GAP) else ""
