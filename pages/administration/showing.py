"""What every event of the administration needs: may the visitor, do it, tell what came of it, the page anew.

Each change is written to the log of changes with who made it.  No password is shown, kept or logged.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import gradio as gr

from index.build.change import Progress
from index.build.uploads import Folders
from index.errors import TiaowenError
from index.search.live import LiveIndex
from index.storage.journal import changed_by
from pages.administration.backups import backups_section
from pages.administration.changes import changes_section
from pages.administration.feedback import feedback_section
from pages.administration.shown import done, failure, heading, progress, tabs
from pages.administration.state import state_section
from pages.administration.users import users_section
from pages.administration.view import ASKS, SECTIONS, Asks, Server, View
from pages.administration.words import administration_words
from pages.common.background import Work
from pages.common.frame import FrameEvents, language_of, other
from web.access.door import may, name_of

log = logging.getLogger(__name__)

Updates = tuple[Any, ...]
"""view, head, heading, tabs, told, body"""
_changing = threading.Lock()
"""Changes of the users follow one another."""


class Refused(Exception):  # noqa: N818 - it is no error of the program
    """Why something was not done, in the visitor's language."""


class Showing:
    """The page over one index, its folders and its server; safe between threads."""

    def __init__(self, live: LiveIndex, folders: Folders, server: Server) -> None:
        self.live = live
        self.folders = folders
        self.server = server
        self._frame = FrameEvents(live, "administration")

    def open(self, view: View, event: gr.EventData, request: gr.Request) -> Updates:
        """Another section."""
        section = getattr(event, "section", "")
        return self._page(View(view.language, section if section in SECTIONS else "state"), request, "")

    def ask(self, view: View, event: gr.EventData, request: gr.Request) -> Updates:
        """A form or a question opened."""
        asks, of = getattr(event, "asks", ""), str(getattr(event, "of", ""))
        known: Asks | None = next((one for one in ASKS if one == asks), None)
        return self._page(replace(view, asks=known, of=of), request, "")

    def cancel(self, view: View, request: gr.Request) -> Updates:
        """What is open closed, and nothing changed."""
        return self._page(_closed(view), request, "")

    def switch(self, view: View, request: gr.Request) -> Updates:
        """The page in the other language."""
        return self._page(replace(view, language=other(view.language)), request, "")

    def arrive(self, request: gr.Request) -> Updates:
        """What an address asks for: ?lang=en, ?section=users."""
        section = request.query_params.get("section")
        return self._page(
            View(language_of(request), section if section in SECTIONS else "state"), request, ""
        )

    def read(self, view: View, event: gr.EventData) -> str:
        """The reader with the document that was clicked."""
        return self._frame.read(view.language, event)

    def changed(
        self,
        view: View,
        event: gr.EventData,
        request: gr.Request,
        change: Callable[[dict[str, str], str], str],
    ) -> Updates:
        """Do it where the visitor may, and tell what came of it."""
        if not may(request, "administrator"):
            return self._page(_closed(view), request, "")
        try:
            with _changing, changed_by(name_of(request)):
                told = change(_values(event), str(getattr(event, "of", "")))
        except Refused as refused:
            return self._told(failure(str(refused)))
        except KeyError:  # removed by somebody else meanwhile
            return self._page(_closed(view), request, failure(administration_words(view.language).failed))
        except TiaowenError as error:
            log.error("An administrator's change failed: %s", error)
            return self._told(_error(error, view))
        after = replace(_closed(view), turn=view.turn + 1)
        return self._page(after, request, done(told))

    def worked(self, view: View, request: gr.Request, job: Callable[[Progress], str]) -> Iterator[Updates]:
        """Run something long where the visitor may, telling how far it is, and then what it came to."""
        if not may(request, "administrator"):
            yield self._page(_closed(view), request, "")
            return
        who = name_of(request)

        def named(told: Progress) -> str:
            with changed_by(who):
                return job(told)

        work = Work(named)
        for step in work.steps():
            yield self._told(progress(step, view))
        try:
            told = work.result()
        except TiaowenError as error:
            log.error("An administrator's change failed: %s", error)
            yield self._page(_closed(view), request, _error(error, view))
            return
        yield self._page(_closed(view), request, done(told))

    def _page(self, view: View, request: gr.Request, told: str) -> Updates:
        """view, head, heading, tabs, told, body; for anybody else a sentence in their place."""
        words, head = administration_words(view.language), self._frame.head(view.language)
        if not may(request, "administrator"):
            return view, head, heading(words, words.only_administrators), "", "", ""
        try:
            body = self._body(view)
        except (TiaowenError, OSError) as error:
            log.error("The administration cannot be shown: %s", error)
            body = _error(error, view)
        return view, head, heading(words, words.lead), tabs(view, words), told, body

    def _body(self, view: View) -> str:
        index = self.live.current()
        if view.section == "users":
            return users_section(self.server, view)
        if view.section == "feedback":
            return feedback_section(index, view)
        if view.section == "changes":
            return changes_section(index, view)
        if view.section == "backups":
            return backups_section(index, view)
        return state_section(index, self.folders, self.server, view)

    def _told(self, told: str) -> Updates:
        return gr.skip(), gr.skip(), gr.skip(), gr.skip(), told, gr.skip()


def _error(error: Exception, view: View) -> str:
    words = administration_words(view.language)
    return failure(words.errors.get(type(error).__name__, words.failed))


def _closed(view: View) -> View:
    return replace(view, asks=None, of="")


def _values(event: gr.EventData) -> dict[str, str]:
    """The fields of a form, as far as they are text."""
    values = getattr(event, "values", None)
    given = values if isinstance(values, dict) else {}
    return {str(name): value for name, value in given.items() if isinstance(value, str)}
