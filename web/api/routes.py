"""``/api/v1``: search, ask, ledger and documents for other programs.

Each request is answered over the index as it is now.  Nothing is decided here: the answers are those of
``qa.search``, ``qa.ask`` and ``qa.ledger``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Final
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, JSONResponse, Response

from index.build.backup import backup_named
from index.errors import QuestionError, SourceError
from index.search.live import LiveIndex
from index.storage.journal import note_change
from qa.api.feedback import feedback_of
from qa.api.object_types import AnswerObject
from qa.api.objects import answer_object, hit_objects, task_object
from qa.ledger.files import filters_in_words, ledger_csv, ledger_xlsx
from qa.ledger.tasks import Task
from web.access.door import may, user_of
from web.access.logs import FIELDS, questions
from web.api.inputs import CHINESE, AskInput, LedgerInput, SearchInput
from web.api.outputs import Documents, ErrorObject, Hits, Ledger, Me, document_object
from web.api.written_answers import Writing
from web.replies import EVENTS, event, refusal, streamed
from web.settings import Settings
from web.turns import Turns

PREFIX: Final = "/api/v1"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP: Final = "application/zip"
CSV: Final = "text/csv; charset=utf-8"
LEDGER_NAME, FEEDBACK_NAME = "任务台账", "使用反馈"
NAMES: Final = {LEDGER_NAME: "ledger", FEEDBACK_NAME: "feedback"}
"""The names of files, for programs that know ASCII only."""


class Routes:
    """The handlers over one index; each takes its turn before it computes."""

    def __init__(self, live: LiveIndex, settings: Settings) -> None:
        self._live = live
        self._longest = settings.longest_question
        self._reranker = settings.reranker
        self._turns = Turns(settings.answering_at_once, settings.waiting)
        self._writing = Writing(live, settings)

    async def search(self, request: Request, given: SearchInput) -> Response:
        """The clauses that match, best first."""
        self._asked(request, given.question)

        def work() -> Hits:
            index = self._live.current()
            return {
                "generation": index.manifest.number,
                "hits": hit_objects(given.hits(index, self._reranker)),
            }

        return JSONResponse(await self._turns.take(work))

    async def ask(self, request: Request, given: AskInput) -> Response:
        """The answer with its citations; an answer that the documents do not say is one too."""
        self._asked(request, given.question, *given.history)
        streams = given.stream or EVENTS in request.headers.get("accept", "")
        if given.written:
            return await self._writing.answer(given, streams)

        def work() -> AnswerObject:
            answer = given.answer(self._live.current(), self._reranker)
            return answer_object(answer, why=given.why)

        answer = await self._turns.take(work)
        return streamed(_events(answer)) if streams else JSONResponse(answer)

    async def ledger(self, request: Request, given: LedgerInput) -> Response:
        """The clauses that set a task and fit all filters, as JSON, CSV or a workbook."""
        self._asked(request, *([given.topic] if given.topic else ()))

        def work() -> Response:
            index = self._live.current()
            return _ledger_as(given, given.tasks(index), index.manifest.number)

        return await self._turns.take(work)

    async def documents(self) -> Response:
        """The documents of the index with what each says about itself."""

        def work() -> Documents:
            index = self._live.current()
            listed = [document_object(index, info) for info in index.infos]
            return {"generation": index.manifest.number, "count": len(listed), "documents": listed}

        return JSONResponse(await self._turns.take(work))

    async def feedback(self, request: Request) -> Response:
        """What readers said of answers, as CSV; only for those who may change documents."""
        if not may(request, "editor"):
            return refusal(403, "Only editors may read what others said of answers.")
        return _file(await self._turns.take(feedback_of(self._live.path).as_csv), CSV, "csv", FEEDBACK_NAME)

    async def backup(self, request: Request, name: str) -> Response:
        """A backup of the library; only for administrators."""
        if not may(request, "administrator"):
            return refusal(403, "Only administrators may fetch backups.")
        try:
            path = backup_named(self._live.path, name)
        except SourceError:
            return refusal(404, "There is no backup of this name.")
        note_change(self._live.path, "fetch backup", (name,), note=user_of(request).name or "")
        return FileResponse(path, media_type=ZIP, filename=name, headers={"Cache-Control": "no-store"})

    def _asked(self, request: Request, *asked: str) -> None:
        """Log it where that is wished; raises QuestionError where one is longer than this server takes."""
        for one in asked:
            if len(one) > self._longest:
                raise QuestionError(
                    f"The question has {len(one)} characters; {self._longest} are taken here."
                )
        if asked:
            questions.info(asked[0], extra={FIELDS: {"user": user_of(request).name}})


def api_routes(live: LiveIndex, settings: Settings) -> APIRouter:
    """The routes, by GET with a query and by POST with JSON."""
    to, router = Routes(live, settings), APIRouter(prefix=PREFIX)

    @router.get("/search", **_told("Find clauses", "检索条款", Hits))
    async def get_search(request: Request, given: Annotated[SearchInput, Query()]) -> Response:
        return await to.search(request, given)

    @router.post("/search", **_told("Find clauses", "检索条款", Hits))
    async def post_search(request: Request, given: SearchInput) -> Response:
        return await to.search(request, given)

    @router.get("/ask", **_told("Answer a question", "回答问题", AnswerObject, EVENTS))
    async def get_ask(request: Request, given: Annotated[AskInput, Query()]) -> Response:
        return await to.ask(request, given)

    @router.post("/ask", **_told("Answer a question", "回答问题", AnswerObject, EVENTS))
    async def post_ask(request: Request, given: AskInput) -> Response:
        return await to.ask(request, given)

    @router.get("/ledger", **_told("List tasks", "列出任务台账", Ledger, "text/csv", XLSX))
    async def get_ledger(request: Request, given: Annotated[LedgerInput, Query()]) -> Response:
        return await to.ledger(request, given)

    @router.post("/ledger", **_told("List tasks", "列出任务台账", Ledger, "text/csv", XLSX))
    async def post_ledger(request: Request, given: LedgerInput) -> Response:
        return await to.ledger(request, given)

    @router.get("/documents", **_told("List documents", "列出文件", Documents))
    async def get_documents() -> Response:
        return await to.documents()

    @router.get("/feedback", **_told("Export feedback", "导出使用反馈", str, "text/csv"))
    async def get_feedback(request: Request) -> Response:
        return await to.feedback(request)

    @router.get("/backups/{name}", **_told("Fetch a backup", "下载备份", str, ZIP))
    async def get_backup(request: Request, name: str) -> Response:
        return await to.backup(request, name)

    @router.get("/me", **_told("Who asks, and what they may do", "当前用户及权限", Me))
    async def get_me(request: Request) -> Response:
        user = user_of(request)
        told: Me = {"name": user.name, "role": user.role}
        return JSONResponse(told, headers={"Cache-Control": "no-store"})

    return router


_PROBLEMS: Final = {
    400: "not JSON, or no path",
    401: "not logged in",
    403: "sent by another site",
    404: "no such region or document",
    413: "too large",
    422: "an input that cannot be used",
    429: "too many are waiting; Retry-After says when to come again",
    503: "the index cannot be used",
}


def _told(english: str, chinese: str, gives: object, *also: str) -> dict[str, Any]:
    """What OpenAPI says of a route; ``also`` are media types beside JSON."""
    success = {"description": "done", "model": gives, "content": {kind: {} for kind in also}}
    problems = {status: {"description": said, "model": ErrorObject} for status, said in _PROBLEMS.items()}
    return {
        "summary": english,
        "responses": {200: success, **problems},
        "response_class": JSONResponse,
        "openapi_extra": {CHINESE: chinese},
    }


def _events(answer: AnswerObject) -> Iterator[str]:
    """Each part of the answer as an event, then the whole."""
    for block in answer["blocks"]:
        yield event("block", block)
    yield event("answer", answer)


def _ledger_as(given: LedgerInput, tasks: list[Task], generation: int) -> Response:
    if given.format != "json":
        filters = filters_in_words(
            regions=given.regions,
            documents=given.documents,
            agency=given.agency,
            roles=given.roles,
            due=given.due,
            topic=given.topic,
        )
        if given.format == "csv":
            return _file(ledger_csv(tasks, filters), CSV, "csv")
        return _file(ledger_xlsx(tasks, filters), XLSX, "xlsx")
    rows = [task_object(task) for task in tasks]
    told: Ledger = {"generation": generation, "count": len(rows), "tasks": rows}
    return JSONResponse(told)


def _file(content: bytes, media_type: str, ending: str, name: str = LEDGER_NAME) -> Response:
    told = f"attachment; filename=\"{NAMES[name]}.{ending}\"; filename*=UTF-8''{quote(f'{name}.{ending}')}"
    return Response(content, media_type=media_type, headers={"Content-Disposition": told})
