"""What stands below a document's text: how much of the file it is, and what was taken out or left out."""

from __future__ import annotations

from html import escape

from index.clauses.coverage import Coverage, shortfall
from index.records import Document, LeftOut
from pages.common.markup import one_line, shortened
from pages.common.words import Words

SHOWN_OF_REMOVAL = 400
"""Characters of one removed stretch that are shown; a navigation bar can be thousands."""


def left_out_part(document: Document, held: Coverage, words: Words) -> str:
    """How much of the text stands in clauses, and what cleaning took out of the file."""
    told = words.coverage.format(share=f"{held.share:.2%}", missing=held.missing)
    opening = (
        f'<footer class="tw-removed"><p>{escape(told)}</p>{_short(document, held, words)}'
        f"{_pieces(document, words)}"
    )
    if not document.removals:
        nothing = "" if held.left_out or held.missing else f"<p>{escape(words.removed_none)}</p>"
        return f"{opening}{nothing}</footer>"
    lines = "".join(
        f"<li><b>{escape(words.reasons.get(removal.reason, removal.reason))}</b>"
        f"{one_line(shortened(removal.text, SHOWN_OF_REMOVAL))}</li>"
        for removal in document.removals
    )
    count = escape(words.removed_count.format(count=len(document.removals)))
    return f"{opening}<h3>{escape(words.removed)}</h3><p>{count}</p><ul>{lines}</ul></footer>"


def _short(document: Document, held: Coverage, words: Words) -> str:
    """That too much of the file is missing, and where that begins; nothing where it is not."""
    missing = shortfall(document, held)
    if missing is None:
        return ""
    told = words.shortfall.format(missing=missing.missing)
    begins = words.shortfall_begins.format(sample=missing.sample) if missing.sample else ""
    return f'<p class="tw-short" role="alert">{escape(told)} {one_line(begins)}</p>'


def _pieces(document: Document, words: Words) -> str:
    """What the file's reader left out, each piece with its reason, place and beginning."""
    pieces = document.count.left_out if document.count else ()
    if not pieces:
        return ""
    lines = "".join(
        f"<li><b>{escape(words.reasons.get(one.reason, one.reason))}</b>"
        f"{one_line(_at(one, words))}{one_line(one.sample)}</li>"
        for one in pieces
    )
    return f"<p>{escape(words.left_out_count.format(count=len(pieces)))}</p><ul>{lines}</ul>"


def _at(one: LeftOut, words: Words) -> str:
    form = words.left_out_place if one.place else words.left_out_unplaced
    return form.format(place=one.place, count=one.characters)
