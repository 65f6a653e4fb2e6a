"""What happens on the ledger page: filters changed, a file asked for, another language, an address opened.

The filters live in the session's state and everything shown is made from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any, Final

import gradio as gr

from index.errors import TiaowenError
from index.search.index import Index
from index.search.live import LiveIndex
from pages.common.frame import FrameEvents, address_values, asked_values, intro, language_of, other
from pages.common.markup import download, one_line
from pages.common.words import Language
from pages.ledger.charts import MOST_BODIES, bodies_picture, due_picture, targets_picture, undrawn
from pages.ledger.filters import Filters, described, filters_from, form, tasks_of
from pages.ledger.table import Shown, problem, results
from pages.ledger.words import LedgerWords, ledger_words
from qa.ledger.files import ledger_csv, ledger_xlsx
from qa.ledger.table import counted, ordered
from qa.ledger.targets_by_topic import measures_on
from qa.ledger.tasks import Task, tasks_set

Updates = tuple[Any, ...]
PICTURES: Final = 3


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with the words above it; None where there is nothing to draw."""

    heading: str
    hint: str
    figure: Any


class LedgerEvents(FrameEvents):
    """The page's events over one index that may be rebuilt meanwhile; safe between threads."""

    def __init__(self, live: LiveIndex) -> None:
        super().__init__(live, "ledger")

    def filter(self, language: Language, event: gr.EventData) -> Updates:
        """What the form asks for → filters, results, and the pictures."""
        filters = filters_from(asked_values(event))
        return filters, *self.shown(filters, ledger_words(language))

    def shown(self, filters: Filters, words: LedgerWords) -> Updates:
        """The results, and the pictures where they are looked at → results, pictures, both parts of each."""
        index = self.live.current()
        try:
            tasks = tasks_of(index, filters)
        except TiaowenError as error:
            return problem(str(error)), gr.update(visible=False), *[gr.skip()] * 2 * PICTURES
        table = results(Shown(filters, tasks, counted(tasks)), words)
        if filters.view == "table" or not tasks:
            return table, gr.update(visible=False), *[gr.skip()] * 2 * PICTURES
        drawn = _pictures(index, tasks, filters, words)
        parts = [part for picture in drawn for part in (_heading(picture, words), _plot(picture))]
        return table, gr.update(visible=True), *parts

    def export(self, filters: Filters, language: Language, event: gr.EventData) -> str:
        """The tasks that are shown, in the order that they are shown in, as the kind of file asked for."""
        words, index = ledger_words(language), self.live.current()
        try:
            found = tasks_of(index, filters)
        except TiaowenError:
            return ""  # the table says what is wrong
        tasks = ordered(found, filters.sort, descending=filters.descending)
        if getattr(event, "kind", None) == "csv":
            return download(f"{words.file_name}.csv", ledger_csv(tasks))
        return download(f"{words.file_name}.xlsx", ledger_xlsx(tasks, described(index, filters, words)))

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


def _pictures(index: Index, tasks: list[Task], filters: Filters, words: LedgerWords) -> list[Picture]:
    groups = measures_on(index, tasks, filters.topic) if filters.topic else []
    topic = words.picture_targets.format(topic=filters.topic or "—")
    hint = words.picture_targets_hint if filters.topic else words.picture_targets_none
    if left := undrawn(groups):
        hint = f"{hint} {words.left_out.format(count=left)}"
    return [
        Picture(words.picture_due, words.picture_due_hint, due_picture(tasks, words)),
        Picture(
            words.picture_bodies.format(count=MOST_BODIES),
            words.picture_bodies_hint,
            bodies_picture(tasks, words),
        ),
        Picture(topic, hint, targets_picture(groups, words)),
    ]


def _heading(picture: Picture, words: LedgerWords) -> str:
    empty = "" if picture.figure else f'<p class="tw-nothing">{escape(words.undrawn)}</p>'
    told = f"<h3>{one_line(picture.heading)}</h3><p>{escape(picture.hint)}</p>"
    return f'<div class="tw-picture">{told}{empty}</div>'


def _plot(picture: Picture) -> Any:
    return gr.update(value=picture.figure, visible=picture.figure is not None)
