"""So many requests computed at once, so many waiting, and the next one told to come again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final, TypeVar

from starlette.concurrency import run_in_threadpool

T = TypeVar("T")
COME_AGAIN: Final = 2
"""Seconds after which one that found the queue full is told to ask again; half of it is done by then."""


class Full(Exception):  # noqa: N818 - the state is the name
    """As many wait as may."""

    def __init__(self) -> None:
        super().__init__(f"Too many questions are waiting. Ask again in {COME_AGAIN} seconds.")


class Turns:
    """A bounded queue before the work that costs."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._most = at_once + waiting
        self._inside = 0
        self._free = asyncio.Semaphore(at_once)

    async def take(self, work: Callable[[], T]) -> T:
        """Do the work on a thread when its turn comes; raises Full at once where it cannot wait."""
        async with self.turn():
            return await run_in_threadpool(work)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Waits for a turn and holds it; raises Full at once where it cannot wait."""
        if self._inside >= self._most:
            raise Full
        self._inside += 1
        try:
            async with self._free:
                yield
        finally:
            self._inside -= 1
