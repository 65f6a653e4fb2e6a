"""What the pages beside the chat share: head, reader, downloads, and what stands in the page's own head.

Left out: what a page is about, and the chat, which has a frame of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Final

import gradio as gr

from index.search.index import Index
from index.search.live import LiveIndex
from pages.common.masthead import masthead
from pages.common.reader import opened_at
from pages.common.words import ZH, Language, Page, Texts, words_of

FOLDER: Final = Path(__file__).parents[1]
"""Where the pages' packages lie, each with its scripts and style sheets."""
FAVICON: Final = FOLDER / "common" / "favicon.svg"
FONTS: Final = ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif"]
"""What Chinese systems bring (macOS, Windows, Linux); nothing is fetched."""
PRIVATE: Final[dict[str, Any]] = {"api_visibility": "private", "show_progress": "hidden"}
"""How the pages' events run: without a name for other programs."""
QUICK: Final[dict[str, Any]] = {**PRIVATE, "queue": False}
"""The same, at once: before whatever waits."""
DIALOG: Final = '<dialog class="tw-reader" aria-labelledby="reader-title">${value}</dialog>'


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts of a page that are the same on each."""

    language: gr.State
    head: Any
    reader: gr.HTML
    file: Any


def script(name: str) -> str:
    """A script of a page's folder (``ledger/table``), for ``js_on_load``."""
    return (FOLDER / f"{name}.js").read_text(encoding="utf-8")


def clicks(*events: str) -> str:
    """The script for clicks that tell the server these events; gradio looks for their names in it."""
    return f"const events = {list(events)};\n{script('common/clicks')}"


def styles(*names: str) -> str:
    """Style sheets of the pages' folders (``ledger/ledger``), one after the other."""
    return "".join((FOLDER / f"{name}.css").read_text(encoding="utf-8") for name in names)


def page_head(*names: str) -> str:
    """What goes into a page's head: the common style sheets and its own, and the page's language."""
    style = styles("common/style", "common/sources", "common/reader", "common/nav", *names)
    return f'<style>{style}</style><script>document.documentElement.lang = "{ZH.html_lang}"</script>'


def begin(live: LiveIndex, current: Page) -> Frame:
    """The head of the page; to be called first inside its ``gr.Blocks``."""
    head = head_part(live.current(), current)
    return Frame(gr.State("zh"), head, reader_part(), download_part())


def part(value: str, elem_id: str, does: str | None = None) -> Any:
    """A part of the page, with the script that makes its clicks events; Any, since those have no types."""
    return gr.HTML(value, js_on_load=does, elem_id=elem_id, apply_default_css=False)


def head_part(index: Index, current: Page) -> Any:
    """The page's head with the way to the other pages."""
    return part(masthead(index, ZH, current=current), "masthead", script("common/masthead"))


def reader_part() -> gr.HTML:
    """Where documents are read, over the page."""
    opens = script("common/reader") + script("common/find")
    return gr.HTML("", html_template=DIALOG, js_on_load=opens, elem_id="reader", apply_default_css=False)


def download_part() -> Any:
    """What hands a made file to the browser; nothing of it is seen."""
    return part("", "download", script("common/download"))


def intro(words: Texts) -> str:
    """A page's name and what it is."""
    return f'<div class="tw-intro"><h2>{escape(words.title)}</h2><p>{escape(words.intro)}</p></div>'


class FrameEvents:
    """The events that are the same on each page; safe between threads."""

    def __init__(self, live: LiveIndex, current: Page) -> None:
        self.live = live
        self._current: Page = current

    def head(self, language: Language) -> str:
        """The head of the page in that language."""
        return masthead(self.live.current(), words_of(language), current=self._current)

    def read(self, language: Language, event: gr.EventData) -> str:
        """The reader with the document that was clicked, at the place that was clicked."""
        file, start, end = (getattr(event, name, None) for name in ("file", "start", "end"))
        return opened_at(self.live.current(), words_of(language), file, start, end)

    def opened(self, request: gr.Request, language: Language) -> Any:
        """The reader where the address asks for a document: ?document=…&at=120-180."""
        file, at = (request.query_params.get(name, "") for name in ("document", "at"))
        start, _, end = at.partition("-")
        return opened_at(self.live.current(), words_of(language), file, start, end) if file else gr.skip()


def language_of(request: gr.Request) -> Language:
    """The language that an address asks for: ?lang=en; Chinese for any other."""
    return "en" if request.query_params.get("lang") == "en" else "zh"


def other(language: Language) -> Language:
    """The language that is not this one."""
    return "zh" if language == "en" else "en"


def asked_values(event: gr.EventData) -> dict[str, list[str]]:
    """The fields that a form of the page sent, as `trigger('…', { values })` gives them."""
    values = getattr(event, "values", None)
    return texts_of(values) if isinstance(values, Mapping) else {}


def address_values(request: gr.Request) -> dict[str, list[str]]:
    """The fields that the page's address holds: ?region=宁武县&region=运城市."""
    values: dict[str, list[str]] = {}
    for name, value in getattr(request.query_params, "multi_items", request.query_params.items)():
        values.setdefault(name, []).append(value)
    return values


def texts_of(values: Mapping[object, object]) -> dict[str, list[str]]:
    """Only what is text, as the browser may send anything."""
    return {
        name: [text for text in texts if isinstance(text, str)]
        for name, texts in values.items()
        if isinstance(name, str) and isinstance(texts, Sequence) and not isinstance(texts, str)
    }


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
