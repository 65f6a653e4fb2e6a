"""Files of a folder read without leaving it: no link, and no exchange in the same instant, leads elsewhere.

A hard link is the file itself under a second name and cannot be told from it.
"""

from __future__ import annotations

import os
import stat
from io import BufferedReader
from pathlib import Path
from typing import Final

from index.errors import SourceError

LEADS_OUT: Final = "is a link that leads out of the folder. Put there what it leads to."
NO_FILE: Final = "is no ordinary file but a pipe or a device. Copy what it gives into a file."
_READ: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Opening a pipe that nobody writes to would wait for ever."""


def leads_to(path: Path) -> Path:
    """Where a path leads once every link in it is followed; raises nothing, also where it leads nowhere."""
    return Path(os.path.realpath(path))


def is_inside(path: Path, folder: Path) -> bool:
    """True where a path leads into a folder, or to itself."""
    return leads_to(path).is_relative_to(leads_to(folder))


def open_inside(path: Path, folder: Path) -> BufferedReader:
    """A file below a folder, opened for reading.

    Raises SourceError, beginning with the path, where it leads elsewhere or is no ordinary file; OSError.
    """
    handle = os.open(path, _READ)
    try:
        opened = os.fstat(handle)
        if stat.S_ISDIR(opened.st_mode):
            raise SourceError(f"{path}: is a folder now. Run this again.")
        if not stat.S_ISREG(opened.st_mode):
            raise SourceError(f"{path}: {NO_FILE}")
        real = leads_to(path)  # after opening: what was opened must still be what lies there
        if not real.is_relative_to(leads_to(folder)) or not os.path.samestat(opened, real.lstat()):
            raise SourceError(f"{path}: {LEADS_OUT}")
    except BaseException:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")


def bytes_inside(path: Path, folder: Path) -> bytes:
    """The bytes of a file below a folder; raises as `open_inside` does."""
    with open_inside(path, folder) as file:
        return file.read()
