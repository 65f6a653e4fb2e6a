"""Long work beside the page: it runs on while the page is told how far it is.

Closing the browser does not stop it, since half a rebuild helps nobody.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from index.build.change import Progress

T = TypeVar("T")

TOLD_EVERY: Final = 0.25
"""Seconds between two words about the progress; more often would only flicker."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far the work is: the share done, 0 to 1, and what is being done."""

    share: float
    words: str


class Work(Generic[T]):
    """Something started at once in a thread of its own."""

    def __init__(self, job: Callable[[Progress], T]) -> None:
        self._step = Step(0.0, "")
        self._future: Future[T] = Future()
        threading.Thread(target=self._run, args=(job,), name="documents").start()

    def _run(self, job: Callable[[Progress], T]) -> None:
        try:
            self._future.set_result(job(self._told))
        except BaseException as error:  # noqa: BLE001 - raised again where the result is asked for
            self._future.set_exception(error)

    def _told(self, share: float, words: str) -> None:
        self._step = Step(share, words)

    def steps(self) -> Iterator[Step]:
        """How far it is, until it has ended."""
        while not self._future.done():
            yield self._step
            time.sleep(TOLD_EVERY)

    def result(self) -> T:
        """What it came to, or the error it ended with."""
        return self._future.result()
