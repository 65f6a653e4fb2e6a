"""A reading → the words that the subject is searched by: those that the question reader tagged, as the index
holds them.  Left out: how a question is read (``reader``), and everything else of a query (``understand``).
"""

from __future__ import annotations

import itertools
from collections.abc import Collection

from index.search.index import Index
from qa.question.kinds import KINDS
from qa.question.places import NamedPlaces
from qa.question.reader import UNREAD, Reading
from qa.question.terms import is_stop, is_term, word_count, words_of
from qa.records import Asked, Cited

MOSTLY = 0.5
"""The share of a word's characters that must be of the subject for the word to be."""
_OF_A_DOCUMENT: frozenset[Asked] = frozenset({"passage", "list", "quantity"})
"""Kinds that a question may be of which asks what a document says as a whole, or how many parts it has."""


def words_tagged(
    reading: Reading, places: NamedPlaces, tags: Collection[str], index: Index
) -> tuple[str, ...]:
    """The words beside the index's regions that are mostly so tagged, in order, each once."""
    found: list[str] = []
    at = 0
    read = len(reading.tags.rstrip(UNREAD))  # so that a page of text asks no more than a long question
    for word in words_of(places.rest[:read], index.clauses_holding):
        start = places.rest.index(word, at)
        at = start + len(word)
        tagged = [tag in tags for tag in reading.tags[start:at]]
        if sum(tagged) < MOSTLY * len(word):
            continue
        # 污水处理|率要: no document and no dictionary knows the word across the border of the subject as read
        crosses = not (all(tagged) or word.isascii() or word_count(word) or index.clauses_holding(word))
        word_read = "".join(itertools.compress(word, tagged)) if crosses else word
        end = at - tagged[::-1].index(True) if crosses else at
        _add(found, word_read, index, places.rest[:end])
    return tuple(dict.fromkeys(found))


def _add(found: list[str], word: str, index: Index, text: str) -> None:
    """Add the word, with which the text ends; a single character with the word, or else the character, before
    it, where a document holds the two as one: 再生|水, 座户|厕."""
    both = found[-1] + word if found else word
    if is_term(word):
        found.append(word)
    elif len(word) != 1 or word.isascii() or is_stop(word):
        return
    elif text.endswith(both) and index.clauses_holding(both):
        found[-1:] = [both]
    elif len(text) > 1 and not (text[-2].isspace() or is_stop(text[-2])) and index.clauses_holding(text[-2:]):
        found.append(text[-2:])  # not 的水, which nearly every document holds


def subject_terms(
    reading: Reading, places: NamedPlaces, asked: Asked, index: Index, cited: Collection[Cited]
) -> tuple[str, ...]:
    """The subject's words, with titles, quotations, other places and bodies; of tasks only their field, of a
    place cited by its number what is asked of it."""
    tags = "SQTPBX"
    if cited:
        tags = "SQBX"
    elif asked == "tasks":
        tags = "S"
    elif KINDS[asked].of_agencies:
        tags = "SQTP" if "yes_no" in reading.flags else "SQTPB"
    terms = words_tagged(reading, places, tags, index)
    if "T" in reading.tags and asked in _OF_A_DOCUMENT and not words_tagged(reading, places, "SQPBX", index):
        return ()  # what the document named says as a whole
    if not terms and not cited and asked == reading.kind and asked not in {"tasks", "document"}:
        terms = _unread(reading, places, index)
    terms = tuple(term for term in terms if not any(term in one.words for one in cited))
    foreign = set(foreign_words(reading, places, index))
    spoken = (term for term in terms if term not in foreign)
    return tuple(term for term in spoken if term not in KINDS[asked].printed)


def foreign_words(reading: Reading, places: NamedPlaces, index: Index) -> tuple[str, ...]:
    """Latin words of the subject, or of all where none was read, that no document holds: an English
    question's own, not understood."""
    words = words_tagged(reading, places, "SQTB", index) or words_tagged(reading, places, "O", index)
    return tuple(word for word in words if word.isascii() and not index.clauses_holding(word))


def speaks_of_document(reading: Reading, places: NamedPlaces, asked: Asked, index: Index) -> bool:
    """True where a document is spoken of, or a region and nothing else: 宁武县, 宁武县的目标."""
    unread = set(words_tagged(reading, places, "OS", index)) - KINDS[asked].printed
    return bool({"D", "T"} & set(reading.tags)) or (bool(places.regions) and not unread)


def _unread(reading: Reading, places: NamedPlaces, index: Index) -> tuple[str, ...]:
    """Where no subject was read in a whole question that names no body, no document and nothing to count: its
    words beside what was read."""
    if "takes" in reading.flags or set("BXDU") & set(reading.tags):
        return ()
    return words_tagged(reading, places, "O", index)
