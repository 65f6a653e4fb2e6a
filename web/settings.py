"""How the server was told to run, as one value; ``app.py`` makes it from the command line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from qa.question.understand import LONGEST_QUESTION

if TYPE_CHECKING:
    from qa.llm.settings import Settings as LanguageModel
    from qa.search.rerank import Reranker

TITLE: Final = "条问 Tiaowen"
MEGABYTE: Final = 1024 * 1024
ANSWERING_AT_ONCE: Final = 4
"""Requests computed at the same time; more than one, so that a slow one does not hold up all others.  On a
busy 2-core machine 1, 2, 4 and 8 differed less than two runs of benchmarks/load.py."""
WAITING: Final = 200
"""Requests that may wait for their turn: four seconds of answering on two cores."""

WRITING_AT_ONCE: Final = 4
"""Answers that a language model writes for programs at the same time; each takes seconds of waiting."""
WAITING_TO_WRITE: Final = 16


@dataclass(frozen=True, slots=True)
class Settings:
    """``auth_file`` None: nobody logs in; ``root_path`` is empty or a prefix (/tiaowen).

    ``llm`` is the language model that may write answers, ``reranker`` what puts the best clauses in its
    order; None for none.
    ``hosts`` are names, beside addresses and this machine's own, under which it is reached without a login.
    """

    auth_file: Path | None = None
    read_only: bool = False
    root_path: str = ""
    hosts: tuple[str, ...] = ()
    log_file: Path | None = None
    log_questions: bool = False
    longest_question: int = LONGEST_QUESTION
    answering_at_once: int = ANSWERING_AT_ONCE
    waiting: int = WAITING
    llm: LanguageModel | None = None
    reranker: Reranker | None = None
    writing_at_once: int = WRITING_AT_ONCE
    waiting_to_write: int = WAITING_TO_WRITE
