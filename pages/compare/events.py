"""What happens on the comparison page: a topic asked, a file asked for, another language, an address opened.

What was asked lives in the session's state and everything shown is made from it.
"""

from __future__ import annotations

import logging
import threading
from typing import Any

import gradio as gr

from index.errors import TiaowenError
from index.search.live import LiveIndex
from pages.common.frame import FrameEvents, address_values, asked_values, intro, language_of, other
from pages.common.markup import download
from pages.common.words import Language
from pages.compare.form import Asked, asked_from, form
from pages.compare.table import results
from pages.compare.words import compare_words
from pages.ledger.charts import picture, targets_picture
from pages.ledger.table import problem
from pages.ledger.words import ledger_words
from qa.search.rerank import Reranker
from qa.topics.compare import Comparison, compare_topic, units_quoted
from qa.topics.files import comparison_csv, comparison_xlsx
from qa.topics.shared import SharedTopic, shared_topics

log = logging.getLogger(__name__)

Updates = tuple[Any, ...]


class CompareEvents(FrameEvents):
    """The page's events over one index that may be rebuilt meanwhile; safe between threads."""

    def __init__(self, live: LiveIndex, reranker: Reranker | None = None) -> None:
        super().__init__(live, "compare")
        self._reranker = reranker
        self._finding = threading.Lock()
        self._found: tuple[int, list[SharedTopic]] | None = None

    def compare(self, language: Language, event: gr.EventData) -> Updates:
        """What the form asks for → asked, results, picture."""
        asked = asked_from(asked_values(event))
        if not asked.topic:
            return asked, problem(compare_words(language).no_topic), ""
        return asked, *self.shown(asked, language)

    def shown(self, asked: Asked, language: Language) -> tuple[str, str]:
        """The comparison, and the picture of its figures where it has any → results, picture."""
        words, ledger = compare_words(language), ledger_words(language)
        if not asked.topic:
            return "", ""
        try:
            comparison = self._compared(asked)
        except TiaowenError as error:
            log.info("The topic cannot be compared: %s", error)
            return problem(ledger.cannot.format(asked="；".join((asked.topic, *asked.regions)))), ""
        drawn = targets_picture(units_quoted(comparison), ledger)
        told = picture(words.picture, words.picture_hint, drawn, ledger) if drawn else ""
        return results(comparison, words, ledger), told

    def _compared(self, asked: Asked) -> Comparison:
        return compare_topic(self.live.current(), asked.topic, asked.regions, reranker=self._reranker)

    def export(self, asked: Asked, language: Language, event: gr.EventData) -> str:
        """The comparison that is shown, as the kind of file asked for."""
        try:
            comparison = self._compared(asked)
        except TiaowenError:
            return ""  # the table says what is wrong
        name = compare_words(language).file_name
        if getattr(event, "kind", None) == "csv":
            return download(f"{name}.csv", comparison_csv(comparison))
        return download(f"{name}.xlsx", comparison_xlsx(comparison))

    def switch(self, asked: Asked, language: Language) -> Updates:
        """The page in the other language → what `arrive` gives."""
        return self.worded(asked, other(language))

    def arrive(self, request: gr.Request) -> Updates:
        """What an address asks for: ?topic=海绵城市&region=宁武县, ?lang=en → `worded` and the reader."""
        asked, language = asked_from(address_values(request)), language_of(request)
        return *self.worded(asked, language), self.opened(request, language)

    def worded(self, asked: Asked, language: Language) -> Updates:
        """Everything with words → language, head, intro, form, asked, and what `shown` gives."""
        words = compare_words(language)
        entry = form(self.live.current(), asked, self.topics(), words)
        return language, self.head(language), intro(words), entry, asked, *self.shown(asked, language)

    def topics(self) -> list[SharedTopic]:
        """The topics to choose from, found once for each generation of the index."""
        index = self.live.current()
        with self._finding:
            if self._found is None or self._found[0] != index.manifest.number:
                self._found = index.manifest.number, shared_topics(index)
            return self._found[1]
