"""A file of questions → a file of answers, one JSON object a line.

Each question that can be answered has exactly one line, in the order of the questions, so that a reader of
the answers joins on ``id`` and never meets anything else.  A line that cannot be used has no line there: it
is reported with its number and the reason.  The file appears whole at the end, or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import QuestionError, SourceError
from index.search.index import Index
from qa.answer.answer import HITS, answer
from qa.api.object_types import AnswerObject
from qa.api.objects import answer_object
from qa.files.question_lines import Fault, Line, read_lines
from qa.files.whole_file import replacing
from qa.records import Answer

if TYPE_CHECKING:
    from index.build.build import Progress
    from qa.search.rerank import Reranker


@dataclass(frozen=True, slots=True)
class BatchReport:
    """What came of a batch: the questions answered, how many of them by "the documents do not say", and
    the lines that could not be used, in order."""

    answered: int
    abstained: int
    faults: tuple[Fault, ...]


def run_batch(
    questions: Path,
    out: Path,
    index: Index,
    *,
    top_k: int = HITS,
    reranker: Reranker | None = None,
    why: bool = False,
    progress: Progress | None = None,
) -> BatchReport:
    """Answer every question of a file into ``out``, with at most ``top_k`` hits each; with ``why`` also how
    each answer came about.

    ``out`` is replaced at the end, atomically.  Raises SourceError where the questions cannot be read,
    QuestionError for ``top_k`` below 1 and WriteError where ``out`` cannot be written, before the first
    question where that can be known.
    """
    lines = read_lines(questions)
    if out.exists() and out.samefile(questions):
        raise SourceError(f"{out} holds the questions; name another file for the answers.")
    faults: list[Fault] = []
    answered = abstained = 0
    with replacing(out) as file:
        pairs = answers(lines, index, faults.append, top_k=top_k, reranker=reranker, progress=progress)
        for line, given in pairs:
            words = json.dumps(batch_line(line, given, why=why), ensure_ascii=False)
            file.write(f"{words}\n".encode())
            answered += 1
            abstained += given.abstained
    return BatchReport(answered, abstained, tuple(faults))


def batch_line(line: Line, given: Answer, *, why: bool = False) -> AnswerObject:
    """The object that stands for one question in the file of answers."""
    return {"id": line.id, **answer_object(given, why=why)}


def answers(
    lines: list[Line | Fault],
    index: Index,
    refused: Callable[[Fault], None],
    *,
    top_k: int = HITS,
    reranker: Reranker | None = None,
    progress: Progress | None = None,
) -> Iterator[tuple[Line, Answer]]:
    """The questions with their answers, in order; lines that cannot be used are handed to ``refused``."""
    if top_k < 1:
        raise QuestionError(f"top_k is {top_k}; ask for at least 1 clause.")
    for done, line in enumerate(lines):
        if progress:
            progress(done / len(lines), f"{done}/{len(lines)}")
        if isinstance(line, Fault):
            refused(line)
            continue
        try:
            given = answer(line.question, index, line.history, top_k=top_k, reranker=reranker)
        except QuestionError as error:
            refused(Fault(line.number, str(error)))
            continue
        yield line, given
    if progress:
        progress(1.0, f"{len(lines)}/{len(lines)}")
