"""The web site: the pages on the server, which stops when it is told to."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import fastapi
import gradio
import uvicorn
from gradio.routes import App
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp

from index.parsing.parsers import parsers
from index.search.live import LiveIndex
from pages.administration.page import administration_head, administration_page
from pages.administration.view import Server
from pages.chat.page import chat_page
from pages.common.frame import FAVICON, page_head, script, theme
from pages.common.questions import question_routes
from pages.common.words import words_of
from pages.compare.page import compare_head, compare_page
from pages.documents.page import documents_head, documents_page
from pages.ledger.page import ledger_head, ledger_page
from qa.api.warming import warm
from web.access import logs
from web.access.connections import protocol
from web.access.door import Door, may
from web.access.listening import shown_address
from web.api.originals import original_routes
from web.application import guarded, site_for
from web.settings import Settings

NO_UPLOADS: Final = 1
"""Bytes of a file sent to gradio's own address for uploads; files come inside the documents page's events."""
_WITH_USERS: Final = '<style>.tw-nav .tw-leave {{ display: block; }}</style><script type="module">{}</script>'
"""What a server with users adds: the way to log out, and where to go when a session has ended."""
FIRST_PAGE: Final = 5.0
"""Seconds that the first page has to itself before what only some questions need is loaded."""
GRACE: Final = 3
"""Seconds that answers under way are waited for when the server is stopped."""
_ICON_ABOVE: Final = '<link rel="icon" href="../favicon.ico">'
"""gradio serves an icon of one's own only at the root."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page, its path, as /ledger, without a slash at its end, and what goes into its head."""

    path: str
    blocks: gradio.Blocks
    head: str


def pages_of(
    live: LiveIndex, documents: Path, settings: Settings, door: Door, uploads: Path | None = None
) -> tuple[Page, ...]:
    """Every page, a line each; the chat last, because its path holds all others.

    ``documents`` is the folder that the index is built from, ``uploads`` where what is sent is kept, None for
    the same, ``door`` holds the users.  Raises what `LiveIndex.current` raises.
    """
    return (
        Page("/ledger", ledger_page(live), ledger_head()),
        Page("/compare", compare_page(live, settings.reranker), compare_head()),
        Page("/documents", documents_page(live, documents, _may_edit, uploads), documents_head()),
        Page(
            "/administration",
            administration_page(live, documents, _server(settings, door), uploads),
            administration_head(),
        ),
        Page(
            "/",
            chat_page(live, settings.longest_question, settings.llm, settings.reranker),
            page_head("chat/side_bar"),
        ),
    )


def _server(settings: Settings, door: Door) -> Server:
    reranker = settings.reranker.name if settings.reranker else ""
    return Server(door, settings.llm.model if settings.llm else "", reranker)


def _may_edit(request: gradio.Request) -> bool:
    return may(request, "editor")


def mount(site: fastapi.FastAPI, pages: Sequence[Page], settings: Settings) -> None:
    """Put the pages on the site, each with the style, the icon and the limits that all share."""
    users = _WITH_USERS.format(script("common/session")) if settings.auth_file else ""
    said = {language: _lost_words(language) for language in ("zh", "en")}
    lost = f"const lostWords = {json.dumps(said, ensure_ascii=False)};\n{script('common/lost')}"
    shared = "".join(f'<script type="module">{one}</script>' for one in (script("common/role"), lost))
    site.add_route("/c/{conversation}", _conversation)
    for page in pages:
        below = page.path != "/"
        up = f'<meta name="tw-up" content="{"../" if below else "./"}">'
        if below:
            site.add_route(page.path, _with_slash)
        gradio.mount_gradio_app(
            site,
            page.blocks,
            path=page.path,
            theme=theme(),
            head=up + page.head + users + shared + (_ICON_ABOVE if below else ""),
            favicon_path=None if below else str(FAVICON),
            max_file_size=NO_UPLOADS,
            footer_links=[],
            run_history=False,
            ssr_mode=False,
            show_error=False,
        )


def _lost_words(language: str) -> tuple[str, str]:
    """What is said where the connection is lost: in short, and in a sentence."""
    words = words_of(language)
    return words.lost, words.lost_more


async def _with_slash(request: Request) -> RedirectResponse:
    """/ledger → /ledger/, below which the page's links hold."""
    asked = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{request.url.path}/{asked}")


async def _conversation(request: Request) -> RedirectResponse:
    """/c/CONVERSATION → /?c=CONVERSATION, below which the page's links hold; the page itself puts the address
    right again (side_bar.js)."""
    asked = urlencode([("c", request.path_params["conversation"]), *request.query_params.multi_items()])
    return RedirectResponse(f"{request.scope.get('root_path', '')}/?{asked}")


def serve(
    live: LiveIndex,
    documents: Path,
    listening: socket.socket,
    settings: Settings,
    door: Door,
    *,
    uploads: Path | None = None,
) -> None:
    """Serve on a listening socket until interrupted; raises what `LiveIndex.current` raises.

    ``documents`` and ``uploads`` are those of `pages_of`.
    """
    site = site_for(live, settings, door)
    site.include_router(question_routes(live))
    site.include_router(original_routes(live, tuple({documents, uploads or documents})))
    mount(site, pages_of(live, documents, settings, door, uploads), settings)
    # Only now: earlier it would hold up gradio's import, and the page takes a second to reach the browser.
    given = (live.current(), FIRST_PAGE, settings.reranker)
    threading.Thread(target=warm, args=given, name="warm", daemon=True).start()
    print(f"条问: http://{shown_address(listening)}{settings.root_path}  (Ctrl-C stops it)", flush=True)
    config = uvicorn.Config(
        guarded(site, settings, door),
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        **protocol(),
        timeout_graceful_shutdown=GRACE,
    )
    with contextlib.suppress(KeyboardInterrupt):  # raised again by uvicorn once it has stopped in good order
        _Server(config, _streams(site)).run(sockets=[listening])


def _streams(site: fastapi.FastAPI) -> list[App]:
    """The gradio applications mounted on the site."""
    mounted: list[ASGIApp | None] = [getattr(route, "app", None) for route in site.routes]
    return [app for app in mounted if isinstance(app, App)]


class _Server(uvicorn.Server):
    """A server that first ends gradio's own streams, each of which lasts as long as its browser tab."""

    def __init__(self, config: uvicorn.Config, apps: Sequence[App]) -> None:
        super().__init__(config)
        self._apps = apps

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for app in self._apps:
            app.stop_event.set()
        await super().shutdown(sockets)
        logs.end()
        parsers().close()  # after SIGTERM uvicorn leaves no time for atexit
