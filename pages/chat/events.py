"""What happens on the chat page: a question, a click on a citation, a document opened, another language.

The conversation lives in the session's state and everything shown is made from it, so that a change of
language or of the answer looked at only shows it anew.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import gradio as gr
from anyio import to_thread
from gradio.components.chatbot import ExampleMessage

from index.search.index import Index
from index.search.live import LiveIndex
from pages.chat.answering import Answering
from pages.chat.asking import ARRIVED, told, wish_of
from pages.chat.cards import cards
from pages.chat.conversation import Message, Scope, Turns, messages
from pages.chat.examples import examples
from pages.chat.side_bar import side_bar_head
from pages.chat.side_bar_events import SideBarEvents
from pages.chat.steps import Standing, Steps
from pages.chat.stopping import Stopped, until_stopped
from pages.chat.talks import Current, begun
from pages.common.frame import FrameEvents, language_of, other
from pages.common.markup import attributes
from pages.common.shelf import shelf
from pages.common.words import Language, Words, words_of
from qa.question.places import all_regions
from qa.question.understand import LONGEST_QUESTION
from web.access.browsers import owner_of

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
"""Current conversation and side bar as they are."""


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
        self.side_bar = SideBarEvents(live, self._steps)

    async def act(  # noqa: PLR0917 - gradio gives them by place
        self,
        turns: Turns,
        current: Current,
        language: Language,
        sought: str,
        regions: Chosen,
        documents: Chosen,
        written: bool,
        stopped: set[str],
        request: gr.Request,
        event: gr.EventData,
    ) -> AsyncIterator[Updates]:
        """What a person wants done with the conversation; the event says it.

        → chat, cards, turns, current, side bar, and how far it is.

        A run whose name comes into ``stopped`` leaves everything as it was.
        """
        wish, words, owner = wish_of(event), words_of(language), owner_of(request)
        scope = Scope(tuple(regions or ()), tuple(documents or ()), written)
        start = await to_thread.run_sync(self.side_bar.begin, owner, wish, current, turns)
        steps = self._steps.of(start.wish, start.turns, scope) if start.steps is None else start.steps
        shown_steps = ((step, self.shown(step, words)) for step in steps)
        standing, last, current = Standing(start.turns), _SHOWN, start.current
        try:
            async for step, shown in until_stopped(shown_steps, lambda: wish.run in stopped):
                standing = step
                yield *shown, *_KEPT, told(wish.run, "begun")
            current = await to_thread.run_sync(self.side_bar.end, owner, start, standing.turns, words)
            ended = told(wish.run, "over", standing.given)
        except Stopped:
            standing = Standing(start.turns)
            last, ended = self.shown(standing, words), told(wish.run, "stopped")
        stopped.clear()
        listed = await to_thread.run_sync(self.side_bar.listed, owner, current, words, sought)
        yield *last, current, listed, ended

    def stop(self, stopped: set[str], event: gr.EventData) -> None:
        """Have the run that the event names end without an answer."""
        stopped.add(wish_of(event).run)

    def shown(self, standing: Standing, words: Words) -> Updates:
        """The conversation as it stands → chat, cards, turns."""
        turns = standing.turns
        at = standing.at if standing.at >= 0 else len(turns) - 1
        return self._messages(turns, words), self._beside(turns, at, words), turns

    def _messages(self, turns: Turns, words: Words) -> list[Message]:
        replies = self.side_bar.replies_to(turns)
        return messages(turns, words, all_regions(self.live.current()), replies)

    def clear(self, language: Language, sought: str, request: gr.Request, event: gr.EventData) -> Updates:
        """Begin anew with the documents as they are now → as `act`, and the head of the page."""
        words, index, current = words_of(language), self.live.current(), begun()
        owner = owner_of(request)
        welcome = placeholder(words, self.side_bar.replied(owner))
        chat = gr.update(value=[], examples=example_messages(index, language), placeholder=welcome)
        listed = self.side_bar.listed(owner, current, words, sought)
        over = told(wish_of(event).run, "over")
        return chat, shelf(index, words), (), current, listed, over, self.head(language)

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

    def switch(
        self, turns: Turns, current: Current, language: Language, sought: str, request: gr.Request
    ) -> Updates:
        """The page in the other language → `_worded` and side bar."""
        language, owner = other(language), owner_of(request)
        worded = self._worded(turns, language, self.side_bar.replied(owner))
        return *worded, self.side_bar.listed(owner, current, words_of(language), sought)

    def arrive(self, request: gr.Request) -> Updates:
        """What an address asks for: /c/CONVERSATION (which comes as ?c=CONVERSATION), ?lang=en,
        ?document=…&at=120-180.

        → `_worded`, side bar, current, turns, reader, and that the page listens.
        """
        language, owner = language_of(request), owner_of(request)
        words = words_of(language)
        came = self.side_bar.came_for(owner, request.query_params.get("c", ""), words)
        worded = self._worded(came.turns, language, self.side_bar.replied(owner))
        listed = self.side_bar.listed(owner, came.current, words)  # after that: by now its replies are seen
        opened, over = self.opened(request, language), told(ARRIVED, "over")
        return *worded, listed, came.current, came.turns, opened, over

    def _worded(self, turns: Turns, language: Language, replied: Sequence[str]) -> Updates:
        """Everything with words → language, head, chat, cards, box, send, hint, clear, what narrows, and the
        side bar's head; ``replied`` are conversations with a reply that was not seen."""
        words, index = words_of(language), self.live.current()
        chat = gr.update(
            value=self._messages(turns, words),
            placeholder=placeholder(words, replied),
            examples=example_messages(index, language),
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
            side_bar_head(words),
        )


def documents_in(index: Index) -> list[tuple[str, str]]:
    """The documents that can be chosen: title, file."""
    return [(info.title, info.file) for info in index.infos]


def written_label(words: Words, llm: LanguageModel | None) -> str:
    """What the box says by which a language model may write."""
    return words.written.format(model=llm.model if llm else "")


def placeholder(words: Words, replied: Sequence[str] = ()) -> str:
    """What stands in the empty chat, as Markdown, with the way to the first of the conversations that have a
    reply."""
    told = words.reply_came.format(count=len(replied)) if replied else ""
    came = f"\n\n[{told}](c/{quote(replied[0])})" if replied else ""
    return f"## {words.welcome}\n\n{words.welcome_more}{came}"


def example_messages(index: Index, language: Language = "zh") -> list[ExampleMessage]:
    """The example questions as gr.Chatbot takes them."""
    return [{"text": question} for question in examples(index, language)]


def hint(words: Words) -> str:
    """The line below the box, with what answers.js says; its text is the interface's own."""
    told = attributes(
        log=words.conversation, examples=words.examples, answered=words.answered, table=words.answered_table
    )
    return f'<p class="tw-hint"{told}>{words.hint}</p>'
