"""Questions that an answer leads to, each made from the facts of the clauses that it cites.

Every one names its region and subject, so that it can be asked by itself, and asks for something that a cited
clause states.  Left out: what other documents say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.entries import Entry
from index.records import Agency, Target
from index.search.index import Index
from qa.printed import topic_of
from qa.question.kinds import CHOICES, KINDS
from qa.question.places import all_regions
from qa.records import Answer

MOST = 3
LONGEST_TOPIC = 24
"""Characters of a heading that still reads as a subject; a longer one is a sentence."""
CLAUSES = 3
"""Cited clauses looked at: those that the answer rests on first."""
# 12.建设安全韧性城市。, （一）…: the number before a heading, the stop after it
_TRIMMED = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]?\s*)+|[。.：:\s]+$")


def suggestions(answer: Answer, index: Index) -> list[str]:
    """At most MOST questions, the likeliest first; none for an answer that cites nothing."""
    keys = list(dict.fromkeys(citation.clause_key for citation in answer.citations))[:CLAUSES]
    held = set(index.keys())
    entries = index.entries(key for key in keys if key in held)
    made = [question for entry in entries for question in _of_clause(entry, answer, index)]
    asked = _bare(answer.query.question)
    return [question for question in dict.fromkeys(made) if _bare(question) != asked][:MOST]


def _of_clause(entry: Entry, answer: Answer, index: Index) -> Iterator[str]:
    region = index.info(entry.file).region or ""
    topic = trimmed(topic_of(entry.clause))
    if not topic or len(topic) > LONGEST_TOPIC or entry.clause.kind not in ("body", "row"):
        return
    asked, facts = KINDS[answer.query.asked], entry.facts
    for kind in (KINDS[choice] for choice in CHOICES if not KINDS[choice].measures):
        if kind.facts != asked.facts and any(isinstance(fact, kind.facts) for fact in facts):
            yield f"{region}{topic}{kind.question}"
    if not asked.measures:
        targets = (fact for fact in facts if isinstance(fact, Target) and fact.unit == "%")
        yield from (how_much(region, target) for target in targets)
    first = next((fact for fact in facts if isinstance(fact, Agency)), None)
    if first and asked.form != "tasks":
        yield f"{of_region(region, first.text)}负责哪些任务？"
    if len(answer.query.regions) == 1 and len(all_regions(index)) > 1:
        yield f"各地{topic}分别怎么规定？"


def trimmed(heading: str) -> str:
    """The heading without its number and the stop after it."""
    return _TRIMMED.sub("", heading)


def of_region(region: str, body: str) -> str:
    """县财政局 of 成武县 as 成武县财政局."""
    return region + (body[1:] if region and body[0] == region[-1] else body)


def how_much(region: str, target: Target) -> str:
    """成武县2025年基本养老保险参保率要达到多少？"""
    year = f"{target.year}年" if target.year else ""
    return f"{region}{year}{target.subject}{KINDS['quantity'].question}"


def _bare(question: str) -> str:
    return re.sub(r"\W+", "", question)
