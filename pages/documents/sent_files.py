"""Files as the browser sends them: decoded, previewed, kept until they are taken in or not.

What the browser says of a file is not believed: name, size, ending and content are looked at here.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final
from uuid import uuid4

import gradio as gr

from index.build.edits import EDITABLE, EditableField, checked
from index.build.preview import preview
from index.build.uploads import LARGEST, MOST, safe_name
from index.errors import SourceError, TiaowenError
from index.reading.archive import Part, parts
from index.reading.kinds import ENDINGS_OF, kind_of
from index.reading.read import ENDINGS
from pages.common.words import Language
from pages.documents.reasons import reason_in_words
from pages.documents.view import Staged, View
from pages.documents.words import DocumentWords, document_words

NAME_SHOWN: Final = 120
"""Characters of a refused file's name."""
# 第
_HAN: Final = re.compile(r"[一-鿿]")
_MEGABYTE: Final = 1024 * 1024


class Refused(Exception):  # noqa: N818 - it is no error of the program
    """Why a file cannot go in, in the visitor's language."""


def received(event: gr.EventData, view: View, folder: Path) -> tuple[Staged, ...]:
    """A file that was sent, with its preview and its bytes in ``folder``, or with why it cannot go in.

    An archive comes as the documents in it.  Where the ending of the name is another than the content's, the
    visitor is asked.
    """
    given, content, size = (getattr(event, name, None) for name in ("name", "content", "size"))
    words, name, number = document_words(view.language), str(given), str(view.received)
    problem = words.bad_name
    try:
        data = _decoded(content, size, words)
        name, sent_as = _readable_name(name, data, words), name
        problem = words.unreadable
        found = list(parts(data, name, MOST, LARGEST))
    except Refused as refused:
        return (Staged(number, name[:NAME_SHOWN], problem=str(refused)),)
    except SourceError as error:
        return (_unusable(number, name, problem, error, view.language),)
    if len(found) == 1 and found[0].name == name:
        staged = _staged(number, found[0], folder, view.language)
        known = sent_as.lower().rstrip(". ").endswith(tuple(ENDINGS))
        return (staged if known else _named_anew(staged, sent_as, words),)
    return tuple(_staged(f"{number}.{at}", part, folder, view.language) for at, part in enumerate(found, 1))


def _readable_name(name: str, data: bytes, words: DocumentWords) -> str:
    """The safe name of a file; one with an ending that nobody reads gets that of its content behind it."""
    if name.rstrip(". ").lower().endswith(tuple(ENDINGS)):
        return safe_name(name)
    try:
        usual = ENDINGS_OF[kind_of(data, name)][0]
    except SourceError as error:
        raise Refused(_wrong_ending(words)) from error
    return safe_name(f"{name.rstrip('. ')}{usual}")


def _named_anew(staged: Staged, sent_as: str, words: DocumentWords) -> Staged:
    """A file that got an ending: its content is looked at, and nothing that cannot be read is offered."""
    if staged.preview is None or not _HAN.search(staged.preview.parsed.document.text):
        forget((staged,))
        return replace(
            staged,
            path=None,
            preview=None,
            name=sent_as[:NAME_SHOWN],
            problem=_wrong_ending(words),
            detail="",
        )
    return replace(staged, given=sent_as[:NAME_SHOWN], fitting="")


def _wrong_ending(words: DocumentWords) -> str:
    return words.wrong_ending.format(endings="、".join(sorted(ENDINGS)))


def _staged(number: str, part: Part, folder: Path, language: Language) -> Staged:
    """A document that was sent, alone or in an archive."""
    words, name = document_words(language), part.name
    problem = words.bad_name
    try:
        name, problem = safe_name(name), words.unreadable
        if part.problem:
            raise SourceError(part.problem)
        seen, fitting = preview(part.data, name), _fitting(part.data, name)
    except SourceError as error:
        return _unusable(number, name, problem, error, language)
    except TiaowenError as error:
        return Staged(number, name, problem=_problem(error, words), detail=detail_of(error, language))
    path = Path(folder, uuid4().hex)
    try:
        path.write_bytes(part.data)
    except OSError as error:
        return Staged(number, name, problem=words.errors["WriteError"], detail=detail_of(error, language))
    return Staged(number, name, path, seen, fitting=fitting)


def _fitting(data: bytes, name: str) -> str:
    """The name that a file would have by its content; empty where it has it."""
    endings = ENDINGS_OF[kind_of(data, name)]
    own = Path(name)
    return "" if own.suffix.lower() in endings else own.with_suffix(endings[0]).name


def _unusable(number: str, name: str, problem: str, error: SourceError, language: Language) -> Staged:
    """A file that cannot go in; the reader's reason says more than that it cannot be read."""
    reason = detail_of(error, language).removeprefix(f"{name}: ")
    return Staged(number, name[:NAME_SHOWN], problem=reason or problem)


def detail_of(error: Exception, language: Language) -> str:
    """What an error says beyond its kind, in the page's language; empty where it says so in English alone."""
    return reason_in_words(str(error), language)


def _problem(error: TiaowenError, words: DocumentWords) -> str:
    return words.errors.get(type(error).__name__, words.failed)


def _decoded(content: object, size: object, words: DocumentWords) -> bytes:
    """The bytes of a file; what is too large comes with its ``size`` alone."""
    length = len(content) * 3 // 4 if isinstance(content, str) else size if isinstance(size, int) else 0
    if length > LARGEST:
        megabytes = round(length / _MEGABYTE, 1)
        raise Refused(words.too_large.format(megabytes=megabytes, most=LARGEST // _MEGABYTE))
    try:
        data = b64decode(content if isinstance(content, str) else "", validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused(words.failed) from error
    if not data.strip():
        raise Refused(words.empty_file)
    return data


def chosen_of(view: View, number: object) -> tuple[Staged, ...]:
    """The file of that number, or all that wait where none is named."""
    return tuple(one for one in view.staged if number in (None, "") or one.number == str(number))


def corrected(staged: Staged, values: Mapping[str, object]) -> Staged:
    """A file that waits with its fields as a form has them; raises EditError for a value that cannot be."""
    if staged.preview is None:
        return staged
    changes: dict[EditableField, str | None] = {}
    for name in EDITABLE:
        value, read = str(values.get(name, "")).strip() or None, staged.preview.parsed.document.value(name)
        if value != read:
            changes[name] = None if value is None else checked(name, value)
    return replace(staged, changes=changes)


def to_take(view: View, number: object, called: object) -> tuple[Staged, ...]:
    """The files that go in: the one of that number under the name that was chosen (``called`` fitting or
    given), or all that wait and ask nothing, or all that ask, each under its fitting name."""
    chosen = [one for one in chosen_of(view, number) if one.path and one.path.is_file()]
    if number in (None, ""):
        chosen = [one for one in chosen if one.asks == (called == "fitting")]
    return tuple(
        replace(one, name=one.fitting) if called == "fitting" and one.fitting else one for one in chosen
    )


def forget(staged: Iterable[Staged]) -> None:
    """Delete the bytes of files that no longer wait."""
    for one in staged:
        if one.path:
            with suppress(FileNotFoundError):  # dismissed twice in the same moment
                one.path.unlink()
