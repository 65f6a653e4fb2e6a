"""Outline → clauses: what belongs together is joined, what is too long is cut, nothing is lost.

The clause is the smallest piece that a reader would cite: an article with its 款 and 项, a paragraph with
the bracket of agencies that closes it, a table row.  A list of short items is one clause with the
sentence that leads to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.clauses.numbering import SHI
from index.clauses.outline import WHOLE_DOCUMENT, Place, outline
from index.clauses.segments import Segment
from index.language.sentences import sentences
from index.metadata.describe import Description
from index.records import Cell, Clause, ClauseKind, Grid

LONGEST = 800
"""A paragraph longer than this is cut at 一是…二是… or between sentences. No clause of the five policy
documents is: their longest line, of 1,122 characters, is cut before its aspects, and their
longest clause has 785."""
LONGEST_ITEM = 40
"""List items up to this length mean little alone and are joined with their neighbours."""
LONGEST_JOINED = 300
LONGEST_FRONT = 1000

_CLOSED = re.compile(r"[)）][。]?$")
# What a task says beyond its subject, who and until when: 县教育局牵头, 责任单位：…, 由县民政局负责,
# 2025年10月底前, a bracket that closes it
_CHARGED = re.compile(
    r"牵头|(?:责任|主责|负责|承办|实施|落实|配合|协办|主办|参加|主管)(?:单位|部门|主体|领导|人)?[:：]"
    r"|(?<=[局委办厅会府室门院校司心站所队镇乡街])(?:按职责|具体|分别|共同|组织|会同[^，。]{2,20})*负责|[）)][。；;]?$"
    r"|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日|底|末)?(?:以?前|之前)|\d{1,2}月(?:底|末|\d{1,2}日)前|年底前|季度(?:末|底)?前"
)
_LEADS_TO_LIST = re.compile(r"[:：]$")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A clause in the making."""

    kind: ClauseKind
    path: tuple[str, ...]
    label: str | None
    heading: str | None
    start: int
    end: int
    segment: Segment | None = None


def cut(text: str, description: Description, grids: Iterable[Grid] = ()) -> tuple[Clause, ...]:
    """Cut a clean text into clauses that tile it; ``grids`` are the tables that its file holds.

    ``text[clause.start : clause.end] == clause.text``, clauses do not overlap, and every character that
    is not blank is in exactly one, whatever the text.
    """
    pieces = _join(text, (_piece(text, place) for place in outline(text, description, grids)))
    pieces = _without_lone_openings([part for piece in pieces for part in _divide(text, piece)])
    return tuple(
        Clause(
            ordinal=ordinal,
            kind=piece.kind,
            path=piece.path,
            label=piece.label,
            heading=piece.heading,
            start=piece.start,
            end=piece.end,
            text=text[piece.start : piece.end],
            cells=_cells(piece),
        )
        for ordinal, piece in enumerate(pieces)
    )


def _piece(text: str, place: Place) -> tuple[_Piece, bool]:
    segment = place.segment
    label = segment.marker.label if segment.marker and not place.joins else None
    if place.kind == "row" and segment.row and segment.row.cells:
        first = text[segment.row.cells[0].start : segment.row.cells[0].end]
        label = first if first.isdecimal() else None
    piece = _Piece(place.kind, place.path, label, place.heading, segment.start, segment.end, segment)
    return piece, place.joins


def _without_lone_openings(pieces: list[_Piece]) -> list[_Piece]:
    """A paragraph's opening phrase names it only among several paragraphs under one heading."""
    count = Counter(piece.path for piece in pieces if piece.kind == "body")
    return [
        replace(piece, heading=None)
        if piece.label is None and piece.path and count[piece.path] == 1 and piece.kind == "body"
        else piece
        for piece in pieces
    ]


def _join(text: str, placed: Iterable[tuple[_Piece, bool]]) -> list[_Piece]:
    """Join what continues an article, the lines of the front, and short items with their neighbours."""
    joined: list[_Piece] = []
    for piece, joins in placed:
        if joined and (joins or _belongs(text, joined[-1], piece)):
            last = joined[-1]
            joined[-1] = replace(last, end=piece.end, segment=None)
        else:
            joined.append(piece)
    return joined


