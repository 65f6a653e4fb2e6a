"""Answers that a language model writes, for programs: whole, or sentence by sentence as events.

They have turns of their own, so that what takes seconds never holds up what takes milliseconds.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

from fastapi.responses import JSONResponse, Response
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool

from index.search.live import LiveIndex
from web.api.inputs import AskInput
from web.replies import event, refusal, streamed
from web.settings import Settings
from web.turns import Turns

if TYPE_CHECKING:
    from qa.api.object_types import AnswerObject
    from qa.llm.write import Written


class Writing:
    """The language model of a server, which may have none."""

    def __init__(self, live: LiveIndex, settings: Settings) -> None:
        self._live = live
        self._llm = settings.llm
        self._reranker = settings.reranker
        self._turns = Turns(settings.writing_at_once, settings.waiting_to_write)

    async def answer(self, given: AskInput, streams: bool) -> Response:
        """The answer, as it grows where ``streams``; a refusal where the server has no model."""
        if self._llm is None:
            message = "This server has no language model. Ask without written, or start it with --llm."
            return refusal(422, message, code="no_language_model")
        if not streams:
            async with self._turns.turn():
                *_, written = await run_in_threadpool(lambda: list(self._written(given)))
            return JSONResponse(_object(written, given.why))
        events = self._events(given)
        first = await anext(events)  # an error before the first sentence still has its status
        return streamed(_with_first(first, events))

    def _written(self, given: AskInput) -> Iterator[Written]:
        from qa.llm.write import write  # noqa: PLC0415 - an extra

        assert self._llm is not None
        return write(
            given.question,
            self._llm,
            index=self._live.current(),
            history=given.history,
            regions=given.regions,
            documents=given.documents,
            reranker=self._reranker,
        )

    async def _events(self, given: AskInput) -> AsyncIterator[str]:
        """An event for each sentence checked, then the whole, which alone counts."""
        told = 0
        async with self._turns.turn():
            async for written in iterate_in_threadpool(self._written(given)):
                whole = _object(written, given.why and written.complete)
                if written.complete:
                    yield event("answer", whole)
                    return
                for block in whole["blocks"][told:]:
                    yield event("block", block)
                told = len(whole["blocks"])


async def _with_first(first: str, others: AsyncIterator[str]) -> AsyncIterator[str]:
    yield first
    async for one in others:
        yield one


def _object(written: Written, why: bool) -> AnswerObject:
    from qa.llm.serial import written_object  # noqa: PLC0415

    return written_object(written, why=why)
