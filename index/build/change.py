"""One change of an index, from the documents to the published generation: what every change has in common.

A change writes a whole new generation beside the current one and makes it current at the end, so a failed or
killed one leaves what was there.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from index.build.draft import Draft, Encoded
from index.build.edits import Edits, apply
from index.clauses.coverage import Coverage, Shortfall, coverage, shortfall
from index.encoders.lazy import LazyEncoder
from index.encoders.vector_cache import CACHE, VectorCache
from index.engines.milvus_link import read_link
from index.errors import SourceError, WriteError
from index.parsing.parsers import parsers
from index.parsing.rules import rules_version
from index.reading.folder import Listing, Skipped
from index.records import Parsed
from index.storage import generation
from index.storage.journal import note_change
from index.storage.lock import writing
from index.storage.manifest import FORMAT, Manifest, counts_of

Progress = Callable[[float, str], None]
"""Told the share done, 0 to 1, and what is being done."""

_READ, _POSTED, _ENCODED = 0.08, 0.10, 0.98
"""Shares of a build's time after reading, posting and encoding; encoding takes over 85 % of it."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """A document whose file has another name and the same content."""

    before: str
    now: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a change did: the files taken in (those that replaced one among them), taken out and left out.

    ``documents``, ``clauses`` and ``windows`` count what the index now holds; ``encoded`` and ``cached``
    the different windows that were encoded and found in the cache; ``coverage`` is of the files taken in, and
    ``shortfalls`` are those of which too much is missing.
    An update also tells which files only moved, which of those unchanged were parsed again because the rules
    are newer, and how many were left as they had been.
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
    renamed: tuple[Renamed, ...] = ()
    reread: tuple[str, ...] = ()
    unchanged: int = 0
    shortfalls: tuple[Shortfall, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the index holds anything else than before."""
        return bool(self.added or self.removed or self.renamed or self.reread)


@dataclass(frozen=True, slots=True)
class Work:
    """One change: where, after which generation, whether that one is carried over, and with what.

    ``outside`` are the documents that come from elsewhere than ``root``; ``doing`` is what the log of
    changes calls it.
    """

    out: Path
    before: Manifest | None
    keep: bool
    root: str
    encoder: LazyEncoder
    progress: Progress
    started: float
    outside: tuple[str, ...] = ()
    doing: str = "build"


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking documents in came to: the files, those among them that replaced one, those left out.

    ``parsed`` are those that were parsed for it, whatever the reason.
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    reread: tuple[str, ...] = ()
    parsed: tuple[str, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    shortfalls: tuple[Shortfall, ...] = ()


def write(work: Work, take_in: Callable[[Draft], Taken], removed: tuple[str, ...] = ()) -> BuildReport:
    """Write the next generation and publish it; what is unfinished is thrown away on any failure."""
    draft = Draft(work.out, work.before, keep=work.keep)
    try:
        for file in removed:
            draft.drop(file)
        taken = take_in(draft)
        if not taken.added and not taken.renamed and not taken.reread and not removed:
            raise SourceError(f"No file could be read. {_listed(taken.skipped)}")
        draft.write_postings()
        work.progress(_POSTED, "encoding")
        encoded = _encode(work, draft)
        work.progress(_ENCODED, "publishing")
        manifest = _manifest(work, draft, taken)
        _bring_to_milvus(work, draft, manifest)
        generation.publish(work.out, draft.folder, manifest)
    except BaseException:
        draft.discard()
        raise
    work.progress(1.0, "done")
    touched = (*taken.added, *(one.now for one in taken.renamed), *taken.reread, *removed)
    note_change(work.out, work.doing, touched, manifest.number)
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
        renamed=taken.renamed,
        reread=taken.reread,
        shortfalls=taken.shortfalls,
        seconds=time.perf_counter() - work.started,
    )


def take_files(draft: Draft, listing: Listing, edits: Edits, progress: Progress) -> Taken:
    """Parse the files one after another and put them in, edited as ``edits`` says.

    One that cannot be read is noted and left out.
    """
    added, replaced, skipped, covered = [], [], list(listing.skipped), Coverage()
    short = list[Shortfall | None]()
    with closing(parsers().parse_all(listing.files)) as parsing:
        for number, found in enumerate(listing.files):
            progress(_READ * number / len(listing.files), found.name)
            parsed = next(parsing)
            if isinstance(parsed, SourceError):
                skipped.append(Skipped(found.name, str(parsed).removeprefix(f"{found.name}: ")))
                continue
            if draft.put(_edited(parsed, edits)):
                replaced.append(found.name)
            added.append(found.name)
            own = coverage(parsed.document, parsed.clauses)
            covered += own
            short.append(shortfall(parsed.document, own))
    progress(_READ, "posting the words")
    shortfalls = tuple(filter(None, short))
    return Taken(
        added=tuple(added),
        replaced=tuple(replaced),
        skipped=tuple(skipped),
        parsed=tuple(added),
        coverage=covered,
        shortfalls=shortfalls,
    )


def _edited(parsed: Parsed, edits: Edits) -> Parsed:
    """The document as edited; its clauses stay as the file's own words cut them."""
    document = parsed.document
    fields = apply(document.fields, edits.of(document.file))
    return replace(parsed, document=replace(document, fields=fields))


def _encode(work: Work, draft: Draft) -> Encoded:
    def told(share: float) -> None:
        work.progress(_POSTED + share * (_ENCODED - _POSTED), "encoding")

    checksum = work.encoder.model.checksum
    cache = VectorCache(work.out / CACHE, checksum, generation.next_number(work.out))
    with closing(cache):
        encoded = draft.write_vectors(work.encoder, cache, told)
        if not work.keep:
            cache.forget_unused()
    return encoded


def _manifest(work: Work, draft: Draft, taken: Taken) -> Manifest:
    parts, before = draft.finish(), work.before
    made = datetime.now().astimezone().isoformat(timespec="seconds")
    sources = {info.file: info.source_hash for info in draft.infos.values()}
    carried = generation.folder_of(work.out, before.number) if before and work.keep else None
    return Manifest(
        format=FORMAT,
        number=generation.next_number(work.out),
        made=made,
        model=work.encoder.model,
        counts=counts_of(parts),
        next_key=draft.next_key,
        root=work.root,
        parts=parts,
        files=generation.file_sums(draft.folder, carried, before.files if before else None),
        sources=sources,
        added=_dates(before, sources, made),
        rules=_rules(before, sources, taken),
        outside=tuple(file for file in work.outside if file in sources),
    )


def _bring_to_milvus(work: Work, draft: Draft, manifest: Manifest) -> None:
    """Where Milvus is asked, have it hold the generation before that is current."""
    link = read_link(work.out)
    if link is None:
        return
    from index.build.milvus_push import Content, follow, ranges_of  # noqa: PLC0415 - most indexes need no server

    keys = ranges_of(info.keys for info in draft.infos.values())
    follow(work.out, link, Content(manifest, keys, draft.vectors()))


def _dates(before: Manifest | None, sources: dict[str, str], now: str) -> dict[str, str]:
    """When each document was taken in as it is now: what is unchanged keeps its date."""
    known = before.added if before else {}
    held = before.sources if before else {}
    return {
        file: known[file] if file in known and held.get(file) == source else now
        for file, source in sources.items()
    }


def _rules(before: Manifest | None, sources: Iterable[str], taken: Taken) -> dict[str, str]:
    """By which rules each document was parsed: today's, or those of the time when it last was."""
    known = before.rules if before else {}
    old = {one.now: one.before for one in taken.renamed}
    noted = {**known, **dict.fromkeys(taken.parsed, rules_version())}
    by_name = {file: noted.get(file) or known.get(old.get(file, file)) for file in sources}
    return {file: rules for file, rules in by_name.items() if rules}


@contextmanager
def changing(out: Path, doing: str) -> Iterator[None]:
    """Hold the lock, and say what a failed write means."""
    try:
        with writing(out, doing):
            yield
    except (OSError, sqlite3.OperationalError) as error:
        raise WriteError(
            f"The index at {out} cannot be written: {error}. What was current before still is. "
            f"Free disk space or mend the permissions, then run this again; what was encoded is kept."
        ) from error


def _listed(skipped: Iterable[Skipped]) -> str:
    return " ".join(f"{one.file}: {one.reason}" for one in skipped) or "There is none."
