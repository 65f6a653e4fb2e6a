"""Texts encoded in parts by several threads at once, in a way that can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor


def pooled(
    encode: Callable[[int], int],
    starts: Iterable[int],
    workers: int,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Call ``encode`` for each start, ``workers`` at a time; ``progress`` gets what each gives, in order.

    Raises the first error of a part at once; the parts still waiting are then left.
    """
    with ThreadPoolExecutor(workers, "encoder") as pool:
        try:
            for finished in pool.map(encode, starts):
                if progress:
                    progress(finished)
        except BaseException:  # a stop by the user too must not wait for the texts still queued
            pool.shutdown(wait=False, cancel_futures=True)
            raise
