"""Which files of a folder are documents.

Folders are walked in sorted order, hidden files and folders (``.git``, ``~$open.docx``) left out silently.
A zip archive stands for the documents in it, as a folder does.  Whoever may put a link into the folder could
have any file published that this program can read: links that lead out of it, and links to folders, are not
followed.  They and everything else that cannot be read are named with the reason.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import SourceError
from index.reading.archive import Member, members
from index.reading.inside import LEADS_OUT, NO_FILE, bytes_inside, is_inside, leads_to
from index.reading.kinds import ARCHIVE_ENDING, kind_of
from index.reading.read import ENDINGS

_TO_FOLDER = "is a link to a folder of this one, whose documents are read where they lie."


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be read, the folder that it is named from and must lie in; in an archive, which member."""

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
    """A file that is not indexed, and why; ``is_link`` where it is only a name for another place."""

    file: str
    reason: str
    is_link: bool = False


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
        if not is_inside(path, _bounds(path, root)):
            skipped.append(Skipped(path.name, LEADS_OUT, is_link=True))
            continue
        for file in _below(path, root, skipped):
            for found in _opened(_named(file, path, root), skipped):
                reason = _unreadable(found, files)
                if reason:
                    skipped.append(Skipped(found.name, reason))
                else:
                    files[found.name] = found
    return Listing(tuple(files.values()), tuple(skipped))


def _bounds(path: Path, root: Path | None) -> Path:
    """The folder that a path given must not lead out of: the root where it is spelt below it, a folder
    itself, a file's own folder.  ``documents/*`` in a shell gives every link in it by name."""
    if root and any(leads_to(above) == leads_to(root) for above in path.absolute().parents):
        return root
    return path if path.is_dir() else path.parent


def _below(path: Path, root: Path | None, skipped: list[Skipped]) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return

    def refused(error: OSError) -> None:
        skipped.append(Skipped(str(error.filename), f"the folder cannot be opened: {error.strerror}"))

    for folder, folders, names in os.walk(path, onerror=refused):
        folders[:] = sorted(name for name in folders if not _is_hidden(name))
        for name in list(folders):
            here = Path(folder, name)
            if leads_to(here) != leads_to(Path(folder)) / name:  # a junction of Windows too
                folders.remove(name)
                reason = _TO_FOLDER if is_inside(here, path) else LEADS_OUT
                skipped.append(Skipped(_named(here, path, root).name, reason, is_link=True))
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
    if found.path.is_symlink() and not is_inside(found.path, found.root):
        skipped.append(Skipped(found.name, LEADS_OUT, is_link=True))
        return
    try:
        listed = _members(found)
    except SourceError as error:
        skipped.append(Skipped(found.name, str(error).removeprefix(f"{found.path}: ")))
        return
    except OSError as error:
        skipped.append(Skipped(found.name, f"cannot be opened ({error.strerror})"))
        return
    if listed is None:
        yield found
        return
    for one in listed:
        if one.problem:
            skipped.append(Skipped(f"{found.name}/{one.name}", one.problem))
        else:
            yield replace(found, member=one.name)


def _members(found: Found) -> tuple[Member, ...] | None:
    """What an archive holds; None where it is none, or not there.  Raises SourceError, OSError."""
    if found.path.exists() and not stat.S_ISREG(found.path.stat().st_mode):
        raise SourceError(NO_FILE)
    if found.path.suffix.lower() != ARCHIVE_ENDING or not found.path.exists():
        return None
    data = bytes_inside(found.path, found.root)
    return members(data, str(found.path)) if kind_of(data, str(found.path)) == "zip" else None


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
