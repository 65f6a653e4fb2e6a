"""An index on disk: a folder of immutable generations, and which of them is current.

::

    store/
        CURRENT                 the number of the current generation, replaced atomically
        lock                    held by the one writer
        edits.json              metadata that users have edited (`edits`)
        vectors-cache.sqlite    encoded windows by model and text (`cache`)
        generations/000001/     manifest.json, documents.sqlite, vectors.faiss,
                                postings/, document-postings/

A generation is written beside the others under a name that no reader looks for, synced to disk, renamed
and only then made current, so a reader or a power cut sees the old one or the new one and nothing between.
The one before the current is kept as the way back.  Left out: what is in the files (`store`, `vectors`,
`lexical`), the lock (`lock`).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from index.errors import IndexDamaged, IndexMissing

FORMAT: Final = 1
"""Version of the layout on disk; an index of another version is refused."""

CURRENT: Final = "CURRENT"
GENERATIONS: Final = "generations"
MANIFEST: Final = "manifest.json"
STORE: Final = "documents.sqlite"
VECTORS: Final = "vectors.faiss"
POSTINGS: Final = "postings"
DOCUMENT_POSTINGS: Final = "document-postings"

KEPT: Final = 2
"""Generations kept: the current one and the one before it."""

_UNFINISHED: Final = ".unfinished-"


@dataclass(frozen=True, slots=True)
class FileSum:
    """The size in bytes and the SHA-256 (hex) of one file of a generation."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Model:
    """The encoder an index was made with.

    ``source`` is what to hand to `index.encoder.load_encoder` to get it again, None for the shipped one.
    """

    name: str
    checksum: str
    dimension: int
    source: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """What a generation holds."""

    documents: int
    clauses: int
    facts: int
    windows: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says about itself.

    ``next_key`` is the first clause key never handed out; ``root`` the folder that documents are named from;
    ``files`` the sums of its own files and ``sources`` the SHA-256 of every source document, both by name;
    ``added`` when each document was taken in as it is (ISO 8601; none known in older generations).
    """

    format: int
    number: int
    made: str
    model: Model
    counts: Counts
    next_key: int
    root: str
    files: dict[str, FileSum]
    sources: dict[str, str]
    added: dict[str, str] = field(default_factory=dict)


def current_number(out: Path) -> int:
    """The current generation's number; raises IndexMissing where there is none, IndexDamaged for nonsense."""
    try:
        said = (out / CURRENT).read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissing(f"No index at {out}. Run: {_build(out)}") from error
    except UnicodeDecodeError as error:
        raise IndexDamaged(f"{out / CURRENT} is not a number. {way_back(out)}") from error
    if not said.isdecimal():
        raise IndexDamaged(f"{out / CURRENT} holds {said!r} and not a number. {way_back(out)}")
    return int(said)


def folder_of(out: Path, number: int) -> Path:
    """Where a generation lies."""
    return out / GENERATIONS / f"{number:06d}"


def read_manifest(out: Path, number: int) -> Manifest:
    """A generation's manifest; raises IndexDamaged where it is missing, unreadable or of another format."""
    path = folder_of(out, number) / MANIFEST
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        if said["format"] != FORMAT:
            raise IndexDamaged(
                f"{path} has format {said['format']}; this version reads {FORMAT}. Run: {_build(out)}"
            )
        files = {name: FileSum(**sums) for name, sums in said.pop("files").items()}
        model, counts = Model(**said.pop("model")), Counts(**said.pop("counts"))
        return Manifest(**said, files=files, model=model, counts=counts)
    except FileNotFoundError as error:
        raise IndexDamaged(f"{path} is missing. {way_back(out, number)}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamaged(f"{path} cannot be read ({error}). {way_back(out, number)}") from error


def check_sizes(out: Path, manifest: Manifest) -> None:
    """The cheap check made at every opening: each file is there with its size; raises IndexDamaged."""
    folder = folder_of(out, manifest.number)
    for name, expected in manifest.files.items():
        try:
            size = (folder / name).stat().st_size
        except FileNotFoundError as error:
            raise IndexDamaged(f"{folder / name} is missing. {way_back(out, manifest.number)}") from error
        if size != expected.bytes:
            raise IndexDamaged(
                f"{folder / name} has {size} bytes and should have {expected.bytes}. "
                f"{way_back(out, manifest.number)}"
            )


def way_back(out: Path, number: int | None = None) -> str:
    """The sentence that tells how to get a working index again."""
    kept = [other for other in numbers(out) if number is None or other < number]
    restore = f", or go back to generation {kept[-1]}: python -m index restore --index {out}" if kept else ""
    return f"Run: {_build(out)}{restore}"


def _build(out: Path) -> str:
    return f"python -m index build documents/ --out {out}"


def numbers(out: Path) -> list[int]:
    """The numbers of the finished generations, ascending, whether current or not."""
    folder = out / GENERATIONS
    names = [path.name for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
    return sorted(int(name) for name in names if name.isdecimal())


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


def file_sums(folder: Path) -> dict[str, FileSum]:
    """The sums of all files of a generation but its manifest, by their names below the folder."""
    return {
        path.relative_to(folder).as_posix(): FileSum(path.stat().st_size, sha256_of(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST and not path.name.endswith(".lock")
    }


def sha256_of(path: Path) -> str:
    """The SHA-256 (hex) of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def publish(out: Path, unfinished: Path, manifest: Manifest) -> None:
    """Make a written folder the current generation and drop those no longer kept.  Only under the lock."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    (unfinished / MANIFEST).write_text(text, encoding="utf-8")
    for path in sorted(unfinished.rglob("*")):
        _sync(path)
    _sync(unfinished)
    unfinished.rename(folder_of(out, manifest.number))
    _sync(out / GENERATIONS)
    make_current(out, manifest.number)
    _drop_old(out, manifest.number)


def make_current(out: Path, number: int) -> None:
    """Point CURRENT at a finished generation, atomically."""
    replace_file(out / CURRENT, f"{number:06d}\n")


def replace_file(path: Path, text: str) -> None:
    """Write a file whole or not at all; raises OSError where it cannot be written."""
    new = path.with_name(f"{path.name}.new")
    new.write_text(text, encoding="utf-8")
    _sync(new)
    os.replace(new, path)  # noqa: PTH105 - the name says what matters: it replaces
    _sync(path.parent)


def _drop_old(out: Path, current: int) -> None:
    """Delete all but the generations kept.  What a reader holds open under Windows goes next time."""
    for number in [other for other in numbers(out) if other != current][: -(KEPT - 1)]:
        shutil.rmtree(folder_of(out, number), ignore_errors=os.name == "nt")


def _sync(path: Path) -> None:
    """Have a file or folder written through to the disk; Windows cannot do so for folders."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
