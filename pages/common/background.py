"""Long work beside a page: it runs on while the page is told how far it is.

Closing the browser does not stop it, since half a rebuild helps nobody.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from html import escape
from typing import Final, Generic, TypeVar

from index.build.change import Progress
from pages.common.markup import one_line

T = TypeVar("T")

TELLING, TELLING_SECONDS = 0.15, 4.0
"""The share done and the seconds passed from which on the rest is told: reading files is another pace."""
TOLD_EVERY: Final = 0.25
"""Seconds between two words about the progress; more often would only flicker."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far the work is: the share done, 0 to 1, what is being done, and the seconds since it began."""

    share: float
    words: str
    elapsed: float = 0.0

    @property
    def left(self) -> float | None:
        """The seconds that are left at this pace; None as long as too little is done to tell."""
        if self.share < TELLING or self.elapsed < TELLING_SECONDS:
            return None
        return self.elapsed * (1 - self.share) / self.share


def progress_bar(step: Step, doing: str, working: str, elapsed: str, left: str) -> str:
    """How far the work is as HTML: what it does, how long it has taken, about how long it will.

    ``elapsed`` and ``left`` have a place for their {seconds}.
    """
    share = round(100 * min(max(step.share, 0), 1))
    times = [elapsed.format(seconds=round(step.elapsed))]
    times += [] if step.left is None else [left.format(seconds=max(1, round(step.left)))]
    return (
        f'<div class="tw-told tw-progress" role="progressbar" aria-valuenow="{share}" aria-valuemin="0" '
        f'aria-valuemax="100" aria-label="{escape(working)}"><span>{escape(working)}　{share}%　'
        f"{one_line(doing)}</span><small>{escape('，'.join(times))}</small>"
        f'<i style="width:{share}%"></i></div>'
    )


class Work(Generic[T]):
    """Something started at once in a thread of its own."""

    def __init__(self, job: Callable[[Progress], T]) -> None:
        self._begun = time.monotonic()
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
            yield replace(self._step, elapsed=time.monotonic() - self._begun)
            time.sleep(TOLD_EVERY)

    @property
    def over(self) -> bool:
        """True once it has ended, well or not."""
        return self._future.done()

    def result(self) -> T:
        """What it came to, or the error it ended with."""
        return self._future.result()
