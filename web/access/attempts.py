"""How often a password may be tried: counted by address, by name, and by both.

An attempt counts from its beginning and is taken back where it succeeds, so that many at once gain nothing.
Left out: blocking addresses elsewhere than at the login.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from typing import Final

SPAN: Final = 15 * 60
"""Seconds for which a failed attempt counts."""
OF_BOTH, OF_ADDRESS, OF_NAME = 5, 20, 50
"""Failures in the span: a person mistypes thrice; an office behind one address shares 20; a name that is
tried from everywhere is closed late, since closing it also keeps out its owner."""
KEPT: Final = 10_000
"""Names and addresses remembered; beyond it the oldest are forgotten."""


class Attempts:
    """Failed attempts of the last minutes; safe between threads."""

    def __init__(self) -> None:
        self._failed: dict[tuple[str, str], deque[float]] = {}
        self._lock = threading.Lock()

    def begin(self, address: str, name: str, now: float) -> int:
        """Count an attempt; 0 where it may be made, else the seconds to wait (and it is not counted)."""
        with self._lock:
            waits = [self._wait(key, most, now) for key, most in _keys(address, name)]
            if not any(waits):
                for key, _ in _keys(address, name):
                    self._failed.setdefault(key, deque()).append(now)
                while len(self._failed) > KEPT:
                    del self._failed[next(iter(self._failed))]
            return max(waits)

    def succeeded(self, address: str, name: str) -> None:
        """Take back what the last `begin` counted, and forget the failures of this name at this address."""
        with self._lock:
            for key, most in _keys(address, name):
                times = self._failed.get(key)
                if times:
                    times.pop()
                if not times or most == OF_BOTH:
                    self._failed.pop(key, None)

    def _wait(self, key: tuple[str, str], most: int, now: float) -> int:
        times = self._failed.get(key, deque())
        while times and times[0] <= now - SPAN:
            times.popleft()
        return 0 if len(times) < most else int(times[0] + SPAN - now) + 1


def _keys(address: str, name: str) -> Iterator[tuple[tuple[str, str], int]]:
    yield (address, name), OF_BOTH
    yield (address, ""), OF_ADDRESS
    yield ("", name), OF_NAME
