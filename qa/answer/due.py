"""Everything due in the years a question names (2026年要完成哪些事): every clause, from its deadlines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.entries import Entry
from index.language.sentences import sentences
from index.language.years import FIRST_YEAR, YEAR
from index.records import Deadline
from qa.evidence.findings import Inquiry
from qa.printed import flat
from qa.question.kinds import KINDS
from qa.records import Block, Query, Quotes, Statement

_BEFORE = re.compile(rf"{YEAR}\s*年?(?:底|末)?(?:之?前|以前)")  # 2026年前, 2025年底前


def asks_for_all_due(inquiry: Inquiry) -> bool:
    """True where the question names a year and no subject but the doing."""
    query, kind = inquiry.query, KINDS[inquiry.query.asked]
    return bool(query.years) and not query.terms and (kind.open or kind.form == "tasks")


def years_asked(query: Query) -> tuple[int, int]:
    """The first and last year that the question asks for; 2026年前 takes in all before."""
    first = FIRST_YEAR if _BEFORE.search(query.text) else min(query.years)
    return first, max(query.years)


def all_due(inquiry: Inquiry) -> tuple[list[Block], bool]:
    """The sentences with a deadline in those years, in the documents' order; 年前 takes in earlier years."""
    query, index = inquiry.query, inquiry.index
    first, last = years_asked(query)
    files = [i.file for i in index.infos if not query.regions or i.region in query.regions]
    entries = index.entries(index.keys_by_year(first, last, files))
    when = (
        f"{last}年前（含{last}年）"
        if first == FIRST_YEAR
        else "、".join(f"{year}年" for year in sorted(query.years))
    )
    where = "、".join(query.regions) or "现有"
    due: dict[str, tuple[int, ...]] = {}  # a sentence printed twice is one statement with both citations
    for entry in sorted(entries, key=lambda e: (e.file, e.clause.start)):
        for words, number in _due(inquiry, entry, first, last):
            due[words] = (*due.get(words, ()), number)
    if not inquiry.at_least("due_found", len(due), 1):
        inquiry.notes.silenced(None, None)
        return [Statement(f"{where}文件没有写明{when}要完成的事项。")], True
    statements = tuple(Statement(words, numbers) for words, numbers in due.items())
    return [Statement(f"{where}文件中写明{when}的共{len(statements)}项："), Quotes(statements)], False


def _falls(deadline: Deadline, first: int, last: int) -> bool:
    """Whether a time falls within two years, both included; one without a year never does."""
    year = deadline.due_year
    return year is not None and year >= first and (deadline.first_year or year) <= last


def _due(inquiry: Inquiry, entry: Entry, first: int, last: int) -> Iterator[tuple[str, int]]:
    """The sentences of a clause with such a deadline, each with the number of its citation."""
    clause = entry.clause
    due = [f for f in entry.facts if isinstance(f, Deadline) and _falls(f, first, last)]
    for span in sentences(clause.text):
        start, end = clause.start + span.start, clause.start + span.end
        if any(start <= fact.start < end for fact in due):
            yield flat(clause.text[span.start : span.end]), inquiry.citations.cite(entry, start, end)
