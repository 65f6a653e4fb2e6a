"""Why an answer is as it is: what was searched and weighed, and every test with its value and threshold.

Plain numbers as they were decided with, filled in while an answer is made (`qa.notes`) and put into words or
JSON only where someone asks (`qa.api.why`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from index.records import Clause

CheckName = Literal[
    "asks_something",
    "region_known",
    "subject_read",
    "found",
    "names_place",
    "answers",
    "spread",
    "holds_subject",
    "names_body",
    "noun_held",
    "region_holds_words",
    "region_speaks",
    "passage_near",
    "beside",
    "quote_whole",
    "same_subject",
    "heading_whole",
    "names_thing",
    "around_names_thing",
    "on_topic",
    "tasks_found",
    "due_found",
    "field_printed",
    "label_printed",
]
"""What was tested; docs/api.md says of each what it decides."""


@dataclass(frozen=True, slots=True)
class Check:
    """One test as it was made: its value, the threshold, and whether the answer goes on with what was tested.

    ``threshold`` is None for a plain yes or no, whose value is 1 or 0.  ``file`` and ``start`` say which
    clause or passage was tested (offset in the document), ``search`` which search (from 0) found it,
    ``region`` whose it is; all None for a test of the question itself.  ``asked`` is the kind of fact asked
    for then, of a question for several.  ``parts`` are the numbers that the value is made of, by name.
    """

    name: CheckName
    value: float
    threshold: float | None
    passed: bool
    asked: str
    search: int | None = None
    key: int | None = None
    region: str | None = None
    file: str | None = None
    start: int | None = None
    parts: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A clause as a search found it; ``rank`` counts from 1, scores are higher-is-better.

    ``score`` is the fused one, ``word_score`` BM25 over bigrams, ``vector_score`` the cosine,
    ``token_score`` the late interaction of tokens, ``document_score`` the whole document's; ``bonus`` was
    added for its kind (standard deviations); ``charges_agency`` is true where it charges the agency that
    the question names, which puts it first.
    """

    key: int
    file: str
    region: str | None
    clause: Clause
    rank: int
    score: float
    word_score: float
    vector_score: float
    token_score: float
    document_score: float
    bonus: float
    charges_agency: bool


@dataclass(frozen=True, slots=True)
class Weighed:
    """A clause found, as the judge read it.

    ``answer_odds`` is the judge's log odds that it answers, ``passage_odds`` that its most answering words
    belong to the answer; ``coverage`` and ``heading_coverage`` are the shares of the subject (0 to 1) that
    it holds with the headings above it, and that the headings hold alone.  ``holds_kind`` is true where a
    fact of the kind asked for was read in it.
    """

    answer_odds: float
    coverage: float
    heading_coverage: float
    passage_odds: float
    holds_kind: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause that might have answered; ``weighed`` is None beyond those that are looked at."""

    found: Found
    weighed: Weighed | None
    checks: tuple[Check, ...]

    @property
    def failed(self) -> Check | None:
        """The first test that it failed; None where it failed none."""
        return next((check for check in self.checks if not check.passed), None)


@dataclass(frozen=True, slots=True)
class Search:
    """One search: the regions it was narrowed to (empty for none), the documents, and what it found.

    ``documents`` are the first of them, ``document_count`` all; ``clauses`` counts those compared.
    """

    regions: tuple[str, ...]
    documents: tuple[str, ...]
    document_count: int
    clauses: int
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class SubjectWord:
    """A word of the subject: what stands for it, its weight (rarity in nats), whether a document holds it,
    and whether it comes from an earlier question."""

    word: str
    forms: tuple[str, ...]
    weight: float
    known: bool
    inherited: bool


@dataclass(frozen=True, slots=True)
class Silence:
    """The test that silenced a region, or the answer where ``region`` is None."""

    region: str | None
    check: Check


@dataclass(frozen=True, slots=True)
class Judgement:
    """All of it; ``checks`` are those of no candidate, in the order in which they were made."""

    words: tuple[SubjectWord, ...]
    searches: tuple[Search, ...]
    checks: tuple[Check, ...]
    silences: tuple[Silence, ...]
