"""The chat page: what stands on it, and which event changes what.

Left out: what happens (`events`), how it looks (style.css), what the browser does by itself (*.js).
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import gradio as gr

from index.search.live import LiveIndex
from pages.chat.events import Events, documents_in, example_messages, hint, placeholder, written_label
from pages.chat.exports import Keeping
from pages.common.masthead import masthead
from pages.common.shelf import shelf
from pages.common.words import ZH
from qa.question.places import all_regions
from qa.question.understand import LONGEST_QUESTION

if TYPE_CHECKING:
    from qa.llm.settings import Settings as LanguageModel

FOLDER: Final = Path(__file__).parents[1]
"""Where the pages' packages lie, each with its scripts and style sheets."""
FAVICON: Final = FOLDER / "common" / "favicon.svg"
ASKING_AT_ONCE: Final = 8
"""Questions answered at the same time; on two cores more would only wait for each other."""
MOST_WAITING: Final = 200
"""Questions that may wait; at 15 ms each the last waits some seconds, and one more is told to come again."""

FONTS: Final = ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif"]
"""What Chinese systems bring (macOS, Windows, Linux); nothing is fetched."""

_PRIVATE: Final[dict[str, Any]] = {"api_visibility": "private", "show_progress": "hidden"}
_QUICK: Final[dict[str, Any]] = {**_PRIVATE, "queue": False}
_ASKING: Final[dict[str, Any]] = {**_PRIVATE, "concurrency_limit": ASKING_AT_ONCE, "concurrency_id": "ask"}
_FAILED: Final = "() => document.dispatchEvent(new Event('tiaowen-failed'))"


