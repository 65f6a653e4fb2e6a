"""How the messages of the MCP server travel: over stdin and stdout, or as streamable HTTP.

Over HTTP each request stands alone (no sessions are kept), must be for a name of this server, and not from
another site's page; with a token it must bring that too.
"""

from __future__ import annotations

import contextlib
import hmac
import socket
from collections.abc import Collection
from typing import Final

import anyio
import uvicorn
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from index.search.live import LiveIndex
from qa.api.warming import warm
from web.access.body_limits import LARGEST_CALL
from web.access.connections import protocol
from web.access.logs import RequestLog
from web.access.origin import OwnName, SameOrigin
from web.mcp.server import mcp_server
from web.replies import refusal
from web.settings import ANSWERING_AT_ONCE, WAITING

PATH: Final = "/mcp"
GRACE: Final = 3
"""Seconds that answers under way are waited for when the server is stopped."""
_NOT_AGAIN: Final = TransportSecuritySettings(enable_dns_rebinding_protection=False)
"""The SDK's own check of names knows no list of addresses such as 0.0.0.0 needs; `OwnName` and `SameOrigin`
check both headers before it."""


def serve_stdio(live: LiveIndex) -> None:
    """Serve over stdin and stdout until stdin ends; what anything else prints goes to stderr."""

    async def serve() -> None:
        server = mcp_server(live)
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    anyio.run(serve)


def serve_http(
    live: LiveIndex, listening: socket.socket, hosts: Collection[str] = (), token: str | None = None
) -> None:
    """Serve on a listening socket until interrupted; loads what answers need first.

    ``hosts`` are further names of this server; without a ``token`` everyone who reaches it may ask.
    Raises what `LiveIndex.current` raises.
    """
    warm(live.current())
    config = uvicorn.Config(
        http_app(live, hosts, token),
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        **protocol(),
        limit_concurrency=ANSWERING_AT_ONCE + WAITING,
        timeout_graceful_shutdown=GRACE,
    )
    with contextlib.suppress(KeyboardInterrupt):  # raised again by uvicorn once it has stopped in good order
        uvicorn.Server(config).run(sockets=[listening])


def http_app(live: LiveIndex, hosts: Collection[str] = (), token: str | None = None) -> ASGIApp:
    """The server as an application, the log outermost, then name, origin, token, method and size."""
    app: ASGIApp = mcp_server(live).streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=LARGEST_CALL,
        transport_security=_NOT_AGAIN,
    )
    app = PostsOnly(app)
    if token is not None:
        app = Bearer(app, token)
    return RequestLog(OwnName(SameOrigin(app), hosts))


class PostsOnly:
    """Answers 405 to what would open a stream, which this server, that never speaks first, leaves empty."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on posts."""
        if scope["type"] != "http" or scope["method"] == "POST" or scope["path"] != PATH:
            await self._app(scope, receive, send)
            return
        reply = refusal(405, f"POST messages to {PATH}; nothing else is served.", headers={"Allow": "POST"})
        await reply(scope, receive, send)


class Bearer:
    """Refuses requests without the token, whatever they ask for."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._wanted = token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what brings the token."""
        if scope["type"] == "http":
            scheme, _, given = Headers(scope=scope).get("authorization", "").partition(" ")
            if scheme.lower() != "bearer" or not hmac.compare_digest(given.encode("latin-1"), self._wanted):
                message = "Send the token of this server: Authorization: Bearer TOKEN."
                headers = {"WWW-Authenticate": "Bearer"}
                await refusal(401, message, headers=headers)(scope, receive, send)
                return
        await self._app(scope, receive, send)
