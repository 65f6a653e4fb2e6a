"""A refusal as every route of the server words it: ``{"error": {"code": …, "message": …}}``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from starlette.responses import JSONResponse


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
