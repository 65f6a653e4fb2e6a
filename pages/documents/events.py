"""What happens on the documents page: files sent, taken in, replaced, removed; details edited; upkeep.

A file that is sent comes with its event and waits in a folder of its own, which goes when the app ends: the
page needs no upload address, so whoever may not change anything has nowhere to send a file to.  Every event
asks again whether its visitor may.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import gradio as gr

from index.build.build import edit
from index.build.change import BuildReport, Progress
from index.build.uploads import MOST, Folders, Upload, rebuild, take_in, take_out, uploaded, was_uploaded
from index.check.verify import verify
from index.errors import TiaowenError
from index.parsing.parsers import parsers
from index.reading.folder import list_documents
from index.search.index import Index
from index.search.live import LiveIndex
from pages.common.frame import FrameEvents, language_of, other
from pages.documents import waiting_files as shown
from pages.documents.background import Work
from pages.documents.listing import changes_of, document_list
from pages.documents.notes import noted
from pages.documents.sent_files import chosen_of, forget, received
from pages.documents.view import Doing, View
from pages.documents.words import document_words

log = logging.getLogger(__name__)

MayEdit = Callable[[gr.Request], bool]
Updates = tuple[Any, ...]
"""One value for each component that an event changes: view, head, waiting, told, upkeep, list; where words
change, heading, drop zone and search box too."""
T = TypeVar("T")


class DocumentEvents:
    """The page's events over one index and the folders of its documents; safe between threads."""

    def __init__(self, live: LiveIndex, folders: Folders, may_edit: MayEdit) -> None:
        self._live = live
        self._frame = FrameEvents(live, "documents")
        self._folders = folders
        self._may_edit = may_edit
        self._sent = tempfile.TemporaryDirectory(prefix="tiaowen-", ignore_cleanup_errors=True)

    # Sending and taking in

    def stage(self, view: View, sought: str, event: gr.EventData, request: gr.Request) -> Updates:
        """What was sent, an archive as its documents: previewed, or why not; each replaces its namesake."""
        view = replace(view, received=view.received + 1)
        if not self._may_edit(request):
            return self._refused(view, sought, request)
        if len(view.staged) >= MOST:
            return self._page(view, sought, request, _too_many(view, 1))
        staged = received(event, view, Path(self._sent.name))
        if len(view.staged) + len(staged) > MOST:
            forget(staged)
            return self._page(view, sought, request, _too_many(view, len(staged)))
        names = {one.name for one in staged if one.preview}
        again = [one for one in view.staged if one.preview and one.name in names]
        forget(again)
        kept = tuple(one for one in view.staged if one not in again)
        return self._page(replace(view, staged=(*kept, *staged)), sought, request)

    def dismiss(self, view: View, sought: str, event: gr.EventData, request: gr.Request) -> Updates:
        """A file, or all of them, that is not to go in."""
        chosen = chosen_of(view, getattr(event, "number", None))
        forget(chosen)
        kept = tuple(staged for staged in view.staged if staged not in chosen)
        return self._page(replace(view, staged=kept), sought, request, "")

    def take(self, view: View, sought: str, event: gr.EventData, request: gr.Request) -> Iterator[Updates]:
        """Take a file that waits, or all of them, into the index."""
        if not self._may_edit(request):
            yield self._refused(view, sought, request)
            return
        chosen = [
            staged
            for staged in chosen_of(view, getattr(event, "number", None))
            if staged.path and staged.path.is_file()
        ]
        uploads = [Upload(staged.name, staged.path) for staged in chosen if staged.path]

        def job(told: Progress) -> BuildReport:
            return take_in(uploads, self._folders.uploads, self._live.path, told, self._encoder())

        def ended(report: BuildReport) -> tuple[View, str]:
            taken = [staged for staged in chosen if staged.name in report.added]
            forget(taken)
            kept = tuple(staged for staged in view.staged if staged not in taken)
            return replace(view, staged=kept), shown.taken(report, self._live.current(), view)

        if uploads:
            yield from self._worked(view, sought, request, job, ended)

    # Editing and removing

    def open(self, doing: Doing) -> Callable[..., Updates]:
        """The event that opens a form or a question: in a document's row, or above the list."""

        def opened(view: View, sought: str, event: gr.EventData, request: gr.Request) -> Updates:
            if not self._may_edit(request):
                return self._refused(view, sought, request)
            file = getattr(event, "file", "")
            try:
                if doing == "remove":
                    was_uploaded(str(file), self._folders.uploads)  # are its notes readable?
                return self._page(replace(view, doing=doing, file=str(file)), sought, request, "")
            except TiaowenError as error:
                return self._page(_closed(view), sought, request, shown.failure(error, view))

        return opened

    def cancel(self, view: View, sought: str, request: gr.Request) -> Updates:
        """Close what is open and change nothing."""
        return self._page(_closed(view), sought, request, "")

    def save(self, view: View, sought: str, event: gr.EventData, request: gr.Request) -> Iterator[Updates]:
        """Keep the details as the form has them; the form stays open where they cannot be kept."""
        if not self._may_edit(request):
            yield self._refused(view, sought, request)
            return
        file, values = str(getattr(event, "file", "")), getattr(event, "values", None)
        words = document_words(view.language)
        try:
            index = self._live.current()
            changes = changes_of(index, file, values if isinstance(values, dict) else {})
        except TiaowenError as error:
            yield self._told(shown.failure(error, view))
            return
        if not changes:
            yield self._page(_closed(view), sought, request, shown.done(words.unchanged))
            return

        def job(told: Progress) -> str:
            edit(file, changes, self._live.path, told, self._encoder())
            return self._live.current().info(file).title

        def ended(title: str) -> tuple[View, str]:
            return _closed(view), shown.done(words.saved.format(title=title))

        yield from self._worked(view, sought, request, job, ended)

    def remove(self, view: View, sought: str, event: gr.EventData, request: gr.Request) -> Iterator[Updates]:
        """Take a document out, once the question was answered."""
        if not self._may_edit(request):
            yield self._refused(view, sought, request)
            return
        file, words = str(getattr(event, "file", "")), document_words(view.language)

        def job(told: Progress) -> str:
            title = self._live.current().info(file).title
            out = take_out(file, self._folders.uploads, self._live.path, told)
            return (words.removed if out.deleted else words.removed_kept).format(title=title)

        def ended(told: str) -> tuple[View, str]:
            return _closed(view), shown.done(told)

        yield from self._worked(view, sought, request, job, ended)

    # Upkeep

    def rebuild(self, view: View, sought: str, request: gr.Request) -> Iterator[Updates]:
        """Build the index anew from the documents and uploads, once the question was answered."""
        if not self._may_edit(request):
            yield self._refused(view, sought, request)
            return

        def job(told: Progress) -> BuildReport:
            model = self._live.current().manifest.model.source
            return rebuild(self._folders, self._live.path, model, told, self._encoder())

        def ended(report: BuildReport) -> tuple[View, str]:
            return _closed(view), shown.rebuilt(report, view)

        yield from self._worked(view, sought, request, job, ended)

    def verify(self, view: View, sought: str, request: gr.Request) -> Iterator[Updates]:
        """Check that the index holds together; whoever may read may ask."""

        def ended(told: str) -> tuple[View, str]:
            return view, told

        def job(told: Progress) -> str:
            checked = verify(self._live.path)
            notes = "" if checked.all_problems else noted(self._live.current(), view.language, told)
            return shown.checked(checked, view) + notes

        yield from self._worked(view, sought, request, job, ended)

    def _worked(
        self,
        view: View,
        sought: str,
        request: gr.Request,
        job: Callable[[Progress], T],
        ended: Callable[[T], tuple[View, str]],
    ) -> Iterator[Updates]:
        """Run something long, telling how far it is, and then what it came to."""
        work = Work(job)
        for step in work.steps():
            yield self._told(shown.progress(step, view))
        try:
            after, told = ended(work.result())
        except TiaowenError as error:
            log.error("A change of the documents failed: %s", error)
            yield self._told(shown.failure(error, view))
            return
        yield self._page(after, sought, request, told)

    # Showing

    def find(self, view: View, sought: str, request: gr.Request) -> str:
        """The list narrowed to what is sought."""
        return self._list(self._live.current(), view, sought, request)

    def read(self, view: View, event: gr.EventData) -> str:
        """The reader with the document that was clicked."""
        return self._frame.read(view.language, event)

    def switch(self, view: View, sought: str, request: gr.Request) -> Updates:
        """The page in the other language."""
        return self._worded(replace(view, language=other(view.language)), sought, request)

    def arrive(self, request: gr.Request) -> Updates:
        """What an address asks for: ?lang=en, ?document=…; the page as it is now, and the reader."""
        if self._may_edit(request):
            parsers().warm()  # the first file that is sent need not wait for it
        language = language_of(request)
        return *self._worded(View(language), "", request), self._frame.opened(request, language)

    def _worded(self, view: View, sought: str, request: gr.Request) -> Updates:
        words, may = document_words(view.language), self._may_edit(request)
        search = gr.update(label=words.search, placeholder=words.search_hint)
        return (
            *self._page(view, sought, request, ""),
            shown.heading(view, may_edit=may),
            shown.drop_zone(view, may_edit=may),
            search,
        )

    def _page(self, view: View, sought: str, request: gr.Request, told: str | None = None) -> Updates:
        """Everything that depends on the documents → view, head, waiting, told, upkeep, list."""
        index, may = self._live.current(), self._may_edit(request)
        lost = self._lost(index) if view.doing == "rebuild" else ()
        return (
            view,
            self._frame.head(view.language),
            shown.waiting(index, view),
            gr.skip() if told is None else told,
            shown.upkeep(index, view, self._folders, lost, may_edit=may),
            self._list(index, view, sought, request),
        )

    def _list(self, index: Index, view: View, sought: str, request: gr.Request) -> str:
        return document_list(index, view, sought, self._folders.uploads, may_edit=self._may_edit(request))

    def _told(self, told: str) -> Updates:
        return gr.skip(), gr.skip(), gr.skip(), told, gr.skip(), gr.skip()

    def _refused(self, view: View, sought: str, request: gr.Request) -> Updates:
        words = document_words(view.language)
        return self._page(_closed(view), sought, request, shown.failure(words.not_allowed, view))

    def _lost(self, index: Index) -> tuple[str, ...]:
        """The documents of the index that its folders do not hold."""
        there = {found.name for found in list_documents(self._folders.documents).files}
        there |= {found.name for found in uploaded(self._folders)}
        return tuple(info.file for info in index.infos if info.file not in there)

    def _encoder(self) -> Any:
        return self._live.current().encoder


def _too_many(view: View, sent: int) -> str:
    words = document_words(view.language)
    return shown.failure(words.too_many.format(count=len(view.staged) + sent, most=MOST), view)


def _closed(view: View) -> View:
    return replace(view, doing=None, file="")
