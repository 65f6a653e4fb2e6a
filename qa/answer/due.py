"""Everything due in the years a question names (2026年要完成哪些事), or without one by how it stands to today
(哪些任务已经过期): every clause, from its deadlines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.entries import Entry
from index.language.sentences import sentences
from index.language.years import FIRST_YEAR, LAST_YEAR, YEAR
from index.records import Deadline
from index.search.today import today
from qa.evidence.findings import Inquiry
from qa.printed import flat
from qa.question.kinds import KINDS
from qa.records import Block, Query, Quotes, Statement

MOST_TOLD = 30
"""Sentences of a part that are told."""
_BEFORE = re.compile(rf"{YEAR}\s*年?(?:底|末)?(?:之?前|以前)")  # 2026年前, 2025年底前


def asks_for_all_due(inquiry: Inquiry) -> bool:
    """True where the question asks for what is due, or names a year and no subject but the doing."""
    query, kind = inquiry.query, KINDS[inquiry.query.asked]
    return (query.due or bool(query.years)) and not query.terms and (kind.open or kind.form == "tasks")


def years_asked(query: Query) -> tuple[int, int]:
    """The first and last year that the question asks for; 2026年前 takes in all before."""
    first = FIRST_YEAR if _BEFORE.search(query.text) else min(query.years)
    return first, max(query.years)


def all_due(inquiry: Inquiry) -> tuple[list[Block], bool]:
    """The sentences with a deadline in those years, in the documents' order; 年前 takes in earlier years."""
    if not inquiry.query.years:
        return _by_today(inquiry)
    first, last = years_asked(inquiry.query)
    years = "、".join(f"{year}年" for year in sorted(inquiry.query.years))
    when = f"{last}年前（含{last}年）" if first == FIRST_YEAR else years
    due = _between(inquiry, first, last)
    where = _where(inquiry)
    if not inquiry.at_least("due_found", len(due), 1):
        inquiry.notes.silenced(None, None)
        return [Statement(f"{where}文件没有写明{when}要完成的事项。")], True
    return [Statement(f"{where}文件中写明{when}的共{len(due)}项："), Quotes(due)], False


def _by_today(inquiry: Inquiry) -> tuple[list[Block], bool]:
    """All that has a time: what is past, what falls into this year, what comes later."""
    year = today().year
    parts = {
        f"期限在{year - 1}年及以前，已过": _between(inquiry, FIRST_YEAR, year - 1, ends=True),
        f"期限在{year}年": _between(inquiry, year, year, ends=True),
        f"期限在{year + 1}年及以后": _between(inquiry, year + 1, LAST_YEAR, ends=True),
    }
    told = {when: due for when, due in parts.items() if due}
    if not inquiry.at_least("due_found", len(told), 1):
        inquiry.notes.silenced(None, None)
        return [Statement(f"{_where(inquiry)}文件没有写明带年份的期限。")], True
    lead = f"今天是{today().year}年{today().month}月{today().day}日。文件只写期限，是否已经完成文件没有写。"
    blocks: list[Block] = [Statement(lead)]
    for when, due in told.items():
        more = f"，这里列出前{MOST_TOLD}项" if len(due) > MOST_TOLD else ""
        blocks += [Statement(f"{_where(inquiry)}文件中{when}的{len(due)}项{more}："), Quotes(due[:MOST_TOLD])]
    return blocks, False


def _where(inquiry: Inquiry) -> str:
    return "、".join(inquiry.query.regions) or "现有"


def _between(inquiry: Inquiry, first: int, last: int, *, ends: bool = False) -> tuple[Statement, ...]:
    """The sentences with a deadline in those years; with ``ends`` those whose last year falls into them."""
    query, index = inquiry.query, inquiry.index
    files = [i.file for i in index.infos if not query.regions or i.region in query.regions]
    entries = index.entries(index.keys_by_year(first, last, files))
    due: dict[str, tuple[int, ...]] = {}  # a sentence printed twice is one statement with both citations
    for entry in sorted(entries, key=lambda e: (e.file, e.clause.start)):
        for words, number in _due(inquiry, entry, first, last, ends=ends):
            due[words] = (*due.get(words, ()), number)
    return tuple(Statement(words, numbers) for words, numbers in due.items())


def _falls(deadline: Deadline, first: int, last: int, *, ends: bool) -> bool:
    """Whether a time falls within two years, both included; one without a year never does."""
    year = deadline.due_year
    return year is not None and year >= first and (year if ends else deadline.first_year or year) <= last


def _due(inquiry: Inquiry, entry: Entry, first: int, last: int, *, ends: bool) -> Iterator[tuple[str, int]]:
    """The sentences of a clause with such a deadline, each with the number of its citation."""
    clause = entry.clause
    due = [f for f in entry.facts if isinstance(f, Deadline) and _falls(f, first, last, ends=ends)]
    for span in sentences(clause.text):
        start, end = clause.start + span.start, clause.start + span.end
        if any(start <= fact.start < end for fact in due):
            yield flat(clause.text[span.start : span.end]), inquiry.citations.cite(entry, start, end)
