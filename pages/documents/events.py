"""What happens on the documents page to what is in the library: details edited, removed, put back, upkeep.

Every event asks again whether its visitor may.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import gradio as gr

from index.build import removals
from index.build.build import edit
from index.build.change import BuildReport, Progress
from index.build.removals import put_back, take_out
from index.build.uploads import rebuild, was_uploaded
from index.check.verify import verify
from index.errors import TiaowenError
from index.storage.journal import note_change
from pages.documents import outcomes as shown
from pages.documents.incoming import Incoming
from pages.documents.listing import changes_of
from pages.documents.notes import noted
from pages.documents.showing import Updates, closed
from pages.documents.view import Doing, View
from pages.documents.words import document_words
from web.access.door import name_of


class DocumentEvents(Incoming):
    """All events of the page."""

    def open(self, doing: Doing) -> Callable[..., Updates]:
        """The event that opens a form or a question: in a document's row, or above the list."""

        def opened(view: View, sought: str, event: gr.EventData, request: gr.Request) -> Updates:
            if not self.may_edit(request):
                return self.refused(view, sought, request)
            file = getattr(event, "file", "")
            try:
                if doing == "remove":
                    was_uploaded(str(file), self.folders.uploads)  # are its notes readable?
                return self.page(replace(view, doing=doing, file=str(file)), sought, request, "")
            except TiaowenError as error:
                return self.page(closed(view), sought, request, shown.failure(error, view))

        return opened

    def cancel(self, view: View, sought: str, request: gr.Request) -> Updates:
        """Close what is open and change nothing."""
        return self.page(closed(view), sought, request, "")

    def save(self, view: View, sought: str, event: gr.EventData, request: gr.Request) -> Iterator[Updates]:
        """Keep the details as the form has them; the form stays open where they cannot be kept."""
        if not self.may_edit(request):
            yield self.refused(view, sought, request)
            return
        file, values = str(getattr(event, "file", "")), getattr(event, "values", None)
        words = document_words(view.language)
        try:
            index = self.live.current()
            changes = changes_of(index, file, values if isinstance(values, dict) else {})
        except TiaowenError as error:
            yield self.told(shown.failure(error, view))
            return
        if not changes:
            yield self.page(closed(view), sought, request, shown.done(words.unchanged))
            return

        def job(told: Progress) -> str:
            edit(file, changes, self.live.path, told, self.encoder())
            return self.live.current().info(file).title

        def ended(title: str) -> tuple[View, str]:
            return closed(view), shown.done(words.saved.format(title=title))

        yield from self.worked(view, sought, request, job, ended)

    def remove(self, view: View, sought: str, event: gr.EventData, request: gr.Request) -> Iterator[Updates]:
        """Take a document out, once the question was answered."""
        if not self.may_edit(request):
            yield self.refused(view, sought, request)
            return
        file, words = str(getattr(event, "file", "")), document_words(view.language)

        def job(told: Progress) -> str:
            title = self.live.current().info(file).title
            folder, by = self.folders.uploads, name_of(request)
            out = take_out(file, folder, self.live.path, told, title=title, by=by)
            return (words.removed if out.moved else words.removed_kept).format(title=title)

        def ended(told: str) -> tuple[View, str]:
            return closed(view), shown.done(told)

        yield from self.worked(view, sought, request, job, ended)

    def put_back(
        self, view: View, sought: str, event: gr.EventData, request: gr.Request
    ) -> Iterator[Updates]:
        """Take a document in again that was taken out, as it was."""
        if not self.may_edit(request):
            yield self.refused(view, sought, request)
            return
        file, words = str(getattr(event, "file", "")), document_words(view.language)

        def job(told: Progress) -> str:
            put_back(file, self.folders.uploads, self.live.path, told, self.encoder())
            return words.put_back_done.format(title=self.live.current().info(file).title)

        def ended(told: str) -> tuple[View, str]:
            return closed(view), shown.done(told)

        yield from self.worked(view, sought, request, job, ended)

    def forget(self, view: View, sought: str, event: gr.EventData, request: gr.Request) -> Updates:
        """Delete for good what is kept of a document that was taken out."""
        if not self.may_edit(request):
            return self.refused(view, sought, request)
        file = str(getattr(event, "file", ""))
        try:
            removals.forget(file, self.folders.uploads)
        except TiaowenError as error:
            return self.told(shown.failure(error, view))
        note_change(self.live.path, "forget", (file,))
        return self.page(view, sought, request, shown.done(document_words(view.language).forgotten))

    def rebuild(self, view: View, sought: str, request: gr.Request) -> Iterator[Updates]:
        """Build the index anew from the documents and uploads, once the question was answered."""
        if not self.may_edit(request):
            yield self.refused(view, sought, request)
            return

        def job(told: Progress) -> BuildReport:
            model = self.live.current().manifest.model.source
            return rebuild(self.folders, self.live.path, model, told, self.encoder())

        def ended(report: BuildReport) -> tuple[View, str]:
            return closed(view), shown.rebuilt(report, view)

        yield from self.worked(view, sought, request, job, ended)

    def verify(self, view: View, sought: str, request: gr.Request) -> Iterator[Updates]:
        """Check that the index holds together; whoever may read may ask."""

        def ended(told: str) -> tuple[View, str]:
            return view, told

        def job(told: Progress) -> str:
            checked = verify(self.live.path)
            notes = "" if checked.all_problems else noted(self.live.current(), view.language, told)
            return shown.checked(checked, view) + notes

        yield from self.worked(view, sought, request, job, ended)
