"""Steps that can be stopped, however long the next one takes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Final, TypeVar

from anyio import to_thread

LOOKED: Final = 0.05
"""Seconds between two looks whether to stop, while the next step is not there yet."""

T = TypeVar("T")


class Stopped(Exception):  # noqa: N818 - not a mistake
    """Somebody asked to stop; nothing of the step that was under way is given out."""


async def until_stopped(steps: Iterator[T], stopped: Callable[[], bool]) -> AsyncIterator[T]:
    """The steps, and what they raise; raises Stopped as soon as ``stopped`` says so.

    Each is made in a thread, which is left to itself when it is not waited for: a language model may take a
    minute over it.
    """
    while True:
        coming = asyncio.create_task(to_thread.run_sync(_next, steps, abandon_on_cancel=True))
        while not coming.done():
            await asyncio.wait({coming}, timeout=LOOKED)
            if stopped():
                coming.cancel()
                raise Stopped
        step = coming.result()
        if not step:
            return
        yield step[0]


def _next(steps: Iterator[T]) -> tuple[T] | tuple[()]:
    """The next step; an empty tuple where there is none, since no coroutine may raise StopIteration."""
    for step in steps:
        return (step,)
    return ()
