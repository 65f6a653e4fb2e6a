"""The chat page: what stands on it, and which event changes what."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import gradio as gr

from index.search.live import LiveIndex
from pages.chat.events import Events, documents_in, example_messages, hint, placeholder, written_label
from pages.chat.exports import Keeping
from pages.chat.side_bar import side_bar_head
from pages.chat.talks import Current
from pages.common.frame import PRIVATE, QUICK, download_part, head_part, part, reader_part, script
from pages.common.shelf import shelf
from pages.common.words import ZH
from qa.question.places import all_regions
from qa.question.understand import LONGEST_QUESTION

if TYPE_CHECKING:
    from qa.llm.settings import Settings as LanguageModel
    from qa.search.rerank import Reranker

ASKING_AT_ONCE: Final = 8
"""Questions answered at the same time; on two cores more would only wait for each other."""
MOST_WAITING: Final = 200
"""Questions that may wait; at 15 ms each the last waits some seconds, and one more is told to come again."""

_ASKING: Final[dict[str, Any]] = {**PRIVATE, "concurrency_limit": ASKING_AT_ONCE, "concurrency_id": "ask"}
_FAILED: Final = "() => document.dispatchEvent(new Event('tiaowen-failed'))"


def chat_page(
    live: LiveIndex,
    longest: int = LONGEST_QUESTION,
    llm: LanguageModel | None = None,
    reranker: Reranker | None = None,
) -> gr.Blocks:
    """The page for an index that can be opened, for questions of up to ``longest`` characters.

    ``llm`` is the language model that may write the answers, ``reranker`` what puts the best clauses in its
    order; None for none.  Raises what `LiveIndex.current` raises.
    """
    index, events, keeping = live.current(), Events(live, longest, llm, reranker), Keeping(live)
    page: gr.Blocks
    with gr.Blocks(title=ZH.name, analytics_enabled=False, fill_width=True) as page:
        language, turns, sought = gr.State("zh"), gr.State(()), gr.State("")
        current: gr.State = gr.State(Current(""))
        stopped: gr.State = gr.State(set())  # runs to be stopped; one set a session, which its events share
        head = head_part(index, "chat")
        with gr.Row(elem_id="columns"):
            bar, listing = _side_bar()
            with gr.Column(scale=7, min_width=320, elem_id="talk"):
                chat = gr.Chatbot(
                    placeholder=placeholder(ZH), examples=example_messages(index), label=ZH.name, **_CHAT
                )
                box, send, stop = _asking()
                asking = part("", "waiting", script("chat/asking"))
                with gr.Accordion(ZH.filter_label, open=False, elem_id="narrow") as narrow, gr.Row():
                    regions = gr.Dropdown(
                        label=ZH.filter_regions, choices=list(all_regions(index)), **_FILTER
                    )
                    documents = gr.Dropdown(documents_in(index), label=ZH.filter_documents, **_FILTER)
                written = gr.Checkbox(
                    llm is not None, label=written_label(ZH, llm), visible=llm is not None, **_WRITTEN
                )
                with gr.Row(elem_id="below"):
                    below = part(hint(ZH), "hint", script("chat/answers"))
                    comment = gr.Textbox(show_label=False, placeholder=ZH.comment, **_COMMENT)
                    word = gr.Button(ZH.export_docx, elem_id="word", **_SMALL)
                    markdown = gr.Button(
                        ZH.export_markdown, size="sm", elem_id="markdown", scale=0, min_width=120
                    )
                    clear = gr.Button(ZH.clear_button, elem_id="clear", **_SMALL)
            with gr.Column(scale=5, min_width=300, elem_id="sources"):
                side = part(shelf(index, ZH), "cards", script("chat/cards"))
        reader = reader_part()
        file = download_part()

        talk, how = [chat, side, turns, current, listing, asking], [regions, documents, written]
        worded = [language, head, chat, side, box, send, below, clear]
        worded += [stop, narrow, regions, documents, comment, word, markdown, written, bar, listing]
        whose, which = [turns, current, language, sought], [current, language, sought]
        changing = [
            asking.act(events.act, [*whose, *how, stopped], talk, trigger_mode="multiple", **_ASKING),
            asking.clear(events.clear, [language, sought], [*talk, head], **QUICK),
            page.load(events.arrive, None, [*worded, current, turns, reader, asking], **QUICK),
        ]
        for change in changing:
            change.failure(None, js=_FAILED, api_visibility="private")
        asking.stop(events.stop, [stopped], None, **QUICK)
        bar.look(events.side_bar.look, [current, language], [listing, sought], **QUICK)
        bar.rename(events.side_bar.rename, which, [listing], **QUICK)
        bar.remove(events.side_bar.remove, which, [listing], **QUICK)
        bar.export(events.side_bar.export, [language], [file], **PRIVATE)
        # Queued, because what gr.Info says reaches the page no other way.
        comment.submit(keeping.comment, [comment, turns, language], [comment], **PRIVATE)
        word.click(partial(keeping.transcript, ending="docx"), [turns, language], [file], **PRIVATE)
        markdown.click(partial(keeping.transcript, ending="md"), [turns, language], [file], **PRIVATE)
        side.cite(events.choose, [turns, language], [side], **QUICK)
        side.export(keeping.export, [turns, language], [file], **QUICK)
        side.read(events.read, [language], [reader], **QUICK)
        head.read(events.read, [language], [reader], **QUICK)
        head.language(events.switch, whose, worded, **QUICK)
    page.queue(default_concurrency_limit=ASKING_AT_ONCE, max_size=MOST_WAITING)
    return page


def _side_bar() -> tuple[Any, Any]:
    """The side bar's head, and the list below it."""
    with gr.Column(scale=0, min_width=220, elem_id="history"):
        head = part(side_bar_head(ZH), "history-head", script("chat/side_bar"))
        return head, part("", "history-list")


def _asking() -> tuple[gr.Textbox, gr.Button, gr.Button]:
    """The box, and what sends and stops."""
    with gr.Row(elem_id="asking"):
        return (
            gr.Textbox(label=ZH.ask_label, placeholder=ZH.ask_placeholder, **_BOX),
            gr.Button(ZH.ask_button, variant="primary", elem_id="send", scale=0, min_width=88),
            gr.Button(ZH.stop, elem_id="stop", scale=0, min_width=72),
        )


_CHAT: Final[dict[str, Any]] = {
    "elem_id": "chat",
    "show_label": False,
    "container": False,
    "height": None,
    "buttons": [],
    "latex_delimiters": [],
    "allow_tags": False,
    "group_consecutive_messages": False,
    "layout": "bubble",
    "feedback_options": None,
    "autoscroll": False,  # answers.js shows an answer from its first line
}
"""Formulas are off because a $ is money; what a message may hold is HTML made by `conversation` alone."""

_BOX: Final[dict[str, Any]] = {
    "elem_id": "box",
    "interactive": True,
    "show_label": False,
    "container": False,
    "lines": 1,
    "max_lines": 6,
    "autofocus": True,
    "scale": 1,
}


_SMALL: Final[dict[str, Any]] = {"size": "sm", "scale": 0, "min_width": 88}

_FILTER: Final[dict[str, Any]] = {"multiselect": True, "value": [], "min_width": 200}

_WRITTEN: Final[dict[str, Any]] = {"elem_id": "written", "container": False, "interactive": True}

_COMMENT: Final[dict[str, Any]] = {
    "elem_id": "comment",
    "container": False,
    "lines": 1,
    "max_lines": 1,
    "min_width": 220,
    "scale": 1,
}
