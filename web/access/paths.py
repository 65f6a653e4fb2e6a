"""The path of a request: a proxy's prefix put right, traversal refused, what gradio need not serve closed."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from starlette.types import ASGIApp, Receive, Scope, Send

from web.replies import refusal

LONGEST_PATH: Final = 2048
# A step up, however often it is encoded: /../x, /..\x, /%2e%2e/x once decoded; and signs no path needs.
_TRAVERSAL: Final = re.compile(r"(?:^|[/\\=])\.\.(?:[/\\]|$)|[\x00-\x1f\x7f\\]")
# What gradio serves and no page here uses: its proxy and fetching of outside files, the code editor for
# developers, monitoring, answers by the number of an event alone.
# /gradio_api/proxy=http://x, /ledger/gradio_api/file=http://x, /monitoring
_CLOSED: Final = re.compile(
    r"/gradio_api/(?:proxy=|file=https?:|vibe-|undo-vibe|dev/|profiling|process_recording|deep_link|run-history|call/"
    r"|runs)|/monitoring(?:/|$)",
    re.IGNORECASE,
)
DECODINGS: Final = 3
"""Times a path is decoded in search of a step up: by the server, by a proxy, and once more."""


def local_path(scope: Scope) -> str:
    """The path below the prefix, decoded; begins with a slash."""
    return str(scope["path"]).removeprefix(str(scope.get("root_path", ""))) or "/"


class Paths:
    """Puts the server at its prefix, whether the proxy passes the prefix on or cuts it off."""

    def __init__(self, app: ASGIApp, root_path: str) -> None:
        """``root_path`` is empty or as /tiaowen."""
        self._app = app
        self._root = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what has a harmless path."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        path = str(scope["path"])
        if self._root and path != self._root and not path.startswith(f"{self._root}/"):
            path = f"{self._root}{path}"
        scope["path"], scope["root_path"] = path, self._root  # in place: the log outside reads it too
        if scope["type"] == "http" and climbs(path):
            await refusal(400, "This address is no path on this server.")(scope, receive, send)
        elif scope["type"] == "http" and _CLOSED.search(path):
            await refusal(404, "There is nothing at this address.")(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def climbs(path: str) -> bool:
    """True for a path that leads upwards, is too long, or holds signs that no path needs."""
    for _ in range(DECODINGS):
        if len(path) > LONGEST_PATH or _TRAVERSAL.search(path):
            return True
        path = unquote(path)
    return False
