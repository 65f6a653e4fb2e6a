"""The documents page: what stands on it, and which event changes what.

Mounted at ``/documents`` beside the chat.  Files come with the page's own events and not through gradio's
upload address, which can stay closed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import gradio as gr

from index.build.uploads import Folders
from index.search.live import LiveIndex
from pages.common.frame import PRIVATE, QUICK, clicks, head_part, page_head, part, reader_part, script
from pages.documents import waiting_files as shown
from pages.documents.events import DocumentEvents
from pages.documents.listing import document_list
from pages.documents.sent_files import forget
from pages.documents.showing import MayEdit
from pages.documents.view import View
from pages.documents.words import ZH

WAITING: Final = 24 * 3600
"""Seconds that files of a visitor wait to be taken in."""
AT_ONCE: Final = 4
"""Visitors whose changes are worked on at the same time; the index itself takes one writer."""

_LONG: Final[dict[str, Any]] = {**PRIVATE, "concurrency_limit": AT_ONCE, "concurrency_id": "documents"}


def everyone(_: gr.Request) -> bool:
    """Whoever sees the page may change the documents: an app for one person on one machine."""
    return True


def documents_page(
    live: LiveIndex, documents: Path, may_edit: MayEdit = everyone, uploads: Path | None = None
) -> gr.Blocks:
    """The page for an index that can be opened and the folder that it is built from.

    What is sent is kept in ``uploads``, None for the same folder.  ``may_edit`` says of a request whether its
    visitor may change anything; others read.  Raises what `LiveIndex.current` raises.
    """
    folders = Folders(documents, uploads or documents)
    index, events, begin = live.current(), DocumentEvents(live, folders, may_edit), View()
    page: gr.Blocks
    with gr.Blocks(title=f"{ZH.heading} - 条问", analytics_enabled=False, fill_width=True) as page:
        view = gr.State(begin, time_to_live=WAITING, delete_callback=_left)
        top = head_part(index, "documents")
        heading = part(shown.heading(begin, may_edit=True), "doc-heading")
        drop = part("", "doc-drop", script("documents/upload"))
        told = part("", "doc-told")  # above what waits, which may be a hundred files
        waited = clicks("take", "dismiss", "look", "correct", "keep", "cancel")
        waiting = part(shown.waiting(index, begin), "doc-waiting", waited)
        with gr.Row(elem_id="doc-bar"):
            search = gr.Textbox(label=ZH.search, show_label=False, container=False, elem_id="doc-search")
            tools = part("", "doc-upkeep", clicks("rebuild", "verify", "confirm", "cancel"))
        listing = part(
            document_list(index, begin, "", folders.uploads, may_edit=False),
            "doc-list",
            clicks("read", "amend", "remove", "save", "confirm", "cancel", "putback", "forget"),
        )
        reader = reader_part()

        given, changed = [view, search], [view, top, waiting, told, tools, listing]
        worded = [*changed, heading, drop, search]
        drop.stage(events.stage, given, changed, **_LONG)
        waiting.take(events.take, given, changed, **_LONG)
        waiting.dismiss(events.dismiss, given, changed, **QUICK)
        waiting.look(events.correct("look"), given, changed, **QUICK)
        waiting.correct(events.correct("correct"), given, changed, **QUICK)
        waiting.keep(events.keep, given, changed, **_LONG)
        listing.amend(events.open("edit"), given, changed, **QUICK)
        listing.remove(events.open("remove"), given, changed, **QUICK)
        tools.rebuild(events.open("rebuild"), given, changed, **QUICK)
        for each in (waiting, listing, tools):
            each.cancel(events.cancel, given, changed, **QUICK)
        listing.save(events.save, given, changed, **_LONG)
        listing.confirm(events.remove, given, changed, **_LONG)
        listing.putback(events.put_back, given, changed, **_LONG)
        listing.forget(events.forget, given, changed, **QUICK)
        tools.confirm(events.rebuild, given, changed, **_LONG)
        tools.verify(events.verify, given, changed, **_LONG)
        search.change(events.find, given, [listing], trigger_mode="always_last", **QUICK)
        listing.read(events.read, [view], [reader], **QUICK)
        top.read(events.read, [view], [reader], **QUICK)
        top.language(events.switch, given, worded, **QUICK)
        page.load(events.arrive, None, [*worded, reader], **QUICK).then(
            events.follow, given, changed, **_LONG
        )
    page.queue(default_concurrency_limit=AT_ONCE)
    return page


def _left(view: View) -> None:
    """A visitor is gone: what still waited goes too."""
    forget(view.staged)


def documents_head() -> str:
    """What goes into the page's head: the chat page's style and this page's own."""
    return page_head("documents/documents")
