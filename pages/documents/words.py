"""The words of the documents page, and of its notes on documents, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from index.build.edits import EditableField
from index.build.preview import Warned
from index.check.contradictions import Disputed
from index.check.numbering_gaps import Fault
from pages.common.words import WORDS, Texts, in_both


class DocumentWords(Texts):
    """The words of the documents page in one language."""

    fields: Mapping[EditableField, str]
    warnings: Mapping[Warned, str]
    errors: Mapping[str, str]
    phases: Mapping[str, str]
    contents: Mapping[str, str]


class NoteWords(Texts):
    """The words of the notes in one language.

    ``faults`` are followed by the places that each is between; ``first`` stands where a list's first numbers
    are missing.
    """

    faults: Mapping[Fault, str]
    disputed: Mapping[Disputed, str]


ZH, EN = in_both(DocumentWords, WORDS, "documents")
_NOTES_ZH, _NOTES_EN = in_both(NoteWords, WORDS, "notes")


def document_words(language: str) -> DocumentWords:
    """The page's words in that language; Chinese for any language it does not have."""
    return EN if language == "en" else ZH


def note_words(language: str) -> NoteWords:
    """The words of the notes in that language; Chinese for any language it does not have."""
    return _NOTES_EN if language == "en" else _NOTES_ZH
