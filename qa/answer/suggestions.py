"""Questions that an answer leads to, each made from the facts of the clauses that it cites.

Every one names its region and subject, so that it can be asked by itself, and asks for something that a cited
clause states.  Also what is worth asking of a document.  Left out: what other documents say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from index.entries import Entry
from index.records import Agency, Target
from index.search.index import Index
from qa.printed import topic_of
from qa.question.kinds import CHOICES, KINDS
from qa.question.places import all_regions
from qa.records import Answer, Asked

MOST = 3
LONGEST_TOPIC = 24
"""Characters of a heading that still reads as a subject; a longer one is a sentence."""
CLAUSES = 3
"""Cited clauses looked at: those that the answer rests on first."""
# 12.建设安全韧性城市。, （一）…: the number before a heading, the stop after it
_TRIMMED = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]?\s*)+|(?<![。.：:\s])[。.：:\s]+$")


def suggestions(answer: Answer, index: Index) -> list[str]:
    """At most MOST questions, the likeliest first; none for an answer that cites nothing."""
    keys = list(dict.fromkeys(citation.clause_key for citation in answer.citations))[:CLAUSES]
    held = set(index.keys())
    entries = index.entries(key for key in keys if key in held)
    made = [question for entry in entries for question in _of_clause(entry, answer, index)]
    asked = _bare(answer.query.question)
    return [question for question in dict.fromkeys(made) if _bare(question) != asked][:MOST]


_OF_CLAUSES: Final[tuple[Asked, ...]] = ("money", "deadline", "agency")
"""Kinds of which a clause states the answer, the rarest first."""
_OF_NOTHING: Final = tuple({noun for kind in KINDS.values() for noun in kind.printed})
"""How headings end that name no subject: 目标任务, 发展目标."""


@dataclass(frozen=True, slots=True)
class Worth:
    """Something worth asking of a document: the kind of question, the region, and the subject of a clause,
    an agency (tasks) or the title (document)."""

    asked: Asked
    region: str
    subject: str


def worth_asking(index: Index, file: str) -> list[Worth]:
    """At most one question of each kind, made of what the document's clauses state, in its order."""
    info = index.info(file)
    region, found, named = info.region or "", dict[Asked, Worth](), Counter[str]()
    for entry in index.entries_of(file):
        topic = trimmed(topic_of(entry.clause))
        fits = entry.clause.kind in ("body", "row") and 0 < len(topic) <= LONGEST_TOPIC
        named.update(fact.text for fact in entry.facts if isinstance(fact, Agency))
        for asked in _OF_CLAUSES if fits and not topic.endswith(_OF_NOTHING) else ():
            taken = {worth.subject for worth in found.values()}
            if topic not in taken and any(isinstance(fact, KINDS[asked].facts) for fact in entry.facts):
                found.setdefault(asked, Worth(asked, region, topic))
                break
        targets = (fact for fact in entry.facts if isinstance(fact, Target))
        for target in (one for one in targets if one.unit == "%" and one.year):
            found.setdefault("quantity", Worth("quantity", f"{region}{target.year}年", target.subject))
    for agency, _ in named.most_common(1):
        found["tasks"] = Worth("tasks", "", of_region(region, agency))
    if info.value("number"):
        found["document"] = Worth("document", region, info.title)
    return list(found.values())


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
