"""What OCR gets wrong in a way that can be told: a lost 、 after a number, a lone traditional character.

The 、 is the smallest sign on a page (三重点任务): it is put back where the numbers count on.  In a file of
simplified characters 強 is 强 misread.  Every other misread word stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import opencc

from index.language.numerals import read_number
from index.reading.pdf.page import Page, Piece

LONGEST_HEADING = 24
"""Characters: a longer line that begins with a numeral is running text; headings have 10 to 20."""
MOST_TRADITIONAL = 0.02
"""Share of traditional characters up to which a file is simplified: misread ones are .0003 of the samples,
a text in traditional characters has .3."""

_NUMBERED = re.compile(r"([一二三四五六七八九十]{1,3})[、，,.．]")  # 二、
_BARE = re.compile(r"([一二三四五六七八九十]{1,3})(?=[一-鿿])(?!是|方面|个|级|类|次|年|月|日)")  # 三重点任务


def mended(pages: Sequence[Page]) -> Iterator[Page]:
    """The pages of one file's scans with what can be told put right."""
    text = "".join(piece.text for page in pages for piece in page.pieces)
    changed = sum(_simplified(character) != character for character in text)
    simplified = 0 < changed <= MOST_TRADITIONAL * len(text)
    last = 0.0
    for page in pages:
        pieces = []
        for piece in page.pieces:
            words = "".join(map(_simplified, piece.text)) if simplified else piece.text
            numbered, bare = _NUMBERED.match(words), _BARE.match(words)
            if bare and len(words) <= LONGEST_HEADING and last and read_number(bare[1]) == last + 1:
                words = f"{bare[1]}、{words[bare.end() :]}"
                last += 1
            elif numbered:
                last = read_number(numbered[1]) or 0.0
            pieces.append(_with(piece, words))
        yield replace(page, pieces=tuple(pieces))


def _with(piece: Piece, words: str) -> Piece:
    return piece if words == piece.text else replace(piece, text=words)


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def _simplified(character: str) -> str:
    """One character for one, whatever stands beside it."""
    return str(_converter().convert(character))
