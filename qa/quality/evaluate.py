"""Figures of quality over one's own questions, and each question that was not answered as expected.

Three formats of question lines, told apart by what they hold, may stand in one file:

- over clauses: ``{"id", "question", "history"?, "type", "evidence": [[str, …], …], "answer": [str, …]}``;
  ``evidence`` is a list of groups, one a clause needed, each of alternative verbatim strings of it;
  ``answer`` holds the words that the answer must contain.  Type ``none``: the documents do not say.
- over documents: ``{"id", "question", "document": file name, "answer": str}``: one document, one span.
- in several wordings: ``"variants"`` instead of a question, each a question of its own (`reading`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from index.search.index import Index
from qa.answer.answer import HITS
from qa.api.batch import answers
from qa.files.question_lines import Fault, Line, read_lines
from qa.quality.features import Expected, FeatureLine, feature_line, type_of
from qa.quality.figures import (
    PLACES,
    Figure,
    TypeFigure,
    WordingFigures,
    by_type,
    by_wording,
    clause_figures,
    document_figures,
    reading_figures,
)
from qa.quality.judging import (
    UNSAID,
    ClauseJudgement,
    ClauseQuestion,
    DocumentJudgement,
    judge_clauses,
    judge_document,
    read_question,
)
from qa.quality.reading import ReadingJudgement, ReadingQuestion, judge_reading, read_reading
from qa.quality.reliability import Reliability, best_odds, reliability

if TYPE_CHECKING:
    from index.build.build import Progress
    from qa.records import Answer
    from qa.search.rerank import Reranker

Judgement = ClauseJudgement | DocumentJudgement | ReadingJudgement


@dataclass(frozen=True, slots=True)
class Confusion:
    """A question that was not answered as expected."""

    id: str
    question: str
    expected: str
    given: str
    why: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came of it: figures of each format (empty where the file has none of it), by type, of several
    wordings also by kind and by wording; how far the judge's probabilities hold; the confusions, and the
    lines that could not be used."""

    clause_figures: tuple[Figure, ...]
    document_figures: tuple[Figure, ...]
    reading_figures: tuple[Figure, ...]
    by_type: tuple[TypeFigure, ...]
    by_kind: tuple[TypeFigure, ...]
    by_wording: tuple[WordingFigures, ...]
    reliability: Reliability
    confusions: tuple[Confusion, ...]
    faults: tuple[Fault, ...]

    @property
    def figures(self) -> tuple[tuple[Figure, ...], ...]:
        """The figures of the three formats, in their order."""
        return self.clause_figures, self.document_figures, self.reading_figures


NOTHING: Final = Evaluation((), (), (), (), (), (), Reliability((), None, 0), (), ())
"""An evaluation over no question."""


def evaluate(
    questions: Path,
    index: Index,
    progress: Progress | None = None,
    told: Callable[[FeatureLine], None] | None = None,
    *,
    reranker: Reranker | None = None,
) -> Evaluation:
    """Answer every question of a file and measure the answers against what the file expects.

    ``told`` is given what each answer was decided on.  Raises SourceError where the file cannot be read.
    """
    expected: dict[str, Expected] = {}
    lines = _checked(read_lines(questions, variants=True), expected)
    faults: list[Fault] = []
    judged: list[Judgement] = []
    read: list[tuple[float | None, bool]] = []
    confusions: list[Confusion] = []
    pairs = answers(lines, index, faults.append, top_k=HITS, reranker=reranker, progress=progress)
    for line, given in pairs:
        question = expected[line.id]
        judged.append(one := _judge(question, given, index))
        read.append((best_odds(given), type_of(question) != UNSAID))
        if told:
            told(feature_line(line, question, given, not one.why))
        if one.why:
            confusions.append(Confusion(line.id, line.question, question.wanted, given.text, one.why))
    over_clauses = [one for one in judged if isinstance(one, ClauseJudgement)]
    wordings = [one for one in judged if isinstance(one, ReadingJudgement)]
    return Evaluation(
        clause_figures=clause_figures(over_clauses),
        document_figures=document_figures([one for one in judged if isinstance(one, DocumentJudgement)]),
        reading_figures=reading_figures(wordings),
        by_type=by_type(over_clauses),
        by_kind=by_type([one.clauses for one in wordings]),
        by_wording=by_wording(wordings),
        reliability=reliability(read),
        confusions=tuple(confusions),
        faults=tuple(faults),
    )


def evaluation_object(evaluation: Evaluation) -> dict[str, Any]:
    """The evaluation as a JSON object: figures by name, and the confusions."""
    clauses, documents, reading = (_by_name(figures) or None for figures in evaluation.figures)
    return {
        "clauses": clauses,
        "documents": documents,
        "reading": reading,
        "complete_by_type": {one.type: one.complete for one in evaluation.by_type},
        "complete_by_kind": {one.type: [one.complete, one.questions] for one in evaluation.by_kind},
        "by_wording": [{"wording": one.wording, **_by_name(one.figures)} for one in evaluation.by_wording],
        "reliability": _rounded(evaluation.reliability),
        "confusions": [asdict(one) for one in evaluation.confusions],
        "refused_lines": [asdict(one) for one in evaluation.faults],
    }


def _by_name(figures: Sequence[Figure]) -> dict[str, float | None]:
    return {one.name: one.value for one in figures}


def _rounded(value: Reliability) -> dict[str, Any]:
    said = asdict(value)
    for one in (said, *said["bins"]):
        one |= {key: round(number, PLACES) for key, number in one.items() if isinstance(number, float)}
    return said


def _judge(question: Expected, given: Answer, index: Index) -> Judgement:
    if isinstance(question, ReadingQuestion):
        return judge_reading(question, given, index)
    if isinstance(question, ClauseQuestion):
        return judge_clauses(question, given, index)
    return judge_document(question, given, index)


def _checked(lines: Sequence[Line | Fault], expected: dict[str, Expected]) -> list[Line | Fault]:
    """The lines, a fault for one whose expectation cannot be read; ``expected`` is filled, by id."""
    checked: list[Line | Fault] = []
    for line in lines:
        try:
            if isinstance(line, Line):
                expected[line.id] = _read(line)
            checked.append(line)
        except ValueError as error:
            if line.number not in {one.number for one in checked[-1:]}:  # once for all wordings
                checked.append(Fault(line.number, str(error)))
    return checked


def _read(line: Line) -> Expected:
    if line.wording is None:
        return read_question(line.said)
    return read_reading(line.said, line.id.rpartition("#")[0], line.wording)
