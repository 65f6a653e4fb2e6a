"""Hits → findings: for each region asked for, the clause that answers best and its best passages.

A finding weighs where the clause came in the search, how much of the subject it holds, and whether it
holds what is asked for.  ``silent`` says that a region's documents do not speak of the subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.entries import Entry
from index.search.index import Index
from qa.citations import Citations
from qa.evidence.subject import Passage, Subject
from qa.judgement import Check, CheckName, Weighed
from qa.notes import Notes
from qa.records import Hit, Query
from qa.search.find import find
from qa.search.rerank import Reranker

LOOKED_AT = 8
"""Hits weighed against each other; with four, 1 % fewer answers of the development questions are complete."""
HIT_WEIGHT = 0.18
"""Weight of the fused search score (standard deviations) against coverage (0 to 1).  Complete answers of the
development questions: .960 at .1, .973 at .18, .946 at .3; of the further ones .883, .900, .917."""
NAMES_ONLY = 1.0
"""Taken off a clause that only names things (a front, a list of attachments): it seldom answers.
Without it 1 % fewer answers of the development questions are complete."""
_SAYS = re.compile(r"[。；;，,]")
PASSAGE_WEIGHT = 1.0
CLAUSE_WEIGHT = 0.6
"""From .3 to 1 no policy figure changes, and ROUGE-L on notices by .004."""


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
    """A clause with its passages, best first.

    ``coverage`` is the share of the subject that the clause holds with the headings above it (0 to 1);
    ``score`` ranks findings of one region; ``search`` is the number of the search that found it.
    """

    hit: Hit
    passages: tuple[Passage, ...]
    coverage: float
    score: float
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
    """The hits as findings, best first."""
    findings = [_finding(inquiry, hit) for hit in hits[:LOOKED_AT]]
    return sorted(findings, key=lambda finding: -finding.score)


def _finding(inquiry: Inquiry, hit: Hit) -> Finding:
    entry = Entry(hit.key, hit.file, hit.clause, hit.facts)
    passages = tuple(inquiry.subject.passages(entry))
    coverage = inquiry.subject.coverage(" ".join((*hit.clause.path, hit.clause.text)))
    best = passages[0].score if passages else 0.0
    score = HIT_WEIGHT * hit.score + PASSAGE_WEIGHT * best + CLAUSE_WEIGHT * coverage
    names_only = hit.clause.kind == "front" or not (hit.clause.cells or _SAYS.search(hit.clause.text))
    if names_only:
        score -= NAMES_ONLY
    weighed = Weighed(
        score=score,
        coverage=coverage,
        heading_coverage=coverage and inquiry.subject.coverage(" ".join(hit.clause.place)),
        passage_score=best,
        states_kind=any(passage.answers for passage in passages),
        names_only=names_only,
    )
    inquiry.notes.weigh(hit.key, weighed)
    return Finding(hit, passages, coverage, score, inquiry.notes.search)


def by_region(inquiry: Inquiry, regions: Sequence[str]) -> dict[str, list[Finding]]:
    """The findings of each region, best first."""
    query, index, reranker, notes = inquiry.query, inquiry.index, inquiry.reranker, inquiry.notes
    found = {r: find(query, index, regions=(r,), reranker=reranker, notes=notes) for r in regions}
    return {region: weigh(inquiry, hits) for region, hits in found.items()}
