"""A file of questions → a file of answers, one JSON object a line.

Each question that can be answered has exactly one line, in the order of the questions, so that a reader of
the answers joins on ``id`` and never meets anything else.  A line that cannot be used has no line there: it
is reported with its number and the reason.  The file appears whole at the end, or not at all.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from index.errors import QuestionError, SourceError, WriteError
from index.opened import Index
from qa.answer import HITS, answer
from qa.lines import Fault, Line, read_lines
from qa.records import Answer
from qa.serial import AnswerObject, answer_object

if TYPE_CHECKING:
    from index.build import Progress


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
    progress: Progress | None = None,
) -> BatchReport:
    """Answer every question of a file into ``out``, with at most ``top_k`` hits each.

    ``out`` is replaced at the end, atomically.  Raises SourceError where the questions cannot be read,
    QuestionError for ``top_k`` below 1 and WriteError where ``out`` cannot be written, before the first
    question where that can be known.
    """
    lines = read_lines(questions)
    if out.exists() and out.samefile(questions):
        raise SourceError(f"{out} holds the questions; name another file for the answers.")
    if out.is_dir():
        raise WriteError(f"{out} is a folder; name a file in it for the answers.")
    faults: list[Fault] = []
    answered = abstained = 0
    with _replacing(out) as file:
        for line, given in answers(lines, index, faults.append, top_k=top_k, progress=progress):
            file.write(json.dumps(batch_line(line, given), ensure_ascii=False) + "\n")
            answered += 1
            abstained += given.abstained
    return BatchReport(answered, abstained, tuple(faults))


def batch_line(line: Line, given: Answer) -> AnswerObject:
    """The object that stands for one question in the file of answers."""
    return {"id": line.id, **answer_object(given)}


def answers(
    lines: list[Line | Fault],
    index: Index,
    refused: Callable[[Fault], None],
    *,
    top_k: int = HITS,
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
            given = answer(line.question, index, line.history, top_k=top_k)
        except QuestionError as error:
            refused(Fault(line.number, str(error)))
            continue
        yield line, given
    if progress:
        progress(1.0, f"{len(lines)}/{len(lines)}")


@contextmanager
def _replacing(out: Path) -> Iterator[TextIO]:
    """A file beside ``out`` that takes its place at the end, and is deleted where the end is not reached."""
    new = out.with_name(f".{out.name}.{os.getpid()}.new")
    try:
        with new.open("w", encoding="utf-8", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, out)  # noqa: PTH105 - the name says what matters: it replaces
    except OSError as error:
        raise WriteError(
            f"{out} cannot be written ({error.strerror or error}). Name a file in a folder that is there."
        ) from error
    finally:
        if new.exists():
            new.unlink()
