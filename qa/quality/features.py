"""What every answer to a set of questions was decided on, one JSON object a line, for a script that fits.

A line holds what the question was taken to mean, how the answer came about, and beside it what is right:
whether the documents say it, and of each clause found whether it holds what was expected.  Left out: fitting.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

from typing_extensions import TypedDict

from index.records import Clause
from qa.api.object_types import UnderstoodObject
from qa.api.objects import understood_object
from qa.api.why import WhyObject, why_object
from qa.files.question_lines import Line
from qa.quality.judging import UNSAID, ClauseQuestion, DocumentQuestion
from qa.quality.reading import ReadingQuestion
from qa.quality.scoring import rank_of
from qa.records import Answer

Expected = ClauseQuestion | DocumentQuestion | ReadingQuestion
"""What a line of any format expects."""
OVER_DOCUMENTS: Final = "document"
"""What stands for the type of a question over documents."""


class FeatureLine(TypedDict):
    """A question: ``answerable`` and ``right`` (for each search, for each clause found, in their order) are
    what is expected, ``as_expected`` and ``abstained`` what came of it; ``wording`` counts from 0 where the
    line has several."""

    id: str
    question: str
    wording: int | None
    type: str
    answerable: bool
    abstained: bool
    as_expected: bool
    right: list[list[bool]]
    understood: UnderstoodObject
    why: WhyObject


def feature_line(line: Line, expected: Expected, given: Answer, as_expected: bool) -> FeatureLine:
    """The object of one question and its answer."""
    kind = type_of(expected)
    return {
        "id": line.id,
        "question": line.question,
        "wording": line.wording,
        "type": kind,
        "answerable": kind != UNSAID,
        "abstained": given.abstained,
        "as_expected": as_expected,
        "right": [
            [_is_right(expected, one.found.file, one.found.clause) for one in search.candidates]
            for search in given.why.searches
        ],
        "understood": understood_object(given.query),
        "why": why_object(given),
    }


def type_of(expected: Expected) -> str:
    """The type or kind of a question."""
    if isinstance(expected, DocumentQuestion):
        return OVER_DOCUMENTS
    return (expected.clauses if isinstance(expected, ReadingQuestion) else expected).type


def _is_right(expected: Expected, file: str, clause: Clause) -> bool:
    """True where the clause holds evidence, or the span expected of this document."""
    if isinstance(expected, ReadingQuestion):
        expected = expected.clauses
    if isinstance(expected, ClauseQuestion):
        return any(rank_of(group, [clause.text]) for group in expected.evidence)
    named = PurePosixPath(file).name == PurePosixPath(expected.document).name
    return named and rank_of([expected.answer], [clause.text]) is not None
