"""An index on disk: a folder of immutable generations, and which of them is current.

::

    store/
        CURRENT                 the number of the current generation, replaced atomically
        lock                    held by the one writer
        edits.json              metadata that users have edited (`edits`)
        vectors-cache.sqlite    encoded windows by model and text (`cache`)
        generations/000001/     manifest.json, postings/, document-postings/
            parts/1/            documents.sqlite, vectors.faiss: some of the documents whole

A generation is written beside the others under a name that no reader looks for, synced to disk, renamed
and only then made current, so a reader or a power cut sees the old one or the new one and nothing between.
Every generation is complete by itself; large files that did not change are links to those of the one before
(`disk`).  The one before the current is kept as the way back.
"""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from os import name as os_name
from pathlib import Path
from typing import Final

from index.errors import IndexDamaged, IndexMissing
from index.storage.disk import FileSum, replace_file, sha256_of, sums_of, sync, sync_tree
from index.storage.manifest import FORMAT, Manifest, OtherFormat, manifest_of, text_of

log = logging.getLogger(__name__)

CURRENT: Final = "CURRENT"
GENERATIONS: Final = "generations"
MANIFEST: Final = "manifest.json"
PARTS: Final = "parts"
STORE: Final = "documents.sqlite"
VECTORS: Final = "vectors.faiss"
POSTINGS: Final = "postings"
DOCUMENT_POSTINGS: Final = "document-postings"

KEPT: Final = 2
"""Generations kept: the current one and the one before it."""

SMALL_PART: Final = 20_000
"""Clauses up to which the last part takes in what is added: copying it then costs .2 s, and a change of an
index of this size leaves both generations with files of their own."""

CHECKED_AT_OPENING: Final = 128 * 1024 * 1024
"""Bytes of a generation up to which opening it computes every checksum, at 1.4 GB/s; the five documents have
3 MB, 50,000 clauses about this much.  What is larger is checked behind the first questions (`live`)."""

_UNFINISHED: Final = ".unfinished-"
_NUMBER: Final = re.compile(r"[0-9]{1,18}")
"""A generation's, as CURRENT and its folder have it: 000017."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A generation that holds together; ``warning`` says why it is not the current one."""

    manifest: Manifest
    warning: str | None


def current_number(out: Path) -> int:
    """The current generation's number; raises IndexMissing where there is none, IndexDamaged for nonsense."""
    try:
        said = (out / CURRENT).read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissing(f"No index at {out}. Run: {_build(out)}") from error
    except UnicodeDecodeError as error:
        raise IndexDamaged(f"{out / CURRENT} is not a number. {way_back(out)}") from error
    except OSError as error:  # a folder, or nobody's to read
        raise IndexDamaged(f"{out / CURRENT} cannot be read ({error.strerror}). {way_back(out)}") from error
    if not _NUMBER.fullmatch(said):
        raise IndexDamaged(f"{out / CURRENT} holds {said[:40]!r} and not a number. {way_back(out)}")
    return int(said)


def current_words(out: Path) -> bytes:
    """What CURRENT holds, whatever it is: it changes when the generation does; empty where there is none."""
    try:
        return (out / CURRENT).read_bytes()
    except OSError:  # none, a folder, or nobody's to read: what opens the index says so
        return b""


def folder_of(out: Path, number: int) -> Path:
    """Where a generation lies."""
    return out / GENERATIONS / f"{number:06d}"


