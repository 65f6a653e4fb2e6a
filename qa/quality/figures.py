"""Judged answers → figures: one list of them for each format of question lines.

Left out: judging an answer (`judging`, `reading`), what is asked and in which order (`evaluate`).
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from qa.quality.judging import UNSAID, ClauseJudgement, DocumentJudgement
from qa.quality.reading import ReadingJudgement

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
class WordingFigures:
    """The figures of one wording, by its place (from 0) in the lines that have several."""

    wording: int
    figures: tuple[Figure, ...]


def clause_figures(judged: Sequence[ClauseJudgement]) -> tuple[Figure, ...]:
    """Over questions with evidence among the clauses; empty without any."""
    if not judged:
        return ()
    ranks = [rank for one in judged for rank in one.ranks]
    return (
        Figure("questions", len(judged), ""),
        *_recall(ranks, "", "evidence groups with a clause among the first {} hits"),
        _reciprocal(ranks, ""),
        *_answers(judged),
        *_silence(judged),
        *_common(judged),
    )


def document_figures(judged: Sequence[DocumentJudgement]) -> tuple[Figure, ...]:
    """Over questions with one document and one span of it; empty without any."""
    if not judged:
        return ()
    ranks = [one.document_rank for one in judged]
    verbatim, length = _common(judged)
    return (
        Figure("questions", len(judged), ""),
        *_recall(ranks, "document_", "questions with the document among the first {} found"),
        _reciprocal(ranks, "document_"),
        Figure("answer_in_top5_clauses", _mean(one.in_top for one in judged), "answer in the first 5 hits"),
        Figure("answer_rouge_l", _mean(one.rouge for one in judged), "ROUGE-L F1 over characters"),
        Figure("answer_contains_gold", _mean(one.contains for one in judged), "answer holds the span"),
        verbatim,
        Figure("abstained", _mean(one.abstained for one in judged), "said that the documents do not say"),
        length,
    )


def reading_figures(judged: Sequence[ReadingJudgement]) -> tuple[Figure, ...]:
    """Over lines with several wordings, each a question; empty without any."""
    if not judged:
        return ()
    lines: dict[str, list[bool]] = {}
    for one in judged:
        lines.setdefault(one.line, []).append(one.clauses.complete)
    every = _mean(all(complete) for complete in lines.values())
    return (
        Figure("questions", len(judged), ""),
        Figure("lines", len(lines), ""),
        *_of_wordings(judged),
        Figure("all_wordings", every, "lines whose every wording is answered completely"),
        *_common([one.clauses for one in judged]),
    )


def by_wording(judged: Sequence[ReadingJudgement]) -> tuple[WordingFigures, ...]:
    """The figures of the first wordings, of the second, …"""
    made = []
    for wording in sorted({one.wording for one in judged}):
        among = [one for one in judged if one.wording == wording]
        figures = (Figure("questions", len(among), ""), *_of_wordings(among))
        made.append(WordingFigures(wording, figures))
    return tuple(made)


def by_type(judged: Sequence[ClauseJudgement]) -> tuple[TypeFigure, ...]:
    """How many of each type are complete, by the types' names."""
    types = sorted({one.type for one in judged})
    of_type = {type_: [one.complete for one in judged if one.type == type_] for type_ in types}
    return tuple(
        TypeFigure(type_, len(done), round(sum(done) / len(done), PLACES)) for type_, done in of_type.items()
    )


def _of_wordings(judged: Sequence[ReadingJudgement]) -> tuple[Figure, ...]:
    over_clauses = [one.clauses for one in judged]
    said = [one for one in judged if one.clauses.type != UNSAID]
    ranks = [rank for one in said for rank in one.clauses.ranks]
    first = _mean(one.document_first for one in said)
    spans = _mean(one.rouge for one in said if one.rouge is not None)
    silent = _mean(one.clauses.abstained for one in said)
    return (
        Figure("document_R@1", first, "answerable ones with the right document first"),
        *_recall(ranks, "", "evidence groups with a clause among the first {} hits"),
        *_answers(over_clauses),
        Figure("span_rouge_l", spans, "ROUGE-L F1 over characters, 0 where silent"),
        Figure("silent_on_answerable", silent, "answerable, and abstained"),
        *_silence(over_clauses),
    )


def _recall(ranks: Sequence[int | None], prefix: str, says: str) -> list[Figure]:
    """R@1, R@5 and R@10 of ranks from 1."""
    return [
        Figure(f"{prefix}R@{k}", _mean(rank is not None and rank <= k for rank in ranks), says.format(k))
        for k in (1, 5, 10)
    ]


def _reciprocal(ranks: Sequence[int | None], prefix: str) -> Figure:
    value = _mean(1 / rank if rank is not None and rank <= 10 else 0.0 for rank in ranks)
    return Figure(f"{prefix}MRR@10", value, "mean of 1 / rank")


def _answers(judged: Sequence[ClauseJudgement]) -> list[Figure]:
    said = [one for one in judged if one.type != UNSAID]
    return [
        Figure("evidence_cited", _mean(c for one in said for c in one.cited), "evidence groups cited"),
        Figure("answer_keys", _mean(k for one in said for k in one.keys), "expected words in the answer"),
        Figure("answer_complete", _mean(one.complete for one in said), "answers with all expected words"),
    ]


def _silence(judged: Sequence[ClauseJudgement]) -> list[Figure]:
    unsaid = [one for one in judged if one.type == UNSAID]
    right = sum(one.abstained for one in unsaid)
    abstained = sum(one.abstained for one in judged)
    return [
        Figure("abstain_precision", _share(right, abstained), "abstained, and rightly"),
        Figure("abstain_recall", _share(right, len(unsaid)), "should have abstained, and did"),
    ]


def _common(judged: Sequence[ClauseJudgement] | Sequence[DocumentJudgement]) -> tuple[Figure, Figure]:
    share = _mean(verbatim for one in judged for verbatim in one.verbatim)
    length = statistics.median(one.length for one in judged)
    return (
        Figure("quotes_verbatim", share, "quotes that stand word for word in their document"),
        Figure("median_answer_chars", length, "length of the answer"),
    )


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return round(sum(found) / len(found), PLACES) if found else None


def _share(part: int, whole: int) -> float:
    """``part / whole``; 0 of 0 is 0, so that never abstaining is no perfect precision."""
    return round(part / max(1, whole), PLACES)
