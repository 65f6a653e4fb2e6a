"""The functions that other programs call: search, ask and ledger."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import IndexMissing, QuestionError
from index.records import Role
from index.search.index import Index
from index.search.live import LiveIndex
from index.search.narrowed import NarrowedIndex
from index.settings import DEFAULT_DOCUMENTS, DEFAULT_INDEX
from qa.answer.answer import HITS, answer
from qa.ledger.tasks import Task, tasks_set
from qa.question.places import region_named
from qa.question.understand import as_typed, understand
from qa.records import Answer, Hit
from qa.search.find import find
from qa.search.question_encoder import encode_ahead

if TYPE_CHECKING:
    from index.build.build import BuildReport, Progress
    from qa.search.rerank import Reranker


def search(
    question: str,
    *,
    top_k: int = HITS,
    regions: Sequence[str] | None = None,
    documents: Collection[str] | None = None,
    index: Index | None = None,
    reranker: Reranker | None = None,
    judged: bool = False,
) -> list[Hit]:
    """The clauses that match a question, best first, at most ``top_k``.

    ``regions`` (运城市, or 运城) and ``documents`` (file names) narrow the search; without ``regions`` those
    that the question names are used.  ``judged``: the judge of clauses reads the best of them first, as it
    does for an answer; the order is better (docs/quality.md says by how much) and takes some ten times as
    long.  ``reranker`` puts the best clauses in its order (`qa.search.rerank.load_reranker`).

    Raises QuestionError for a question that cannot be asked, SourceError for a region or document that the
    index does not hold.
    """
    if top_k < 1:
        raise QuestionError(f"top_k is {top_k}; ask for at least 1 clause.")
    index = index or default_index()
    encode_ahead(index, as_typed(question, index))
    query = understand(question, index)
    wanted = None if regions is None else [region_named(name, index) for name in regions]
    for file in documents or ():
        index.info(file)
    return find(query, index, top_k=top_k, regions=wanted, files=documents, reranker=reranker, judging=judged)


def ask(
    question: str,
    *,
    history: Sequence[str] = (),
    regions: Sequence[str] = (),
    documents: Collection[str] = (),
    index: Index | None = None,
    reranker: Reranker | None = None,
) -> Answer:
    """Answer a question with the clauses themselves; ``history`` holds earlier questions, oldest first.

    ``regions`` (运城市, or 运城) and ``documents`` (file names) narrow to the documents that are asked: the
    others are as if they were not there.  Where the documents do not say, ``Answer.abstained`` is true and
    the text says so.  ``reranker`` puts the best clauses of every search in its order.  Raises
    QuestionError for a question that cannot be asked, SourceError for a region or document that the index
    does not hold, and where no document is left.
    """
    asked = narrowed(index or default_index(), regions, documents)
    return answer(question, asked, history, reranker=reranker)


def narrowed(index: Index, regions: Sequence[str] = (), documents: Collection[str] = ()) -> Index:
    """The index as if it held only the documents of these regions and names; itself where none is named.

    Raises SourceError for a region or document that it does not hold, and where no document is left.
    """
    if not regions and not documents:
        return index
    wanted = {region_named(name, index) for name in regions}
    named = {index.info(file).file for file in documents}
    infos = (info for info in index.infos if not wanted or info.region in wanted)
    left = [info.file for info in infos if not named or info.file in named]
    return NarrowedIndex(index, left)


def ledger(
    *,
    regions: Sequence[str] = (),
    documents: Collection[str] = (),
    agency: str | None = None,
    roles: Collection[Role] = (),
    due: str | int | None = None,
    topic: str | None = None,
    index: Index | None = None,
) -> list[Task]:
    """任务台账: every clause that sets a task and fits all filters, in the order of the documents.

    ``regions`` (运城市, or 运城) and ``documents`` (file names) narrow it; ``agency`` is a body under any
    of its names (县住建局), ``roles`` what it is charged as; ``due`` a year or a span (2025, 2025年前,
    2024-2026); ``topic`` words that the clause or the headings above it hold.  Raises SourceError for a
    region or document that the index does not hold, QuestionError for a filter that cannot be read.
    """
    return tasks_set(
        index or default_index(),
        regions=regions,
        documents=documents,
        agency=agency,
        roles=roles,
        due=due,
        topic=topic,
    )


def default_index() -> Index:
    """The current generation of the index at ``store``; built from ``documents`` where it is not there."""
    return _live(DEFAULT_INDEX.resolve()).current()


@functools.lru_cache(maxsize=4)
def _live(path: Path) -> LiveIndex:
    return live_index(path)


def live_index(
    path: Path,
    documents: Path = DEFAULT_DOCUMENTS,
    progress: Progress | None = None,
    built: Callable[[BuildReport], None] | None = None,
) -> LiveIndex:
    """Follow the index at ``path``; built first from ``documents`` where there is none.

    ``progress`` is told how the build gets on, ``built`` what it did.
    Raises IndexMissing where there is no such folder either, SourceError where it holds nothing that can be
    read.
    """
    live = LiveIndex(path)
    try:
        live.current()
    except IndexMissing as error:
        if not documents.exists():
            raise IndexMissing(
                f"Name the folder that holds the documents: there is none at {documents}. {error}"
            ) from error
        from index.build.build import build  # noqa: PLC0415 - loads the encoder

        report = build(documents, path, progress=progress)
        if built:
            built(report)
    return live
