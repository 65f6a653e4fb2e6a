"""Sentences: the spans between the ends 。！？；, with their closing marks and brackets.

Line breaks end a sentence too.  Brackets and quotation marks are not balanced: a quotation that holds
several sentences is cut at each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_END = re.compile(r"[。！？!?]+[”’』」）)]*(?:\s*[（(][^（）()\n]{2,400}[)）][。]?)?|\n+")
_CLAUSE_END = re.compile(r"[。！？!?；;]+[”’』」）)]*|\n+")


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]``, without surrounding blanks."""

    start: int
    end: int


def sentences(text: str, *, semicolons: bool = False) -> list[Span]:
    """The sentences of a text, in order; a bracket right after a sentence's end belongs to it.

    With ``semicolons`` the parts between ；are taken apart as well and a bracket stands on its own.
    Every character that is not blank is in exactly one span.
    """
    spans: list[Span] = []
    start = 0
    for match in (_CLAUSE_END if semicolons else _END).finditer(text):
        _append(spans, text, start, match.end())
        start = match.end()
    _append(spans, text, start, len(text))
    return spans


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        begin = start + piece.index(stripped[0])
        spans.append(Span(begin, begin + len(stripped)))
