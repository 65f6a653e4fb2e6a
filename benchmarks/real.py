"""What becomes of a folder of files: ``python benchmarks/real.py FOLDER``.

Prints, for any folder: how many files are read and why others are not, text that is in no clause, what was
left out and why, which metadata was found, how long clauses are, tables with their widths, bodies per
bracket, warnings and time.  It judges nothing: whoever runs it over files of their own sees what to look at.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from index.check.guessed_tables import guessed_tables
from index.clauses.coverage import Coverage, coverage, shortfall
from index.clauses.headings import first_level_of
from index.errors import SourceError
from index.parsing.parse import Parsed
from index.parsing.parsers import Parsers
from index.reading.folder import list_documents
from index.records import Agency

FIELDS = ("title", "region", "issuer", "number", "date", "implements")
# A bracket that closes a task: （县教育局牵头，县财政局配合）, 责任单位：…）
_BRACKET = re.compile(r"[（(][^（）()]{0,300}(?:牵头|负责|配合|单位[:：]|部门[:：])[^（）()]{0,300}[)）]")
MOST_REASONS = 12


@dataclass(slots=True)
class Sums:
    """What all files together hold."""

    documents: int = 0
    refused: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)
    covered: Coverage = field(default_factory=Coverage)
    left: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    lengths: list[int] = field(default_factory=list)
    widths: Counter[int] = field(default_factory=Counter)
    unnamed: int = 0
    brackets: Counter[int] = field(default_factory=Counter)
    headings: int = 0
    seconds: list[float] = field(default_factory=list)

    def take(self, parsed: Parsed) -> None:
        """Add one document."""
        document, clauses = parsed.document, parsed.clauses
        self.documents += 1
        covered = coverage(document, clauses)
        self.covered += covered
        if short := shortfall(document, covered):
            self.warned.append(str(short))
        self.warned += (f"{document.file}: {note}" for note in guessed_tables(document, clauses))
        for one in document.count.left_out if document.count else ():
            self.left[one.reason] += one.characters
        for removal in document.removals:
            self.left[removal.reason] += len("".join(removal.text.split()))
        self.found.update({one.name for one in document.fields})
        self.kinds.update(clause.kind for clause in clauses)
        self.lengths += (len(clause.text) for clause in clauses if clause.kind == "body")
        rows = [clause for clause in clauses if clause.kind == "row"]
        self.widths.update(clause.text.count("|") - clause.text.startswith("| ") for clause in rows)
        self.unnamed += sum(not any(cell.column for cell in clause.cells) for clause in rows)
        self.brackets.update(_bodies_a_bracket(parsed))
        self.headings += bool(first_level_of(clauses))


def _bodies_a_bracket(parsed: Parsed) -> Iterator[int]:
    for clause, facts in zip(parsed.clauses, parsed.facts, strict=True):
        for bracket in _BRACKET.finditer(clause.text):
            start, end = clause.start + bracket.start(), clause.start + bracket.end()
            yield sum(isinstance(fact, Agency) and start <= fact.start < end for fact in facts)


def read_all(folder: Path) -> Sums:
    """Parse every document of a folder."""
    sums = Sums()
    with Parsers() as parsers:
        begun = time.perf_counter()
        for parsed in parsers.parse_all(list_documents(folder).files):
            sums.seconds.append(time.perf_counter() - begun)
            if isinstance(parsed, SourceError):
                sums.refused.append(str(parsed))
            else:
                sums.take(parsed)
            begun = time.perf_counter()
    return sums


def told(sums: Sums) -> Iterator[str]:
    """The lines that are printed."""
    covered = sums.covered
    yield f"read {sums.documents} of {sums.documents + len(sums.refused)} files in {sum(sums.seconds):.1f} s"
    yield from (f"  refused: {reason}" for reason in sums.refused[:MOST_REASONS])
    yield (
        f"characters {covered.of_file}, in no clause {covered.in_none}, lost {covered.lost}, "
        f"in several {covered.in_several}"
    )
    yield f"left out: {_counts(sums.left)}"
    yield (
        "found: " + ", ".join(f"{name} {sums.found[name]}" for name in FIELDS) + f", headings {sums.headings}"
    )
    yield f"clauses: {_counts(sums.kinds)}"
    if len(sums.lengths) > 1:
        tenths = quantiles(sums.lengths, n=10)
        yield (
            f"characters of a body clause: median {median(sums.lengths):.0f}, "
            f"tenths {tenths[0]:.0f} to {tenths[-1]:.0f}, longest {max(sums.lengths)}"
        )
    yield f"rows by columns: {_counts(sums.widths)}; without names {sums.unnamed}"
    yield f"brackets by bodies read in them: {_counts(dict(sorted(sums.brackets.items())))}"
    yield f"warnings: {len(sums.warned)}"
    yield from (f"  {warning}" for warning in sums.warned[:MOST_REASONS])
    if sums.seconds:
        yield f"seconds a file: median {median(sums.seconds):.3f}, longest {max(sums.seconds):.1f}"


def _counts(found: dict[str, int] | dict[int, int] | Counter[str] | Counter[int]) -> str:
    pairs: Iterable[tuple[object, int]] = found.most_common() if isinstance(found, Counter) else found.items()
    return ", ".join(f"{name} {count}" for name, count in pairs) or "none"


def main() -> int:
    """Read the folder that the command line names."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        print(__doc__, file=sys.stderr)
        return 2
    for line in told(read_all(Path(sys.argv[1]))):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
