"""Why an answer is as it is, as the JSON object that ``--why`` and ``"why"`` ask for.

Made of what was noted while the answer was made (`qa.judgement`), never computed anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from typing_extensions import TypedDict

from qa.judgement import Candidate, Check, CheckName, Search, Silence, SubjectWord, Weighed
from qa.records import Answer

PLACES: Final = 6
"""Decimals of a score."""


class WordObject(TypedDict):
    """A word of the subject; ``weight`` is its rarity in nats, ``stands_for`` are the words that count as it,
    ``known`` says whether some document holds one of them."""

    word: str
    stands_for: list[str]
    weight: float
    known: bool
    inherited: bool


class CheckObject(TypedDict):
    """A test as it was made; ``value`` is 1 or 0 and ``threshold`` null for a plain yes or no.

    ``file`` and ``start`` (offset in the document) say which clause or passage was tested, null for a test of
    the question; ``parts`` are the numbers that the value was made of.
    """

    name: CheckName
    value: float
    threshold: float | None
    passed: bool
    asked: str
    region: str | None
    file: str | None
    start: int | None
    parts: dict[str, float]


class WeighedObject(TypedDict):
    """A clause as the judge read it: log odds that it answers, and that its best words belong to the answer;
    shares of the subject, 0 to 1; whether a fact of the kind asked for was read in it."""

    answer_odds: float
    coverage: float
    heading_coverage: float
    passage_odds: float
    holds_kind: bool


class CandidateObject(TypedDict):
    """A clause found; ``weighed`` is null where the judge did not read it, ``failed`` names the first test
    that it failed, null where it failed none."""

    rank: int
    file: str
    region: str | None
    place: list[str]
    start: int
    end: int
    score: float
    word_score: float
    vector_score: float
    token_score: float
    document_score: float
    bonus: float
    charges_agency: bool
    weighed: WeighedObject | None
    checks: list[CheckObject]
    failed: CheckName | None


class SearchObject(TypedDict):
    """A search; ``documents`` are the first of ``document_count``, ``clauses`` counts those compared."""

    regions: list[str]
    documents: list[str]
    document_count: int
    clauses: int
    candidates: list[CandidateObject]


class SilenceObject(TypedDict):
    """What silenced a region, or the answer where ``region`` is null."""

    region: str | None
    check: CheckObject


class WhyObject(TypedDict):
    """How an answer came about; ``checks`` are the tests of no clause found."""

    respelled: list[list[str]]
    supposed: str | None
    words: list[WordObject]
    searches: list[SearchObject]
    checks: list[CheckObject]
    silenced: list[SilenceObject]


def why_object(answer: Answer) -> WhyObject:
    """What was noted while the answer was made, as a JSON object."""
    return {
        "respelled": [list(pair) for pair in answer.query.respelled],
        "supposed": answer.query.supposed,
        "words": [_word(word) for word in answer.why.words],
        "searches": [_search(search) for search in answer.why.searches],
        "checks": _checks(answer.why.checks),
        "silenced": [_silence(silence) for silence in answer.why.silences],
    }


def _word(word: SubjectWord) -> WordObject:
    return {
        "word": word.word,
        "stands_for": sorted(word.forms),
        "weight": round(word.weight, PLACES),
        "known": word.known,
        "inherited": word.inherited,
    }


def _search(search: Search) -> SearchObject:
    return {
        "regions": list(search.regions),
        "documents": list(search.documents),
        "document_count": search.document_count,
        "clauses": search.clauses,
        "candidates": [_candidate(candidate) for candidate in search.candidates],
    }


def _candidate(candidate: Candidate) -> CandidateObject:
    found, failed = candidate.found, candidate.failed
    return {
        "rank": found.rank,
        "file": found.file,
        "region": found.region,
        "place": list(found.clause.place),
        "start": found.clause.start,
        "end": found.clause.end,
        "score": round(found.score, PLACES),
        "word_score": round(found.word_score, PLACES),
        "vector_score": round(found.vector_score, PLACES),
        "token_score": round(found.token_score, PLACES),
        "document_score": round(found.document_score, PLACES),
        "bonus": round(found.bonus, PLACES),
        "charges_agency": found.charges_agency,
        "weighed": _weighed(candidate.weighed) if candidate.weighed else None,
        "checks": _checks(candidate.checks),
        "failed": failed.name if failed else None,
    }


def _weighed(weighed: Weighed) -> WeighedObject:
    return {
        "answer_odds": round(weighed.answer_odds, PLACES),
        "coverage": round(weighed.coverage, PLACES),
        "heading_coverage": round(weighed.heading_coverage, PLACES),
        "passage_odds": round(weighed.passage_odds, PLACES),
        "holds_kind": weighed.holds_kind,
    }


def _checks(checks: Sequence[Check]) -> list[CheckObject]:
    return [_check(check) for check in checks]


def _check(check: Check) -> CheckObject:
    return {
        "name": check.name,
        "value": round(check.value, PLACES),
        "threshold": None if check.threshold is None else round(check.threshold, PLACES),
        "passed": check.passed,
        "asked": check.asked,
        "region": check.region,
        "file": check.file,
        "start": check.start,
        "parts": {name: round(value, PLACES) for name, value in check.parts},
    }


def _silence(silence: Silence) -> SilenceObject:
    return {"region": silence.region, "check": _check(silence.check)}
