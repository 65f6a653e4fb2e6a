"""Everything due in the years a question names (2026年要完成哪些事), or without one by how it stands to today
(哪些任务已经过期): every clause, from its deadlines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from index.entries import Entry
from index.facts.deadlines import find_deadlines
from index.language.sentences import Span, sentences
from index.language.years import FIRST_YEAR, LAST_YEAR, YEAR
from index.records import Deadline
from index.search.today import today
from qa.answer.meant import headed
from qa.evidence.findings import Inquiry
from qa.printed import flat
from qa.question.kinds import KINDS
from qa.question.terms import terms_of
from qa.records import Block, Query, Quotes, Statement

MOST_TOLD = 30
"""Sentences of a part that are told."""
LONGEST_ITEM = 200
"""Characters of an item that is told whole with the bracket at its end; a longer one is by its beginning."""
LONGEST_GOALS = 400
"""Characters of a goal told with the sentences that follow it."""
MOST_BEFORE = 4
"""Characters before the time with which a sentence begins: 力争到2030年."""
_LAST_BRACKET = re.compile(r"[（(][^（()）]*[)）]\s*[。；;]?\s*$")  # （8月底完成，牵头考核单位：市工信局）
_MONTH = re.compile(r"(?<![\d第])(?P<month>1[0-2]|[1-9])月(?!\d{1,2}[日号])")
_BEFORE = re.compile(rf"{YEAR}\s*年?(?:底|末)?(?:之?前|以前)")  # 2026年前, 2025年底前


def asks_for_all_due(inquiry: Inquiry) -> bool:
    """True where the question asks for what is due, or names a year and no subject but the doing."""
    query, kind = inquiry.query, KINDS[inquiry.query.asked]
    if not (kind.open or kind.form == "tasks"):
        return False
    by_month = query.due and bool(months_asked(query))
    return by_month or ((query.due or bool(query.years)) and not query.terms)


def months_asked(query: Query) -> frozenset[int]:
    """The months that the question names: 8 of 8月底, 2025年8月底前, 8月最后一天."""
    dated = {one.month for one in _times(query) if one.month and "月" in one.text}
    named = {int(match["month"]) for match in _MONTH.finditer(query.text)} if query.due else set()
    return frozenset(dated | named)


def _times(query: Query) -> tuple[Deadline, ...]:
    return find_deadlines(query.text, 0, year=today().year)


def years_asked(query: Query) -> tuple[int, int]:
    """The first and last year that the question asks for; 2026年前 takes in all before."""
    first = FIRST_YEAR if _BEFORE.search(query.text) else min(query.years)
    return first, max(query.years)


def all_due(inquiry: Inquiry) -> tuple[list[Block], bool] | None:
    """The sentences with a deadline in those years, in the documents' order; 年前 takes in earlier years.

    Where no clause with such a deadline holds all words of the subject, those that hold one, if each word has
    some (文旅和知识产权).  None where one has none: then it is not asked for by its time.
    """
    query, months = inquiry.query, months_asked(inquiry.query)
    if not query.years and not months:
        return _by_today(inquiry)
    first, last = years_asked(query) if query.years else (FIRST_YEAR, LAST_YEAR)
    years = "、".join(f"{year}年" for year in sorted(query.years))
    when = f"{last}年前（含{last}年）" if query.years and first == FIRST_YEAR else years
    when += "、".join(f"{month}月" for month in sorted(months))
    files, words = _files(inquiry)
    where, asked = _where(inquiry), "、".join(words)
    found = _between(inquiry, files, first, last, months=months)
    held = [one for one in found if all(_holds(one, word) for word in words)]
    if not held and all(any(_holds(one, word) for one in found) for word in words):
        held = [one for one in found if any(_holds(one, word) for word in words)]
        asked = "”或“".join(words)
    due = _told(inquiry, held)
    if not inquiry.at_least("due_found", len(due), 1):
        if words:
            return None
        inquiry.notes.silenced(None, None)
        return [Statement(f"{where}文件没有写明{when}要完成的事项。")], True
    only = f"、写到“{asked}”" if words else ""
    return [Statement(f"{where}文件中写明{when}{only}的共{len(due)}项："), Quotes(due)], False


def _by_today(inquiry: Inquiry) -> tuple[list[Block], bool]:
    """All that has a time: what is past, what falls into this year, what comes later."""
    year, (files, _) = today().year, _files(inquiry)
    spans = {
        f"期限在{year - 1}年及以前，已过": (FIRST_YEAR, year - 1),
        f"期限在{year}年": (year, year),
        f"期限在{year + 1}年及以后": (year + 1, LAST_YEAR),
    }
    parts = {when: _told(inquiry, _between(inquiry, files, *span, ends=True)) for when, span in spans.items()}
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


Due = tuple[Entry, Sequence[Deadline]]
"""A clause with those of its deadlines that are asked for."""


def _between(
    inquiry: Inquiry,
    files: Sequence[str],
    first: int,
    last: int,
    *,
    ends: bool = False,
    months: Collection[int] = (),
) -> list[Due]:
    """The clauses with a deadline in those years and, where some are given, months; with ``ends`` those whose
    last year falls into them.  In the order of the documents."""
    index = inquiry.index
    entries = index.entries(index.keys_by_year(first, last, files))
    found: list[Due] = []
    for entry in sorted(entries, key=lambda e: (e.file, e.clause.start)):
        falling = [
            fact
            for fact in entry.facts
            if isinstance(fact, Deadline)
            and _falls(fact, first, last, ends=ends)
            and (not months or fact.month in months)
        ]
        if falling:
            found.append((entry, falling))
    return found


def _holds(due: Due, word: str) -> bool:
    entry, _ = due
    return word in f"{' '.join(entry.clause.place)} {entry.clause.text}"


def _told(inquiry: Inquiry, found: Sequence[Due]) -> tuple[Statement, ...]:
    """Their sentences; one that is printed twice is one statement with both citations."""
    due: dict[str, tuple[int, ...]] = {}
    for entry, falling in found:
        for told, number in _due(inquiry, entry, falling):
            due[told] = (*due.get(told, ()), number)
    return tuple(Statement(told, numbers) for told, numbers in due.items())


def _files(inquiry: Inquiry) -> tuple[list[str], list[str]]:
    """The documents of the regions asked for, of these the ones whose titles hold most words of the subject
    (上海脑机接口方案 2030年前要实现的目标); and the words that their titles do not hold."""
    query, index = inquiry.query, inquiry.index
    files = [info.file for info in index.infos if not query.regions or info.region in query.regions]
    times = " ".join(one.text for one in _times(query))
    known = (word for word in terms_of(query.subject) if index.clauses_holding(word))
    words = tuple(word for word in known if word not in times)
    named = headed(replace(inquiry, query=replace(query, terms=words, own_terms=words, years=())), files)
    return list(named.files), list(named.terms)


def _falls(deadline: Deadline, first: int, last: int, *, ends: bool) -> bool:
    """Whether a time falls within two years, both included; one without a year never does."""
    year = deadline.due_year
    return year is not None and year >= first and (year if ends else deadline.first_year or year) <= last


def _due(inquiry: Inquiry, entry: Entry, due: Sequence[Deadline]) -> Iterator[tuple[str, int]]:
    """The sentences of a clause with one of the deadlines, each with the number of its citation."""
    clause = entry.clause
    spans = _with_what_follows(entry, sentences(clause.text))
    bracket = _LAST_BRACKET.search(clause.text)
    for span in spans:
        starts = [f.start - clause.start for f in due if span.start <= f.start - clause.start < span.end]
        if not starts:
            continue
        if bracket and all(bracket.start() < start for start in starts):  # of all that stands before it
            words, begin = _item(clause.text, spans[0], bracket.start()), clause.start
        else:
            words, begin = clause.text[span.start : span.end], clause.start + span.start
        yield flat(words), inquiry.citations.cite(entry, begin, clause.start + span.end)


def _with_what_follows(entry: Entry, spans: Sequence[Span]) -> list[Span]:
    """The sentences; of goals one that begins with its time with those after it, up to the next that does
    (到2030年，打造高地。培育10家企业。)."""
    if not any("目标" in step for step in entry.clause.place[-1:]):
        return list(spans)
    starts = {fact.start - entry.clause.start for fact in entry.facts if isinstance(fact, Deadline)}
    found: list[Span] = []
    opened: set[int] = set()
    for span in spans:
        begins = any(span.start <= start <= span.start + MOST_BEFORE for start in starts)
        within = any(span.start <= start < span.end for start in starts)
        if found and not within and found[-1].start in opened and span.end - found[-1].start <= LONGEST_GOALS:
            found[-1] = Span(found[-1].start, span.end)
            continue
        if begins:
            opened.add(span.start)
        found.append(span)
    return found


def _item(text: str, first: Span, bracket: int) -> str:
    """What the bracket at its end speaks of, with it: all of it, or of more its first sentence."""
    whole = len(text) <= LONGEST_ITEM or first.end >= bracket
    return text if whole else f"{text[first.start : first.end].strip()}……{text[bracket:]}"