def _belongs(text: str, last: _Piece, piece: _Piece) -> bool:
    """True where a piece reads on from the one before it."""
    length, before = piece.end - piece.start, last.end - last.start
    if piece.kind == last.kind == "front":
        return before + length <= LONGEST_FRONT
    if not piece.kind == last.kind == "body" or before + length > LONGEST_JOINED:
        return False
    if _is_article(piece) or _is_article(last):
        return False
    words = text[last.start : last.end]
    if piece.label is not None:
        section = piece.label.endswith("、") and not piece.label[0].isdecimal()  # 一、 opens no item
        apart = length > LONGEST_ITEM or section or _is_task(text, piece, last)
        return not apart and _takes_item(words, last, piece)
    apart = last.path != piece.path or last.label is not None or bool(_CLOSED.search(words))
    if apart or WHOLE_DOCUMENT.match(text, piece.start):
        return False
    return length <= LONGEST_ITEM or before <= LONGEST_ITEM


def _is_task(text: str, piece: _Piece, last: _Piece) -> bool:
    """True where an item or its sibling before it says who does it or until when: each is cited by itself."""
    if _CHARGED.search(text, piece.start, piece.end):
        return True
    return last.label is not None and bool(_CHARGED.search(text, last.start, last.end))


def _takes_item(words: str, last: _Piece, piece: _Piece) -> bool:
    """True where a short list item goes with the sentence that leads to it, or with its short sibling."""
    sibling = last.label is not None and len(words) <= LONGEST_ITEM
    return (last.path == piece.path and (sibling or "\n" in words)) or bool(_LEADS_TO_LIST.search(words))


def _is_article(piece: _Piece) -> bool:
    return piece.label is not None and piece.label.startswith("第") and "条" in piece.label


def _divide(text: str, piece: _Piece) -> list[_Piece]:
    """Cut a long paragraph into parts; an article stays whole."""
    if piece.kind != "body" or _is_article(piece) or piece.end - piece.start <= LONGEST:
        return [piece]
    body = text[piece.start : piece.end]
    positions = _cut_positions(body)
    inner = (*piece.path, (piece.label or "") + piece.heading) if piece.heading else piece.path
    parts: list[_Piece] = []
    for begin, end in pairwise([0, *positions, len(body)]):
        words = body[begin:end]
        left = len(words) - len(words.lstrip())
        right = len(words) - len(words.rstrip())
        if left == len(words):
            continue  # a long run of blanks is no clause
        first = not parts
        parts.append(
            replace(
                piece,
                path=piece.path if first else inner,
                label=piece.label if first else None,
                heading=piece.heading if first else None,
                start=piece.start + begin + left,
                end=piece.start + end - right,
                segment=None,
            )
        )
    return parts


def _cut_positions(body: str) -> list[int]:
    """Where to cut: parts of about equal length below LONGEST, at 一是 if one is near, else at sentences."""
    ends = [span.start for span in sentences(body)[1:]]
    shi = sorted({m.start() for m in SHI.finditer(body)} & set(ends))
    count = -(-len(body) // LONGEST)
    part = len(body) / count
    positions: list[int] = []
    for number in range(1, count):
        last, aim = positions[-1] if positions else 0, part * number
        preferred = _nearest(shi, aim, last)
        if preferred is None or abs(preferred - aim) >= part / 3:
            preferred = _nearest(ends, aim, last)
        if preferred is None:
            break
        positions.append(preferred)
    return _no_part_too_long(body, positions)


def _nearest(places: Sequence[int], aim: float, last: int) -> int | None:
    """The place after ``last`` that is nearest to ``aim``; the earlier of two; None without one."""
    at = bisect_left(places, aim)
    return min(
        (p for p in places[max(at - 1, 0) : at + 1] if p > last), key=lambda p: abs(p - aim), default=None
    )


def _no_part_too_long(body: str, positions: list[int]) -> list[int]:
    """Text without sentence ends is cut at blanks, commas or, at last, by length."""
    out: list[int] = []
    start = 0
    for end in [*positions, len(body)]:
        while end - start > LONGEST:
            window = body[start + LONGEST // 2 : start + LONGEST]
            soft = max((window.rfind(mark) for mark in "\n；;，,、 \u3000"), default=-1)
            start += LONGEST // 2 + soft + 1 if soft >= 0 else LONGEST
            out.append(start)
        if end < len(body):
            out.append(end)
        start = end
    return out


def _cells(piece: _Piece) -> tuple[Cell, ...]:
    segment = piece.segment
    if segment is None or segment.row is None or segment.table is None or segment.row.kind != "row":
        return ()
    columns = [*segment.table.columns, *[""] * len(segment.row.cells)]
    return tuple(
        Cell(column, cell.start, cell.end)
        for column, cell in zip(columns, segment.row.cells, strict=False)
        if cell.end > cell.start
    )
