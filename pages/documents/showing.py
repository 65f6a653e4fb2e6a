"""What every event of the documents page needs: may the visitor, how far is the work, the page made anew."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

import gradio as gr

from index.build.change import Progress
from index.build.uploads import Folders, uploaded
from index.errors import TiaowenError
from index.parsing.parsers import parsers
from index.reading.folder import list_documents
from index.search.index import Index
from index.search.live import LiveIndex
from index.storage.journal import changed_by
from pages.common.background import Work
from pages.common.frame import FrameEvents, language_of, other
from pages.documents import outcomes
from pages.documents import waiting_files as shown
from pages.documents.listing import document_list
from pages.documents.view import View
from pages.documents.words import document_words
from web.access.door import name_of

log = logging.getLogger(__name__)

MayEdit = Callable[[gr.Request], bool]
Updates = tuple[Any, ...]
"""One value for each component that an event changes: view, head, waiting, told, upkeep, list; where words
change, heading, drop zone and search box too."""
T = TypeVar("T")


class Showing:
    """The page over one index and the folders of its documents; safe between threads."""

    def __init__(self, live: LiveIndex, folders: Folders, may_edit: MayEdit) -> None:
        self.live = live
        self.frame = FrameEvents(live, "documents")
        self.folders = folders
        self.may_edit = may_edit
        self.running: Work[Any] | None = None
        self.sent = tempfile.TemporaryDirectory(prefix="tiaowen-", ignore_cleanup_errors=True)

    def worked(
        self,
        view: View,
        sought: str,
        request: gr.Request,
        job: Callable[[Progress], T],
        ended: Callable[[T], tuple[View, str]],
    ) -> Iterator[Updates]:
        """Run something long, telling how far it is, and then what it came to."""
        who = name_of(request)

        def named(told: Progress) -> T:
            with changed_by(who):
                return job(told)

        work = Work(named)
        self.running = work
        for step in work.steps():
            yield self.told(outcomes.progress(step, view))
        try:
            after, told = ended(work.result())
        except TiaowenError as error:
            log.error("A change of the documents failed: %s", error)
            yield self.told(outcomes.failure(error, view))
            return
        yield self.page(after, sought, request, told)

    def follow(self, view: View, sought: str, request: gr.Request) -> Iterator[Updates]:
        """How far the work is that somebody else began, or this visitor before the page was opened again."""
        work = self.running
        if work is None or work.over:
            yield self.unchanged()
            return
        for step in work.steps():
            yield self.told(outcomes.progress(step, view))
        yield self.page(view, sought, request, "")

    def find(self, view: View, sought: str, request: gr.Request) -> str:
        """The list narrowed to what is sought."""
        return self._list(self.live.current(), view, sought, request)

    def read(self, view: View, event: gr.EventData) -> str:
        """The reader with the document that was clicked."""
        return self.frame.read(view.language, event)

    def switch(self, view: View, sought: str, request: gr.Request) -> Updates:
        """The page in the other language."""
        return self._worded(replace(view, language=other(view.language)), sought, request)

    def arrive(self, request: gr.Request) -> Updates:
        """What an address asks for: ?lang=en, ?document=…; the page as it is now, and the reader."""
        if self.may_edit(request):
            parsers().warm()  # the first file that is sent need not wait for it
        language = language_of(request)
        return *self._worded(View(language), "", request), self.frame.opened(request, language)

    def _worded(self, view: View, sought: str, request: gr.Request) -> Updates:
        words, may = document_words(view.language), self.may_edit(request)
        search = gr.update(label=words.search, placeholder=words.search_hint)
        return (
            *self.page(view, sought, request, ""),
            shown.heading(view, may_edit=may),
            shown.drop_zone(view, may_edit=may),
            search,
        )

    def page(self, view: View, sought: str, request: gr.Request, told: str | None = None) -> Updates:
        """Everything that depends on the documents → view, head, waiting, told, upkeep, list."""
        index, may = self.live.current(), self.may_edit(request)
        lost = self._lost(index) if view.doing == "rebuild" else ()
        return (
            view,
            self.frame.head(view.language),
            shown.waiting(index, view),
            gr.skip() if told is None else told,
            shown.upkeep(index, view, self.folders, lost, may_edit=may),
            self._list(index, view, sought, request),
        )

    def _list(self, index: Index, view: View, sought: str, request: gr.Request) -> str:
        return document_list(index, view, sought, self.folders.uploads, may_edit=self.may_edit(request))

    def unchanged(self) -> Updates:
        """Nothing changed; an event that gives nothing at all would empty the page."""
        return self.told(gr.skip())

    def told(self, told: Any) -> Updates:
        """Something told, and nothing else changed."""
        return gr.skip(), gr.skip(), gr.skip(), told, gr.skip(), gr.skip()

    def refused(self, view: View, sought: str, request: gr.Request) -> Updates:
        """That this visitor may change nothing."""
        words = document_words(view.language)
        return self.page(closed(view), sought, request, outcomes.failure(words.not_allowed, view))

    def _lost(self, index: Index) -> tuple[str, ...]:
        """The documents of the index that its folders do not hold."""
        there = {found.name for found in list_documents(self.folders.documents).files}
        there |= {found.name for found in uploaded(self.folders)}
        return tuple(info.file for info in index.infos if info.file not in there)

    def encoder(self) -> Any:
        """The encoder that is loaded already."""
        return self.live.current().encoder


def closed(view: View) -> View:
    """With nothing open."""
    return replace(view, doing=None, file="")
