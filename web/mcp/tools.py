"""The tools that a language model may call over MCP: search, ask, ledger, read_clause, documents.

Each answers from ``qa`` over the index as it is now; none changes anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from index.search.index import Index
from qa.api.clause_at import clause_at
from qa.api.object_types import AnswerObject
from qa.api.objects import answer_object, hit_objects, task_object
from qa.question.places import region_named
from web.api.inputs import Checked, QuestionInput, SearchInput
from web.api.outputs import ClauseObject, Documents, Hits, Ledger, clause_object, document_object
from web.mcp.inputs import ClauseCall, DocumentsCall, LedgerCall
from web.mcp.text import answer_text, clause_text, documents_text, hits_text, tasks_text
from web.mcp.words import WORDS

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Told:
    """What a call gives: an object of the tool's output type, and the same as text."""

    structured: Any
    text: str


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: what it takes and gives, and the work, which may raise TiaowenError."""

    name: str
    title: str
    description: str
    takes: type[Checked]
    gives: type
    work: Callable[[Index, Any], Told]


def _search(index: Index, given: SearchInput) -> Told:
    hits = given.hits(index)
    found: Hits = {"generation": index.manifest.number, "hits": hit_objects(hits)}
    return Told(found, hits_text(hits))


def _ask(index: Index, given: QuestionInput) -> Told:
    answer = given.answer(index)
    return Told(answer_object(answer, why=given.why), answer_text(answer))


def _ledger(index: Index, given: LedgerCall) -> Told:
    tasks = given.tasks(index)
    shown = _page(tasks, given)
    rows = [task_object(task) for task in shown]
    listed: Ledger = {"generation": index.manifest.number, "count": len(tasks), "tasks": rows}
    return Told(listed, tasks_text(shown, len(tasks), given.offset))


def _read_clause(index: Index, given: ClauseCall) -> Told:
    read = clause_at(index, given.file, given.start, given.around)
    return Told(clause_object(read, index.manifest.number), clause_text(read))


def _documents(index: Index, given: DocumentsCall) -> Told:
    regions = {region_named(name, index) for name in given.regions}
    infos = [
        info
        for info in index.infos
        if (not regions or info.region in regions)
        and (given.words is None or given.words in info.title or given.words in info.file)
    ]
    shown = _page(infos, given)
    objects = [document_object(index, info) for info in shown]
    listed: Documents = {"generation": index.manifest.number, "count": len(infos), "documents": objects}
    return Told(listed, documents_text(index, shown, len(infos), given.offset))


def _page(rows: Sequence[T], given: LedgerCall | DocumentsCall) -> Sequence[T]:
    return rows[given.offset : given.offset + given.limit]


TOOLS: Final = (
    Tool("search", "检索条款", WORDS.search, SearchInput, Hits, _search),
    Tool("ask", "回答问题", WORDS.ask, QuestionInput, AnswerObject, _ask),
    Tool("ledger", "任务台账", WORDS.ledger, LedgerCall, Ledger, _ledger),
    Tool("read_clause", "阅读条款", WORDS.read_clause, ClauseCall, ClauseObject, _read_clause),
    Tool("documents", "文件清单", WORDS.documents, DocumentsCall, Documents, _documents),
)
