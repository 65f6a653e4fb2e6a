"""Two printed lines: do they belong to one paragraph, and what stands between them?

Paragraphs end where a line leaves room for what comes next, where the next line is indented, larger,
further below, or numbered after the end of a sentence.  Nothing is known of the words themselves.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from index.reading.pdf.page import Line

SAME_SIZE = 1.12
"""Ratio of sizes within one paragraph: 三号 to 小三 is 1.07, text to heading 1.14 (小四 to 四号) or more."""
NEW_PARAGRAPH_STEP = 1.35
"""Distance between baselines in usual ones from which a blank line lies between; Word's rounding is 1.05."""
SLACK = 0.6
"""Characters a full line may stay short of its column's edge besides the one that did not fit: halved
punctuation and ragged edges."""
INDENTED = 0.7
"""Characters by which a line's start must differ from another's to be another place."""
LEAST_INDENT = 1.2
"""Characters: a first line is indented by two; the blank half of （ alone is .8 in a scan."""
CENTRED = 1.5
"""Characters by which the room left and right of a centred line may differ."""
LONGEST_HANG = 4.5
"""Characters between a number and its text: （十一）and a blank."""

# What may not begin a line, and so moves to the next one together with what stands before it.
_CLOSES = "。，、；：？！”’）》〉】〕」』,.;:?!)]}%％…"
_OPENS = "“‘（《〈【〔「『([{"
# A number that begins a paragraph: 一、 （三） 第十二条 1. 1、 ① (2) • 附件：
_MARKER = re.compile(
    r"\s*(?:[一二三四五六七八九十百]{1,4}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十百零〇\d]{1,5}[编章节条]"
    r"|\d{1,3}(?:\.\d{1,2}){0,3}(?:[.．、](?!\d)|\s)|[①-⑳]|[•●■◆▪·]\s*|附\s?件)"
)
_ENDED = re.compile(r"[。！？!?；;：:][”’）)》]*\s*$")
# 2024—2025, 100%,2025, https://…: where programs do not break
_LATIN_WORD = re.compile(r"[A-Za-z0-9][\w.,%/:@&+'’~—–-]*", re.ASCII)
_HYPHENATED = re.compile(r"[a-z]-$")  # develop-


@dataclass(frozen=True, slots=True)
class Style:
    """How a document sets its paragraphs: ``indent`` of first lines in characters; 0 where there is none."""

    indent: float


def style_of(lines: list[Line]) -> Style:
    """The document's style, from the lines that follow a short one."""
    starts = [
        after.indent
        for before, after in pairwise(lines)
        if before.room > 1 + SLACK and after.room < 1 + SLACK
    ]
    indented = sorted(indent for indent in starts if LEAST_INDENT < indent < LONGEST_HANG)
    return Style(indented[len(indented) // 2] if 2 * len(indented) > len(starts) else 0.0)


def goes_on(before: Line, after: Line, style: Style) -> bool:
    """True where ``after`` is the next line of the paragraph that ``before`` stands in."""
    return not (
        _are_apart(before, after) or _is_last(before, after, style) or _is_first(before, after, style)
    )


def _are_apart(before: Line, after: Line) -> bool:
    """True for lines of different size, or with a blank line between them."""
    if max(before.size, after.size) > SAME_SIZE * min(before.size, after.size):
        return True
    below = before.page == after.page and after.base > before.base
    step = (after.base - before.base) / before.size
    return below and bool(before.leading) and step > NEW_PARAGRAPH_STEP * before.leading


def _is_last(before: Line, after: Line, style: Style) -> bool:
    """True where the next line's first word would still have stood on this one."""
    needed = _width_of_first(after.text) + SLACK
    if _is_centred(before) and _is_centred(after):
        return before.room + before.indent > needed
    block = _is_block(before, after, style) and before.room < 1
    signed = before.indent > LONGEST_HANG and not block  # 落款, at the right
    return before.room > needed or _is_centred(after) or signed


def _is_first(before: Line, after: Line, style: Style) -> bool:
    """True where a line is indented as paragraphs are, or is numbered after the end of a sentence."""
    if _is_centred(before) or _hangs(before, after, style):
        return False
    further = after.indent > INDENTED and after.indent > before.indent - INDENTED
    if further and not _is_block(before, after, style):
        return True
    if style.indent and after.indent < INDENTED:
        return False  # 第二条管网…, which begins a line and no paragraph
    return bool(_MARKER.match(after.text) and _ENDED.search(before.text))


def _is_centred(line: Line) -> bool:
    """True for a line in the middle of its column, indented further than a paragraph."""
    return line.indent > 2 + INDENTED and abs(line.indent - line.room) < CENTRED


def _hangs(before: Line, after: Line, style: Style) -> bool:
    """True where a numbered line's text goes on below its text and not below its number."""
    step = (after.left - before.left) / before.size
    numbered = _MARKER.match(before.text) and not _MARKER.match(after.text)
    return bool(numbered) and INDENTED < step < LONGEST_HANG and abs(after.indent - style.indent) > INDENTED


def _is_block(before: Line, after: Line, style: Style) -> bool:
    """True for two lines of a block that is set in as a whole."""
    together = abs(after.left - before.left) < INDENTED * before.size
    return together and abs(after.indent - style.indent) > INDENTED


def _width_of_first(text: str) -> float:
    """The width, in characters, of what could not be parted from the beginning of a line."""
    end = 0
    while end < len(text) and text[end] in _OPENS:
        end += 1
    word = _LATIN_WORD.match(text, end)
    end = word.end() if word else end + 1
    while end < len(text) and text[end] in _CLOSES:
        end += 1
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text[:end])


def join_words(before: str, after: str) -> str:
    """Two lines of one paragraph as one: no blank between ideographs, none in a hyphenated word.

    A number that the line's end cut is whole again; Latin words are parted.
    """
    before, after = before.rstrip(), after.lstrip()
    if is_hyphenated(before, after):
        return before[:-1] + after
    return before + blank_between(before, after) + after


def is_hyphenated(before: str, after: str) -> bool:
    """True where a line's end parts a Latin word: develop- / ment."""
    return bool(_HYPHENATED.search(before)) and after[:1].islower()


def blank_between(before: str, after: str) -> str:
    """What stands at a line's end between two parts of a paragraph: a blank between Latin words."""
    if not before or not after:
        return ""
    a, b = before[-1], after[0]
    if not (a.isascii() and b.isascii()) or b in _CLOSES or a in _OPENS or a == "-":
        return ""
    chinese = any(character >= "一" for character in before)
    return "" if chinese and (a.isdigit() or b.isdigit()) else " "
