"""Other sites kept out: what changes something must come from a page of this server, or from no browser.

Where nobody logs in, the server answers only to names known to be its own.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from web.replies import refusal

HARMLESS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class SameOrigin:
    """Refuses state-changing requests and websockets that a browser sends for another site."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is harmless or comes from here."""
        changes = scope["type"] == "websocket" or (
            scope["type"] == "http" and scope["method"] not in HARMLESS
        )
        if not changes or comes_from_here(Headers(scope=scope)):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            message = "This request was sent by a page of another site, and is refused."
            await refusal(403, message, code="cross_site")(scope, receive, send)


class OwnName:
    """Refuses requests for a name not the server's: a page elsewhere may have made its own lead here.

    Needed only without a login, since no one's cookie is sent to such a name.  An address is no name.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app = app
        self._known = {"localhost", socket.gethostname().lower(), *(host.lower() for host in hosts)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is for this server."""
        if scope["type"] != "http" or self._own(Headers(scope=scope).get("host", "")):
            await self._app(scope, receive, send)
            return
        message = "This server has no such name. Start it with --allow-host NAME."
        await refusal(421, message, code="unknown_host")(scope, receive, send)

    def _own(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
            return name in self._known or bool(ipaddress.ip_address(name))
        except ValueError:
            return False


def comes_from_here(headers: Headers) -> bool:
    """Whether the browser says so; a client that says nothing is none, and brings no one's cookies.

    Browsers send Sec-Fetch-Site over HTTPS and to this machine, Origin with every post.  Only Host is
    believed and no X-Forwarded-Host, which a page elsewhere can set; a proxy must pass Host on.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return site in ("same-origin", "none")
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc.lower() == headers.get("host", "").lower() != ""
    except ValueError:
        return False
