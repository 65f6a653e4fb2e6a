"""Documents to a published index: build it, add to it, take out of it.

Every change writes a whole new generation beside the current one and makes it current at the end, so a
failed or killed change leaves what was there.  Left out: how a generation is written (`draft`).
"""

from __future__ import annotations

import difflib
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from index import generation
from index.cache import CACHE, VectorCache
from index.coverage import Coverage, coverage
from index.draft import Draft, Encoded
from index.errors import IndexDamaged, SourceError, WriteError
from index.generation import Manifest
from index.loading import LazyEncoder, model_of
from index.lock import writing
from index.parse import parse_file
from index.walk import Listing, Skipped, list_documents, list_named

if TYPE_CHECKING:
    from index.encoder import Encoder

Progress = Callable[[float, str], None]
"""Told the share done, 0 to 1, and what is being done."""

_READ, _POSTED, _ENCODED = 0.08, 0.10, 0.98
"""Shares of a build's time after reading, posting and encoding; encoding takes over 85 % of it."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a change did: the files taken in (those that replaced one among them), taken out and left out.

    ``documents``, ``clauses`` and ``windows`` count what the index now holds; ``encoded`` and ``cached``
    the different windows that were encoded and found in the cache; ``coverage`` is of the files taken in.
    """

    generation: int
    added: tuple[str, ...]
    replaced: tuple[str, ...]
    removed: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    documents: int
    clauses: int
    windows: int
    encoded: int
    cached: int
    coverage: Coverage
    seconds: float


def build(
    documents: Path,
    out: Path,
    model: str | None = None,
    progress: Progress | None = None,
    encoder: Encoder | None = None,
) -> BuildReport:
    """Index a folder of documents from nothing and make that the current generation of ``out``.

    ``encoder`` is one already loaded from ``model``.  Raises SourceError where nothing can be read,
    ModelError, IndexBusy, WriteError.
    """
    started = time.perf_counter()
    listing = list_documents(documents)
    root = documents.resolve() if documents.is_dir() else documents.resolve().parent
    if encoder is None:
        from index.encoder import load_encoder  # noqa: PLC0415 - imports onnxruntime

        encoder = load_encoder(model)
    lazy = LazyEncoder(model_of(encoder, model), encoder)
    with _changing(out, "build"):
        work = _Work(out, _readable_before(out), False, str(root), lazy, progress or _untold, started)
        return _write(work, listing, ())


def add(
    files: Iterable[Path], out: Path, progress: Progress | None = None, encoder: Encoder | None = None
) -> BuildReport:
    """Add files (or folders of them) to an index; a document of the same name is replaced.

    A file is named from the folder that the index was built from where it lies below it, and else by its
    own name.  Raises SourceError where none can be read, ModelError, IndexMissing, IndexBusy, WriteError.
    """
    started = time.perf_counter()
    generation.current_number(out)
    with _changing(out, "add"):
        before = _current(out)
        listing = list_named(files, Path(before.root))
        lazy = LazyEncoder(before.model, encoder)
        return _write(_Work(out, before, True, before.root, lazy, progress or _untold, started), listing, ())


def remove(names: Iterable[str], out: Path, progress: Progress | None = None) -> BuildReport:
    """Take documents out of an index, by name as ``stats`` lists them or by a file name that only one has.

    Raises SourceError for a name that is not there, IndexMissing, IndexBusy, WriteError.
    """
    started = time.perf_counter()
    generation.current_number(out)
    with _changing(out, "remove"):
        before = _current(out)
        removed = tuple(dict.fromkeys(_resolve(name, before.sources) for name in names))
        lazy = LazyEncoder(before.model)
        work = _Work(out, before, True, before.root, lazy, progress or _untold, started)
        return _write(work, Listing((), ()), removed)


@dataclass(frozen=True, slots=True)
class _Work:
    """One change: where, after which generation, whether that one is carried over, and with what."""

    out: Path
    before: Manifest | None
    keep: bool
    root: str
    encoder: LazyEncoder
    progress: Progress
    started: float


@dataclass(frozen=True, slots=True)
class _Taken:
    """What reading the files came to."""

    added: tuple[str, ...]
    replaced: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    coverage: Coverage


