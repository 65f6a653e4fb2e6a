"""Files as the browser sends them: decoded, previewed, kept until they are taken in or not.

What the browser says of a file is not believed: name, size, ending and content are looked at here.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

import gradio as gr

from index.build.preview import preview
from index.build.uploads import LARGEST, MOST, safe_name
from index.errors import SourceError, TiaowenError
from index.reading.archive import Part, parts
from index.reading.read import ENDINGS
from pages.documents.view import Staged, View
from pages.documents.words import DocumentWords, document_words

NAME_SHOWN: Final = 120
"""Characters of a refused file's name."""
_MEGABYTE: Final = 1024 * 1024


class Refused(Exception):  # noqa: N818 - it is no error of the program
    """Why a file cannot go in, in the visitor's language."""


def received(event: gr.EventData, view: View, folder: Path) -> tuple[Staged, ...]:
    """A file that was sent, with its preview and its bytes in ``folder``, or with why it cannot go in.

    An archive comes as the documents in it.
    """
    given, content, size = (getattr(event, name, None) for name in ("name", "content", "size"))
    words, name, number = document_words(view.language), str(given), str(view.received)
    problem = words.bad_name
    try:
        _refuse_ending(name, words)
        name, problem = safe_name(name), words.unreadable
        found = list(parts(_decoded(content, size, words), name, MOST, LARGEST))
    except Refused as refused:
        return (Staged(number, name[:NAME_SHOWN], problem=str(refused)),)
    except SourceError as error:
        return (_unusable(number, name, problem, error),)
    if len(found) == 1 and found[0].name == name:
        return (_staged(number, found[0], folder, words),)
    return tuple(_staged(f"{number}.{at}", part, folder, words) for at, part in enumerate(found, 1))


def _staged(number: str, part: Part, folder: Path, words: DocumentWords) -> Staged:
    """A document that was sent, alone or in an archive."""
    name, problem = part.name, words.bad_name
    try:
        name, problem = safe_name(name), words.unreadable
        if part.problem:
            raise SourceError(part.problem)
        seen = preview(part.data, name)
    except SourceError as error:
        return _unusable(number, name, problem, error)
    except TiaowenError as error:
        return Staged(number, name, problem=_problem(error, words), detail=str(error))
    path = Path(folder, uuid4().hex)
    try:
        path.write_bytes(part.data)
    except OSError as error:
        return Staged(number, name, problem=words.errors["WriteError"], detail=str(error))
    return Staged(number, name, path, seen)


def _unusable(number: str, name: str, problem: str, error: SourceError) -> Staged:
    return Staged(number, name[:NAME_SHOWN], problem=problem, detail=str(error).removeprefix(f"{name}: "))


def _problem(error: TiaowenError, words: DocumentWords) -> str:
    return words.errors.get(type(error).__name__, words.failed)


def _refuse_ending(name: str, words: DocumentWords) -> None:
    if not name.rstrip(". ").lower().endswith(tuple(ENDINGS)):
        raise Refused(words.wrong_ending.format(endings=", ".join(sorted(ENDINGS))))


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


def forget(staged: Iterable[Staged]) -> None:
    """Delete the bytes of files that no longer wait."""
    for one in staged:
        if one.path:
            with suppress(FileNotFoundError):  # dismissed twice in the same moment
                one.path.unlink()
