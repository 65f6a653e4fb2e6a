"""A zip archive of documents: which members are documents, under which names, and their bytes.

Its documents are named as if the archive were a folder: 汇编.zip/第一批/方案.docx.  Nothing is unpacked to
disk.  Of an uploaded file, which may be an archive or a document, `parts` gives each document in it.  Left
out: archives inside archives, which are refused with a reason while the others go on.
"""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from index.errors import SourceError
from index.reading.kinds import ARCHIVE_ENDING, ENDINGS, kind_of
from index.reading.zip_package import ENCRYPTED, Package

MOST_DOCUMENTS: Final = 2000
"""Documents of one archive; the archive is opened for each of them."""
_UTF8: Final = 0x800
"""The flag of a member whose name is in UTF-8; others' are read as cp437 by zipfile, whatever they are."""
_NOT_DOCUMENTS: Final = ("__MACOSX",)
"""Folders that programs add."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member by its readable name; ``problem`` says why it is no document, and is None for one."""

    name: str
    problem: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """A document by the name it was given, and its bytes; ``problem`` says why it is none, or is None."""

    name: str
    data: bytes
    problem: str | None = None


def members(data: bytes, name: str) -> tuple[Member, ...]:
    """The members that are files, hidden ones left out, in the order of their names.

    Raises SourceError, which begins with ``name``, where the archive as a whole cannot be used.
    """
    package = Package(data, name)
    found = sorted(_named(package), key=lambda pair: pair[0])
    if len(found) > MOST_DOCUMENTS:
        raise SourceError(f"{name}: holds {len(found)} files, more than {MOST_DOCUMENTS}. Split it.")
    seen: set[str] = set()
    listed = []
    for readable, info in found:
        problem = _problem(readable, info) or ("another member has this name" if readable in seen else None)
        listed.append(Member(readable, problem))
        seen.add(readable)
    return tuple(listed)


def member_of(data: bytes, member: str, name: str) -> bytes:
    """The bytes of the member that `members` names so; raises SourceError where it cannot be read."""
    package = Package(data, name)
    for readable, info in _named(package):
        if readable == member:
            problem = _problem(readable, info)
            if problem:
                raise SourceError(f"{name}/{member}: {problem}.")
            return package.read(info.filename)
    raise SourceError(f"{name}: holds no {member}. List it again.")


def parts(data: bytes, name: str, most: int, largest: int) -> Iterator[Part]:
    """The documents in an uploaded file: at most ``most`` of ``largest`` bytes each.

    Members go by the last part of their names, as files sent one by one do.  Raises SourceError, which begins
    with ``name``, for an archive that cannot be opened or holds more.
    """
    if not name.lower().endswith(ARCHIVE_ENDING) or kind_of(data, name) != "zip":
        yield Part(name, data)
        return
    listed = members(data, name)
    if len(listed) > most:
        raise SourceError(f"{name}: holds {len(listed)} files, more than {most}. Send it in parts.")
    seen: set[str] = set()
    for member in listed:
        own = PurePosixPath(member.name).name
        if own in seen:
            yield Part(member.name, b"", f"another file in {name} is called {own}; rename one")
            continue
        seen.add(own)
        try:
            held = b"" if member.problem else member_of(data, member.name, name)
        except SourceError as error:
            yield Part(own, b"", str(error))
            continue
        too_large = f"has {len(held)} bytes, more than {largest}" if len(held) > largest else None
        yield Part(own, b"" if too_large else held, member.problem or too_large)


def _named(package: Package) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    for info in package.infos.values():
        readable = _readable(info)
        parts = PurePosixPath(readable).parts
        hidden = any(part.startswith((".", "~$")) and part != ".." for part in parts)
        if not info.is_dir() and not hidden and not set(parts) & set(_NOT_DOCUMENTS):
            yield readable, info


def _readable(info: zipfile.ZipInfo) -> str:
    """The member's name: in UTF-8 where it says so or is, else in GB18030, as Chinese Windows packs."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        given = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return given.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return info.filename


def _problem(readable: str, info: zipfile.ZipInfo) -> str | None:
    path = PurePosixPath(readable)
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return "its name leads out of the archive; pack it again"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link; pack what it leads to"
    if info.flag_bits & ENCRYPTED:
        return "is encrypted with a password; pack it without one"
    ending = path.suffix.lower()
    if ending == ARCHIVE_ENDING:
        return "is an archive inside an archive; unpack it"
    if ending not in ENDINGS:
        return f"cannot read files ending in {ending!r}"
    return None
