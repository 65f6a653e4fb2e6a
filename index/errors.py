"""Everything that can go wrong, as one tree.

Each message says what was wrong, what was seen and what to do next.  "The documents do not say" is
an answer and never an error.  Beside them stands what makes one kind of fault of several (`read_json`).

TiaowenError
├── SourceError       a document cannot be read (missing, empty, not text, unknown ending)
├── ReaderError       the process that reads documents cannot be started
├── EditError         an edit of a document's metadata that cannot be made
├── IndexMissing      there is no index at the place named
├── IndexDamaged      an index is there but does not hold together
├── IndexBusy         another process is writing to the index
├── WriteError        the index cannot be written (disk full, no permission)
├── ModelError        an encoder cannot be loaded, or is not the one the index was made with
├── ServerError       a server that a part of the index is kept on does not answer, or refuses
├── SettingError      a setting that cannot be read (TIAOWEN_TODAY)
└── QuestionError     a question that cannot be asked (empty, too long)
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final


class TiaowenError(Exception):
    """Base of every error that a user can cause or mend."""


class SourceError(TiaowenError):
    """A document cannot be read."""


class ReaderError(TiaowenError):
    """The process that reads documents cannot be started, or was ended with the program."""


class EditError(TiaowenError):
    """An edit of a document's metadata that cannot be made."""


class IndexMissing(TiaowenError):  # noqa: N818 - the state is the name
    """There is no index at the place named."""


class IndexDamaged(TiaowenError):  # noqa: N818
    """An index is there, but a part of it is missing or changed."""


class IndexBusy(TiaowenError):  # noqa: N818
    """Another process is writing to the index."""


class WriteError(TiaowenError):
    """The index cannot be written; the generation that was current still is."""


class ModelError(TiaowenError):
    """An encoder cannot be loaded, or is not the one the index was made with."""


class ServerError(TiaowenError):
    """A server that a part of the index is kept on cannot be reached, or refuses what it is asked."""


class SettingError(TiaowenError):
    """A setting of the environment that cannot be read."""


class QuestionError(TiaowenError):
    """A question that cannot be asked."""


_WORDS: Final = 400
"""Characters of an error that are shown; the longest of the project's own has 300."""


def short_words(words: str) -> str:
    """An error's words as a terminal can print them and a person reads them: short, on one line."""
    plain = "".join(c if c.isprintable() else " " for c in words).strip()
    return plain if len(plain) <= _WORDS else f"{plain[:_WORDS]}…"


def read_json(said: str | bytes, parse_int: Callable[[str], int] | None = None) -> Any:
    """What a JSON text says; raises ValueError for all that is none, of which too deeply nested is one."""
    try:
        return json.loads(said, parse_int=parse_int)
    except RecursionError as error:
        raise json.JSONDecodeError("nested too deeply", "", 0) from error
