"""Lines that ask one fact in several wordings, each a question: what they expect, and an answer judged by it.

``{"id", "kind", "variants": [str, …], "history"?, "evidence": [[str, …], …], "answer": [str, …], "span",
"file" or "files"}``; the kind ``none`` has neither evidence nor answer: the documents do not say.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

from index.search.index import Index
from qa.quality.judging import UNSAID, ClauseJudgement, ClauseQuestion, are_strings, judge_clauses
from qa.quality.scoring import rouge_l
from qa.records import Answer

LONGEST: Final = 600
"""Characters past which an answer that is one fact counts as none."""
LONG_KINDS: Final = frozenset(
    {"list", "summary", "inverse_agency", "inverse_due", "compare", "how", "procedure", "condition"}
)
"""Kinds whose answer may be of any length."""


@dataclass(frozen=True, slots=True)
class ReadingQuestion:
    """One wording, from 0, of the line ``line``; ``span`` are the words that answer, None where there are
    none, ``files`` the documents of which one should be found first."""

    line: str
    wording: int
    clauses: ClauseQuestion
    span: str | None
    files: tuple[str, ...]

    @property
    def wanted(self) -> str:
        """What was expected, in words."""
        return self.clauses.wanted


@dataclass(frozen=True, slots=True)
class ReadingJudgement:
    """An answer to one wording: judged over clauses; whether the first hit is of a right document; ROUGE-L
    against the span, None where the line has none."""

    line: str
    wording: int
    clauses: ClauseJudgement
    document_first: bool
    rouge: float | None

    @property
    def why(self) -> str:
        """Why it is not as expected; empty where it is."""
        return self.clauses.why


def read_reading(said: Mapping[str, Any], line: str, wording: int) -> ReadingQuestion:
    """What one wording of a line expects; raises ValueError with what is missing."""
    kind, evidence, answer = said.get("kind"), said.get("evidence"), said.get("answer")
    if not isinstance(kind, str):
        raise ValueError('"kind" is missing or no string')
    if not isinstance(evidence, list) or not all(are_strings(group) for group in evidence):
        raise ValueError('"evidence" is no list of lists of strings')
    if not are_strings(answer):
        raise ValueError('"answer" is missing or no list of strings')
    if kind != UNSAID and not (evidence and answer):
        raise ValueError(f'"evidence" or "answer" is empty, which only the kind {UNSAID!r} may be')
    span = said.get("span")
    if span is not None and not isinstance(span, str):
        raise ValueError('"span" is no string')
    files = said.get("files") or [said.get("file")]
    if kind == UNSAID:
        files = []
    elif not are_strings(files):
        raise ValueError('"file" is missing or no string, and "files" is no list of strings')
    expected = ClauseQuestion(kind, tuple(map(tuple, evidence)), tuple(answer))
    return ReadingQuestion(line, wording, expected, span or None, tuple(files))


def judge_reading(expected: ReadingQuestion, given: Answer, index: Index) -> ReadingJudgement:
    """Judge an answer to one wording; one that the documents do not answer only by its abstaining."""
    longest = math.inf if expected.clauses.type in LONG_KINDS else LONGEST
    judged = judge_clauses(expected.clauses, given, index, longest)
    names = {PurePosixPath(file).name for file in expected.files}
    first = any(PurePosixPath(hit.file).name in names for hit in given.hits[:1])
    rouge = None
    if expected.span:
        rouge = 0.0 if given.abstained else rouge_l(given.text, expected.span)
    return ReadingJudgement(expected.line, expected.wording, judged, first, rouge)
