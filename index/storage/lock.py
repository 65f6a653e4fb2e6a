"""The lock that keeps an index to one writer at a time.

The operating system holds it, so a killed writer leaves nothing to clear up.  Readers never take it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from index.errors import IndexBusy, read_json

LOCK: Final = "lock"

_LOCKED_AT: Final = 1 << 20
"""Windows locks bytes against reading too, so the byte locked lies far behind the words about the holder."""


@contextmanager
def writing(out: Path, doing: str) -> Iterator[None]:
    """Hold the index at ``out`` (made where it is not there) for writing.

    Raises IndexBusy, saying who holds it, where another writer does.
    """
    out.mkdir(parents=True, exist_ok=True)
    path = out / LOCK
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _take(handle):
            raise IndexBusy(f"{out} is being written by {_holder(path)}. Wait for it, then run this again.")
        said = {"process": os.getpid(), "doing": doing, "since": datetime.now().isoformat(" ", "seconds")}
        os.ftruncate(handle, 0)
        os.write(handle, json.dumps(said).encode())
        yield
    finally:
        os.close(handle)


def _holder(path: Path) -> str:
    """Who holds the lock, as it wrote of itself: ``process 4711 (build since 2025-01-31 09:30:00)``."""
    try:
        said = read_json(path.read_text(encoding="utf-8"))
        return f"process {said['process']} ({said['doing']} since {said['since']})"
    except (ValueError, KeyError, TypeError):  # the holder has not written itself down yet
        return "another process"


def _take(handle: int) -> bool:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - exists there only

        os.lseek(handle, _LOCKED_AT, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(handle, 0, os.SEEK_SET)
        return True
    import fcntl  # noqa: PLC0415 - exists there only

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
