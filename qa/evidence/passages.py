"""The parts of a clause that can be quoted (sentences, cells, phrases), and which the judge points at.

A sentence counts by its most answering words.  What is quoted is cut at sentence ends and commas, so that it
can be read by itself; offsets are those of the document.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from index.entries import Entry
from index.language.sentences import Span, sentences
from qa.search.judged import OUTSIDE, Judged

ANSWERS: Final = 0.0
"""Log odds from which a part is held for the answer: more likely than not."""
POINT: Final = 6
"""Characters whose mean log odds a part counts by: the shortest answers (2027年底) have about so many."""
LONGEST_SENTENCE: Final = 160
"""A longer sentence is taken apart at its semicolons, and a longer part of one at its commas."""
LONGEST_PHRASE: Final = 90

# Up to a comma that stands in no bracket: (县住建局,县财政局) stays whole.
_PHRASE = re.compile(r"(?:[(（][^()（）]*[)）]|[^,，])+[,，]?")
ITEM_MARK: Final = r"——|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}[.、．](?!\d)|[①-⑳]"
"""What an item of a list begins with: （一）, 1., ①, ——."""
_TELLS = re.compile(r"[\d，,；;：:]")  # 健康申报证明从2月17日开始办理，至…: an opening sentence and no name
# 按以下程序实施： ——自我评价。: what announces items is a sentence of its own
_BEFORE_ITEM = re.compile(rf"[:：]\s*(?={ITEM_MARK})")
_ASKS = ("？", "?")
_NOT_WORDS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a clause (offsets in the document).

    ``score``: log odds, by the judge, that its most answering words belong to the answer.  ``heading`` is
    true where it only names what the clause is about, or asks it.
    """

    start: int
    end: int
    score: float
    heading: bool = False


def passages_of(entry: Entry, judged: Judged | None) -> list[Passage]:
    """The clause's sentences (a row's cells), best first; in the order of the text where it was not read."""
    clause = entry.clause
    spans = (
        [Span(cell.start, cell.end) for cell in clause.cells]
        if clause.cells
        else _sentences(clause.text, clause.start)
    )
    found = [
        Passage(
            span.start,
            span.end,
            point_of(judged, span.start - clause.start, span.end - clause.start),
            not clause.cells and _says_nothing(entry, _text(entry, span.start, span.end)),
        )
        for span in spans
    ]
    return sorted(found, key=lambda passage: (passage.heading, -passage.score))


def point_of(judged: Judged | None, start: int, end: int) -> float:
    """The mean log odds of the part's POINT most answering characters."""
    if judged is None or start >= end:
        return float(OUTSIDE)
    return float(np.sort(judged.inside[start:end])[-POINT:].mean())


def phrases_of(entry: Entry, passage: Passage) -> list[Span]:
    """The passage cut after its commas, offsets in the document."""
    offset = entry.clause.start
    found = _PHRASE.finditer(entry.clause.text, passage.start - offset, passage.end - offset)
    return [Span(offset + match.start(), offset + match.end()) for match in found]


def in_order(passages: Sequence[Passage]) -> list[Passage]:
    """The passages in the order of the text."""
    return sorted(passages, key=lambda passage: passage.start)


def _text(entry: Entry, start: int, end: int) -> str:
    return entry.clause.text[start - entry.clause.start : end - entry.clause.start]


def _says_nothing(entry: Entry, text: str) -> bool:
    """True for a question that the clause goes on to answer (如何办理？), and for its own heading."""
    return text.rstrip().endswith(_ASKS) or _names_only(entry, text)


def _names_only(entry: Entry, text: str) -> bool:
    """True for the clause's own heading (11.建设新型智慧城市。), where more stands below it."""
    clause = entry.clause
    if not clause.heading or len(text) >= len(clause.text.rstrip()) or _TELLS.search(clause.heading):
        return False
    return _bare(text.removeprefix(clause.label or "")) == _bare(clause.heading)


def _bare(text: str) -> str:
    return _NOT_WORDS.sub("", text)


def _sentences(text: str, offset: int) -> list[Span]:
    """Sentences, those longer than LONGEST_SENTENCE taken apart at semicolons; offsets in the document."""
    found: list[Span] = []
    for span in itertools.chain.from_iterable(_before_items(text, one) for one in sentences(text)):
        if span.end - span.start <= LONGEST_SENTENCE:
            found.append(span)
        else:
            inner = sentences(text[span.start : span.end], semicolons=True)
            found += [part for s in inner for part in _pieces(text, span.start + s.start, span.start + s.end)]
    return [Span(offset + span.start, offset + span.end) for span in found]


def _before_items(text: str, span: Span) -> list[Span]:
    """The sentence cut where the first item of those that it announces begins."""
    match = _BEFORE_ITEM.search(text, span.start, span.end)
    if match is None:
        return [span]
    return [Span(span.start, match.start() + 1), Span(match.end(), span.end)]


def _pieces(text: str, start: int, end: int) -> list[Span]:
    """A long part of a sentence cut at commas into pieces of LONGEST_PHRASE characters, where it can be."""
    if end - start <= LONGEST_SENTENCE:
        return [Span(start, end)]
    pieces: list[Span] = []
    for match in _PHRASE.finditer(text, start, end):
        last = pieces[-1] if pieces else None
        if last and match.end() - last.start <= LONGEST_PHRASE:
            pieces[-1] = Span(last.start, match.end())
        else:
            pieces.append(Span(match.start(), match.end()))
    return pieces
