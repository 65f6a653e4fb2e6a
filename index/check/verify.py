"""Does an index hold together?  Every check that opening it is too quick for.

Checksums of all files; offsets of clauses and facts; coverage; and that vectors, postings and clauses speak
of the same keys.  What is wrong is returned, not raised, so that one run names everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.clauses.coverage import Coverage, Shortfall, coverage, shortfall
from index.encoders.lazy import LazyEncoder
from index.entries import Entry
from index.errors import IndexDamaged, IndexMissing
from index.records import Document
from index.search.older_rules import with_older_rules
from index.search.whole import WholeIndex
from index.storage import generation
from index.storage.journal import note_change
from index.storage.lock import writing
from index.storage.manifest import Counts, Manifest

SHOWN = 5
"""Keys named in one problem before it only counts them."""


@dataclass(frozen=True, slots=True)
class DocumentCheck:
    """One document's state; ``problems`` is empty where nothing is wrong.

    ``share`` is that of ``coverage``; ``shortfall`` says that too much of the file is missing from it,
    which is no fault of the index.
    """

    file: str
    clauses: int
    coverage: Coverage
    problems: tuple[str, ...]
    share: float
    shortfall: Shortfall | None


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """An index's state: of its files and as a whole in ``problems``, and of each document.

    ``parsed_by_older_rules`` are documents of which that is no fault: `update` parses them again.
    """

    generation: int
    problems: tuple[str, ...]
    documents: tuple[DocumentCheck, ...]
    parsed_by_older_rules: tuple[str, ...] = ()

    @property
    def all_problems(self) -> tuple[str, ...]:
        """Everything that is wrong, in one list; empty where nothing is."""
        return (
            *self.problems,
            *(f"{one.file}: {problem}" for one in self.documents for problem in one.problems),
        )


def verify(out: Path, number: int | None = None) -> VerifyReport:
    """Check the current generation, or the one of that ``number``.

    Raises IndexMissing where there is no index, and IndexDamaged where its manifest or SQLite cannot be read.
    """
    manifest = generation.read_manifest(out, generation.current_number(out) if number is None else number)
    damaged = tuple(_file_problems(out, manifest))
    older = with_older_rules(manifest)
    if damaged:  # what stands in a changed file is not worth reading
        return VerifyReport(manifest.number, damaged, (), older)
    with WholeIndex(out, manifest, LazyEncoder(manifest.model)) as index:
        documents = tuple(_check(index, info.file) for info in index.infos)
        return VerifyReport(manifest.number, tuple(_whole_problems(index)), documents, older)


def _file_problems(out: Path, manifest: Manifest) -> Iterator[str]:
    folder = generation.folder_of(out, manifest.number)
    found = generation.file_sums(folder)
    for name, expected in manifest.files.items():
        if name not in found:
            yield f"{folder / name} is missing"
        elif found[name] != expected:
            seen, noted = found[name].sha256[:12], expected.sha256[:12]
            yield f"{folder / name} has changed: its SHA-256 is {seen}… and was {noted}…"
    yield from (f"{folder / name} is not part of this generation" for name in found.keys() - manifest.files)


def _whole_problems(index: WholeIndex) -> Iterator[str]:
    """Whether SQLite, vectors, postings and manifest speak of the same documents and clauses."""
    manifest, keys = index.manifest, set(index.keys())
    yield from (f"SQLite: {problem}" for problem in index.integrity())
    searched = set(index.keys(searched=True))
    for name, other in (("vectors", set(index.vectors.keys())), ("postings", set(index.postings.keys()))):
        yield from _difference(f"clauses without {name}", searched - other)
        yield from _difference(f"{name} without a clause to search", other - searched)
    posted = set(index.document_postings.keys())
    if posted != (held := {info.number for info in index.infos if info.keys}):
        yield f"{len(posted ^ held)} documents differ between SQLite and the postings of whole documents"
    if index.vectors.dimension != manifest.model.dimension:
        yield f"vectors have {index.vectors.dimension} dimensions and the model {manifest.model.dimension}"
    counts = Counts(len(index.infos), len(keys), index.count_facts(), len(index.vectors))
    if counts != manifest.counts:
        yield f"the manifest counts {manifest.counts} and the files hold {counts}"
    if {info.file: info.source_hash for info in index.infos} != manifest.sources:
        yield "the manifest names other sources than the documents"
    if keys and max(keys) >= manifest.next_key:
        yield f"key {max(keys)} is at or past the manifest's next key {manifest.next_key}"


def _difference(words: str, keys: set[int]) -> Iterator[str]:
    if keys:
        shown = ", ".join(map(str, sorted(keys)[:SHOWN]))
        yield f"{len(keys)} {words}: {shown}{', …' if len(keys) > SHOWN else ''}"


def _check(index: WholeIndex, file: str) -> DocumentCheck:
    document, entries = index.document(file), index.entries_of(file)
    covered = coverage(document, [entry.clause for entry in entries])
    problems = [problem for entry in entries for problem in _offset_problems(document, entry)]
    if covered.in_none:
        problems.append(f"{covered.in_none} characters stand in no clause")
    if covered.in_several:
        problems.append(f"{covered.in_several} characters stand in more than one clause")
    ordinals = Counter(entry.clause.ordinal for entry in entries)
    problems += [
        f"ordinal {number} is given {times} times" for number, times in ordinals.items() if times > 1
    ]
    short = shortfall(document, covered)
    return DocumentCheck(file, len(entries), covered, tuple(problems), covered.share, short)


def _offset_problems(document: Document, entry: Entry) -> Iterator[str]:
    clause = entry.clause
    if document.text[clause.start : clause.end] != clause.text:
        yield f"clause {entry.key} is not what stands at {clause.start}-{clause.end}"
    for fact in entry.facts:
        if document.text[fact.start : fact.end] != fact.text:
            yield f"clause {entry.key}: {fact.text!r} is not what stands at {fact.start}-{fact.end}"
        if not clause.start <= fact.start <= fact.end <= clause.end:
            yield f"clause {entry.key}: {fact.text!r} at {fact.start}-{fact.end} lies outside it"


def restore(out: Path) -> int:
    """Make the generation before the current one current and return its number.

    Raises IndexMissing, IndexBusy, and IndexDamaged where no earlier one is kept or it is damaged too.
    """
    if not generation.numbers(out):
        generation.current_number(out)  # says that there is no index
    with writing(out, "restore"):
        earlier = [number for number in generation.numbers(out) if number < _current_or_next(out)]
        if not earlier:
            raise IndexDamaged(f"No earlier generation is kept at {out}. {generation.way_back(out, 0)}")
        problems = verify(out, earlier[-1]).all_problems
        if problems:
            rebuild = generation.way_back(out, 0)
            raise IndexDamaged(f"Generation {earlier[-1]} is damaged too: {problems[0]}. {rebuild}")
        generation.make_current(out, earlier[-1])
        note_change(out, "go back", generation=earlier[-1])
        return earlier[-1]


def _current_or_next(out: Path) -> int:
    """The current number; where CURRENT is lost or nonsense, the one after all that are kept."""
    try:
        return generation.current_number(out)
    except (IndexDamaged, IndexMissing):
        return generation.next_number(out)
