"""Files on their way in: sent, looked at, corrected, taken in or not.

A file that is sent comes with its event and waits in a folder of its own, which goes when the app ends: the
page needs no upload address, so whoever may not change anything has nowhere to send a file to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import gradio as gr

from index.build.change import BuildReport, Progress
from index.build.uploads import MOST, Upload, take_in
from index.errors import TiaowenError
from pages.documents import outcomes as shown
from pages.documents.sent_files import chosen_of, corrected, forget, received, to_take
from pages.documents.showing import Showing, Updates, closed
from pages.documents.view import Doing, Staged, View
from pages.documents.words import document_words
from web.access.door import name_of


class Incoming(Showing):
    """The events over files that wait."""

    def stage(self, view: View, sought: str, event: gr.EventData, request: gr.Request) -> Updates:
        """What was sent, an archive as its documents: previewed, or why not; each replaces its namesake."""
        view = replace(view, received=view.received + 1)
        if not self.may_edit(request):
            return self.refused(view, sought, request)
        if len(view.staged) >= MOST:
            return self.page(view, sought, request, _too_many(view, 1))
        staged = received(event, view, Path(self.sent.name))
        if len(view.staged) + len(staged) > MOST:
            forget(staged)
            return self.page(view, sought, request, _too_many(view, len(staged)))
        names = {one.name for one in staged if one.preview}
        again = [one for one in view.staged if one.preview and one.name in names]
        forget(again)
        kept = tuple(one for one in view.staged if one not in again)
        return self.page(replace(view, staged=(*kept, *staged)), sought, request)

    def dismiss(self, view: View, sought: str, event: gr.EventData, request: gr.Request) -> Updates:
        """A file, or all of them, that is not to go in."""
        chosen = chosen_of(view, getattr(event, "number", None))
        forget(chosen)
        kept = tuple(staged for staged in view.staged if staged not in chosen)
        return self.page(replace(view, staged=kept), sought, request, "")

    def take(self, view: View, sought: str, event: gr.EventData, request: gr.Request) -> Iterator[Updates]:
        """Take a file that waits, or all of them, into the index."""
        if not self.may_edit(request):
            yield self.refused(view, sought, request)
            return
        chosen = to_take(view, getattr(event, "number", None), getattr(event, "called", ""))
        yield from self._taken(view, chosen, sought, request)

    def _taken(
        self, view: View, chosen: Sequence[Staged], sought: str, request: gr.Request
    ) -> Iterator[Updates]:
        """Files of those that wait, each under its name, taken into the index."""
        uploads = [Upload(staged.name, staged.path) for staged in chosen if staged.path]
        changes = {staged.name: staged.changes for staged in chosen if staged.changes}
        folder, by = self.folders.uploads, name_of(request)

        def job(told: Progress) -> BuildReport:
            given = (told, self.encoder())
            return take_in(uploads, folder, self.live.path, *given, by=by, changes=changes)

        def ended(report: BuildReport) -> tuple[View, str]:
            taken = [staged for staged in chosen if staged.name in report.added]
            forget(taken)
            numbers = {staged.number for staged in taken}
            kept = tuple(staged for staged in view.staged if staged.number not in numbers)
            return closed(replace(view, staged=kept)), shown.taken(report, self.live.current(), view)

        if not uploads:
            yield self.unchanged()
            return
        yield from self.worked(view, sought, request, job, ended)

    def correct(self, doing: Doing) -> Callable[..., Updates]:
        """The event that opens a file that waits: to look at it, or with a form for what was read of it."""

        def opened(view: View, sought: str, event: gr.EventData, request: gr.Request) -> Updates:
            number = str(getattr(event, "number", ""))
            return self.page(replace(view, doing=doing, file=number), sought, request, "")

        return opened

    def keep(self, view: View, sought: str, event: gr.EventData, request: gr.Request) -> Iterator[Updates]:
        """What was corrected of a file that waits, which is then taken in where that was asked for; the form
        stays open where it cannot be kept."""
        number, sent = str(getattr(event, "number", "")), getattr(event, "values", None)
        values = sent if isinstance(sent, dict) else {}
        try:
            staged = tuple(corrected(one, values) if one.number == number else one for one in view.staged)
        except TiaowenError as error:
            yield self.told(shown.failure(error, view))
            return
        view = closed(replace(view, staged=staged))
        if values.get("then") != "take":
            yield self.page(view, sought, request, "")
        elif not self.may_edit(request):
            yield self.refused(view, sought, request)
        else:
            yield from self._taken(view, to_take(view, number, "given"), sought, request)


def _too_many(view: View, sent: int) -> str:
    words = document_words(view.language)
    return shown.failure(words.too_many.format(count=len(view.staged) + sent, most=MOST), view)
