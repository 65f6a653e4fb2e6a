"""Files that nobody vouches for, parsed in a process of their own: a bad one is reported, the rest go on.

Reading, cleaning, cutting and finding facts all happen there, since a regular expression over hostile text is
as dangerous as a reader in C.
"""

from __future__ import annotations

import atexit
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Final, Self

from index.errors import SourceError
from index.parsing.limits import Limits
from index.parsing.queue import Lane
from index.parsing.worker import CHILD
from index.reading.folder import Found
from index.records import Parsed

MOST_WORKERS: Final = 2
"""Processes at once: somebody's scan of 100 pages keeps one busy for minutes, and a second one reads on."""
AHEAD: Final = 2
"""Files asked for at once of one process, so that it parses while the one before is put into the index."""


class Parsers:
    """The processes that parse, started when needed and kept; safe between threads."""

    def __init__(self, limits: Limits | None = None, program: str = CHILD) -> None:
        """``program`` is what Python runs in each process."""
        self._limits = limits or Limits()
        self._program = program
        self._turns = BoundedSemaphore(MOST_WORKERS)
        self._lock = Lock()
        self._idle: list[Lane] = []
        self._busy: set[Lane] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End every process; what one is at work on raises ReaderError.  Later files start new ones."""
        with self._lock:
            lanes, self._idle = [*self._idle, *self._busy], []
        for lane in lanes:
            lane.close()

    def warm(self) -> None:
        """Begin to start a process where none is ready; returns at once."""
        with self._lock:
            if not self._idle:
                self._idle.append(Lane(self._limits, self._program))

    def parse(self, source: Path | bytes, name: str, most_seconds: float | None = None) -> Parsed:
        """Parse a file, or the bytes of one, as the document ``name``, in ``most_seconds`` at most.

        Raises SourceError, its message beginning with ``name``, where it cannot be read or breaks a limit;
        ReaderError where no process can be started.
        """
        with self._lane() as lane:
            lane.ask(source, name, most_seconds)
            parsed = lane.answer()
        if isinstance(parsed, SourceError):
            raise parsed
        return parsed

    def parse_all(self, files: Iterable[Found]) -> Generator[Parsed | SourceError]:
        """What becomes of each file, in order: a document, or why it is none (said after its name).

        Close the iterator where it is not read to its end.  Raises ReaderError where no process can be
        started.
        """
        left = iter(files)
        with self._lane() as lane:
            while True:
                while lane.asked < AHEAD and (found := next(left, None)):
                    lane.ask(found.path, found.name, member=found.member, folder=found.root)
                if not lane.asked:
                    return
                yield lane.answer()

    @contextmanager
    def _lane(self) -> Iterator[Lane]:
        with self._turns:
            with self._lock:
                lane = self._idle.pop() if self._idle else Lane(self._limits, self._program)
                self._busy.add(lane)
            try:
                yield lane
            finally:
                with self._lock:
                    self._busy.remove(lane)
                    if lane.is_reusable:
                        self._idle.append(lane)
                if not lane.is_reusable:  # interrupted: it may be at work for minutes
                    lane.close()


@cache
def parsers() -> Parsers:
    """The parsers of this program, with the usual limits; ended with it."""
    made = Parsers()
    atexit.register(made.close)
    return made
