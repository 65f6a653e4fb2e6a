"""Files that are whole or not there: checksums, writing through to the disk, unchanged files carried over."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

COPIED_BYTES: Final = 16 * 1024 * 1024
"""Smaller files are copied into the next generation, larger ones linked.  A copy costs 10 ms at this size and
keeps a damaged byte from reaching two generations; copying a million clauses would cost 3 GB every time."""

_NO_LINKS: Final = (errno.EXDEV, errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EACCES)
"""What a file system says that has no hard links (FAT, some network drives) or no more for this file."""


@dataclass(frozen=True, slots=True)
class FileSum:
    """The size in bytes and the SHA-256 (hex) of one file of a generation."""

    bytes: int
    sha256: str


def sha256_of(path: Path) -> str:
    """The SHA-256 (hex) of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def carry(source: Path, target: Path) -> None:
    """Have an unchanging file at ``target`` too: copied where it is small, else linked where it can be."""
    if source.stat().st_size >= COPIED_BYTES:
        try:
            os.link(source, target)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
        else:
            return
    shutil.copyfile(source, target)


def carry_folder(source: Path, target: Path) -> None:
    """Carry every file of a folder over; it has no folders below."""
    target.mkdir(parents=True)
    for file in sorted(source.iterdir()):
        if not file.name.endswith(".lock"):
            carry(file, target / file.name)


def sums_of(
    folder: Path, *, ignored: str, base: Path | None, known: Mapping[str, FileSum]
) -> dict[str, FileSum]:
    """The sums of all files below a folder but the ``ignored``, by their names below it.

    A file that is linked from ``base`` has the sum that is ``known`` of it and is not read again.
    """
    sums: dict[str, FileSum] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or name == ignored or name.endswith(".lock"):
            continue
        linked = base is not None and name in known and (base / name).exists() and path.samefile(base / name)
        sums[name] = known[name] if linked else FileSum(path.stat().st_size, sha256_of(path))
    return sums


def replace_file(path: Path, text: str) -> None:
    """Write a file whole or not at all; raises OSError where it cannot be written."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)  # of a writer that was killed, or a link that somebody put there
    with new.open("x", encoding="utf-8") as file:
        file.write(text)
    sync(new)
    os.replace(new, path)  # noqa: PTH105 - the name says what matters: it replaces
    sync(path.parent)


def sync_tree(folder: Path) -> None:
    """Have a folder and all below it written through to the disk."""
    for path in sorted(folder.rglob("*")):
        sync(path)
    sync(folder)


def sync(path: Path) -> None:
    """Have a file or folder written through to the disk; Windows cannot do so for folders."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
