"""gradio's sessions bound to users: the number of a session (``session_hash``) opens it to nobody else.

A session is its first user's: of the number's first request.  gradio itself asks only for the number, with
which anybody logged in could read another's answers as they come, or ask in another's conversation.  Where
nobody logs in there are no users to tell apart, and this is not put in.  A body is read whole before it is
passed on; after it comes whatever the server says next, so that gradio learns that a client has left.
"""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, QueryParams
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.access.door import STATE
from web.access.paths import local_path
from web.replies import refusal

KEY: Final = "session_hash"
ANOTHERS: Final = "anothers_session"
"""The code of the refusal, at which a page loads itself again (`pages/common/session.js`)."""
KEPT: Final = 1000
"""Sessions remembered of a user, one for each visit of a page; beyond it the oldest are forgotten, the user's
own and nobody else's."""
UPLOAD: Final = "/gradio_api/upload"
"""Files, of which gradio takes the session from a header alone."""
LONGEST: Final = 100
"""Characters of a number; gradio's own has about 11."""
# Where the number is part of the path: /gradio_api/heartbeat/x1y2, /gradio_api/stream/x1y2/0/3/list
_IN_PATH: Final = re.compile(r"/gradio_api/(?:heartbeat|stream)/([^/]*)")


class OwnStreams:
    """Refuses requests that name a session of another user."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._owners: dict[str, str] = {}
        self._of: dict[str, OrderedDict[str, None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what names no session or the user's own; a body is read whole to know it."""
        user = scope.get("state", {}).get(STATE) if scope["type"] == "http" else None
        if user is None or user.name is None or "/gradio_api/" not in (path := local_path(scope)):
            await self._app(
                scope, receive, send
            )  # the start and the end of the server too, which have no path
            return
        named = [found.group(1) for found in _IN_PATH.finditer(path)]
        named += QueryParams(scope["query_string"]).getlist(KEY)
        named += Headers(scope=scope).getlist(KEY)
        if scope["method"] not in ("GET", "HEAD") and not path.rstrip("/").endswith(UPLOAD):
            body = await _body(receive)
            if body is None:  # the client left
                return
            receive = _again(body, receive)
            in_body = await run_in_threadpool(_named_in, body)
            if in_body is None:
                await refusal(415, "Only JSON is taken here.")(scope, receive, send)
                return
            named += in_body
        if all(self._is_of(one, user.name) for one in named):
            await self._app(scope, receive, send)
        else:
            said = "This session is another user's. Load the page again."
            await refusal(403, said, code=ANOTHERS)(scope, receive, send)

    def _is_of(self, number: str, user: str) -> bool:
        if len(number) > LONGEST:
            return False
        if self._owners.setdefault(number, user) != user:
            return False
        own = self._of.setdefault(user, OrderedDict())
        own[number] = None
        own.move_to_end(number)
        if len(own) > KEPT:
            forgotten, _ = own.popitem(last=False)
            del self._owners[forgotten]
        return True


async def _body(receive: Receive) -> bytes | None:
    parts, more = [], True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """What gives the body once more, and then what comes after it."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _named_in(body: bytes) -> list[str] | None:
    """The session that gradio would read of a body, none where it names none; None where it is no object."""
    if not body:
        return []
    try:
        said: Any = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    number = said.get(KEY)
    return [] if number is None else [str(number)]
