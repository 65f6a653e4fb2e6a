"""What readers say of answers (有用, 无用, 引用错误, a comment), kept in an SQLite file beside the index.

One row an answer shown: saying it twice changes nothing, saying another thing replaces the first.  Whoever
looks after the library may note a reply, and mark it as done.  Left out: who said it; a reply finds its way
by the answer's id, which only who was given the answer has.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from index.errors import WriteError
from index.settings import beside
from qa.files.sheets import csv_of

Verdict = Literal["useful", "useless", "wrong"]
"""wrong: a citation does not support what it stands behind."""
VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)

LONGEST_COMMENT: Final = 2000
PATIENCE: Final = 5.0
"""Seconds that one writer waits for another."""
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS feedback (
    id TEXT PRIMARY KEY, made TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    generation INTEGER NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL, verdict TEXT NOT NULL,
    comment TEXT NOT NULL, reply TEXT NOT NULL DEFAULT '', done INTEGER NOT NULL DEFAULT 0,
    seen INTEGER);
"""
_LATER: Final = {
    "reply": "TEXT NOT NULL DEFAULT ''",
    "done": "INTEGER NOT NULL DEFAULT 0",
    "seen": "INTEGER",  # NULL: no reply, or a note of before that readers were not to see
}
"""Columns that files of earlier versions lack."""
COLUMNS: Final = ("id", "made", "generation", "question", "answer", "verdict", "comment", "reply", "done")
LONGEST_REPLY: Final = 2000


@dataclass(frozen=True, slots=True)
class Feedback:
    """What was said of one answer; ``id`` is the answer's own, ``generation`` that of its index."""

    id: str
    generation: int
    question: str
    answer: str
    verdict: Verdict
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A line of the file; ``made`` is when it was said (ISO 8601, UTC)."""

    made: str
    said: Feedback
    reply: str = ""
    done: bool = False


class FeedbackFile:
    """The SQLite file; made at the first word said.  Safe between threads and processes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def put(self, feedback: Feedback) -> None:
        """Keep what was said; raises WriteError where it cannot, ValueError for an unknown verdict."""
        if feedback.verdict not in VERDICTS:
            raise ValueError(f"{feedback.verdict!r} is none of {', '.join(VERDICTS)}")
        values = (
            feedback.id,
            feedback.generation,
            feedback.question,
            feedback.answer,
            feedback.verdict,
            feedback.comment[:LONGEST_COMMENT],
        )
        with self._base() as base:
            base.execute(
                "INSERT INTO feedback (id, generation, question, answer, verdict, comment) "
                "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
                "verdict = excluded.verdict, comment = excluded.comment",
                values,
            )

    def as_csv(self) -> bytes:
        """All of it, oldest first, as CSV that Excel opens with its Chinese right."""
        with self._base() as base:
            rows = base.execute(f"SELECT {', '.join(COLUMNS)} FROM feedback ORDER BY made, id").fetchall()
        return csv_of(COLUMNS, rows)

    def lines(self, most: int) -> list[Kept]:
        """The latest lines, those that are not done first; raises WriteError."""
        with self._base() as base:
            rows = base.execute(
                f"SELECT {', '.join(COLUMNS)} FROM feedback ORDER BY done, made DESC, id LIMIT ?",
                (most,),
            ).fetchall()
        return [
            Kept(made, Feedback(name, number, question, answer, verdict, comment), reply, bool(done))
            for name, made, number, question, answer, verdict, comment, reply, done in rows
        ]

    def counts(self) -> tuple[int, int]:
        """The lines that are not done, and all; raises WriteError."""
        with self._base() as base:
            (counts,) = base.execute("SELECT COUNT(*) - COALESCE(SUM(done), 0), COUNT(*) FROM feedback")
        return int(counts[0]), int(counts[1])

    def answer(self, name: str, reply: str) -> None:
        """Reply to what was said of the answer of that id, an empty reply for none; raises WriteError."""
        with self._base() as base:
            said = (reply[:LONGEST_REPLY], name)
            base.execute("UPDATE feedback SET reply = ?, seen = 0 WHERE id = ?", said)

    def replies(self, names: Sequence[str]) -> dict[str, str]:
        """The replies to what was said of the answers of those ids, by the id; from then on they are seen.

        Raises WriteError.
        """
        if not names or not self.path.exists():
            return {}
        these = f"reply != '' AND seen IS NOT NULL AND id IN ({', '.join('?' * len(names))})"
        with self._base() as base:
            rows = base.execute(f"SELECT id, reply, seen FROM feedback WHERE {these}", names).fetchall()
            if not all(seen for _, _, seen in rows):
                base.execute(f"UPDATE feedback SET seen = 1 WHERE {these}", names)
        return {name: reply for name, reply, _ in rows}

    def unseen(self) -> frozenset[str]:
        """The ids of the answers with a reply that nobody has seen; raises WriteError."""
        if not self.path.exists():
            return frozenset()
        with self._base() as base:
            rows = base.execute("SELECT id FROM feedback WHERE reply != '' AND seen = 0").fetchall()
        return frozenset(name for (name,) in rows)

    def mark(self, name: str, *, done: bool) -> None:
        """Mark what was said of the answer of that id as done, or as not; raises WriteError."""
        with self._base() as base:
            base.execute("UPDATE feedback SET done = ? WHERE id = ?", (int(done), name))

    @contextmanager
    def _base(self) -> Iterator[sqlite3.Connection]:
        try:
            base = sqlite3.connect(self.path, timeout=PATIENCE)
            try:
                with base:
                    base.execute(_SCHEMA)
                    if _missing(base):
                        base.execute("BEGIN IMMEDIATE")  # another process may be adding them
                        for name in _missing(base):
                            base.execute(f"ALTER TABLE feedback ADD COLUMN {name} {_LATER[name]}")
                    yield base
            finally:
                base.close()
        except sqlite3.Error as error:
            raise WriteError(f"{self.path} cannot be used for feedback: {error}.") from error


def _missing(base: sqlite3.Connection) -> set[str]:
    """The columns that a file of an earlier version lacks."""
    return _LATER.keys() - {row[1] for row in base.execute("PRAGMA table_info(feedback)")}


def feedback_of(index: Path) -> FeedbackFile:
    """The file of feedback that belongs to an index: beside its folder, so that a rebuild leaves it alone."""
    return FeedbackFile(beside(index, "feedback.sqlite"))
