"""How every route of the server words a refusal (``{"error": {"code": …, "message": …}}``) and an event."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from starlette.responses import JSONResponse, StreamingResponse

EVENTS: Final = "text/event-stream"


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
