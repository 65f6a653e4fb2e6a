"""Which browser a request comes from where nobody logs in: a cookie that nobody can guess, and nothing else.

What is kept for a visitor (`pages.chat.history`) is kept under it.  Left out: who sits at the browser.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from http.cookies import SimpleCookie
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.access.door import STATE, HasState, user_of

COOKIE: Final = "tiaowen_browser"
KEPT_SECONDS: Final = 400 * 24 * 60 * 60
"""The longest that browsers keep a cookie."""
BROWSER: Final = "tiaowen_browser"
"""Where a request's state holds its browser."""
_BYTES: Final = 32
_MADE: Final = re.compile(r"[A-Za-z0-9_-]{43}")
"""What `secrets.token_urlsafe` makes of 32 bytes."""


class Browsers:
    """Notes the browser of each request, and gives a cookie to one that asks for a page without it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the browser noted."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        brought = HTTPConnection(scope).cookies.get(COOKIE, "")
        if known := bool(_MADE.fullmatch(brought)):
            scope.setdefault("state", {})[BROWSER] = brought
        value = brought if known else secrets.token_urlsafe(_BYTES)

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).append("Set-Cookie", _cookie(scope, value))
            await send(message)

        # Set again at each page, so that it lasts as long as it is used.
        page = scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", "")
        await self._app(scope, receive, with_cookie if page else send)


def _cookie(scope: Scope, value: str) -> str:
    """Lax and not Strict: a link from elsewhere must not come without it, or it would be replaced."""
    made: SimpleCookie = SimpleCookie()
    made[COOKIE] = value
    held = made[COOKIE]
    held["path"], held["max-age"] = f"{scope.get('root_path', '')}/", KEPT_SECONDS
    held["httponly"], held["samesite"] = True, "lax"
    if scope["scheme"] == "https":
        held["secure"] = True
    return held.OutputString()


def owner_of(request: HasState) -> str:
    """Under whom something of this visitor is kept: ``user:`` and a name, else ``browser:`` and a digest.

    Of the cookie only the digest, so that a copy of what is kept opens nothing.  Empty for a program, which
    brings no cookie: nothing is kept for it.
    """
    if getattr(request.state, STATE, None) and (name := user_of(request).name):
        return f"user:{name}"
    browser = getattr(request.state, BROWSER, "")
    return f"browser:{hashlib.sha256(browser.encode()).hexdigest()}" if browser else ""
