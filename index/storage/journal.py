"""The log of changes: who changed what of an index, its documents or its users, and when.

A line of JSON each in ``store-changes.jsonl`` beside the index (named after it), oldest first; a build leaves
it alone.  It is told and never obeyed: deleting it changes nothing else.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from index.errors import read_json
from index.settings import beside

NAMED: Final = 100
"""Documents named in one line; a library that is built anew is told by its number."""
LONGEST: Final = 400
"""Characters of a name or a note; what is longer is cut."""
READ: Final = 512 * 1024
"""Bytes of the log's end that are read to show it: some thousand changes."""
log = logging.getLogger(__name__)
_who: ContextVar[str] = ContextVar("who", default="")


@dataclass(frozen=True, slots=True)
class Change:
    """One change; ``who`` is empty where nobody logs in, ``count`` are all documents of which ``files`` are
    the first, ``generation`` is the index's after it, None where it was no change of the index."""

    at: str
    who: str
    what: str
    files: tuple[str, ...] = ()
    count: int = 0
    generation: int | None = None
    note: str = ""


@contextmanager
def changed_by(name: str | None) -> Iterator[None]:
    """Whatever is changed inside, in this thread, was changed by that user."""
    token = _who.set(name or "")
    try:
        yield
    finally:
        _who.reset(token)


def now() -> str:
    """The time as the log has it: 2026-11-30T09:30:00+08:00."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def note_change(
    out: Path, what: str, files: Sequence[str] = (), generation: int | None = None, note: str = ""
) -> None:
    """Add a line to the log of the index at ``out``.

    The change was made: that it cannot be written down is said in the program's log and undoes nothing.
    """
    named = tuple(name[:LONGEST] for name in files[:NAMED])
    change = Change(now(), _who.get(), what, named, len(files), generation, note[:LONGEST])
    try:
        with journal_of(out).open("a", encoding="utf-8") as file:
            file.write(f"{json.dumps(asdict(change), ensure_ascii=False)}\n")
    except (OSError, ValueError) as error:
        log.error("A change (%s) cannot be written down in %s: %s", what, journal_of(out), error)


def changes(out: Path, most: int) -> list[Change]:
    """The last changes, newest first; lines that are none are left out.  Raises OSError."""
    path = journal_of(out)
    if not path.exists():
        return []
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - READ))
        lines = file.read().decode("utf-8", "replace").split("\n")
    found: list[Change] = []
    for line in reversed(lines):
        change = _read(line)
        if change:
            found.append(change)
        if len(found) == most:
            break
    return found


def journal_of(out: Path) -> Path:
    """Where the log of an index lies."""
    return beside(out, "changes.jsonl")


def _read(line: str) -> Change | None:
    try:
        said: dict[str, Any] = read_json(line)
        return Change(**{**said, "files": tuple(map(str, said.get("files", ())))})
    except (ValueError, TypeError, AttributeError):
        return None
