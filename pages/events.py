"""What happens on the chat page: a question, a click on a citation, a document opened, another language.

The conversation lives in the session's state and everything shown is made from it, so that a change of
language or of the answer looked at only shows it anew.  Left out: how a question is answered (``qa.ask``)
and where things stand on the page (`chat`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.components.chatbot import ExampleMessage

from index.live import LiveIndex
from index.opened import Index
from pages.answering import Answering, Scope
from pages.cards import cards
from pages.conversation import Turn, messages
from pages.examples import examples
from pages.keeping import said_of
from pages.masthead import masthead
from pages.past import Past, past_list, readable, remembered
from pages.reader import opened_at
from pages.rewording import ASKED_WORDS, asking_for, in_region
from pages.shelf import shelf
from pages.words import Language, Words, words_of
from qa.feedback import VERDICTS, feedback_of
from qa.places import all_regions
from qa.question import LONGEST_QUESTION

if TYPE_CHECKING:
    from llm.settings import Settings as LanguageModel

Turns = tuple[Turn, ...]
Chosen = Sequence[str] | None
"""What is chosen in a filter: names, nothing for all."""
MANY = 10_000
"""More blocks than an answer has: all are shown."""
Updates = tuple[Any, ...]
"""One value for each component that an event changes, in the order in which `chat` names them."""


def changed(what: object, turn: Turn, chosen: int, regions: Sequence[str]) -> str | None:
    """The question that a link stands for: a suggestion, another region, another kind of answer."""
    assert turn.answer is not None
    if what == "suggest" and chosen < len(turn.suggested):
        return turn.suggested[chosen]
    if what == "region" and chosen < len(regions):
        return in_region(turn.answer.query, regions[chosen])
    kinds = list(ASKED_WORDS)
    return asking_for(turn.answer.query, kinds[chosen]) if what == "asked" and chosen < len(kinds) else None


class Events:
    """The page's events over one index that may be rebuilt meanwhile; safe between threads."""

    def __init__(
        self, live: LiveIndex, longest: int = LONGEST_QUESTION, llm: LanguageModel | None = None
    ) -> None:
        """``longest``: characters that a question may have; ``llm``: what may write the answers."""
        self._live = live
        self._llm = llm
        self._answering = Answering(live, longest, llm)
        self._feedback = feedback_of(live.path)

    def respond(  # noqa: PLR0917 - gradio gives them by place
        self,
        question: str,
        turns: Turns,
        language: Language,
        regions: Chosen = (),
        documents: Chosen = (),
        written: bool = False,
    ) -> Iterator[Updates]:
        """Answer block by block, or sentence by sentence where a model writes → chat, cards, box, turns.

        What cannot be asked stays in its box.  The box is emptied at once and then left alone,
        since the next question may be on its way into it.
        """
        words = words_of(language)
        if self._answering.takes(question):
            yield self.told((*turns, Turn(question)), words, box="")
        scope = Scope(tuple(regions or ()), tuple(documents or ()), written)
        first = 1
        for turn in self._answering.growing(question, turns, scope):
            if turn.answer is None:
                yield self.told((*turns, turn), words, box=question)
            elif turn.growing:
                yield self.told((*turns, turn), words)
                first = MANY  # what is whole then is shown at once
            else:
                blocks = max(len(turn.answer.blocks), 1)
                for shown in range(min(first, blocks), blocks + 1):
                    yield self.told((*turns, replace(turn, shown=shown)), words)

    def respond_to_example(  # noqa: PLR0917
        self,
        turns: Turns,
        language: Language,
        regions: Chosen,
        documents: Chosen,
        written: bool,
        event: gr.SelectData,
    ) -> Iterator[Updates]:
        """Answer the example question that was clicked → chat, cards, box, turns."""
        yield from self.respond(str(event.value["text"]), turns, language, regions, documents, written)

    def act(  # noqa: PLR0917
        self,
        turns: Turns,
        language: Language,
        regions: Chosen,
        documents: Chosen,
        written: bool,
        event: gr.EventData,
    ) -> Iterator[Updates]:
        """What a link in an answer does; the event names it, its turn and a value → as `respond`."""
        what, number, value = (getattr(event, name, None) for name in ("what", "turn", "value"))
        turn = turns[number] if isinstance(number, int) and 0 <= number < len(turns) else None
        if turn is None or not isinstance(number, int):
            return
        index, words = self._live.current(), words_of(language)
        chosen = value if isinstance(value, int) else 0
        if what == "edit":
            yield self.told(turns[:number], words, box=turn.question)
        elif what == "retry":
            yield from self.respond(turn.question, turns[:number], language, regions, documents, written)
        elif what == "afresh":
            begun = replace(self._answering.whole(turn.question, ()), afresh=True)
            yield self.told((*turns, replace(begun, shown=MANY)), words)
        elif what in VERDICTS and turn.answer:
            self._feedback.put(said_of(turn, what, index.manifest.number))
            marked = replace(turn, verdict=what)
            yield self.told((*turns[:number], marked, *turns[number + 1 :]), words)
        elif turn.answer and (question := changed(what, turn, chosen, all_regions(index))):
            yield from self.respond(question, turns, language, (), documents, written)

    def remember(self, turns: Turns, past: object, language: Language) -> tuple[Past, str]:
        """Keep the conversation's questions → past, its list."""
        kept = remembered(past, turns)
        return kept, past_list(kept, words_of(language))

    def reopen(self, past: object, language: Language, event: gr.EventData) -> Updates:
        """Ask the questions of a past conversation again → chat, cards, box, turns."""
        kept, number = readable(past), getattr(event, "number", None)
        turns: Turns = ()
        if isinstance(number, int) and 0 <= number < len(kept):
            for asked in kept[number]["questions"]:
                before = () if asked.get("afresh") else turns
                turn = replace(self._answering.whole(asked["text"], before), shown=MANY)
                turns = (*turns, replace(turn, afresh=bool(asked.get("afresh"))))
        return self.told(turns, words_of(language), box="")

    def told(self, turns: Turns, words: Words, *, box: str | None = None) -> Updates:
        """The conversation as it stands now → chat, cards, box, turns."""
        beside = self._beside(turns, len(turns) - 1, words)
        regions = all_regions(self._live.current())
        return messages(turns, words, regions), beside, gr.skip() if box is None else box, turns

    def forget(self, language: Language) -> Updates:
        """Begin anew with the documents as they are now → chat, cards, box, turns, head."""
        words, index = words_of(language), self._live.current()
        chat = gr.update(value=[], examples=example_messages(index))
        return chat, shelf(index, words), "", (), masthead(index, words, current="chat")

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
        return opened_at(self._live.current(), words_of(language), file, start, end)

    def switch(self, turns: Turns, language: Language) -> Updates:
        """The page in the other language → what `arrive` gives but the reader."""
        return self._worded(turns, "zh" if language == "en" else "en")

    def arrive(self, request: gr.Request) -> Updates:
        """What an address asks for: ?lang=en, ?document=…&at=120-180 → `_worded` and the reader."""
        asked = request.query_params
        language: Language = "en" if asked.get("lang") == "en" else "zh"
        start, _, end = asked.get("at", "").partition("-")
        file = asked.get("document")
        opened = opened_at(self._live.current(), words_of(language), file, start, end) if file else gr.skip()
        return *self._worded((), language), opened

    def _worded(self, turns: Turns, language: Language) -> Updates:
        """Everything with words → language, head, chat, cards, box, send, hint, clear, and what narrows."""
        words, index = words_of(language), self._live.current()
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
            masthead(index, words, current="chat"),
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
