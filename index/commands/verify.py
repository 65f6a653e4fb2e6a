"""What ``python -m index verify`` prints: each document's state and what is odd in it, then the faults found.

Notes about a document are told after its line and never count as faults; nor does a warning that too much
of a file is missing from the text.  Documents are read and told one after another, so that memory does not
grow with their number.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from index.check.report import DocumentReport, report
from index.check.verify import DocumentCheck, VerifyReport, verify
from index.commands.endings import FAULTS
from index.commands.report_lines import count_lines, note_lines
from index.commands.telling import as_json
from index.search.index import Index, open_index

MOST_IN_FULL: Final = 20
"""Documents told of in full; of more only those with notes or problems: of 599 notices 9 have notes."""

_INDENT = " " * 14


@dataclass(slots=True)
class _Tally:
    """What was told so far."""

    notes: int = 0
    with_notes: int = 0
    left_out: int = 0


def run_verify(out: Path, names: Sequence[str], *, brief: bool, as_object: bool) -> int:
    """Check an index, print what was found, and return the exit code.

    ``names`` picks the documents to be told of (all, where empty); ``brief`` leaves the notes out; with
    ``as_object`` it is one JSON object.  Raises SourceError for a name that is not in the index, and what
    `verify` raises.
    """
    checked = verify(out)
    with _opened(out, checked) as index:
        if index:
            for name in names:
                index.info(name)  # a name that is not there is said before anything is printed
        checks = [one for one in checked.documents if not names or one.file in names]
        told = None if brief else index
        lines = _object(checked, checks, told) if as_object else _lines(checked, checks, told)
        for line in lines:
            sys.stdout.write(f"{line}\n")
    return FAULTS if checked.all_problems else 0


@contextmanager
def _opened(out: Path, checked: VerifyReport) -> Iterator[Index | None]:
    """The index, where its files are whole enough to be read for a report."""
    if checked.problems and not checked.documents:
        yield None
        return
    with open_index(out) as index:
        yield index


def _lines(checked: VerifyReport, checks: Sequence[DocumentCheck], index: Index | None) -> Iterator[str]:
    tally, many = _Tally(), len(checks) > MOST_IN_FULL
    for one in checks:
        told = report(index, one.file) if index else None
        noted = bool(told and told.notes)
        tally.notes += told.notes if told else 0
        tally.with_notes += noted
        if told and many and not noted and not one.problems and not one.shortfall:
            tally.left_out += 1
        else:
            yield from _document(one, told, in_full=not many)
    if tally.left_out:
        yield f"{tally.left_out} more documents have no notes and no problems"
    yield from (f"PROBLEM {problem}" for problem in checked.all_problems)
    yield from (f"WARNING {one.shortfall}" for one in checks if one.shortfall)
    if tally.notes:
        yield f"{tally.notes} notes on what {tally.with_notes} documents say; they are no problems"
    yield f"generation {checked.generation}: {len(checked.all_problems) or 'no'} problems"


def _document(one: DocumentCheck, told: DocumentReport | None, *, in_full: bool) -> Iterator[str]:
    state = "ok" if not one.problems else f"{len(one.problems)} problems"
    yield f"{state:>12}  {100 * one.coverage.share:6.2f} %  {one.clauses:6} clauses  {one.file}"
    if told:
        counts = count_lines(told) if in_full else ()
        yield from (f"{_INDENT}{line}" for line in (*counts, *note_lines(told)))


def _object(checked: VerifyReport, checks: Sequence[DocumentCheck], index: Index | None) -> Iterator[str]:
    """One JSON object, its documents a line each."""
    head = {
        "generation": checked.generation,
        "problems": list(checked.problems),
        "parsed_by_older_rules": list(checked.parsed_by_older_rules),
    }
    yield f'{as_json(head, sys.stdout)[:-1]}, "documents": ['
    for number, one in enumerate(checks, 1):
        said = {**asdict(one), **(asdict(report(index, one.file)) if index else {})}
        yield f"{as_json(said, sys.stdout)}{',' if number < len(checks) else ''}"
    yield "]}"
