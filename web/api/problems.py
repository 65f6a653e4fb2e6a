"""Errors as answers: each kind with its status, said so that the sender knows what to do."""

from __future__ import annotations

import logging
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from index.errors import IndexBusy, QuestionError, SourceError, TiaowenError
from web.replies import UNFORESEEN, refusal, said_outside
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
    assert isinstance(error, TiaowenError)
    message = said_outside(error)
    if isinstance(error, QuestionError):
        return refusal(422, message, code="question_error")
    if isinstance(error, SourceError):
        return refusal(404, message, code="not_found")
    log.error("A request could not be answered: %s", error)
    return refusal(503, message, headers=BUSY if isinstance(error, IndexBusy) else None)


def _full(_: Request, error: Exception) -> Response:
    return refusal(429, str(error), headers=BUSY)


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
    return refusal(500, UNFORESEEN)