def chat_page(
    live: LiveIndex, longest: int = LONGEST_QUESTION, llm: LanguageModel | None = None
) -> gr.Blocks:
    """The page for an index that can be opened, for questions of up to ``longest`` characters.

    ``llm`` is the language model that may write the answers, None for none.  Raises what `LiveIndex.current`
    raises.
    """
    index, events, keeping = live.current(), Events(live, longest, llm), Keeping(live)
    page: gr.Blocks
    with gr.Blocks(title=ZH.name, analytics_enabled=False, fill_width=True) as page:
        language, turns, conversation = gr.State("zh"), gr.State(()), gr.State("")
        stopped: gr.State = gr.State(set())  # runs to be stopped; one set a session, which its events share
        head = gr.HTML(
            masthead(index, ZH, current="chat"),
            js_on_load=_script("common/masthead"),
            elem_id="masthead",
            apply_default_css=False,
        )
        with gr.Row(elem_id="columns"):
            with gr.Column(scale=7, min_width=320, elem_id="talk"):
                chat = gr.Chatbot(
                    placeholder=placeholder(ZH), examples=example_messages(index), label=ZH.name, **_CHAT
                )
                with gr.Row(elem_id="asking"):
                    box = gr.Textbox(label=ZH.ask_label, placeholder=ZH.ask_placeholder, **_BOX)
                    send = gr.Button(ZH.ask_button, variant="primary", elem_id="send", scale=0, min_width=88)
                    stop = gr.Button(ZH.stop, elem_id="stop", scale=0, min_width=72)
                asking = gr.HTML(
                    "", js_on_load=_script("chat/asking"), elem_id="waiting", apply_default_css=False
                )
                with gr.Accordion(ZH.filter_label, open=False, elem_id="narrow") as narrow, gr.Row():
                    regions = gr.Dropdown(
                        label=ZH.filter_regions, choices=list(all_regions(index)), **_FILTER
                    )
                    documents = gr.Dropdown(documents_in(index), label=ZH.filter_documents, **_FILTER)
                written = gr.Checkbox(
                    llm is not None, label=written_label(ZH, llm), visible=llm is not None, **_WRITTEN
                )
                with gr.Row(elem_id="below"):
                    below = gr.HTML(hint(ZH), elem_id="hint", apply_default_css=False)
                    comment = gr.Textbox(show_label=False, placeholder=ZH.comment, **_COMMENT)
                    word = gr.Button(ZH.export_docx, elem_id="word", **_SMALL)
                    markdown = gr.Button(
                        ZH.export_markdown, size="sm", elem_id="markdown", scale=0, min_width=120
                    )
                    clear = gr.Button(ZH.clear_button, elem_id="clear", **_SMALL)
            with gr.Column(scale=5, min_width=300, elem_id="sources"):
                side = gr.HTML(
                    shelf(index, ZH),
                    js_on_load=_script("chat/cards"),
                    elem_id="cards",
                    apply_default_css=False,
                )
                past = gr.HTML("", js_on_load=_script("chat/past"), elem_id="past", apply_default_css=False)
        reader = gr.HTML(
            "",
            html_template=_DIALOG,
            js_on_load=_script("common/reader"),
            elem_id="reader",
            apply_default_css=False,
        )
        file = gr.HTML("", js_on_load=_script("common/download"), elem_id="download", apply_default_css=False)

        talk, how = [chat, side, turns, conversation, past, asking], [regions, documents, written]
        worded = [language, head, chat, side, box, send, below, clear]
        worded += [stop, narrow, regions, documents, comment, word, markdown, written, past]
        whose = [turns, conversation, language]
        changing = [
            asking.act(events.act, [*whose, *how, stopped], talk, trigger_mode="multiple", **_ASKING),
            asking.clear(events.clear, [language], [*talk, head], **_QUICK),
            page.load(events.arrive, None, [*worded, conversation, reader, asking], **_QUICK),
        ]
        for change in changing:
            change.failure(None, js=_FAILED, api_visibility="private")
        asking.stop(events.stop, [stopped], None, **_QUICK)
        past.look(events.keep, whose, [past], **_QUICK)
        # Queued, because what gr.Info says reaches the page no other way.
        comment.submit(keeping.comment, [comment, turns, language], [comment], **_PRIVATE)
        word.click(partial(keeping.transcript, ending="docx"), [turns, language], [file], **_PRIVATE)
        markdown.click(partial(keeping.transcript, ending="md"), [turns, language], [file], **_PRIVATE)
        side.cite(events.choose, [turns, language], [side], **_QUICK)
        side.export(keeping.export, [turns, language], [file], **_QUICK)
        side.read(events.read, [language], [reader], **_QUICK)
        head.read(events.read, [language], [reader], **_QUICK)
        head.language(events.switch, whose, worded, **_QUICK)
    page.queue(default_concurrency_limit=ASKING_AT_ONCE, max_size=MOST_WAITING)
    return page


_DIALOG: Final = '<dialog class="tw-reader" aria-labelledby="reader-title">${value}</dialog>'

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


def _script(name: str) -> str:
    return (FOLDER / f"{name}.js").read_text(encoding="utf-8")


def head() -> str:
    """What goes into the page's head: its style sheets, and its language before anything is said."""
    style = "".join(
        (FOLDER / f"{name}.css").read_text(encoding="utf-8")
        for name in ("common/style", "chat/sources", "common/nav")
    )
    return f'<style>{style}</style><script>document.documentElement.lang = "{ZH.html_lang}"</script>'


def theme() -> gr.themes.Base:
    """Colours and fonts; those of the page's own parts are in style.css."""
    blue = gr.themes.Color(
        c50="#eef4fb",
        c100="#d9e6f5",
        c200="#b6cfeb",
        c300="#88b0dc",
        c400="#5a8fca",
        c500="#2f6fb3",
        c600="#1f5a99",
        c700="#194a80",
        c800="#163d69",
        c900="#133254",
        c950="#0c2038",
    )
    return gr.themes.Base(
        primary_hue=blue,
        secondary_hue=blue,
        neutral_hue="slate",
        radius_size="md",
        font=FONTS,
        font_mono=["Consolas", "monospace"],
    )
