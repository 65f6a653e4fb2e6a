"""Serve the documents page beside the chat, as pages/site.py mounts pages; ``?as=reader`` may only read."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import fastapi
import gradio
import uvicorn

from app import ANOTHER_PORT
from pages.chat.page import chat_page
from pages.common.frame import page_head, theme
from pages.documents.page import documents_head, documents_page
from pages.site import NO_UPLOADS
from qa.commands.opening import live_or_built
from web.access.listening import listen


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--index", type=Path)
    parser.add_argument("--documents", type=Path)
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    live = live_or_built(options.index, options.documents)
    site = fastapi.FastAPI()
    shared = {
        "theme": theme(),
        "max_file_size": NO_UPLOADS,
        "footer_links": [],
        "run_history": False,
        "ssr_mode": False,
        "show_error": False,
    }

    def may_edit(request: gradio.Request) -> bool:
        return request.query_params.get("as") != "reader" and "reader" not in request.cookies

    page = documents_page(live, options.documents, may_edit)
    gradio.mount_gradio_app(site, page, path="/documents", head=documents_head(), **shared)
    gradio.mount_gradio_app(site, chat_page(live), path="/", head=page_head("chat/side_bar"), **shared)
    listening = listen("127.0.0.1", options.port, ANOTHER_PORT)
    print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
    uvicorn.Server(uvicorn.Config(site, log_level="warning", timeout_graceful_shutdown=1)).run([listening])


if __name__ == "__main__":
    main()
