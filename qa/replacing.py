"""A file that appears whole at the end, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from index.errors import WriteError


@contextmanager
def replacing(out: Path) -> Iterator[IO[bytes]]:
    """A file beside ``out`` that takes its place at the end, and is deleted where the end is not reached.

    Raises WriteError where ``out`` is a folder or cannot be written.
    """
    if out.is_dir():
        raise WriteError(f"{out} is a folder; name a file in it.")
    new = out.with_name(f".{out.name}.{os.getpid()}.new")
    try:
        with new.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, out)  # noqa: PTH105 - the name says what matters: it replaces
    except OSError as error:
        raise WriteError(
            f"{out} cannot be written ({error.strerror or error}). Name a file in a folder that is there."
        ) from error
    finally:
        if new.exists():
            new.unlink()
