"""Hits → findings: for each region asked for, the clause that answers best and its best passages.

A finding weighs where the clause came in the search, how much of the subject it holds, and whether it
holds what is asked for.  ``silent`` says that a region's documents do not speak of the subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.entries import Entry
from index.search.index import Index
from qa.citations import Citations
from qa.evidence.subject import Passage, Subject
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
    """What every answer form needs: the question, where to look, and where to note what is cited."""

    query: Query
    index: Index
    subject: Subject
    citations: Citations
    reranker: Reranker | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A clause with its passages, best first.

    ``coverage`` is the share of the subject that the clause holds with the headings above it (0 to 1);
    ``score`` ranks findings of one region.
    """

    hit: Hit
    passages: tuple[Passage, ...]
    coverage: float
    score: float

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
    if hit.clause.kind == "front" or not (hit.clause.cells or _SAYS.search(hit.clause.text)):
        score -= NAMES_ONLY
    return Finding(hit, passages, coverage, score)


def by_region(inquiry: Inquiry, regions: Sequence[str]) -> dict[str, list[Finding]]:
    """The findings of each region, best first."""
    query, index, reranker = inquiry.query, inquiry.index, inquiry.reranker
    found = {region: find(query, index, regions=(region,), reranker=reranker) for region in regions}
    return {region: weigh(inquiry, hits) for region, hits in found.items()}
