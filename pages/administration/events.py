"""What happens on the page of the administration; here what concerns the library as a whole.

Every event asks again whether its visitor may.
"""

from __future__ import annotations

from collections.abc import Iterator

import gradio as gr

from index.build.backup import backup_named, come_back, make_backup
from index.build.change import Progress
from index.check.verify import restore
from pages.administration.feedback_events import FeedbackEvents
from pages.administration.showing import Updates
from pages.administration.view import View
from pages.administration.words import administration_words


class AdministrationEvents(FeedbackEvents):
    """All events of the page."""

    def goback(self, view: View, event: gr.EventData, request: gr.Request) -> Updates:
        """The version before current again."""

        def change(values: dict[str, str], of: str) -> str:
            number = restore(self.live.path)
            return administration_words(view.language).went_back.format(number=number)

        return self.changed(view, event, request, change)

    def backup(self, view: View, request: gr.Request) -> Iterator[Updates]:
        """A backup made now."""

        def job(told: Progress) -> str:
            made = make_backup(self.folders, self.live.path, told)
            return administration_words(view.language).backup_made.format(name=made.name)

        yield from self.worked(view, request, job)

    def comeback(self, view: View, event: gr.EventData, request: gr.Request) -> Iterator[Updates]:
        """The library as a backup has it."""
        of = str(getattr(event, "of", ""))

        def job(told: Progress) -> str:
            path = backup_named(self.live.path, of)
            report = come_back(path, self.folders, self.live.path, told, self.live.current().encoder)
            words = administration_words(view.language)
            return words.came_back.format(documents=report.documents, clauses=report.clauses)

        yield from self.worked(view, request, job)
