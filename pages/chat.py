"""The chat page: what stands on it, and which event changes what.

Left out: what happens (`events`), how it looks (style.css), what the browser does by itself (*.js).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import gradio as gr

from index.live import LiveIndex
from pages.events import Events, example_messages, hint, placeholder
from pages.masthead import masthead
from pages.shelf import shelf
from pages.words import ZH
from qa.question import LONGEST_QUESTION

FOLDER: Final = Path(__file__).parent
FAVICON: Final = FOLDER / "favicon.svg"
ASKING_AT_ONCE: Final = 8
"""Questions answered at the same time; on two cores more would only wait for each other."""
MOST_WAITING: Final = 200
"""Questions that may wait; at 15 ms each the last waits some seconds, and one more is told to come again."""

FONTS: Final = ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif"]
"""What Chinese systems bring (macOS, Windows, Linux); nothing is fetched."""

_PRIVATE: Final[dict[str, Any]] = {"api_visibility": "private", "show_progress": "hidden"}
_QUICK: Final[dict[str, Any]] = {**_PRIVATE, "queue": False}
_ASKING: Final[dict[str, Any]] = {**_PRIVATE, "concurrency_limit": ASKING_AT_ONCE, "concurrency_id": "ask"}


def chat_page(live: LiveIndex, longest: int = LONGEST_QUESTION) -> gr.Blocks:
    """The page for an index that can be opened, for questions of up to ``longest`` characters.

    Raises what `LiveIndex.current` raises.
    """
    index, events = live.current(), Events(live, longest)
    page: gr.Blocks
    with gr.Blocks(title=ZH.name, analytics_enabled=False, fill_width=True) as page:
        language, turns = gr.State("zh"), gr.State(())
        head = gr.HTML(
            masthead(index, ZH), js_on_load=_script("masthead"), elem_id="masthead", apply_default_css=False
        )
        with gr.Row(elem_id="columns"):
            with gr.Column(scale=7, min_width=320, elem_id="talk"):
                chat = gr.Chatbot(
                    placeholder=placeholder(ZH), examples=example_messages(index), label=ZH.name, **_CHAT
                )
                with gr.Row(elem_id="asking"):
                    box = gr.Textbox(label=ZH.ask_label, placeholder=ZH.ask_placeholder, **_BOX)
                    send = gr.Button(ZH.ask_button, variant="primary", elem_id="send", scale=0, min_width=88)
                with gr.Row(elem_id="below"):
                    below = gr.HTML(hint(ZH), elem_id="hint", apply_default_css=False)
                    clear = gr.Button(ZH.clear_button, size="sm", elem_id="clear", scale=0, min_width=88)
            with gr.Column(scale=5, min_width=300, elem_id="sources"):
                side = gr.HTML(
                    shelf(index, ZH), js_on_load=_script("cards"), elem_id="cards", apply_default_css=False
                )
        reader = gr.HTML(
            "", html_template=_DIALOG, js_on_load=_script("reader"), elem_id="reader", apply_default_css=False
        )
        file = gr.HTML("", js_on_load=_script("download"), elem_id="download", apply_default_css=False)

        talk = [chat, side, box, turns]
        worded = [language, head, chat, side, box, send, below, clear]
        gr.on([box.submit, send.click], events.respond, [box, turns, language], talk, **_ASKING)
        chat.example_select(events.respond_to_example, [turns, language], talk, **_ASKING)
        clear.click(events.forget, [language], [*talk, head], **_QUICK)
        side.cite(events.choose, [turns, language], [side], **_QUICK)
        side.afresh(events.respond_afresh, [turns, language], talk, **_ASKING)
        side.export(events.export, [turns, language], [file], **_QUICK)
        side.read(events.read, [language], [reader], **_QUICK)
        head.read(events.read, [language], [reader], **_QUICK)
        head.language(events.switch, [turns, language], worded, **_QUICK)
        page.load(events.arrive, None, [*worded, reader], **_QUICK)
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
    "show_label": False,
    "container": False,
    "lines": 1,
    "max_lines": 6,
    "autofocus": True,
    "scale": 1,
}


def _script(name: str) -> str:
    return (FOLDER / f"{name}.js").read_text(encoding="utf-8")


def head() -> str:
    """What goes into the page's head: its style sheet, and its language before anything is said."""
    style = (FOLDER / "style.css").read_text(encoding="utf-8")
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
