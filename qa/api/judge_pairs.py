"""A file of questions with texts → a file of what the judge says of each, one JSON object a line.

In: ``{"id", "question", "heading", "text"}``.  Out, in the same order: ``{"id", "answers", "span"}``;
``answers`` is 0 to 1, .5 at the threshold from which a text is said to answer; ``span`` is the stretch of
the text that answers, or would.  A line that cannot be used has no line there: it is reported with its
number and the reason.  The file appears whole at the end, or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from typing_extensions import TypedDict

from index.encoders.packed import available_cores
from index.errors import SourceError
from qa.files.question_lines import Fault, Line, is_text, read_lines
from qa.files.whole_file import replacing
from qa.search.clause_judge import shipped_judge
from qa.search.judged_text import judge_text, pair_threshold, share_of

if TYPE_CHECKING:
    from index.build.build import Progress

PLACES: Final = 4
"""Decimals of ``answers``."""


class JudgedObject(TypedDict):
    """What is written of a pair."""

    id: str
    answers: float
    span: str


@dataclass(frozen=True, slots=True)
class JudgeReport:
    """What came of a file: the pairs judged, how many texts answer, and the lines refused, in order."""

    judged: int
    answering: int
    faults: tuple[Fault, ...]


def judge_pairs(pairs: Path, out: Path, progress: Progress | None = None) -> JudgeReport:
    """Judge every pair of a file into ``out``, which is replaced at the end, atomically.

    Raises SourceError where the pairs cannot be read, ModelError where the judge cannot be loaded, and
    WriteError where ``out`` cannot be written.
    """
    lines = [_checked(line) for line in read_lines(pairs)]
    if out.exists() and out.samefile(pairs):
        raise SourceError(f"{out} holds the pairs; name another file for what is judged.")
    faults = tuple(line for line in lines if isinstance(line, Fault))
    judged = answering = 0
    with replacing(out) as file:
        for said in _judged([line for line in lines if isinstance(line, Line)], progress):
            file.write(f"{json.dumps(said, ensure_ascii=False)}\n".encode())
            judged += 1
            answering += said["answers"] >= 0.5
    return JudgeReport(judged, answering, faults)


def _checked(line: Line | Fault) -> Line | Fault:
    """The line, or a fault where headings or text are missing."""
    if isinstance(line, Fault):
        return line
    for name in ("heading", "text"):
        value = line.said.get(name)
        if not isinstance(value, str):
            return Fault(line.number, f'"{name}" is missing or no string')
        if not is_text(value):
            return Fault(line.number, f'"{name}" holds half a character (a lone surrogate such as \\ud83d)')
    if not line.said["text"].strip():
        return Fault(line.number, '"text" is empty')
    return line


def _judged(lines: list[Line], progress: Progress | None) -> Iterator[JudgedObject]:
    """In their order, as many at the same time as there are cores."""
    judge, threshold = shipped_judge(), pair_threshold()

    def one(line: Line) -> JudgedObject:
        text = line.said["text"]
        found = judge_text(judge, line.question, line.said["heading"], text)
        share = round(share_of(found.odds, threshold), PLACES)
        return {"id": line.id, "answers": share, "span": text[found.start : found.end]}

    with ThreadPoolExecutor(available_cores(), "pairs") as pool:
        try:
            for done, said in enumerate(pool.map(one, lines)):
                if progress:
                    progress(done / len(lines), f"{done}/{len(lines)}")
                yield said
        finally:  # whoever stops does not wait for the rest
            pool.shutdown(wait=False, cancel_futures=True)
    if progress:
        progress(1.0, f"{len(lines)}/{len(lines)}")
