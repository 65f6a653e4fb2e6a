"""The page of the administration: what stands on it, and which event changes what.

Mounted at ``/administration``.  As it is sent it holds nothing: what an administrator sees comes with the
first event, which asks who that is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import gradio as gr

from index.build.uploads import Folders
from index.search.live import LiveIndex
from pages.administration.events import AdministrationEvents
from pages.administration.view import Server, View
from pages.administration.words import ZH
from pages.common.frame import PRIVATE, QUICK, clicks, head_part, page_head, part, reader_part
from pages.common.words import ZH as SITE

AT_ONCE: Final = 2
_LONG: Final[dict[str, Any]] = {**PRIVATE, "concurrency_limit": AT_ONCE, "concurrency_id": "administration"}
_QUICK: Final = {
    "ask": "ask",
    "cancel": "cancel",
    "goback": "goback",
    "adduser": "add",
    "setpassword": "password",
    "setrole": "role",
    "endsessions": "end",
    "removeuser": "dismiss",
    "markdone": "done",
    "savereply": "reply",
    "keepquestion": "keep",
}
"""What a click tells, and the event that it is: gradio has methods of its own called add and the like."""


def administration_page(
    live: LiveIndex, documents: Path, server: Server, uploads: Path | None = None
) -> gr.Blocks:
    """The page for an index, the folders that it is built from, and the server's users.

    Raises what `LiveIndex.current` raises.
    """
    events = AdministrationEvents(live, Folders(documents, uploads or documents), server)
    page: gr.Blocks
    with gr.Blocks(title=f"{ZH.title} · {SITE.name}", analytics_enabled=False, fill_width=True) as page:
        view = gr.State(View())
        top = head_part(live.current(), "administration")
        heading = part("", "intro")
        tabs = part("", "admin-tabs", clicks("open"))
        told = part("", "admin-told")
        body = part("", "admin-body", clicks(*_QUICK, "backup", "comeback"))
        reader = reader_part()

        changed = [view, top, heading, tabs, told, body]
        tabs.open(events.open, [view], changed, **QUICK)
        for name, event in _QUICK.items():
            getattr(body, name)(getattr(events, event), [view], changed, **QUICK)
        body.backup(events.backup, [view], changed, **_LONG)
        body.comeback(events.comeback, [view], changed, **_LONG)
        top.language(events.switch, [view], changed, **QUICK)
        top.read(events.read, [view], [reader], **QUICK)
        page.load(events.arrive, None, changed, **QUICK)
    page.queue(default_concurrency_limit=AT_ONCE)
    return page


def administration_head() -> str:
    """What goes into the page's head."""
    return page_head("ledger/ledger", "administration/administration")
