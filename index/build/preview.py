"""What a file would become in the index, without touching any index: for a look before it is taken in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from index.build.edits import EDITABLE
from index.clauses.coverage import Coverage, coverage, not_blank
from index.errors import SourceError
from index.parsing.parsers import parsers
from index.records import Parsed

Warned = Literal[
    "lost", "coverage", "removed", "numbering", "short", "title", "region", "issuer", "number", "date"
]
"""lost: too much of the file is missing without a reason; coverage: characters in no clause or in several;
removed: much was taken out as not the document's own; numbering: no clause has a number; short: hardly any
text; the others: the document does not state it."""

MUCH_REMOVED: Final = 0.3
"""Share of a file's characters taken out from which on it is worth a look; of the five documents 2.1 % at
most is."""
FEW_CHARACTERS: Final = 200
"""A shorter document is likelier a title page or a broken download than a policy."""


SECONDS: Final = 300.0
"""What somebody waits for beside a page: a scan of 100 pages.  A longer one is built from the folder."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as it would stand in the index; ``removed`` counts characters taken out, by reason."""

    parsed: Parsed
    coverage: Coverage
    removed: tuple[tuple[str, int], ...]
    warnings: tuple[Warned, ...]

    @property
    def facts(self) -> int:
        """The number of facts of all clauses."""
        return sum(map(len, self.parsed.facts))


def preview(data: bytes, file: str) -> Preview:
    """A file's bytes read, cleaned, described and cut; ``file`` is what the document is to be called.

    Raises SourceError where they cannot be read as text; its message begins with ``file``.  ReaderError,
    WriteError where no file can be read here and now.
    """
    parsed = parsers().parse(data, file, SECONDS)
    if not parsed.clauses:
        raise SourceError(f"{file}: nothing is left of it once it is cleaned. Put its text in.")
    covered = coverage(parsed.document, parsed.clauses)
    removed = Counter[str]()
    for removal in parsed.document.removals:
        removed[removal.reason] += not_blank(removal.text)
    for left in parsed.document.count.left_out if parsed.document.count else ():
        removed[left.reason] += left.characters
    counts = tuple((reason, count) for reason, count in removed.most_common() if count)
    return Preview(parsed, covered, counts, tuple(_warnings(parsed, covered, removed.total())))


def _warnings(parsed: Parsed, covered: Coverage, removed: int) -> Iterator[Warned]:
    if not covered.is_enough:
        yield "lost"
    if covered.in_none or covered.in_several:
        yield "coverage"
    if removed > MUCH_REMOVED * (removed + covered.characters):
        yield "removed"
    if not any(clause.label for clause in parsed.clauses):
        yield "numbering"
    if covered.characters < FEW_CHARACTERS:
        yield "short"
    yield from (name for name in EDITABLE if parsed.document.field(name) is None)
