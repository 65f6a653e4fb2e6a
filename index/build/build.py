"""Documents to a published index: build it, add to it, take out of it, edit what it says of a document.

Every change writes a whole new generation beside the current one and makes it current at the end, so a
failed or killed change leaves what was there.
"""

from __future__ import annotations

import difflib
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from index.build.change import BuildReport, Progress, Taken, Work, changing, take_files, write
from index.build.draft import Draft
from index.build.edits import EditableField, Edits, TakeBack, edited_again, read_edits, write_edits
from index.clauses.coverage import coverage
from index.encoders.lazy import LazyEncoder, model_of
from index.errors import IndexDamaged, SourceError
from index.parsing.parsers import parsers
from index.reading.folder import Listing, list_documents, list_named
from index.records import Parsed
from index.storage import generation
from index.storage.manifest import Manifest

if TYPE_CHECKING:
    from index.encoders.encoder import Encoder

Changes = Mapping[EditableField, str | TakeBack | None]
"""What is edited of one document, as `edit` takes it."""

__all__ = ["BuildReport", "Changes", "Progress", "add", "build", "edit", "remove", "resolve"]


def build(
    documents: Path,
    out: Path,
    model: str | None = None,
    progress: Progress | None = None,
    encoder: Encoder | None = None,
) -> BuildReport:
    """Index a folder of documents from nothing and make that the current generation of ``out``.

    Edits of their metadata are made again.  ``encoder`` is one already loaded from ``model``.  Raises
    SourceError where nothing can be read, ModelError, IndexDamaged for a damaged file of edits, IndexBusy,
    WriteError.
    """
    started = time.perf_counter()
    listing = list_documents(documents)
    root = documents.resolve() if documents.is_dir() else documents.resolve().parent
    parsers().warm()  # imports its modules while the encoder is loaded
    if encoder is None:
        from index.encoders.load import load_encoder  # noqa: PLC0415 - imports onnxruntime

        encoder = load_encoder(model)
    lazy, told = LazyEncoder(model_of(encoder, model), encoder), progress or untold
    with changing(out, "build"):
        edits = read_edits(out)
        before = next(reversed(generation.readable(out)), None)
        work = Work(out, before, False, str(root), lazy, told, started)
        return write(work, lambda draft: take_files(draft, listing, edits, told))


def add(
    files: Iterable[Path],
    out: Path,
    progress: Progress | None = None,
    encoder: Encoder | None = None,
    changes: Mapping[str, Changes] | None = None,
) -> BuildReport:
    """Add files (or folders of them) to an index; a document of the same name is replaced.

    ``changes`` are edits that go in with a document, by its name.  A file is named from the folder that the
    index was built from where it lies below it, and else by its own name.  Raises SourceError where none can
    be read, EditError, ModelError, IndexMissing, IndexDamaged, IndexBusy, WriteError.
    """
    started, told = time.perf_counter(), progress or untold
    generation.current_number(out)
    with changing(out, "add"):
        before = current(out)
        listing, edits = list_named(files, Path(before.root)), read_edits(out)
        lazy, outside = LazyEncoder(before.model, encoder), _outside(before, listing)
        wanted = edits
        for file, changed in (changes or {}).items():
            wanted = wanted.changed(file, changed) if changed else wanted
        work = Work(out, before, True, before.root, lazy, told, started, outside, "add")
        with edits_kept(out, edits, wanted):
            report = write(work, lambda draft: take_files(draft, listing, wanted, told))
        left_out = [file for file in changes or () if file not in {*report.added, *before.sources}]
        if left_out:
            write_edits(out, wanted.without(left_out))
        return report


def remove(names: Iterable[str], out: Path, progress: Progress | None = None) -> BuildReport:
    """Take documents out of an index, by name as ``stats`` lists them or by a file name that only one has.

    What was edited of them is forgotten.  Raises SourceError for a name that is not there, IndexMissing,
    IndexDamaged, IndexBusy, WriteError.
    """
    started = time.perf_counter()
    generation.current_number(out)
    with changing(out, "remove"):
        before, edits = current(out), read_edits(out)
        removed = tuple(dict.fromkeys(resolve(name, before.sources) for name in names))
        lazy = LazyEncoder(before.model)
        work = Work(
            out, before, True, before.root, lazy, progress or untold, started, before.outside, "remove"
        )
        report = write(work, lambda _: Taken(), removed)
        if edits.without(removed) != edits:
            write_edits(out, edits.without(removed))
        return report


def edit(
    name: str,
    changes: Changes,
    out: Path,
    progress: Progress | None = None,
    encoder: Encoder | None = None,
) -> BuildReport:
    """Set what the index says of a document itself; kept across rebuilds, until its removal.

    A value replaces what was read from the file, None says that the document does not state the field,
    `TAKE_BACK` is what was read from the file again.  Title and region stand in what is encoded of every
    clause, so a change of either encodes that document again; any other encodes nothing.  Raises EditError,
    SourceError for a document that is not there, IndexMissing, IndexDamaged, IndexBusy, WriteError.
    """
    started = time.perf_counter()
    generation.current_number(out)
    with changing(out, "edit"):
        before, edits = current(out), read_edits(out)
        file = resolve(name, before.sources)
        lazy = LazyEncoder(before.model, encoder)
        work = Work(out, before, True, before.root, lazy, progress or untold, started, before.outside, "edit")
        wanted = edits.changed(file, changes)
        with edits_kept(out, edits, wanted):
            return write(work, lambda draft: _put_edited(draft, file, wanted))


@contextmanager
def edits_kept(out: Path, before: Edits, wanted: Edits) -> Iterator[None]:
    """Write the edits that a change needs, and those before it again where it fails."""
    if wanted == before:
        yield
        return
    write_edits(out, wanted)
    try:
        yield
    except BaseException:
        write_edits(out, before)
        raise


def _outside(before: Manifest, listing: Listing) -> tuple[str, ...]:
    """The documents that come from elsewhere than the index's folder, once these files are added."""
    inside = {one.name for one in listing.files if str(one.root) == before.root}
    others = {one.name for one in listing.files} - inside
    return tuple(sorted((set(before.outside) | others) - inside))


def _put_edited(draft: Draft, file: str, edits: Edits) -> Taken:
    """Put a document that the draft began with in again, with its fields as edited."""
    info, document = draft.infos[file], draft.document(file)
    if document is None or info.keys is None:
        raise IndexDamaged(f"{file!r} is listed without its text. Build the index again.")
    entries = draft.entries(info)
    clauses = tuple(entry.clause for entry in entries)
    draft.put(Parsed(edited_again(document, edits), clauses, tuple(entry.facts for entry in entries)))
    return Taken((file,), (file,), coverage=coverage(document, clauses))


def current(out: Path) -> Manifest:
    """The manifest of the current generation, checked as at every opening; raises IndexDamaged."""
    manifest = generation.read_manifest(out, generation.current_number(out))
    generation.check(out, manifest)
    return manifest


def resolve(name: str, known: Iterable[str]) -> str:
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


def untold(share: float, words: str) -> None:
    """Progress that nobody asked for."""
