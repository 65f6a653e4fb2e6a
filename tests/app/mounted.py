"""The ledger, the comparison and the chat on one server: ``mounted.py OUTSIDE INDEX DOCUMENTS``.

Notes every address outside this machine that it asks for, as `watched` does for the app.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"
sys.path.insert(0, str(Path(__file__).parents[2]))


def main() -> None:
    import watched

    watched.note_addresses(Path(sys.argv[1]))
    store = Path(sys.argv[2])
    import fastapi
    import gradio
    import uvicorn

    from app import listen, open_or_build
    from pages.chat import FAVICON, chat_page, head, theme
    from pages.compare_page import compare_head, compare_page
    from pages.ledger_page import ledger_head, ledger_page

    listening, live = listen("127.0.0.1", 0), open_or_build(store, Path(sys.argv[3]))
    site = fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    mounts = (
        ("/ledger", ledger_page(live), ledger_head()),
        ("/compare", compare_page(live), compare_head()),
        ("/", chat_page(live), head()),
    )
    for path, page, page_head in mounts:
        gradio.mount_gradio_app(
            site,
            page,
            path=path,
            theme=theme(),
            head=page_head,
            favicon_path=str(FAVICON),
            max_file_size=1,
            footer_links=[],
            run_history=False,
            ssr_mode=False,
            show_error=False,
        )
    print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
    uvicorn.Server(uvicorn.Config(site, log_level="warning", timeout_graceful_shutdown=1)).run([listening])


if __name__ == "__main__":
    main()
