"""Conversations that are kept, each owner's, in an SQLite file beside the index (mode 600).

Of a conversation its questions are kept, with what they were asked of, and no answer: opened again it is
answered from today's documents.  Nothing is given out, changed or deleted but under the owner whose it is.
Left out: who an owner is (`web.access.browsers`), and answers remembered while the server runs
(`pages.chat.talks`).
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from index.errors import WriteError
from index.language.folding import caseless
from index.settings import beside
from pages.chat.conversation import EVERYTHING, Scope

MOST: Final = 200
"""Conversations of an owner; the one longest unused goes first."""
MOST_OF_ALL: Final = 20_000
"""Conversations of all owners together: without a login everyone who comes is one."""
MOST_QUESTIONS: Final = 50
"""Questions kept of a conversation, the last ones."""
KEPT_DAYS: Final = 180
"""Days after the last question."""
LONGEST_TITLE: Final = 80
PATIENCE: Final = 5.0
"""Seconds that one writer waits for another."""
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, used TEXT NOT NULL,
    revision INTEGER NOT NULL, questions TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS by_owner ON conversations (owner, used);
CREATE INDEX IF NOT EXISTS by_use ON conversations (used);
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a conversation; ``afresh`` where nothing was taken over from those before, ``id`` and
    ``verdict`` its answer's."""

    text: str
    afresh: bool = False
    id: str = ""
    verdict: str = ""
    scope: Scope = EVERYTHING


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation; ``title`` is empty where it was given none, ``used`` when it was last asked something.

    ``revision`` counts its changes from 1 on.
    """

    id: str
    title: str
    used: datetime
    revision: int
    questions: tuple[Asked, ...] = field(repr=False)

    @property
    def name(self) -> str:
        """What it is listed as: its title, else its first question."""
        return self.title or self.questions[0].text


class History:
    """The file; made at the first question.  Safe between threads and processes.

    Every method raises WriteError where the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def listed(self, owner: str, sought: str = "") -> list[Kept]:
        """The owner's conversations, the one last used first; only those that hold all words sought."""
        with self._base() as base:
            rows = base.execute(
                "SELECT id, title, used, revision, questions FROM conversations WHERE owner = ? "
                "ORDER BY used DESC, id",
                (owner,),
            ).fetchall()
        words = caseless(sought).split()
        return [one for one in map(_kept, rows) if _holds(one, words)]

    def one(self, owner: str, conversation: str) -> Kept | None:
        """A conversation of this owner; None where there is none."""
        with self._base() as base:
            row = base.execute(
                "SELECT id, title, used, revision, questions FROM conversations WHERE id = ? AND owner = ?",
                (conversation, owner),
            ).fetchone()
        return _kept(row) if row else None

    def put(self, owner: str, conversation: str, revision: int, questions: Sequence[Asked]) -> int | None:
        """Keep the questions in place of revision ``revision`` (0 for a new one) → the revision now.

        None where it has another by now, or is gone, or is another owner's: nothing is changed then.
        """
        now, said = (
            _words(datetime.now(UTC)),
            json.dumps([asdict(one) for one in questions[-MOST_QUESTIONS:]]),
        )
        with self._base() as base:
            if revision:
                done = base.execute(
                    "UPDATE conversations SET questions = ?, used = ?, revision = revision + 1 "
                    "WHERE id = ? AND owner = ? AND revision = ?",
                    (said, now, conversation, owner, revision),
                )
            else:
                done = base.execute(
                    "INSERT OR IGNORE INTO conversations VALUES (?, ?, '', ?, 1, ?)",
                    (conversation, owner, now, said),
                )
                _drop_old(base, owner)
            return revision + 1 if done.rowcount else None

    def rename(self, owner: str, conversation: str, title: str) -> None:
        """Give a conversation of this owner a title; an empty one takes it away."""
        short = " ".join(title.split())[:LONGEST_TITLE]
        with self._base() as base:
            base.execute(
                "UPDATE conversations SET title = ? WHERE id = ? AND owner = ?", (short, conversation, owner)
            )

    def delete(self, owner: str, conversation: str | None = None) -> None:
        """Delete a conversation of this owner, or all of them; its words are overwritten in the file."""
        with self._base() as base:
            base.execute(
                "DELETE FROM conversations WHERE owner = ? AND id = coalesce(?, id)", (owner, conversation)
            )

    @contextmanager
    def _base(self) -> Iterator[sqlite3.Connection]:
        try:
            # Made before SQLite makes it, which would let others read it; its journal takes over the mode.
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
            base = sqlite3.connect(self.path, timeout=PATIENCE)
            try:
                with base:
                    base.execute("PRAGMA secure_delete = ON")
                    base.executescript(_SCHEMA)
                    yield base
            finally:
                base.close()
        except (sqlite3.Error, OSError) as error:
            raise WriteError(f"{self.path} cannot be used for conversations: {error}.") from error


def history_of(index: Path) -> History:
    """The conversations of an index: beside its folder, so that a rebuild leaves them alone."""
    return History(beside(index, "conversations.sqlite"))


def _kept(row: Sequence[Any]) -> Kept:
    conversation, title, used, revision, said = row
    return Kept(
        conversation, title, datetime.fromisoformat(used), revision, tuple(map(_asked, json.loads(said)))
    )


def _asked(said: dict[str, Any]) -> Asked:
    scope = said["scope"]
    given = Scope(tuple(scope["regions"]), tuple(scope["documents"]), scope["written"])
    return Asked(said["text"], said["afresh"], said["id"], said["verdict"], given)


def _holds(one: Kept, words: Sequence[str]) -> bool:
    text = caseless("\n".join((one.title, *(asked.text for asked in one.questions))))
    return all(word in text for word in words)


def _drop_old(base: sqlite3.Connection, owner: str) -> None:
    oldest = "SELECT id FROM conversations {} ORDER BY used DESC, id LIMIT -1 OFFSET ?"
    of_owner, of_all = oldest.format("WHERE owner = ?"), oldest.format("")
    base.execute(f"DELETE FROM conversations WHERE id IN ({of_owner})", (owner, MOST))
    base.execute(f"DELETE FROM conversations WHERE id IN ({of_all})", (MOST_OF_ALL,))
    until = _words(datetime.now(UTC) - timedelta(days=KEPT_DAYS))
    base.execute("DELETE FROM conversations WHERE used < ?", (until,))


def _words(moment: datetime) -> str:
    """Of one form and zone, so that their order is that of time."""
    return moment.isoformat(timespec="milliseconds")
