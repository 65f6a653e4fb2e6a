"""What the server writes down: one JSON object a line, for each request and for what went wrong.

The text of a question is written only where ``--log-questions`` asks for it: a route is written without its
query, and of an unforeseen error the kind and the place without its message.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import time
import traceback
from collections import OrderedDict
from collections.abc import Mapping
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from pathlib import Path
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.access.door import STATE
from web.access.paths import local_path

log = logging.getLogger(__name__)
requests = logging.getLogger("tiaowen.requests")
questions = logging.getLogger("tiaowen.questions")
"""Silent unless questions are to be logged; a page that takes one writes ``questions.info(question)``."""

FIELDS: Final = "fields"
LONGEST_ROUTE: Final = 200
MOST_REPEATS, REPEATS_SECONDS = 60, 60.0
"""Equal lines a minute: enough to see what happens, and 20 MB a day at most of each kind."""
_KEPT_LINES: Final = 1000
_Kind = tuple[str, int, str]
"""Logger, level, and the message as the program has it or the status."""
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
    """Lets equal lines through so often a minute.

    How many more there were stands in the next line that passes after their minute: ``left_out`` where it is
    one of them, ``others_left_out`` where it is another.  Equal are lines of one logger and level whose
    message was written alike in the program, and requests without a user that were refused alike.
    """

    def __init__(self, most: int = MOST_REPEATS, seconds: float = REPEATS_SECONDS) -> None:
        super().__init__()
        self._most, self._seconds = most, seconds
        self._minutes: OrderedDict[_Kind, tuple[float, int]] = OrderedDict()  # began and lines, oldest first
        self._others = 0
        self._own_lock = threading.Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        """False for a line too many."""
        fields = getattr(record, FIELDS, {})
        kind = _kind(record, fields)
        with self._own_lock:
            own = self._close(kind, record.created)
            if kind:
                began, count = self._minutes.get(kind, (record.created, 0))
                self._minutes[kind] = began, count + 1
                if count >= self._most:
                    return False
            told = {"left_out": own, "others_left_out": self._others}
            self._others = 0
        if any(told.values()):
            setattr(record, FIELDS, {**fields, **{name: count for name, count in told.items() if count}})
        return True

    def rest(self) -> int:
        """How many lines were left out that no line has told of yet; told with this."""
        with self._own_lock:
            own = sum(self._left_out(kind) for kind in list(self._minutes))
            told, self._others = own + self._others, 0
            return told

    def _close(self, kind: _Kind | None, now: float) -> int:
        """Forget the kinds whose minute is over, and the oldest where they are too many; how many lines of
        this kind were left out."""
        own = 0
        while self._minutes:
            oldest, (began, _) = next(iter(self._minutes.items()))
            if now - began < self._seconds and len(self._minutes) <= _KEPT_LINES:
                break
            if oldest == kind:
                own = self._left_out(oldest)
            else:
                self._others += self._left_out(oldest)
        return own

    def _left_out(self, kind: _Kind) -> int:
        """How many lines of a kind were left out in the minute that ends with this."""
        return max(0, self._minutes.pop(kind)[1] - self._most)


def _kind(record: logging.LogRecord, fields: Mapping[str, Any]) -> _Kind | None:
    """Which lines a line is equal to; None for a request that is written down however many there are."""
    if record.name == requests.name and (fields["user"] or fields["status"] < 400):
        return None
    return record.name, record.levelno, f"{fields.get('status', record.msg)}"


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


def end() -> None:
    """Write down how many equal lines were left out that no line has told of; before the process ends."""
    kept = [one for handler in logging.getLogger().handlers for one in handler.filters]
    if left_out := sum(one.rest() for one in kept if isinstance(one, Repeats)):
        log.warning("Equal lines were left out.", extra={FIELDS: {"left_out": left_out}})


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
