"""How much a request may bring: a limit for events that hand in files, smaller ones for a page's other events
and for all else, counted as it comes.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.access.paths import local_path
from web.replies import refusal
from web.settings import MEGABYTE

LARGEST_CALL: Final = MEGABYTE
"""Bytes of a question with 50 earlier ones, every character escaped: 0.3 MB."""
LARGEST_EVENT: Final = 8 * MEGABYTE
"""Bytes of an event of a page: gradio sends a table back with everything it shows."""
LARGEST_FILE_EVENT: Final = 88 * MEGABYTE
"""Bytes of an event of the documents page: a file of 64 MB, the largest taken, comes inside one in base64."""


class _TooLarge(Exception):  # noqa: N818 - never leaves this module
    pass


class Bodies:
    """Answers 413 where a body is larger than its address allows."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the body on as long as it keeps to the limit."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit, come = _limit(local_path(scope)), 0
        declared = Headers(scope=scope).get("content-length", "0")
        if not declared.isdecimal() or int(declared[:20]) > limit:
            await _refused(limit)(scope, receive, send)
            return

        async def counted() -> Message:
            nonlocal come
            message = await receive()
            come += len(message.get("body", b""))
            if come > limit:
                raise _TooLarge
            return message

        async def unless_too_large(message: Message) -> None:
            if come <= limit:  # what a handler makes of the broken body is not the reason
                await send(message)

        with suppress(_TooLarge):  # answered below
            await self._app(scope, counted, unless_too_large)
        if come > limit:
            await _refused(limit)(scope, receive, send)


def _limit(path: str) -> int:
    if path.startswith("/documents/gradio_api/"):
        return LARGEST_FILE_EVENT
    return LARGEST_EVENT if "/gradio_api/" in path else LARGEST_CALL


def _refused(limit: int) -> ASGIApp:
    return refusal(
        413,
        f"The request is larger than the {limit / MEGABYTE:.1f} MB taken here. Send less at once.",
        code="too_large",
        headers={"Connection": "close"},
    )