def read_manifest(out: Path, number: int) -> Manifest:
    """A generation's manifest; raises IndexDamaged where it is missing, changed or of another format."""
    path = folder_of(out, number) / MANIFEST
    try:
        return manifest_of(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise IndexDamaged(f"{path} is missing. {way_back(out, number)}") from error
    except OSError as error:
        raise IndexDamaged(f"{path} cannot be read ({error.strerror}). {way_back(out, number)}") from error
    except OtherFormat as error:
        raise IndexDamaged(
            f"{path} has format {error}; this version reads {FORMAT}. Run: {_build(out)}"
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamaged(f"{path} cannot be read ({error}). {way_back(out, number)}") from error


def whole(out: Path, damaged: Mapping[int, str] | None = None) -> Whole:
    """The current generation, or where it is damaged the newest one kept that is whole, with a warning.

    ``damaged`` generations, with what was found, are not looked at.  Raises IndexMissing where there is no
    index, IndexDamaged where none that is kept holds together.
    """
    known, number = damaged or {}, None
    try:
        number = current_number(out)
        if number in known:
            raise IndexDamaged(known[number])
        return Whole(_checked(out, number), None)
    except IndexDamaged as error:
        for other in reversed(numbers(out)):
            if other == number or other in known:
                continue
            try:
                manifest = _checked(out, other)
            except IndexDamaged:  # the first error names what is current, and is raised below
                continue
            warning = (
                f"{str(error).rstrip('.')}. Until then generation {other} answers, made {manifest.made}."
            )
            log.warning("%s", warning)
            return Whole(manifest, warning)
        raise


def _checked(out: Path, number: int) -> Manifest:
    manifest = read_manifest(out, number)
    check(out, manifest)
    return manifest


def check(out: Path, manifest: Manifest) -> None:
    """What is made sure of at every opening: sizes, and the checksums of all but the largest generations.

    Raises IndexDamaged, naming the first file that is not what was written.
    """
    check_sizes(out, manifest)
    if is_checked_at_opening(manifest):
        check_sums(out, manifest)


def is_checked_at_opening(manifest: Manifest) -> bool:
    """False where a generation is so large that opening it cannot wait for its checksums."""
    return sum(sums.bytes for sums in manifest.files.values()) <= CHECKED_AT_OPENING


def check_sizes(out: Path, manifest: Manifest) -> None:
    """The check that costs nothing: each file is there with its size; raises IndexDamaged."""
    folder = folder_of(out, manifest.number)
    for name, expected in manifest.files.items():
        try:
            size = (folder / name).stat().st_size
        except FileNotFoundError as error:
            raise IndexDamaged(f"{folder / name} is missing. {way_back(out, manifest.number)}") from error
        except OSError as error:
            raise IndexDamaged(
                f"{folder / name} cannot be read ({error.strerror}). {way_back(out, manifest.number)}"
            ) from error
        if size != expected.bytes:
            raise IndexDamaged(
                f"{folder / name} has {size} bytes and should have {expected.bytes}. "
                f"{way_back(out, manifest.number)}"
            )


def check_sums(out: Path, manifest: Manifest) -> None:
    """Compute the checksum of each file; raises IndexDamaged, naming the first that has changed."""
    folder = folder_of(out, manifest.number)
    for name, expected in manifest.files.items():
        try:
            found = sha256_of(folder / name)
        except OSError as error:
            raise IndexDamaged(
                f"{folder / name} cannot be read ({error.strerror}). {way_back(out, manifest.number)}"
            ) from error
        if found != expected.sha256:
            raise IndexDamaged(
                f"{folder / name} has changed: its SHA-256 is {found[:12]}… and was {expected.sha256[:12]}…. "
                f"{way_back(out, manifest.number)}"
            )


def way_back(out: Path, number: int | None = None) -> str:
    """The sentence that tells how to get a working index again."""
    kept = [other for other in numbers(out) if number is None or other < number]
    restore = f", or go back to generation {kept[-1]}: python -m index restore --index {out}" if kept else ""
    return f"Run: {_build(out)}{restore}"


def _build(out: Path) -> str:
    return f"python -m index build documents/ --out {out}"


def readable(out: Path) -> list[Manifest]:
    """The manifests of the finished generations that can be read, ascending."""
    found = []
    for number in numbers(out):
        try:
            found.append(read_manifest(out, number))
        except IndexDamaged:  # a build is the way back from it
            continue
    return found


def numbers(out: Path) -> list[int]:
    """The numbers of the finished generations, ascending, whether current or not."""
    folder = out / GENERATIONS
    names = [path.name for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
    return sorted(int(name) for name in names if _NUMBER.fullmatch(name))


def begin(out: Path) -> Path:
    """An empty folder for the next generation, leftovers of killed builds cleared.  Only under the lock."""
    folder = out / GENERATIONS
    folder.mkdir(parents=True, exist_ok=True)
    for leftover in folder.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(leftover)
    unfinished = folder / f"{_UNFINISHED}{next_number(out):06d}"
    unfinished.mkdir()
    return unfinished


def next_number(out: Path) -> int:
    """The number of the generation to be written next."""
    return max(numbers(out), default=0) + 1


def file_sums(
    folder: Path, base: Path | None = None, known: Mapping[str, FileSum] | None = None
) -> dict[str, FileSum]:
    """The sums of all files of a generation but its manifest; those linked from ``base`` are ``known``."""
    return sums_of(folder, ignored=MANIFEST, base=base, known=known or {})


def publish(out: Path, unfinished: Path, manifest: Manifest) -> None:
    """Make a written folder the current generation and drop those no longer kept.  Only under the lock."""
    (unfinished / MANIFEST).write_text(text_of(manifest), encoding="utf-8")
    sync_tree(unfinished)
    unfinished.rename(folder_of(out, manifest.number))
    sync(out / GENERATIONS)
    make_current(out, manifest.number)
    _drop_old(out, manifest.number)


def make_current(out: Path, number: int) -> None:
    """Point CURRENT at a finished generation, atomically."""
    replace_file(out / CURRENT, f"{number:06d}\n")


def _drop_old(out: Path, current: int) -> None:
    """Delete all but the generations kept.  What a reader holds open under Windows goes next time."""
    for number in [other for other in numbers(out) if other != current][: -(KEPT - 1)]:
        shutil.rmtree(folder_of(out, number), ignore_errors=os_name == "nt")
