"""Errors as answers: each kind with its status, said so that the sender knows what to do."""

from __future__ import annotations

import logging
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from index.errors import IndexBusy, QuestionError, SourceError, TiaowenError
from web.replies import refusal
from web.turns import COME_AGAIN, Full

log = logging.getLogger(__name__)

BUSY: Final = {"Retry-After": str(COME_AGAIN)}


def explain(site: FastAPI) -> None:
    """Let every error of the site's own routes be answered as `replies.refusal` words it."""
    site.add_exception_handler(TiaowenError, _ours)
    site.add_exception_handler(Full, _full)
    site.add_exception_handler(RequestValidationError, _wrong_input)
    site.add_exception_handler(HTTPException, _http)
    site.add_exception_handler(Exception, _unforeseen)


def _ours(_: Request, error: Exception) -> Response:
    if isinstance(error, QuestionError):
        return refusal(422, str(error), code="question_error")
    if isinstance(error, SourceError):  # its end names the server's folder
        return refusal(404, str(error).partition(" in the index at ")[0].rstrip(".") + ".", code="not_found")
    log.error("A request could not be answered: %s", error)
    headers = BUSY if isinstance(error, IndexBusy) else None
    message = f"{type(error).__name__}: the index cannot be used now. Ask who runs this server."
    return refusal(503, message, headers=headers)


def _full(_: Request, __: Exception) -> Response:
    message = f"Too many questions are waiting. Ask again in {COME_AGAIN} seconds."
    return refusal(429, message, headers=BUSY)


def _wrong_input(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    problems = error.errors()
    if any(problem["type"] == "json_invalid" for problem in problems):
        return refusal(400, "The body is no JSON.")
    fields = [
        {"field": ".".join(str(step) for step in problem["loc"][1:]), "message": str(problem["msg"])}
        for problem in problems
    ]
    told = "; ".join(f"{one['field'] or 'body'}: {one['message']}" for one in fields)
    return refusal(422, told, code="wrong_input", fields=fields)


def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return refusal(error.status_code, str(error.detail), headers=error.headers)


def _unforeseen(_: Request, __: Exception) -> Response:
    return refusal(500, "Something went wrong here; the server's log says what.")
