"""What is odd in the documents of an index, told on the documents page once the index was verified.

Each document with notes has a line that opens: tables whose columns were guessed, numbers missing, text
printed twice, possible contradictions, with the words as printed, and what cleaning took out of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Final
from urllib.parse import urlencode

from index.build.change import Progress
from index.check.contradictions import Contradiction
from index.check.duplicates import Duplicate
from index.check.guessed_tables import GuessedTable
from index.check.numbering_gaps import NumberingNote
from index.check.report import DocumentReport, report
from index.check.spots import Spot
from index.search.index import Index
from pages.common.markup import one_line, shortened
from pages.common.words import Language, words_of
from pages.documents.words import NoteWords, note_words

DOCUMENTS_SHOWN: Final = 50
"""Documents with notes that are listed; `python -m index verify` tells of all."""
NOTES_SHOWN: Final = 12
"""Notes of one document that are listed."""
CHARACTERS_SHOWN: Final = 80
"""Characters of quoted words, about two lines of a narrow page."""


def noted(index: Index, language: Language, told: Progress) -> str:
    """The notes on all documents as HTML; reads every document and tells how far it is."""
    words, found, count = note_words(language), list[DocumentReport](), 0
    for number, info in enumerate(index.infos, 1):
        one = report(index, info.file)
        count += bool(_count(one))
        if _count(one) and len(found) < DOCUMENTS_SHOWN:
            found.append(one)
        told(number / len(index.infos), info.title)
    if not count:
        return f'<p class="tw-doc-note">{escape(words.none)}</p>'
    listed = "".join(_document(one, language) for one in found)
    return f'<div class="tw-noted"><p>{escape(words.lead.format(count=count))}</p>{listed}</div>'


def _document(one: DocumentReport, language: Language) -> str:
    words = note_words(language)
    lines = [*_lines(one, words)]
    left = len(lines) - NOTES_SHOWN
    lines[NOTES_SHOWN:] = [escape(words.more.format(count=left))] if left > 0 else []
    lines += _removed(one, words, words_of(language).reasons)
    link = escape(urlencode({"document": one.file}))
    return (
        f'<details class="tw-doc-note"><summary>{one_line(one.file)}　'
        f"{escape(words.count.format(count=_count(one)))}</summary>"
        f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>"
        f'<a href="../?{link}">{one_line(one.title)}</a></details>'
    )


def _count(one: DocumentReport) -> int:
    """The lines of a document, warnings of guessed tables among them."""
    return one.notes + len(one.guessed)


def _lines(one: DocumentReport, words: NoteWords) -> Iterator[str]:
    yield from (_guessed(table, words) for table in one.guessed)
    yield from (_numbering(note, words) for note in one.numbering)
    yield from (_duplicate(note, words) for note in one.duplicates)
    yield from (_contradiction(note, words) for note in one.contradictions)


def _guessed(table: GuessedTable, words: NoteWords) -> str:
    said = words.guessed if table.columns else words.not_guessed
    told = escape(said.format(columns=table.columns, rows=table.rows))
    return f"{told}<small>“{one_line(_short(table.opening))}”</small>"


def _numbering(note: NumberingNote, words: NoteWords) -> str:
    what = words.faults[note.fault] if note.before else words.first
    said = escape(what.format(numbers="、".join(map(str, note.numbers))))
    return said + _quotes([note.before, note.after] if note.before else [note.after])


def _duplicate(note: Duplicate, words: NoteWords) -> str:
    what = words.sentence if note.printed == "sentence" else words.block.format(count=len(note.spots))
    elsewhere = "".join(f"<small>{one_line(_place(spot))}</small>" for spot in note.spots[1:])
    return escape(what) + _quotes(note.spots[:1]) + elsewhere


def _contradiction(note: Contradiction, words: NoteWords) -> str:
    said = words.disputed[note.disputed].format(subject=note.subject)
    values = " / ".join(note.values)
    return one_line(f"{said}（{values}）") + _quotes(note.spots)


def _quotes(spots: Sequence[Spot]) -> str:
    """The words as printed, each with the headings that it stands under."""
    return "".join(
        f"<small>{one_line(_place(spot))}“{one_line(_short(spot.text))}”</small>" for spot in spots
    )


def _place(spot: Spot) -> str:
    return f"{' › '.join(spot.place)}　" if spot.place else ""


def _short(words: str) -> str:
    return shortened(words, CHARACTERS_SHOWN, "……")


def _removed(one: DocumentReport, words: NoteWords, reasons: Mapping[str, str]) -> Iterator[str]:
    for each in one.removed:
        said = words.removed.format(
            reason=reasons.get(each.reason, each.reason), times=each.times, characters=each.characters
        )
        samples = "、".join(_short(count.name) for count in each.words)
        yield one_line(said) + (f"<small>{one_line(_short(samples))}</small>" if samples else "")
