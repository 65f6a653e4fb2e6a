"""The web site: the chat page on a server that stops when it is told to.

Imported after the environment is set (app.py does), because gradio reads it while it is imported.  Routes
beside the page go onto the same FastAPI application.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Sequence
from typing import Final

import fastapi
import gradio
import uvicorn
from gradio.routes import App

from index.live import LiveIndex
from pages.chat import FAVICON, chat_page, head, theme
from pages.words import ZH
from qa.asking import search

NO_UPLOADS: Final = 1
"""Bytes of an uploaded file; the page takes none, but gradio has an address for them."""
GRACE: Final = 3
"""Seconds that answers under way are waited for when the server is stopped."""
WARMED_WITH: Final = 40
"""Characters of a title that the first, silent search asks for."""


def serve(live: LiveIndex, listening: socket.socket) -> None:
    """Serve the page on a listening socket until interrupted; raises what `LiveIndex.current` raises."""
    site = fastapi.FastAPI(title=ZH.name, docs_url=None, redoc_url=None, openapi_url=None)
    gradio.mount_gradio_app(
        site,
        chat_page(live),
        path="/",
        theme=theme(),
        head=head(),
        favicon_path=str(FAVICON),
        max_file_size=NO_UPLOADS,
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        show_error=False,
    )
    # Only now: earlier it would hold up gradio's import, and the page takes a second to reach the browser.
    threading.Thread(target=warm, args=(live,), name="warm", daemon=True).start()
    host, port = listening.getsockname()[:2]
    print(f"条问: http://{host}:{port}  (Ctrl-C stops it)", flush=True)
    config = uvicorn.Config(site, log_level="warning", timeout_graceful_shutdown=GRACE)
    with contextlib.suppress(KeyboardInterrupt):  # raised again by uvicorn once it has stopped in good order
        _Server(config, _streams(site)).run(sockets=[listening])


def _streams(site: fastapi.FastAPI) -> list[App]:
    """The gradio applications mounted on the site."""
    mounted = (getattr(route, "app", None) for route in site.routes)
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


def warm(live: LiveIndex) -> None:
    """Load the encoder and the word lists, so that the first question need not wait for them."""
    index = live.current()
    if index.infos:
        search(index.infos[0].title[:WARMED_WITH], top_k=1, index=index)
