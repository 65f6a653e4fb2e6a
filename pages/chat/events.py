"""What happens on the chat page: a question, a click on a citation, a document opened, another language.

The conversation lives in the session's state and everything shown is made from it, so that a change of
language or of the answer looked at only shows it anew.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import gradio as gr
from gradio.components.chatbot import ExampleMessage

from index.search.index import Index
from index.search.live import LiveIndex
from pages.chat.answering import Answering, Scope
from pages.chat.asking import ARRIVED, told, wish_of
from pages.chat.cards import cards
from pages.chat.conversation import messages
from pages.chat.examples import examples
from pages.chat.past import kept
from pages.chat.steps import Standing, Steps, Turns
from pages.chat.stopping import Stopped, until_stopped
from pages.common.frame import FrameEvents, language_of, other
from pages.common.shelf import shelf
from pages.common.words import Language, Words, words_of
from qa.question.places import all_regions
from qa.question.understand import LONGEST_QUESTION
from web.access.door import user_of

if TYPE_CHECKING:
    from qa.llm.settings import Settings as LanguageModel
    from qa.search.rerank import Reranker

Chosen = Sequence[str] | None
"""What is chosen in a filter: names, nothing for all."""
Updates = tuple[Any, ...]
"""One value for each component that an event changes, in the order in which `chat` names them."""
_SHOWN: Final[Updates] = (gr.skip(), gr.skip(), gr.skip())
"""Chat, cards and turns as they are."""
_KEPT: Final = (gr.skip(), gr.skip())
"""Conversation and past as they are."""


class Events(FrameEvents):
    """The page's events over one index that may be rebuilt meanwhile; safe between threads."""

    def __init__(
        self,
        live: LiveIndex,
        longest: int = LONGEST_QUESTION,
        llm: LanguageModel | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        """``longest``: characters that a question may have; ``llm``: what may write the answers."""
        super().__init__(live, "chat")
        self._llm = llm
        self._steps = Steps(live, Answering(live, longest, llm, reranker))

    async def act(  # noqa: PLR0917 - gradio gives them by place
        self,
        turns: Turns,
        conversation: str,
        language: Language,
        regions: Chosen,
        documents: Chosen,
        written: bool,
        stopped: set[str],
        request: gr.Request,
        event: gr.EventData,
    ) -> AsyncIterator[Updates]:
        """What a person wants done with the conversation; the event says it.

        → chat, cards, turns, conversation, past, and how far it is.

        A run whose name comes into ``stopped`` leaves everything as it was.
        """
        wish, words = wish_of(event), words_of(language)
        scope = Scope(tuple(regions or ()), tuple(documents or ()), written)
        steps = ((step, self.shown(step.turns, words)) for step in self._steps.of(wish, turns, scope))
        standing, last = Standing(turns), _SHOWN
        try:
            async for step, shown in until_stopped(steps, lambda: wish.run in stopped):
                standing = step
                yield *shown, *_KEPT, told(wish.run, "begun")
            conversation = wish.conversation or conversation
            ended = told(wish.run, "over", standing.given)
        except Stopped:
            standing, last = Standing(turns), self.shown(turns, words)
            ended = told(wish.run, "stopped")
        stopped.clear()
        yield *last, conversation, kept(conversation, standing.turns, owner_of(request), words), ended

    def stop(self, stopped: set[str], event: gr.EventData) -> None:
        """Have the run that the event names end without an answer."""
        stopped.add(wish_of(event).run)

    def keep(self, turns: Turns, conversation: str, language: Language, request: gr.Request) -> str:
        """What the browser is to keep of the conversation, and whose it is now."""
        return kept(conversation, turns, owner_of(request), words_of(language))

    def shown(self, turns: Turns, words: Words) -> Updates:
        """The conversation as it stands now → chat, cards, turns."""
        beside = self._beside(turns, len(turns) - 1, words)
        return messages(turns, words, all_regions(self.live.current())), beside, turns

    def clear(self, language: Language, request: gr.Request, event: gr.EventData) -> Updates:
        """Begin anew with the documents as they are now → as `act`, and the head of the page."""
        words, index, conversation = words_of(language), self.live.current(), uuid4().hex
        chat = gr.update(value=[], examples=example_messages(index))
        past = kept(conversation, (), owner_of(request), words)
        over = told(wish_of(event).run, "over")
        return chat, shelf(index, words), (), conversation, past, over, self.head(language)

    def choose(self, turns: Turns, language: Language, event: gr.EventData) -> str:
        """The cards of the answer whose citation was clicked, that one picked out."""
        turn, number = (getattr(event, name, None) for name in ("turn", "number"))
        turn = turn if isinstance(turn, int) else len(turns) - 1
        return self._beside(turns, turn, words_of(language), number if isinstance(number, int) else None)

    def _beside(self, turns: Turns, number: int, words: Words, chosen: int | None = None) -> str:
        """The cards of a turn that was asked something; the documents where there is none."""
        if 0 <= number < len(turns) and turns[number].question.strip():
            return cards(turns[number], number, words, chosen)
        return shelf(self.live.current(), words)

    def switch(self, turns: Turns, conversation: str, language: Language, request: gr.Request) -> Updates:
        """The page in the other language → `_worded` and past."""
        language = other(language)
        return *self._worded(turns, language), self.keep(turns, conversation, language, request)

    def arrive(self, request: gr.Request) -> Updates:
        """What an address asks for: ?lang=en, ?document=…&at=120-180.

        → `_worded`, past, conversation, reader, and that the page listens.
        """
        language, conversation = language_of(request), uuid4().hex
        past = self.keep((), conversation, language, request)
        opened = self.opened(request, language)
        return *self._worded((), language), past, conversation, opened, told(ARRIVED, "over")

    def _worded(self, turns: Turns, language: Language) -> Updates:
        """Everything with words → language, head, chat, cards, box, send, hint, clear, and what narrows."""
        words, index = words_of(language), self.live.current()
        chat = gr.update(
            value=messages(turns, words, all_regions(index)),
            placeholder=placeholder(words),
            examples=example_messages(index),
            label=words.name,
        )
        box = gr.update(label=words.ask_label, placeholder=words.ask_placeholder)
        regions, documents = list(all_regions(index)), documents_in(index)
        return (
            language,
            self.head(language),
            chat,
            self._beside(turns, len(turns) - 1, words),
            box,
            words.ask_button,
            hint(words),
            words.clear_button,
            words.stop,
            gr.update(label=words.filter_label),
            gr.update(label=words.filter_regions, choices=regions),
            gr.update(label=words.filter_documents, choices=documents),
            gr.update(placeholder=words.comment),
            words.export_docx,
            words.export_markdown,
            gr.update(label=written_label(words, self._llm)),
        )


def owner_of(request: gr.Request) -> str:
    """The name of who sent a request, empty where nobody logs in."""
    return user_of(request).name or ""


def documents_in(index: Index) -> list[tuple[str, str]]:
    """The documents that can be chosen: title, file."""
    return [(info.title, info.file) for info in index.infos]


def written_label(words: Words, llm: LanguageModel | None) -> str:
    """What the box says by which a language model may write."""
    return words.written.format(model=llm.model if llm else "")


def placeholder(words: Words) -> str:
    """What stands in the empty chat, as Markdown."""
    return f"## {words.welcome}\n\n{words.welcome_more}"


def example_messages(index: Index) -> list[ExampleMessage]:
    """The example questions as gr.Chatbot takes them."""
    return [{"text": question} for question in examples(index)]


def hint(words: Words) -> str:
    """The line below the box; its text is the interface's own."""
    return f'<p class="tw-hint">{words.hint}</p>'
