"""What happens on the chat page: a question, a click on a citation, a document opened, another language.

The conversation lives in the session's state and everything shown is made from it, so that a change of
language or of the answer looked at only shows it anew.  Left out: how a question is answered (``qa.ask``)
and where things stand on the page (`chat`).
"""

from __future__ import annotations

import itertools
import logging
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import gradio as gr
from gradio.components.chatbot import ExampleMessage

from index.errors import QuestionError, TiaowenError
from index.live import LiveIndex
from index.opened import Index
from pages.cards import cards
from pages.conversation import Turn, earlier_questions, messages
from pages.examples import examples
from pages.markup import attributes
from pages.masthead import masthead
from pages.reader import message, place_from, reader
from pages.shelf import shelf
from pages.words import Language, Words, words_of
from qa.asking import ask
from qa.ledger_files import ledger_xlsx
from qa.question import LONGEST_QUESTION
from qa.tasks import tasks_cited
from web.logs import questions

log = logging.getLogger(__name__)

Turns = tuple[Turn, ...]
Updates = tuple[Any, ...]
"""One value for each component that an event changes, in the order in which `chat` names them."""


class Events:
    """The page's events over one index that may be rebuilt meanwhile; safe between threads."""

    def __init__(self, live: LiveIndex, longest: int = LONGEST_QUESTION) -> None:
        """``longest``: characters that a question may have."""
        self._live = live
        self._longest = longest
        self._openings = itertools.count(1)

    def respond(self, question: str, turns: Turns, language: Language) -> Iterator[Updates]:
        """Answer block by block → chat, cards, box, turns; what cannot be asked stays in its box.

        The box is emptied at once and then left alone, since the next question may be on its way into it.
        """
        words = words_of(language)
        if question.strip() and len(question) <= self._longest:
            yield self._told((*turns, Turn(question)), words, box="")
        turn = self._answered(question, turns)
        if turn.answer is None:
            yield self._told((*turns, turn), words, box=question)
            return
        for shown in range(1, max(len(turn.answer.blocks), 1) + 1):
            yield self._told((*turns, replace(turn, shown=shown)), words)

    def respond_to_example(self, turns: Turns, language: Language, event: gr.SelectData) -> Iterator[Updates]:
        """Answer the example question that was clicked → chat, cards, box, turns."""
        yield from self.respond(str(event.value["text"]), turns, language)

    def respond_afresh(self, turns: Turns, language: Language, event: gr.EventData) -> Iterator[Updates]:
        """Answer a turn's question again, with nothing taken over → chat, cards, box, turns."""
        number = getattr(event, "turn", None)
        if isinstance(number, int) and 0 <= number < len(turns):
            words, question = words_of(language), turns[number].question
            turn = replace(self._answered(question, ()), afresh=True)
            for shown in range(1, max(len(turn.answer.blocks) if turn.answer else 0, 1) + 1):
                yield self._told((*turns, replace(turn, shown=shown)), words)

    def export(self, turns: Turns, language: Language, event: gr.EventData) -> str:
        """The clauses that an answer cites as a workbook, in an element that the browser makes a file of."""
        number = getattr(event, "turn", None)
        answer = turns[number].answer if isinstance(number, int) and 0 <= number < len(turns) else None
        if answer is None:
            return ""
        words = words_of(language)
        book = ledger_xlsx(tasks_cited(self._live.current(), answer), [(words.you, answer.query.question)])
        name = f"{words.export_name}-{number}.xlsx"
        return (
            f"<i{attributes(name=name, content=b64encode(book).decode(), opening=next(self._openings))}></i>"
        )

    def _answered(self, question: str, turns: Turns) -> Turn:
        if len(question) > self._longest:
            return Turn(question, problem="long", limit=self._longest)
        questions.info(question)
        try:
            answer = ask(question, history=earlier_questions(turns), index=self._live.current())
        except QuestionError:
            return Turn(question, problem="empty")
        except TiaowenError as error:
            log.error("A question could not be answered: %s", error)
            return Turn(question, failure=str(error))
        return Turn(question, answer)

    def _told(self, turns: Turns, words: Words, *, box: str | None = None) -> Updates:
        beside = self._beside(turns, len(turns) - 1, words)
        return messages(turns, words), beside, gr.skip() if box is None else box, turns

    def forget(self, language: Language) -> Updates:
        """Begin anew with the documents as they are now → chat, cards, box, turns, head."""
        words, index = words_of(language), self._live.current()
        chat = gr.update(value=[], examples=example_messages(index))
        return chat, shelf(index, words), "", (), masthead(index, words)

    def choose(self, turns: Turns, language: Language, event: gr.EventData) -> str:
        """The cards of the answer whose citation was clicked, that one picked out."""
        turn, number = (getattr(event, name, None) for name in ("turn", "number"))
        turn = turn if isinstance(turn, int) else len(turns) - 1
        return self._beside(turns, turn, words_of(language), number if isinstance(number, int) else None)

    def _beside(self, turns: Turns, number: int, words: Words, chosen: int | None = None) -> str:
        """The cards of a turn that was asked something; the documents where there is none."""
        if 0 <= number < len(turns) and turns[number].question.strip():
            return cards(turns[number], number, words, chosen)
        return shelf(self._live.current(), words)

    def read(self, language: Language, event: gr.EventData) -> str:
        """The reader with the document that was clicked, at the place that was clicked."""
        file, start, end = (getattr(event, name, None) for name in ("file", "start", "end"))
        return self._document(words_of(language), file, start, end)

    def _document(self, words: Words, file: object, start: object, end: object) -> str:
        """Each opening differs from the one before, so that the page opens the same place twice."""
        try:
            text = reader(self._live.current(), place_from(file, start, end), words)
        except TiaowenError as error:
            text = message(str(error), words)
        return f"{text}<!-- {next(self._openings)} -->"

    def switch(self, turns: Turns, language: Language) -> Updates:
        """The page in the other language → what `arrive` gives but the reader."""
        return self._worded(turns, "zh" if language == "en" else "en")

    def arrive(self, request: gr.Request) -> Updates:
        """What an address asks for: ?lang=en, ?document=…&at=120-180 → `_worded` and the reader."""
        asked = request.query_params
        language: Language = "en" if asked.get("lang") == "en" else "zh"
        start, _, end = asked.get("at", "").partition("-")
        file = asked.get("document")
        opened = self._document(words_of(language), file, start, end) if file else gr.skip()
        return *self._worded((), language), opened

    def _worded(self, turns: Turns, language: Language) -> Updates:
        """Everything with words → language, head, chat, cards, box, send, hint, clear."""
        words, index = words_of(language), self._live.current()
        chat = gr.update(
            value=messages(turns, words),
            placeholder=placeholder(words),
            examples=example_messages(index),
            label=words.name,
        )
        box = gr.update(label=words.ask_label, placeholder=words.ask_placeholder)
        return (
            language,
            masthead(index, words),
            chat,
            self._beside(turns, len(turns) - 1, words),
            box,
            words.ask_button,
            hint(words),
            words.clear_button,
        )


def placeholder(words: Words) -> str:
    """What stands in the empty chat, as Markdown."""
    return f"## {words.welcome}\n\n{words.welcome_more}"


def example_messages(index: Index) -> list[ExampleMessage]:
    """The example questions as gr.Chatbot takes them."""
    return [{"text": question} for question in examples(index)]


def hint(words: Words) -> str:
    """The line below the box; its text is the interface's own."""
    return f'<p class="tw-hint">{words.hint}</p>'
