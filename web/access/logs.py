"""What the server writes down: one JSON object a line, for each request and for what went wrong.

The text of a question is written only where ``--log-questions`` asks for it: a route is written without its
query, and of an unforeseen error the kind and the place without its message.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import traceback
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from pathlib import Path
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.access.door import STATE
from web.access.paths import local_path

requests = logging.getLogger("tiaowen.requests")
questions = logging.getLogger("tiaowen.questions")
"""Silent unless questions are to be logged; a page that takes one writes ``questions.info(question)``."""

FIELDS: Final = "fields"
LONGEST_ROUTE: Final = 200
MOST_REPEATS, REPEATS_SECONDS = 60, 60.0
"""Equal lines a minute: enough to see what happens, and 20 MB a day at most of each kind."""
_KEPT_LINES: Final = 1000
# Files that pages consist of; logged only where something is wrong with them.
_ASSETS: Final = re.compile(r"/(?:assets|static|svelte)/|/(?:favicon\.ico|theme\.css|manifest\.json)$")
# gradio's addresses hold session numbers and file names: /gradio_api/heartbeat/x1 → /gradio_api/heartbeat
_OF_GRADIO: Final = re.compile(r"(/gradio_api/[^/=]+(?:/(?:join|data|predict)\b)?).*", re.DOTALL)


class JsonLines(logging.Formatter):
    """A record as one line: time, level, logger, message, its fields, and where it went wrong."""

    def __init__(self, *, messages_of_errors: bool) -> None:
        """``messages_of_errors``: also what an unforeseen error says, which may quote a question."""
        super().__init__()
        self._messages = messages_of_errors

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        at = datetime.fromtimestamp(record.created, UTC).astimezone()
        line: dict[str, Any] = {
            "time": at.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
        }
        line |= {"logger": record.name, "message": record.getMessage(), **getattr(record, FIELDS, {})}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["at"] = "".join(traceback.format_tb(record.exc_info[2]))
            if self._messages:
                line["said"] = str(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False).encode("utf-8", "replace").decode()


class Repeats(logging.Filter):
    """Lets equal lines through so often a minute; how many more there were stands in the next that passes.

    Equal are lines of one logger and level whose message was written alike in the program, and requests
    without a user that were refused alike.
    """

    def __init__(self, most: int = MOST_REPEATS, seconds: float = REPEATS_SECONDS) -> None:
        super().__init__()
        self._most, self._seconds = most, seconds
        self._counts: dict[tuple[str, int, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """False for a line too many."""
        fields = getattr(record, FIELDS, {})
        if record.name == requests.name and (fields["user"] or fields["status"] < 400):
            return True
        key = record.name, record.levelno, f"{fields.get('status', record.msg)}"
        began, count = self._counts.get(key, (record.created, 0))
        left_out = 0
        if record.created - began >= self._seconds:
            began, count, left_out = record.created, 0, max(0, count - self._most)
        if len(self._counts) > _KEPT_LINES:
            self._counts.clear()
        self._counts[key] = began, count + 1
        if left_out:
            setattr(record, FIELDS, {**fields, "left_out": left_out})
        return count < self._most


def begin(log_file: Path | None, log_questions: bool) -> None:
    """Write to the file, or to stderr; raises OSError where the file cannot be written."""
    handler: logging.Handler = (
        WatchedFileHandler(log_file, encoding="utf-8") if log_file else logging.StreamHandler(sys.stderr)
    )
    handler.setFormatter(JsonLines(messages_of_errors=log_questions))
    handler.addFilter(Repeats())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    requests.setLevel(logging.INFO)
    questions.setLevel(logging.INFO if log_questions else logging.CRITICAL)


class RequestLog:
    """One line a request: route, status, milliseconds, user."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and write down how it ended; 499 is a client that left before an answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})
        status, started = 499, time.perf_counter()

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception:
            status = 500
            raise
        finally:
            self._write(scope, status, 1000 * (time.perf_counter() - started))

    def _write(self, scope: Scope, status: int, milliseconds: float) -> None:
        path = local_path(scope)
        if status < 400 and _ASSETS.search(path):
            return
        user = scope["state"].get(STATE)
        fields = {
            "method": scope["method"],
            "route": _OF_GRADIO.sub(r"\1", path)[:LONGEST_ROUTE],
            "status": status,
            "milliseconds": round(milliseconds, 1),
            "user": user.name if user else None,
        }
        requests.info("request", extra={FIELDS: fields})
