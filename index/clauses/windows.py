"""What is searched of a clause: the windows that are encoded and the words that are posted.

A clause is cited whole but may be too long for the encoder, so it is encoded in overlapping windows cut
at sentence ends.  Every window opens with where it stands (region, title, headings), because a paragraph
of a plan seldom repeats its subject.
"""

from __future__ import annotations

from typing import Final

from index.language.folding import single_blanks
from index.language.sentences import sentences
from index.records import Clause, Document

WINDOW_CHARACTERS: Final = 300
"""Longest window with its prefix.  Of 250, 300, 400 and 600 (vectors alone, policy_dev R@1 / R@10): 300 gave
.644 / .846, 400 .606 / .817, 250 .596 / .837; over the 599 notices MRR .801 against .795 for 400, with 6 %
more windows.  The encoder's 512 tokens are enough at a token a character."""

PREFIX_CHARACTERS: Final = 120
"""Longest prefix; the outer headings give way first, since the innermost one says most about the clause."""

OVERLAP_CHARACTERS: Final = 100
"""How much of one window's end may be repeated at the next one's start: about one sentence."""


def is_searched(clause: Clause) -> bool:
    """False for a heading that stands alone: its words are searched with each clause below it."""
    return clause.kind != "heading"


def windows(document: Document, clause: Clause) -> tuple[str, ...]:
    """The texts that are encoded for a clause, at least one, each at most `WINDOW_CHARACTERS` long."""
    prefix = _prefix(document, clause)
    room = WINDOW_CHARACTERS - len(prefix) - 1
    return tuple(f"{prefix}\n{piece}" for piece in _pieces(_body(document, clause), room))


def posted_text(document: Document, clause: Clause) -> str:
    """The words that are posted for a clause: title, region, headings above it, its own text."""
    return "\n".join((*_place(document), *clause.path, _body(document, clause)))


def posted_document(document: Document) -> str:
    """The words that are posted for a whole document."""
    return "\n".join((*_place(document), document.text))


def _place(document: Document) -> tuple[str, ...]:
    """The title, preceded by the region where the title does not name it."""
    region = document.region
    return (document.title,) if not region or region in document.title else (region, document.title)


def _prefix(document: Document, clause: Clause) -> str:
    """``运城市…行动方案 > 二、重点任务 > （一）…``; outer headings are dropped until it fits."""
    place = " ".join(_place(document))[: PREFIX_CHARACTERS // 2]
    path = [single_blanks(heading)[: PREFIX_CHARACTERS // 2] for heading in clause.path]
    while path and len(" ".join((place, *path))) > PREFIX_CHARACTERS:
        del path[0]
    return " ".join((place, *path))


def _body(document: Document, clause: Clause) -> str:
    """The clause's text; a table row as ``column: cell`` pairs, so that a cell is read with its column."""
    if not clause.cells:
        return clause.text
    pairs = ((cell.column, document.text[cell.start : cell.end].strip()) for cell in clause.cells)
    return "；".join(f"{column}: {text}" if column else text for column, text in pairs if text)


def _pieces(text: str, room: int) -> list[str]:
    """Cut a text into pieces of at most ``room`` characters at sentence ends, each overlapping the last."""
    whole = single_blanks(text).strip()
    if len(whole) <= room:
        return [whole]
    pieces: list[list[str]] = [[]]
    for sentence in _parts(text, room):
        if pieces[-1] and sum(map(len, pieces[-1])) + len(sentence) > room:
            pieces.append(_tail(pieces[-1], room - len(sentence)))
        pieces[-1].append(sentence)
    return ["".join(piece) for piece in pieces]


def _parts(text: str, room: int) -> list[str]:
    """The text's sentences without line breaks; one longer than ``room`` is cut hard."""
    spans = sentences(text, semicolons=True)
    found = (single_blanks(text[span.start : span.end]) for span in spans)
    return [one[at : at + room] for one in found for at in range(0, len(one), room)]


def _tail(parts: list[str], room: int) -> list[str]:
    """The last sentences that fit both the overlap and the room left beside the next sentence."""
    kept: list[str] = []
    for sentence in reversed(parts):
        if sum(map(len, kept)) + len(sentence) > min(OVERLAP_CHARACTERS, room):
            break
        kept.insert(0, sentence)
    return kept
