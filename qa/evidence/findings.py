"""Hits → findings: the clauses that the judge has read, with their passages and how much of the subject each
holds, in the order of the search."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from index.entries import Entry
from index.search.index import Index
from qa.citations import Citations
from qa.evidence.passages import Passage, passages_of
from qa.evidence.subject import Subject
from qa.judgement import Check, CheckName, Weighed
from qa.notes import Notes
from qa.question.kinds import holds_kind
from qa.question.places import spoken_forms
from qa.records import Hit, Query
from qa.search.find import find, judged
from qa.search.judged import Judged
from qa.search.rerank import Reranker


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What every answer form needs: the question, where to look, and where to note what is cited and why."""

    query: Query
    index: Index
    subject: Subject
    citations: Citations
    reranker: Reranker | None = None
    notes: Notes = field(default_factory=Notes)

    def test(
        self,
        name: CheckName,
        passed: bool,
        finding: Finding | None = None,
        *,
        value: float | None = None,
        threshold: float | None = None,
        region: str | None = None,
        start: int | None = None,
        parts: tuple[tuple[str, float], ...] = (),
    ) -> bool:
        """Whether a test is passed; it is noted, a plain yes or no as 1 or 0."""
        measured = float(passed) if value is None else value
        asked = self.query.asked
        if finding is None:
            check = Check(name, measured, threshold, passed, asked, region=region, start=start, parts=parts)
            return self.notes.check(check)
        hit, at = finding.hit, finding.hit.clause.start if start is None else start
        where = region or hit.region
        found = (finding.search, hit.key, where, hit.file, at)
        return self.notes.check(Check(name, measured, threshold, passed, asked, *found, parts))

    def at_least(
        self,
        name: CheckName,
        value: float,
        threshold: float,
        finding: Finding | None = None,
        *,
        region: str | None = None,
        start: int | None = None,
    ) -> bool:
        """Whether the value comes up to the threshold; noted."""
        passed = value >= threshold
        return self.test(name, passed, finding, value=value, threshold=threshold, region=region, start=start)


@dataclass(frozen=True, slots=True)
class Finding:
    """A clause with its passages, best first, and the judge's word on it, None where it was not read.

    ``coverage`` is the share of the subject that the clause holds with the headings above it (0 to 1);
    ``search`` is the number of the search that found it.
    """

    hit: Hit
    judged: Judged | None
    passages: tuple[Passage, ...]
    coverage: float
    search: int

    @property
    def entry(self) -> Entry:
        """The clause as the index holds it."""
        return Entry(self.hit.key, self.hit.file, self.hit.clause, self.hit.facts)

    def words(self, passage: Passage) -> str:
        """The passage's words."""
        offset = self.hit.clause.start
        return self.hit.clause.text[passage.start - offset : passage.end - offset]


def weigh(inquiry: Inquiry, hits: Sequence[Hit]) -> list[Finding]:
    """The hits that were read as findings, in their order."""
    read = [hit for hit in hits if hit.answer_odds is not None]
    entries = [Entry(hit.key, hit.file, hit.clause, hit.facts) for hit in read]
    said = judged(inquiry.query, inquiry.index, entries)
    return [_finding(inquiry, hit, entry, said[entry.key]) for hit, entry in zip(read, entries, strict=True)]


def weigh_entries(inquiry: Inquiry, entries: Sequence[Entry]) -> list[Finding]:
    """Clauses that no search brought as findings, in their order, scored by the judge alone."""
    said = judged(inquiry.query, inquiry.index, entries)
    found = []
    for entry in entries:
        info, odds = inquiry.index.info(entry.file), said[entry.key].odds
        scores = {"score": odds, "word_score": 0.0, "vector_score": 0.0, "answer_odds": odds}
        hit = Hit(entry.key, entry.file, info.title, info.region, entry.clause, entry.facts, **scores)
        found.append(_finding(inquiry, hit, entry, said[entry.key]))
    return found


def _finding(inquiry: Inquiry, hit: Hit, entry: Entry, said: Judged) -> Finding:
    passages = tuple(passages_of(entry, said))
    coverage = coverage_of(inquiry, entry)
    weighed = Weighed(
        answer_odds=said.odds,
        coverage=coverage,
        heading_coverage=coverage and inquiry.subject.coverage(" ".join(hit.clause.place)),
        passage_odds=max((passage.score for passage in passages), default=0.0),
        holds_kind=holds_kind(inquiry.query.asked, hit.facts),
    )
    inquiry.notes.weigh(hit.key, weighed)
    return Finding(hit, said, passages, coverage, inquiry.notes.search)


def coverage_of(inquiry: Inquiry, entry: Entry) -> float:
    """The share of the subject that a clause holds with the headings above it, 0 to 1."""
    return inquiry.subject.coverage(" ".join((*entry.clause.path, entry.clause.text)))


_JOINED = r"[\s、,，]*(?:和|与|跟|及|同|以及)?[\s、,，]*"
"""What stands between regions that are counted up."""


def by_region(
    inquiry: Inquiry, regions: Sequence[str], worth: Callable[[Entry], bool] | None = None
) -> dict[str, list[Finding]]:
    """The findings of each region, best first; asked as if the question named that region.

    None of a region where ``worth`` is given and holds of no clause that the judge would read there.
    """
    found = {}
    for region in regions:
        query = _of_region(inquiry.query, region)
        hits = find(
            query,
            inquiry.index,
            regions=(region,),
            reranker=inquiry.reranker,
            notes=inquiry.notes,
            judged_among=len(regions),
            worth=worth,
        )
        found[region] = weigh(replace(inquiry, query=query), hits)
    return found


def _of_region(query: Query, region: str) -> Query:
    """The question for one region.  Where all are asked for (哪个地方定得最高) it is the subject alone: a
    clause that says 40% does not say which is highest, and the judge holds that against it."""
    if query.superlative or query.every_region:
        years = "、".join(f"{year}年" for year in query.years)
        subject = query.topic if "topic" in query.inherited else query.subject or query.topic
        return replace(query, text=f"{region}{years}{subject}", inherited=())
    text = _with_one_region(query.text, query.regions, region)
    named = any(form in text for form in spoken_forms(region))
    return replace(query, text=text if named else f"{region}{text}")


def _with_one_region(text: str, regions: Sequence[str], region: str) -> str:
    """The question with that region where it counts several up (运城市和宁武县的目标 → 宁武县的目标): no
    clause answers for two, and the judge holds that against it."""
    forms = sorted({form for one in regions for form in spoken_forms(one)}, key=len, reverse=True)
    one = f"(?:{'|'.join(map(re.escape, forms))})"
    return re.sub(rf"{one}(?:{_JOINED}{one})+", region, text) if len(regions) > 1 else text
