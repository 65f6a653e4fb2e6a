"""Who the program is and what it can be asked, told from the library: its documents, regions, dates.

The sample questions are made from facts of its clauses, one of each kind, and only those are shown that it
answers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from weakref import WeakKeyDictionary

from index.entries import Entry
from index.records import Agency, Deadline, Target
from index.search.index import Index
from qa.answer.suggestions import LONGEST_TOPIC, how_much, of_region, trimmed
from qa.printed import topic_of
from qa.question.kinds import KINDS
from qa.records import Answer, Block, Quotes, Statement

Ask = Callable[[str], Answer]

SAMPLES = 5
TRIES = 2
"""Candidates of a kind that are asked until one is answered: each costs the time of a question."""
REGIONS_NAMED = 12
"""Regions named one by one; of more, how many there are."""
READ = 400
"""Clauses looked at for samples."""
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")

_made: WeakKeyDictionary[Index, tuple[str, ...]] = WeakKeyDictionary()
"""The samples of an index that is open, made once."""


def introduction(index: Index, ask: Ask) -> list[Block]:
    """What it is, what the library holds, and sample questions that it answers."""
    lead = Statement(
        f"这里是政策文件查询工具“条问”。{shortly(index)}每句话都注明出处，文件没有写的会说没有写；不作评价，不代写。"
    )
    asked = samples(index, ask)
    if not asked:
        return [lead]
    return [lead, Statement("例如可以问："), Quotes(tuple(Statement(question) for question in asked))]


def samples(index: Index, ask: Ask) -> tuple[str, ...]:
    """Questions of different kinds that the index answers, at most SAMPLES; made once for each open index."""
    if index not in _made:
        _made[index] = tuple(_answered(index, ask))
    return _made[index]


def shortly(index: Index) -> str:
    """How many documents there are, of which regions and dates: 文件库有5份文件，涉及宁武县、…"""
    infos = index.infos
    if not infos:
        return "文件库里还没有文件。"
    regions = index.regions
    named = "、".join(regions) if len(regions) <= REGIONS_NAMED else f"{len(regions)}个地区"
    of = f"，涉及{named}" if regions else ""
    return (
        f"文件库有{len(infos)}份文件{of}{_dates(index)}，可以查其中写明的责任单位、时间、数量、金额和规定。"
    )


def _dates(index: Index) -> str:
    """The first and the last day that the documents bear."""
    found = sorted(
        match.groups() for info in index.infos if (match := _DATE.fullmatch(info.value("date") or ""))
    )
    if not found:
        return ""
    first, last = (f"{year}年{int(month)}月" for year, month, _ in (found[0], found[-1]))
    undated = len(index.infos) - len(found)
    beside = f"，{undated}份没有写日期" if undated else ""
    return f"（成文日期{first if first == last else f'{first}至{last}'}{beside}）"


def _answered(index: Index, ask: Ask) -> Iterator[str]:
    """A question of each kind that is answered with a citation, at most SAMPLES."""
    kinds = (_who, _how_much, _by_when, _side_by_side, _of_an_agency, _about_a_document)
    entries = [
        entry for entry in index.entries(list(islice(index.keys(), READ))) if entry.clause.kind == "body"
    ]
    asked: set[str] = set()
    found = 0
    for number, kind in enumerate(kinds):
        # Each kind begins elsewhere, so that the samples are not all of the first document.
        start = number * len(entries) // len(kinds)
        candidates = kind(index, [*entries[start:], *entries[:start]])
        for question in islice((one for one in candidates if one not in asked), TRIES):
            asked.add(question)
            answer = ask(question)
            if not answer.abstained and answer.citations and not answer.query.inherited:
                yield question
                found += 1
                break
        if found == SAMPLES:
            return


def _topics(index: Index, entries: Sequence[Entry]) -> Iterator[tuple[str, str, Entry]]:
    """Region, subject and clause of those whose heading can be asked about."""
    for entry in entries:
        region, topic = index.info(entry.file).region, trimmed(topic_of(entry.clause))
        if region and topic and 4 <= len(topic) <= LONGEST_TOPIC:
            yield region, topic, entry


def _who(index: Index, entries: Sequence[Entry]) -> Iterator[str]:
    for region, topic, entry in _topics(index, entries):
        if any(isinstance(fact, Agency) for fact in entry.facts):
            yield f"{region}{topic}{KINDS['agency'].question}"


def _how_much(index: Index, entries: Sequence[Entry]) -> Iterator[str]:
    for entry in entries:
        region = index.info(entry.file).region
        targets = (fact for fact in entry.facts if isinstance(fact, Target) and fact.unit == "%")
        for target in targets:
            if region and target.year and len(target.subject) >= 4:
                yield how_much(region, target)


def _by_when(index: Index, entries: Sequence[Entry]) -> Iterator[str]:
    for region, topic, entry in _topics(index, entries):
        if sum(isinstance(fact, Deadline) for fact in entry.facts) == 1:
            yield f"{region}{topic}{KINDS['deadline'].question}"


def _side_by_side(index: Index, entries: Sequence[Entry]) -> Iterator[str]:
    regions: dict[str, set[str]] = {}
    for region, topic, _ in _topics(index, entries):
        regions.setdefault(topic, set()).add(region)
    for topic, of in regions.items():
        if len(of) > 1:
            yield f"{'和'.join(sorted(of)[:2])}{topic}分别由谁负责？"


def _of_an_agency(index: Index, entries: Sequence[Entry]) -> Iterator[str]:
    charged = Counter(
        (region, fact.text)
        for entry in entries
        if (region := index.info(entry.file).region)
        for fact in entry.facts
        if isinstance(fact, Agency)
    )
    for (region, body), _ in charged.most_common(TRIES):
        yield f"{of_region(region, body)}负责哪些任务？"


def _about_a_document(index: Index, entries: Sequence[Entry]) -> Iterator[str]:
    for info in index.infos:
        if info.value("date") and info.region:
            yield f"{info.region}的这份文件是哪天发的？"
