"""Questions of one's own for ``evaluate``, made of what readers said: kept in a file beside the index.

A line holds what `qa.quality.evaluate` reads.  What is to be cited is held against the documents first, since
a quote with a slip in it would count every right answer as wrong.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from index.errors import QuestionError, WriteError
from index.language.folding import plain
from index.search.index import Index
from index.settings import beside
from qa.files.question_lines import Line, read_lines
from qa.quality.judging import UNSAID, read_question
from qa.question.understand import understand


def questions_of(index: Path) -> Path:
    """The file of an index's own questions."""
    return beside(index, "questions.jsonl")


def kept_questions(index: Path) -> dict[str, str]:
    """The questions that are kept, by their ids; raises SourceError where the file cannot be read."""
    path = questions_of(index)
    if not path.exists():
        return {}
    return {line.id: line.question for line in read_lines(path) if isinstance(line, Line)}


def keep_question(
    index: Index, name: str, question: str, evidence: Sequence[str], answer: Sequence[str], *, unsaid: bool
) -> Path:
    """Add a question, in place of one of the same id; the file that holds it.

    ``evidence`` are words of the documents, a clause each, ``answer`` the words that the answer must contain;
    ``unsaid`` says that the documents do not answer it, and both are empty.  Raises QuestionError with what
    is missing, WriteError.
    """
    said: dict[str, Any] = {
        "id": name,
        "question": question.strip(),
        "type": UNSAID if unsaid else understand(question, index).asked,
        "evidence": [] if unsaid else [[one.strip()] for one in evidence if one.strip()],
        "answer": [] if unsaid else [one.strip() for one in answer if one.strip()],
    }
    try:
        read_question(said)
    except ValueError as error:
        raise QuestionError(f"The question cannot be measured: {error}.") from error
    missing = [one for (one,) in said["evidence"] if not _stands(index, one)]
    if missing:
        raise QuestionError(f"No document holds these words: “{missing[0]}”. Copy them from the document.")
    path = questions_of(index.path)
    others = [line for line in _lines(path) if json.loads(line).get("id") != name]
    try:
        path.write_text(
            "".join(f"{line}\n" for line in (*others, json.dumps(said, ensure_ascii=False))), encoding="utf-8"
        )
    except OSError as error:
        raise WriteError(f"{path} cannot be written ({error.strerror}).") from error
    return path


def _lines(path: Path) -> list[str]:
    return (
        [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        if path.exists()
        else []
    )


def _stands(index: Index, words: str) -> bool:
    """True where a document holds the words; widths of characters and blanks do not matter."""
    sought = plain(words)
    return any(sought in plain(index.document(info.file).text) for info in index.infos)
