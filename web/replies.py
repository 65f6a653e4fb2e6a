"""How every route of the server words a refusal (``{"error": {"code": …, "message": …}}``) and an event."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from starlette.responses import JSONResponse, StreamingResponse

from index.errors import QuestionError, SourceError, TiaowenError

EVENTS: Final = "text/event-stream"
UNFORESEEN: Final = "Something went wrong here; the server's log says what."
"""What is said of an error that nobody thought of; its own words may name folders, or quote a question."""


def event(kind: str, said: object) -> str:
    """A server-sent event with an object as JSON."""
    return f"event: {kind}\ndata: {json.dumps(said, ensure_ascii=False)}\n\n"


def streamed(events: Iterator[str] | AsyncIterator[str]) -> StreamingResponse:
    """Events as they come, held up by no proxy."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # nginx would keep it together
    return StreamingResponse(events, media_type=EVENTS, headers=headers)


def refusal(
    status: int,
    message: str,
    *,
    code: str | None = None,
    fields: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """A response; ``code`` is the status in words unless given, ``fields`` say which input was wrong."""
    error: dict[str, Any] = {"code": code or HTTPStatus(status).name.lower(), "message": message}
    if fields:
        error["fields"] = [dict(field) for field in fields]
    return JSONResponse({"error": error}, status, headers=headers)


def said_outside(error: TiaowenError) -> str:
    """What those are told who do not run the server: where the index lies is left out."""
    if isinstance(error, QuestionError):
        return str(error)
    if isinstance(error, SourceError):  # its end names the server's folder
        return str(error).partition(" in the index at ")[0].rstrip(".") + "."
    return f"{type(error).__name__}: the index cannot be used now. Ask who runs this server."
