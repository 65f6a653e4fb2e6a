"""A backup of all that cannot be built again, as one zip archive, and the way back from it.

It holds the documents and uploads with their notes, the edits, and what lies beside the index (feedback, the
log of changes, questions, conversations).  The index itself is made anew from them; vectors that are in its
cache are not computed again.  Users are left out: who has the archive must not have the hashes of passwords.

Backups are kept beside the index in ``store-backups/``.  Coming back from one makes a backup of what is there
first; feedback, questions and the log are only brought back where they are missing, so that nothing said
since is lost.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from index.build.change import BuildReport, Progress, changing
from index.build.edits import EDITS
from index.build.uploads import Folders, rebuild
from index.errors import SourceError, WriteError
from index.reading.inside import is_inside
from index.settings import beside
from index.storage import generation
from index.storage.journal import note_change

if TYPE_CHECKING:
    from index.encoders.encoder import Encoder

DOCUMENTS, UPLOADS, INDEX, BESIDE = "documents", "uploads", "index", "beside"
_NAME: Final = "backup-{:%Y%m%d-%H%M%S}.zip"
# backup-20261130-093000.zip, backup-20261130-093000-2.zip
_NAMED: Final = re.compile(r"backup-\d{8}-\d{6}(?:-\d+)?\.zip")
_KEPT_BESIDE: Final = (".sqlite", ".jsonl")
LARGEST: Final = 64 * 1024**3
"""Bytes that an archive may unpack to: ten thousand scans of 6 MB."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that is kept: its name, its size in bytes, when it was made."""

    name: str
    size: int
    made: datetime


def backups_of(out: Path) -> Path:
    """The folder that the backups of an index are kept in."""
    return beside(out, "backups")


def backups(out: Path) -> list[Backup]:
    """The backups that are kept, latest first."""
    folder = backups_of(out)
    found = [path for path in folder.glob("*.zip") if path.is_file()] if folder.is_dir() else []
    made = [Backup(p.name, (seen := p.stat()).st_size, _time(seen.st_mtime)) for p in found]
    return sorted(made, key=lambda one: (one.made, one.name), reverse=True)


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds).astimezone()


def backup_named(out: Path, name: str) -> Path:
    """Where a backup lies; raises SourceError for a name that is none of them."""
    if name not in {one.name for one in backups(out)}:
        raise SourceError(f"No backup {name!r} in {backups_of(out)}.")
    return backups_of(out) / name


def make_backup(folders: Folders, out: Path, progress: Progress | None = None) -> Path:
    """Write a backup and say where it lies; it appears whole or not at all.  Raises IndexBusy, WriteError."""
    told = progress or (lambda share, words: None)
    folder = backups_of(out)
    try:
        with changing(out, "backup"):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            target = _free(folder, _NAME.format(datetime.now()))
            new = target.with_suffix(".new")
            try:
                files = list(_held(folders, out))
                with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
                    for number, (name, path) in enumerate(files):
                        told(number / len(files), name)
                        _put(archive, name, path)
                os.replace(new, target)  # noqa: PTH105 - the name says what matters: it replaces
            finally:
                new.unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        raise WriteError(f"No backup can be written in {folder}: {error}. Free disk space.") from error
    told(1.0, "done")
    note_change(out, "backup", (target.name,))
    return target


def _free(folder: Path, name: str) -> Path:
    number, target = 2, folder / name
    while target.exists():
        target = folder / f"{Path(name).stem}-{number}.zip"
        number += 1
    return target


def _held(folders: Folders, out: Path) -> Iterator[tuple[str, Path]]:
    """What goes into a backup: its name there, and where it lies; nothing that a link leads out to."""
    for kind, folder in zip((DOCUMENTS, UPLOADS), folders.all, strict=False):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and is_inside(path, folder):
                yield f"{kind}/{path.relative_to(folder).as_posix()}", path
    if (out / EDITS).is_file():
        yield f"{INDEX}/{EDITS}", out / EDITS
    for path in _beside(out):
        yield f"{BESIDE}/{path.name.removeprefix(beside(out, '').name)}", path


def _beside(out: Path) -> list[Path]:
    named = beside(out, "")
    return sorted(p for p in named.parent.glob(f"{named.name}*") if p.suffix in _KEPT_BESIDE and p.is_file())


