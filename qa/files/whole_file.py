"""A file that appears whole at the end, or not at all."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from index.errors import WriteError
from index.reading.inside import leads_to


@contextmanager
def replacing(out: Path) -> Iterator[IO[bytes]]:
    """A file beside ``out`` that takes its place at the end, and is deleted where the end is not reached.

    Where ``out`` is a link, it stays one and the file that it leads to is replaced.  Raises WriteError where
    ``out`` is a folder, a device or a pipe, or cannot be written.
    """
    target = replaceable(out)
    new = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        with new.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, new)  # what others could not read stays so
        os.replace(new, target)  # noqa: PTH105 - the name says what matters: it replaces
    except OSError as error:
        raise WriteError(
            f"{out} cannot be written ({error.strerror or error}). Name a file in a folder that is there."
        ) from error
    finally:
        with suppress(OSError):  # where its folder cannot be reached it was never made
            new.unlink(missing_ok=True)


def replaceable(out: Path) -> Path:
    """Where a file that is to be replaced really lies; raises WriteError where it is no ordinary file."""
    try:
        mode = out.stat().st_mode
    except FileNotFoundError:
        return leads_to(out)
    except OSError as error:
        raise WriteError(f"{out} cannot be written ({error.strerror}). Name another file.") from error
    if stat.S_ISDIR(mode):
        raise WriteError(f"{out} is a folder; name a file in it.")
    if not stat.S_ISREG(mode):
        raise WriteError(f"{out} is no file but a device or a pipe, which is not replaced; name a file.")
    return leads_to(out)
