"""Figures of quality over one's own questions, and each question that was not answered as expected.

Two kinds of question lines, told apart by what they hold, may stand in one file:

- over clauses: ``{"id", "question", "history"?, "type", "evidence": [[str, …], …], "answer": [str, …]}``;
  ``evidence`` is a list of groups, one a clause needed, each of alternative verbatim strings of it;
  ``answer`` holds the words that the answer must contain.  Type ``none``: the documents do not say.
- over documents: ``{"id", "question", "document": file name, "answer": str}``: one document, one span.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from index.search.index import Index
from qa.answer.answer import HITS
from qa.api.batch import answers
from qa.files.question_lines import Fault, Line, read_lines
from qa.quality.features import FeatureLine, feature_line
from qa.quality.judging import (
    ClauseJudgement,
    ClauseQuestion,
    DocumentJudgement,
    DocumentQuestion,
    judge_clauses,
    judge_document,
    read_question,
)

if TYPE_CHECKING:
    from index.build.build import Progress
    from qa.search.rerank import Reranker

PLACES: Final = 4
"""Decimals of a figure."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its name, its value (None where there was nothing to measure) and what it says."""

    name: str
    value: float | None
    says: str


@dataclass(frozen=True, slots=True)
class TypeFigure:
    """The share of one type's questions that were answered completely (abstained from, for ``none``)."""

    type: str
    questions: int
    complete: float


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
    """What came of it: figures of each kind of question (empty where the file has none of the kind), by
    type, the confusions, and the lines that could not be used."""

    clause_figures: tuple[Figure, ...]
    document_figures: tuple[Figure, ...]
    by_type: tuple[TypeFigure, ...]
    confusions: tuple[Confusion, ...]
    faults: tuple[Fault, ...]


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
    expected: dict[int, ClauseQuestion | DocumentQuestion] = {}
    lines = [_checked(line, expected) for line in read_lines(questions)]
    faults: list[Fault] = []
    over_clauses: list[ClauseJudgement] = []
    over_documents: list[DocumentJudgement] = []
    confusions: list[Confusion] = []
    pairs = answers(lines, index, faults.append, top_k=HITS, reranker=reranker, progress=progress)
    for line, given in pairs:
        question = expected[line.number]
        judged: ClauseJudgement | DocumentJudgement
        if isinstance(question, ClauseQuestion):
            over_clauses.append(judged := judge_clauses(question, given, index))
        else:
            over_documents.append(judged := judge_document(question, given, index))
        if told:
            told(feature_line(line, question, given, not judged.why))
        if judged.why:
            confusions.append(Confusion(line.id, line.question, question.wanted, given.text, judged.why))
    return Evaluation(
        clause_figures=_clause_figures(over_clauses),
        document_figures=_document_figures(over_documents),
        by_type=_by_type(over_clauses),
        confusions=tuple(confusions),
        faults=tuple(faults),
    )


def evaluation_object(evaluation: Evaluation) -> dict[str, Any]:
    """The evaluation as a JSON object: figures by name, and the confusions."""
    return {
        "clauses": {one.name: one.value for one in evaluation.clause_figures} or None,
        "documents": {one.name: one.value for one in evaluation.document_figures} or None,
        "complete_by_type": {one.type: one.complete for one in evaluation.by_type},
        "confusions": [asdict(one) for one in evaluation.confusions],
        "refused_lines": [asdict(one) for one in evaluation.faults],
    }


def _checked(line: Line | Fault, expected: dict[int, ClauseQuestion | DocumentQuestion]) -> Line | Fault:
    """The line, or a fault where what it expects cannot be read; ``expected`` is filled."""
    if isinstance(line, Fault):
        return line
    try:
        expected[line.number] = read_question(line.said)
    except ValueError as error:
        return Fault(line.number, str(error))
    return line


def _clause_figures(judged: Sequence[ClauseJudgement]) -> tuple[Figure, ...]:
    if not judged:
        return ()
    ranks = [rank for one in judged for rank in one.ranks]
    abstained = [one for one in judged if one.abstained]
    unsaid = [one for one in judged if one.type == "none"]
    right = sum(one.abstained for one in unsaid)
    said = [one for one in judged if one.type != "none"]
    return (
        Figure("questions", len(judged), ""),
        *_recall(ranks, "", "evidence groups with a clause among the first {} hits"),
        Figure("evidence_cited", _mean(c for one in said for c in one.cited), "evidence groups cited"),
        Figure("answer_keys", _mean(k for one in said for k in one.keys), "expected words in the answer"),
        Figure("answer_complete", _mean(one.complete for one in said), "answers with all expected words"),
        Figure("abstain_precision", _share(right, len(abstained)), "abstained, and rightly"),
        Figure("abstain_recall", _share(right, len(unsaid)), "should have abstained, and did"),
        *_common(judged),
        Figure(
            "median_answer_chars", statistics.median(one.length for one in judged), "length of the answer"
        ),
    )


def _document_figures(judged: Sequence[DocumentJudgement]) -> tuple[Figure, ...]:
    if not judged:
        return ()
    ranks = [one.document_rank for one in judged]
    return (
        Figure("questions", len(judged), ""),
        *_recall(ranks, "document_", "questions with the document among the first {} found"),
        Figure("answer_in_top5_clauses", _mean(one.in_top for one in judged), "answer in the first 5 hits"),
        Figure("answer_rouge_l", _mean(one.rouge for one in judged), "ROUGE-L F1 over characters"),
        Figure("answer_contains_gold", _mean(one.contains for one in judged), "answer holds the span"),
        *_common(judged),
        Figure("abstained", _mean(one.abstained for one in judged), "said that the documents do not say"),
        Figure(
            "median_answer_chars", statistics.median(one.length for one in judged), "length of the answer"
        ),
    )


def _recall(ranks: Sequence[int | None], prefix: str, says: str) -> list[Figure]:
    """R@1, R@5, R@10 and MRR@10 of ranks from 1."""
    near = [rank if rank is not None and rank <= 10 else None for rank in ranks]
    return [
        *(
            Figure(f"{prefix}R@{k}", _mean(rank is not None and rank <= k for rank in near), says.format(k))
            for k in (1, 5, 10)
        ),
        Figure(f"{prefix}MRR@10", _mean(1 / rank if rank else 0.0 for rank in near), "mean of 1 / rank"),
    ]


def _common(judged: Sequence[ClauseJudgement] | Sequence[DocumentJudgement]) -> list[Figure]:
    share = _mean(verbatim for one in judged for verbatim in one.verbatim)
    return [Figure("quotes_verbatim", share, "quotes that stand word for word in their document")]


def _by_type(judged: Sequence[ClauseJudgement]) -> tuple[TypeFigure, ...]:
    types = sorted({one.type for one in judged})
    of_type = {type_: [one.complete for one in judged if one.type == type_] for type_ in types}
    return tuple(
        TypeFigure(type_, len(done), round(sum(done) / len(done), PLACES)) for type_, done in of_type.items()
    )


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return round(sum(found) / len(found), PLACES) if found else None


def _share(part: int, whole: int) -> float:
    """``part / whole``; 0 of 0 is 0, so that never abstaining is no perfect precision."""
    return round(part / max(1, whole), PLACES)
