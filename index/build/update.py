"""Bring an index in line with its folder of documents: only what changed there is touched.

Files are compared by their content: a new one is added, a changed one replaced, one that is gone taken out,
and one that only moved keeps what was encoded of it.  What was parsed by older rules is parsed again.
Documents that were added from elsewhere stay.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from index.build.build import current, untold
from index.build.change import BuildReport, Progress, Renamed, Taken, Work, changing, take_files, write
from index.build.draft import Draft
from index.build.edits import Edits, edited_again, read_edits, write_edits
from index.clauses.coverage import Coverage, coverage
from index.encoders.lazy import LazyEncoder
from index.errors import SourceError
from index.reading.archive import member_of
from index.reading.folder import Found, Listing, list_documents
from index.reading.inside import bytes_inside, open_inside
from index.records import Parsed
from index.search.older_rules import with_older_rules
from index.storage import generation
from index.storage.manifest import Manifest

if TYPE_CHECKING:
    from index.encoders.encoder import Encoder


@dataclass(frozen=True, slots=True)
class Differences:
    """What a folder holds otherwise than the index: files to take in, names moved, names that are gone.

    ``reread`` hold what they held, or only moved, and were parsed by older rules.
    """

    taken: tuple[Found, ...]
    renamed: tuple[Renamed, ...]
    gone: tuple[str, ...]
    unchanged: int
    reread: tuple[Found, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.taken or self.renamed or self.gone or self.reread)


def update(
    documents: Path, out: Path, progress: Progress | None = None, encoder: Encoder | None = None
) -> BuildReport:
    """Make the index hold what the folder it was built from holds now; where nothing changed, write nothing.

    Unchanged files that older rules parsed are parsed again; what is cut as before needs no encoding.
    A file that cannot be read is reported, and its document stays as it was.  Raises SourceError where the
    folder is another one, is not there or holds nothing that can be read (so that a drive that is not mounted
    empties no index), IndexMissing, IndexDamaged, ModelError, IndexBusy, WriteError.
    """
    started, told = time.perf_counter(), progress or untold
    generation.current_number(out)
    with changing(out, "update"):
        before, edits = current(out), read_edits(out)
        _refuse_other(documents, before)
        listing = list_documents(documents)
        found = differences(listing, before)
        if not found:
            return _unchanged(before, listing, started)
        lazy = LazyEncoder(before.model, encoder)
        outside = tuple(sorted(set(before.outside) - {one.name for one in listing.files}))
        work = Work(out, before, True, before.root, lazy, told, started, outside, "update")
        moved = _with_moved(edits, found.renamed)
        left = moved.without([*found.gone, *(one.before for one in found.renamed)])
        if moved != edits:
            write_edits(out, moved)
        try:
            report = write(work, lambda draft: _take_in(draft, found, listing, moved, told), found.gone)
        except BaseException:
            if moved != edits:
                write_edits(out, edits)
            raise
        if left != moved:
            write_edits(out, left)
        return replace(report, unchanged=found.unchanged)


def differences(listing: Listing, before: Manifest) -> Differences:
    """Compare a listing with what the index was made of, file by file, by name, SHA-256 and rules."""
    now = {one.name: _content(one) for one in listing.files}
    held, older = before.sources, set(with_older_rules(before))
    # An unreadable file is no file that is gone; what a link leads to is none of the folder's.
    there = {one.file for one in listing.skipped if not one.is_link}
    gone = {name for name in held if name not in now and name not in there and name not in before.outside}
    by_hash: dict[str, list[str]] = {}
    for name in sorted(gone, reverse=True):
        by_hash.setdefault(held[name], []).append(name)
    taken, renamed, reread = list[Found](), list[Renamed](), list[Found]()
    for one in listing.files:
        if held.get(one.name) == now[one.name]:
            reread += [one] * (one.name in older)
            continue
        alike = by_hash.get(now[one.name]) if one.name not in held else None
        if alike:
            renamed.append(Renamed(alike.pop(), one.name))
            reread += [one] * (renamed[-1].before in older)
        else:
            taken.append(one)
    gone -= {one.before for one in renamed}
    touched = {one.name for one in (*taken, *reread)} | {one.now for one in renamed}
    kept = len(listing.files) - len(touched)
    return Differences(tuple(taken), tuple(renamed), tuple(sorted(gone)), kept, tuple(reread))


def _content(found: Found) -> str:
    """The SHA-256 (hex) of a file or of an archive's member; empty where it cannot be read, which is new."""
    try:
        if found.member is None:
            with open_inside(found.path, found.root) as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        held = member_of(bytes_inside(found.path, found.root), found.member, found.name)
    except (SourceError, OSError):  # parsing it says why
        return ""
    return hashlib.sha256(held).hexdigest()


def _refuse_other(documents: Path, before: Manifest) -> None:
    if not documents.is_dir():
        raise SourceError(f"No folder at {documents}. Nothing was taken out of the index.")
    if str(documents.resolve()) != before.root:
        raise SourceError(
            f"The index was built from {before.root} and not from {documents.resolve()}. Name that folder, "
            f"or build from this one: python -m index build {documents}"
        )


def _unchanged(before: Manifest, listing: Listing, started: float) -> BuildReport:
    counts = before.counts
    return BuildReport(
        generation=before.number,
        added=(),
        replaced=(),
        removed=(),
        skipped=listing.skipped,
        documents=counts.documents,
        clauses=counts.clauses,
        windows=counts.windows,
        encoded=0,
        cached=0,
        coverage=Coverage(),
        seconds=time.perf_counter() - started,
        unchanged=len(listing.files),
    )


def _with_moved(edits: Edits, renamed: tuple[Renamed, ...]) -> Edits:
    """The edits with those of moved documents under the new names too, until the old ones are gone."""
    moved: Mapping[str, str] = {one.before: one.now for one in renamed if edits.of(one.before)}
    return Edits({**edits.by_file, **{now: edits.of(old) for old, now in moved.items()}})


def _take_in(draft: Draft, found: Differences, listing: Listing, edits: Edits, told: Progress) -> Taken:
    covered, again = Coverage(), {one.name for one in found.reread}
    for one in found.renamed:
        parsed = _moved(draft, one, edits)
        draft.drop(one.before)
        draft.put(parsed)
        if one.now not in again:
            covered += coverage(parsed.document, parsed.clauses)
    files = Listing((*found.taken, *found.reread), listing.skipped)
    taken = take_files(draft, files, edits, told)
    return replace(
        taken,
        added=tuple(file for file in taken.added if file not in again),
        replaced=tuple(file for file in taken.replaced if file not in again),
        renamed=found.renamed,
        reread=tuple(file for file in taken.added if file in again),
        coverage=covered + taken.coverage,
    )


def _moved(draft: Draft, renamed: Renamed, edits: Edits) -> Parsed:
    """A document under its new name, which is its title where its text has none."""
    info, document = draft.infos[renamed.before], draft.document(renamed.before)
    if document is None:
        raise SourceError(f"{renamed.before!r} is listed without its text. Build the index again.")
    entries = draft.entries(info)
    new = edited_again(replace(document, file=renamed.now), edits)
    return Parsed(new, tuple(entry.clause for entry in entries), tuple(entry.facts for entry in entries))
