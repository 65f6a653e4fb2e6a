"""A refusal as every route of the server words it: ``{"error": {"code": …, "message": …}}``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from starlette.responses import JSONResponse

from index.errors import QuestionError, SourceError, TiaowenError

UNFORESEEN: Final = "Something went wrong here; the server's log says what."
"""What is said of an error that nobody thought of; its own words may name folders, or quote a question."""


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