def _put(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    """A file, a database as it is between two changes."""
    if path.suffix != ".sqlite":
        archive.write(path, name)
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, path.name)
        with closing(sqlite3.connect(path)) as held, closing(sqlite3.connect(copy)) as made:
            held.backup(made)
        archive.write(copy, name)


def come_back(
    archive: Path,
    folders: Folders,
    out: Path,
    progress: Progress | None = None,
    encoder: Encoder | None = None,
) -> BuildReport:
    """Documents, uploads and edits as a backup has them, and the index built anew.

    What is there is backed up first.  Raises SourceError for what is no backup, before anything has changed;
    WriteError, and what `index.build.uploads.rebuild` raises.
    """
    with _opened(archive) as held:
        names = _checked(held, archive)
        make_backup(folders, out)
        try:
            with changing(out, "come back"):
                _unpack(held, names, DOCUMENTS, folders.documents)
                if any(name.startswith(f"{UPLOADS}/") for name in names):
                    apart = folders.uploads != folders.documents
                    _unpack(
                        held, names, UPLOADS, folders.uploads if apart else folders.documents, add=not apart
                    )
                (out / EDITS).unlink(missing_ok=True)
                _unpack(held, names, INDEX, out, add=True)
                for name in names:
                    kind, _, rest = name.partition("/")
                    if kind == BESIDE and not beside(out, rest).exists():
                        _write(held, name, beside(out, rest))
        except OSError as error:
            raise WriteError(
                f"The backup could not be brought back whole: {error}. Mend it and do it again."
            ) from error
    note_change(out, "come back", (archive.name,))
    model = generation.read_manifest(out, generation.current_number(out)).model.source
    return rebuild(folders, out, model, progress, encoder)


def _opened(archive: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(archive)
    except (OSError, zipfile.BadZipFile) as error:
        raise SourceError(f"{archive} is no backup that can be opened ({error}).") from error


def _checked(held: zipfile.ZipFile, archive: Path) -> list[str]:
    """The files of a backup; raises SourceError where it is none, is damaged, or a name leads out of it."""
    infos = [info for info in held.infolist() if not info.is_dir()]
    names = [info.filename for info in infos]
    known = (DOCUMENTS, UPLOADS, INDEX, BESIDE)
    for name in names:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or path.parts[0] not in known:
            raise SourceError(f"{archive} is no backup: it holds {name!r}.")
        if path.parts[0] in (INDEX, BESIDE) and len(path.parts) != 2:
            raise SourceError(f"{archive} is no backup: it holds {name!r}.")
        if path.parts[0] == INDEX and path.name != EDITS:
            raise SourceError(f"{archive} is no backup: it holds {name!r}.")
        if path.parts[0] == BESIDE and path.suffix not in _KEPT_BESIDE:
            raise SourceError(f"{archive} is no backup: it holds {name!r}.")
    if not any(name.startswith(f"{DOCUMENTS}/") for name in names):
        raise SourceError(f"{archive} is no backup: it holds no document.")
    if sum(info.file_size for info in infos) > LARGEST:
        raise SourceError(f"{archive} unpacks to more than {LARGEST} bytes, and is not brought back.")
    damaged = held.testzip()
    if damaged:
        raise SourceError(f"{archive} is damaged: {damaged} does not come out whole.")
    return names


def _unpack(held: zipfile.ZipFile, names: list[str], kind: str, folder: Path, *, add: bool = False) -> None:
    """The files of a kind into their folder; unless ``add``, what else is in it goes."""
    wanted = {name.removeprefix(f"{kind}/"): name for name in names if name.startswith(f"{kind}/")}
    folder.mkdir(parents=True, exist_ok=True)
    if not add:
        for path in sorted(folder.rglob("*"), reverse=True):
            if path.is_symlink() or (path.is_file() and path.relative_to(folder).as_posix() not in wanted):
                path.unlink()
    for rest, name in wanted.items():
        _write(held, name, folder / rest)


def _write(held: zipfile.ZipFile, name: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_name(f"{target.name}.new")
    with held.open(name) as source, new.open("wb") as file:
        shutil.copyfileobj(source, file)
    os.replace(new, target)  # noqa: PTH105 - the name says what matters: it replaces