def _write(work: _Work, listing: Listing, removed: tuple[str, ...]) -> BuildReport:
    """Write the next generation and publish it; what is unfinished is thrown away on any failure."""
    draft = Draft(work.out, work.before, keep=work.keep)
    try:
        for file in removed:
            draft.drop(file)
        taken = _take_in(draft, listing, work.progress)
        if not taken.added and not removed:
            raise SourceError(f"No file could be read. {_listed(taken.skipped)}")
        draft.write_postings()
        work.progress(_POSTED, "encoding")
        encoded = _encode(work, draft)
        work.progress(_ENCODED, "publishing")
        manifest = _manifest(work, draft)
        generation.publish(work.out, draft.folder, manifest)
    except BaseException:
        draft.discard()
        raise
    work.progress(1.0, "done")
    counts = manifest.counts
    return BuildReport(
        generation=manifest.number,
        added=taken.added,
        replaced=taken.replaced,
        removed=removed,
        skipped=taken.skipped,
        documents=counts.documents,
        clauses=counts.clauses,
        windows=counts.windows,
        encoded=encoded.fresh,
        cached=encoded.cached,
        coverage=taken.coverage,
        seconds=time.perf_counter() - work.started,
    )


def _take_in(draft: Draft, listing: Listing, progress: Progress) -> _Taken:
    """Parse the files one after another and put them in; one that cannot be read is noted and left out."""
    added, replaced, skipped, covered = [], [], list(listing.skipped), Coverage()
    for number, found in enumerate(listing.files):
        progress(_READ * number / len(listing.files), found.name)
        try:
            parsed = parse_file(found.path, found.root)
        except SourceError as error:
            skipped.append(Skipped(found.name, str(error).removeprefix(f"{found.path}: ")))
            continue
        if draft.put(parsed):
            replaced.append(found.name)
        added.append(found.name)
        covered += coverage(parsed.document, parsed.clauses)
    progress(_READ, "posting the words")
    return _Taken(tuple(added), tuple(replaced), tuple(skipped), covered)


def _encode(work: _Work, draft: Draft) -> Encoded:
    def told(share: float) -> None:
        work.progress(_POSTED + share * (_ENCODED - _POSTED), "encoding")

    checksum = work.encoder.model.checksum
    cache = VectorCache(work.out / CACHE, checksum, generation.next_number(work.out))
    with closing(cache):
        encoded = draft.write_vectors(work.encoder, cache, told)
        if not work.keep:
            cache.forget_unused()
    return encoded


def _manifest(work: _Work, draft: Draft) -> Manifest:
    counts = draft.finish()
    return Manifest(
        format=generation.FORMAT,
        number=generation.next_number(work.out),
        made=datetime.now().astimezone().isoformat(timespec="seconds"),
        model=work.encoder.model,
        counts=counts,
        next_key=draft.next_key,
        root=work.root,
        files=generation.file_sums(draft.folder),
        sources={info.file: info.source_hash for info in draft.infos.values()},
    )


@contextmanager
def _changing(out: Path, doing: str) -> Iterator[None]:
    """Hold the lock, and say what a failed write means."""
    try:
        with writing(out, doing):
            yield
    except (OSError, sqlite3.OperationalError) as error:
        raise WriteError(
            f"The index at {out} cannot be written: {error}. What was current before still is. "
            f"Free disk space or mend the permissions, then run this again; what was encoded is kept."
        ) from error


def _current(out: Path) -> Manifest:
    """The manifest of the current generation, checked as at every opening."""
    manifest = generation.read_manifest(out, generation.current_number(out))
    generation.check_sizes(out, manifest)
    return manifest


def _readable_before(out: Path) -> Manifest | None:
    """The newest manifest that can be read, so that its keys are not handed out again; None without one."""
    for number in reversed(generation.numbers(out)):
        try:
            return generation.read_manifest(out, number)
        except IndexDamaged:  # this very build is the way back from it
            continue
    return None


def _resolve(name: str, known: Iterable[str]) -> str:
    """The document that a name means; raises SourceError for none or several."""
    files = list(known)
    meant = (
        [name] if name in files else [file for file in files if file.rsplit("/", 1)[-1] == Path(name).name]
    )
    if len(meant) == 1:
        return meant[0]
    near = meant or difflib.get_close_matches(name, files, n=3, cutoff=0.3)
    hint = f" Did you mean: {', '.join(near)}?" if near else ""
    raise SourceError(
        f"{len(meant) or 'No'} documents named {name!r} in the index.{hint} List them: python -m index stats"
    )


def _listed(skipped: Iterable[Skipped]) -> str:
    return " ".join(f"{one.file}: {one.reason}" for one in skipped) or "There is none."


def _untold(share: float, words: str) -> None:
    """Progress that nobody asked for."""
