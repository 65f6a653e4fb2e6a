"""No address without a login where there is one, gradio's own included; every request gets its user.

Open to all are the login, the icon and the health of the server.
"""

from __future__ import annotations

import logging
from typing import Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.access.accounts import AccountError, User
from web.access.door import STATE, Door
from web.access.paths import local_path
from web.access.sessions import COOKIE
from web.replies import refusal

OPEN: Final = frozenset({"/login", "/healthz", "/favicon.ico"})
"""Compared whole, so that nothing below them is open."""
UPLOAD: Final = "/gradio_api/upload"
"""Where gradio takes files; no page of ours sends any there."""
log = logging.getLogger(__name__)


class Guard:
    """Notes the user of each request, and refuses those that have none or may not upload."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may pass."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        user: User | None = None
        reply: Response | None
        try:
            user = await self._user(HTTPConnection(scope))
            reply = _refused(scope, user)
        except AccountError as error:
            log.error("Nobody can come in: %s", error)
            reply = refusal(503, "The users cannot be read. Ask who runs this server.")
        if user:
            scope.setdefault("state", {})[STATE] = user
        if reply is None or local_path(scope) in OPEN:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await reply(scope, receive, send)

    async def _user(self, connection: HTTPConnection) -> User | None:
        if self._door.everyone:
            return self._door.everyone
        return await run_in_threadpool(self._door.user, connection.cookies.get(COOKIE, ""))


def _refused(scope: Scope, user: User | None) -> Response | None:
    """What is answered in place of the address; None where the user may go there."""
    path = local_path(scope)
    if user is None:
        return _to_login(scope, path)
    if not user.may("editor") and path.rstrip("/").endswith(UPLOAD):
        return refusal(403, "Only an editor may send files here. Log in as one.")
    return None


def _to_login(scope: Scope, path: str) -> Response:
    """A page is sent to the login and comes back from there; a program is told."""
    connection = HTTPConnection(scope)
    page = "text/html" in connection.headers.get("accept", "") and "/gradio_api/" not in path
    if scope["type"] != "http" or scope["method"] != "GET" or not page or path.startswith("/api/"):
        return refusal(401, "Log in first: POST name and password to /login.")
    asked = connection.url.query
    came_for = quote(path) + (f"?{asked}" if asked else "")
    language = "&lang=en" if connection.query_params.get("lang") == "en" else ""
    return RedirectResponse(
        f"{scope.get('root_path', '')}/login?next={quote(came_for, safe='')}{language}", 303
    )
