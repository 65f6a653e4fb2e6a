"""What happens on the ledger page: filters changed, a file asked for, another language, an address opened.

The filters live in the session's state and everything shown is made from them.
"""

from __future__ import annotations

import logging
from html import escape
from typing import Any

import gradio as gr

from index.errors import TiaowenError
from index.search.index import Index
from index.search.live import LiveIndex
from pages.common.frame import FrameEvents, address_values, asked_values, intro, language_of, other
from pages.common.markup import download
from pages.common.words import Language
from pages.ledger.charts import MOST_BODIES, bodies_picture, due_picture, picture, targets_picture, undrawn
from pages.ledger.filters import Filters, described, filters_from, form, in_brief, tasks_of
from pages.ledger.table import Shown, problem, results
from pages.ledger.words import LedgerWords, ledger_words
from qa.ledger.files import ledger_csv, ledger_xlsx
from qa.ledger.table import counted, ordered
from qa.ledger.targets_by_topic import measures_on
from qa.ledger.tasks import Task, tasks_set

log = logging.getLogger(__name__)

Updates = tuple[Any, ...]


class LedgerEvents(FrameEvents):
    """The page's events over one index that may be rebuilt meanwhile; safe between threads."""

    def __init__(self, live: LiveIndex) -> None:
        super().__init__(live, "ledger")

    def filter(self, language: Language, event: gr.EventData) -> Updates:
        """What the form asks for → filters, results, pictures."""
        filters = filters_from(asked_values(event))
        return filters, *self.shown(filters, ledger_words(language))

    def shown(self, filters: Filters, words: LedgerWords) -> tuple[str, str]:
        """The results, and the pictures where they are looked at, else nothing in their place."""
        index = self.live.current()
        try:
            tasks = tasks_of(index, filters)
        except TiaowenError as error:
            log.info("The ledger cannot be filtered so: %s", error)
            return problem(words.cannot.format(asked=in_brief(filters))), ""
        table = results(Shown(filters, tasks, counted(tasks)), words)
        pictured = filters.view != "table" and tasks
        return table, _pictures(index, tasks, filters, words) if pictured else ""

    def export(self, filters: Filters, language: Language, event: gr.EventData) -> str:
        """The tasks that are shown, in the order that they are shown in, as the kind of file asked for."""
        words, index = ledger_words(language), self.live.current()
        try:
            found = tasks_of(index, filters)
        except TiaowenError:
            return ""  # the table says what is wrong
        tasks = ordered(found, filters.sort, descending=filters.descending)
        told = described(index, filters, words)
        if getattr(event, "kind", None) == "csv":
            return download(f"{words.file_name}.csv", ledger_csv(tasks, told))
        return download(f"{words.file_name}.xlsx", ledger_xlsx(tasks, told))

    def switch(self, filters: Filters, language: Language) -> Updates:
        """The page in the other language → what `arrive` gives."""
        return self.worded(filters, other(language))

    def arrive(self, request: gr.Request) -> Updates:
        """What an address asks for: ?region=宁武县&agency=…, ?lang=en → `worded` and the reader."""
        filters, language = filters_from(address_values(request)), language_of(request)
        return *self.worded(filters, language), self.opened(request, language)

    def worded(self, filters: Filters, language: Language) -> Updates:
        """Everything with words → language, head, intro, form, filters, and what `shown` gives."""
        words = ledger_words(language)
        entry = form(self.live.current(), filters, words, self.years())
        return language, self.head(language), intro(words), entry, filters, *self.shown(filters, words)

    def years(self) -> list[int]:
        """The years that any task is due in, ascending."""
        return sorted({year for task in tasks_set(self.live.current()) for year in task.years})


def _pictures(index: Index, tasks: list[Task], filters: Filters, words: LedgerWords) -> str:
    """The charts of these tasks; targets only where a topic says which may stand side by side."""
    bodies = words.picture_bodies.format(count=MOST_BODIES)
    drawn = [
        picture(words.picture_due, words.picture_due_hint, due_picture(tasks, words), words),
        picture(bodies, words.picture_bodies_hint, bodies_picture(tasks, words), words),
    ]
    if not filters.topic:
        return "".join(drawn) + f'<p class="tw-hint">{escape(words.picture_targets_none)}</p>'
    groups = measures_on(index, tasks, filters.topic)
    hint, left = words.picture_targets_hint, undrawn(groups)
    hint += f" {words.left_out.format(count=left)}" if left else ""
    heading = words.picture_targets.format(topic=filters.topic)
    return "".join((*drawn, picture(heading, hint, targets_picture(groups, words), words)))
