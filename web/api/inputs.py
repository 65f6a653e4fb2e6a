"""What routes and MCP tools take, checked where it comes in; described in English, the Chinese beside it.

The names and meanings are those of ``qa.search``, ``qa.ask`` and ``qa.ledger``.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from index.search.index import Index
from qa.api.ask import ask, ledger, search
from qa.ledger.tasks import Task, role_named
from qa.question.understand import LONGEST_QUESTION
from qa.records import Answer, Hit
from qa.search.rerank import Reranker

MOST_HITS, MOST_EARLIER, MOST_NAMES, LONGEST_NAME = 100, 50, 50, 255
"""Clauses of one answer; earlier questions; regions or files named at once; characters of a file's name."""
CHINESE: Final = "x-zh"
"""Where a schema holds a description in Chinese."""


def said(english: str, chinese: str, **limits: Any) -> Any:
    """A field with its description in both languages, and its limits."""
    field: FieldInfo = Field(description=english, json_schema_extra={CHINESE: chinese}, **limits)
    return field


Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
Question = Annotated[str, Field(max_length=LONGEST_QUESTION)]
Names = Annotated[list[Name], Field(max_length=MOST_NAMES)]


class Checked(BaseModel):
    """What is taken of an input: its own fields and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SearchInput(Checked):
    """The clauses that match."""

    question: Question = said("what to look for", "检索的问题或词语", examples=["老旧小区改造"])
    top_k: int = said("how many clauses at most", "最多返回的条款数", default=10, ge=1, le=MOST_HITS)
    regions: Names | None = said("only these regions", "只查这些地区", default=None, examples=[["运城"]])
    documents: Names | None = said("only these files", "只查这些文件（文件名）", default=None)

    def hits(self, index: Index, reranker: Reranker | None = None) -> list[Hit]:
        """What `qa.search` finds in the index."""
        return search(
            self.question,
            top_k=self.top_k,
            regions=self.regions,
            documents=self.documents,
            index=index,
            reranker=reranker,
        )


class QuestionInput(Checked):
    """A question with what it leans on, and where it is asked."""

    question: Question = said("the question", "问题", examples=["宁武县海绵城市建设由谁负责?"])
    history: Annotated[list[Question], Field(max_length=MOST_EARLIER)] = said(
        "earlier questions of the conversation, oldest first", "本次对话中先前的问题，按先后顺序", default=[]
    )
    regions: Names = said("only these regions", "只问这些地区", default=[], examples=[["运城"]])
    documents: Names = said("only these files", "只问这些文件（文件名）", default=[])
    why: bool = said(
        "also how the answer came about: searches, scores, tests with their thresholds",
        "同时返回得出答案的过程：检索范围、得分、各项判断及其界限",
        default=False,
    )

    def answer(self, index: Index, reranker: Reranker | None = None) -> Answer:
        """What `qa.ask` answers from the index."""
        return ask(
            self.question,
            history=self.history,
            regions=self.regions,
            documents=self.documents,
            index=index,
            reranker=reranker,
        )


class AskInput(QuestionInput):
    """An answer with its citations."""

    stream: bool = said(
        "part by part as server-sent events, as with Accept: text/event-stream",
        "以事件流（SSE）逐段返回，与 Accept: text/event-stream 相同",
        default=False,
    )
    written: bool = said(
        "let the server's language model write the answer; figures, dates, places and bodies are checked",
        "由服务器所设的语言模型撰写答案，核对数字、时间、地名和机构",
        default=False,
    )


class TasksInput(Checked):
    """Filters of the clauses that set a task."""

    regions: Names = said("only these regions", "只列这些地区", default=[], examples=[["成武"]])
    documents: Names = said("only these files", "只列这些文件（文件名）", default=[])
    agency: Annotated[str, Field(max_length=LONGEST_NAME)] | None = said(
        "a body under any of its names", "责任单位，可用简称", default=None, examples=["县商务局"]
    )
    roles: Names = said(
        "only charged as: 牵头, 首列, 责任, 配合", "只列以此身份：牵头、首列、责任、配合", default=[]
    )
    due: Annotated[str, Field(max_length=40)] | None = said(
        "a year or a span: 2025, 2025年前, 2024-2026, 2024-",
        "时限：2025、2025年前、2024-2026 或 2024-",
        default=None,
        examples=["2025"],
    )
    topic: Question | None = said("words of the subject", "主题词", default=None)

    def tasks(self, index: Index) -> list[Task]:
        """What `qa.ledger` lists of the index."""
        return ledger(
            regions=self.regions,
            documents=self.documents,
            agency=self.agency,
            roles=[role_named(role) for role in self.roles],
            due=self.due,
            topic=self.topic,
            index=index,
        )


class LedgerInput(TasksInput):
    """The clauses that set a task."""

    format: Literal["json", "csv", "xlsx"] = said("of the answer", "返回的格式", default="json")
