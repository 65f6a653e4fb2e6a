"""Which files of a folder are documents.

Folders are walked in sorted order, hidden files and folders (``.git``, ``~$open.docx``) left out silently;
links to folders are not followed.  A zip archive stands for the documents in it, as a folder does.
Everything else that cannot be read is named with the reason.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import SourceError
from index.formats.archive import is_archive, members
from index.read import ENDINGS


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be read, and the folder that it is named from; in an archive, which member it is."""

    path: Path
    root: Path
    member: str | None = None

    @property
    def place(self) -> Path:
        """The file's path, an archive taken for a folder: what errors begin with."""
        return self.path / self.member if self.member else self.path

    @property
    def name(self) -> str:
        """The document's name: its place below the root with forward slashes."""
        return self.place.relative_to(self.root).as_posix()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not indexed, and why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The documents of a folder in sorted order, and what stands there beside them."""

    files: tuple[Found, ...]
    skipped: tuple[Skipped, ...]


def list_documents(folder: Path) -> Listing:
    """The documents in a folder and below; a file stands for itself.

    Raises SourceError where there is no such folder or nothing in it can be read.
    """
    listing = list_named([folder], folder if folder.is_dir() else folder.parent)
    if not listing.files:
        seen = "; ".join(f"{one.file}: {one.reason}" for one in listing.skipped[:5]) or "it is empty"
        raise SourceError(f"No document to read in {folder} ({seen}). Put {_endings()} files there.")
    return listing


def list_named(paths: Iterable[Path], root: Path | None) -> Listing:
    """The files named, and the documents below the folders named.

    A file is named from ``root`` where it lies below it, and else from its own folder.  Raises SourceError
    for a path where there is nothing.
    """
    files: dict[str, Found] = {}
    skipped: list[Skipped] = []
    for path in paths:
        if not path.exists():
            raise SourceError(f"No file or folder at {path}. Name the folder that holds the documents.")
        for file in _below(path, skipped):
            for found in _opened(_named(file, path, root), skipped):
                reason = _unreadable(found, files)
                if reason:
                    skipped.append(Skipped(found.name, reason))
                else:
                    files[found.name] = found
    return Listing(tuple(files.values()), tuple(skipped))


def _below(path: Path, skipped: list[Skipped]) -> Iterator[Path]:
    if path.is_file():
        yield path
        return

    def refused(error: OSError) -> None:
        skipped.append(Skipped(str(error.filename), f"the folder cannot be opened: {error.strerror}"))

    for folder, folders, names in os.walk(path, onerror=refused):
        folders[:] = sorted(name for name in folders if not _is_hidden(name))
        yield from (Path(folder) / name for name in sorted(names) if not _is_hidden(name))


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$"))


def _named(file: Path, named: Path, root: Path | None) -> Found:
    path = file.parent.resolve() / file.name  # a link is named where it stands, not where it leads
    if root and path.is_relative_to(root.resolve()):
        return Found(path, root.resolve())
    return Found(path, named.resolve() if named.is_dir() else path.parent)


def _opened(found: Found, skipped: list[Skipped]) -> Iterator[Found]:
    """The file, or the members of an archive; what is no document in it is noted."""
    try:
        if not is_archive(found.path):
            yield found
            return
        listed = members(found.path.read_bytes(), str(found.path))
    except SourceError as error:
        skipped.append(Skipped(found.name, str(error).removeprefix(f"{found.path}: ")))
        return
    except OSError as error:
        skipped.append(Skipped(found.name, f"cannot be opened ({error.strerror})"))
        return
    for one in listed:
        if one.problem:
            skipped.append(Skipped(f"{found.name}/{one.name}", one.problem))
        else:
            yield replace(found, member=one.name)


def _unreadable(found: Found, files: dict[str, Found]) -> str | None:
    if found.place.suffix.lower() not in ENDINGS:
        return f"cannot read files ending in {found.place.suffix!r}; readable: {_endings()}"
    if found.name in files:
        return f"another file of this name was given: {files[found.name].path}"
    try:
        found.name.encode()
    except UnicodeEncodeError:
        return "its name is not text; rename it"
    return None


def _endings() -> str:
    return ", ".join(sorted(ENDINGS))
