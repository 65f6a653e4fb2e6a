"""The comparison page: what stands on it, and which event changes what."""

from __future__ import annotations

import gradio as gr

from index.search.live import LiveIndex
from pages.common.frame import QUICK, begin, intro, page_head, part, script
from pages.common.words import ZH as SITE
from pages.compare.events import CompareEvents
from pages.compare.form import Asked
from pages.compare.words import ZH
from qa.search.rerank import Reranker


def compare_head() -> str:
    """What goes into the page's head."""
    return page_head("ledger/ledger", "ledger/charts", "compare/compare")


def compare_page(live: LiveIndex, reranker: Reranker | None = None) -> gr.Blocks:
    """The page for an index that can be opened; raises what `LiveIndex.current` raises."""
    events = CompareEvents(live, reranker)
    page: gr.Blocks
    with gr.Blocks(title=f"{ZH.title} · {SITE.name}", analytics_enabled=False, fill_width=True) as page:
        frame, asked = begin(live, "compare"), gr.State(Asked())
        told = part(intro(ZH), "intro")
        entry = part("", "compare-form", script("compare/compare"))
        results = part("", "compare-results", script("compare/compare"))
        shown = [results, part("", "compare-pictures")]
        worded = [frame.language, frame.head, told, entry, asked, *shown]
        entry.compare(events.compare, [frame.language], [asked, *shown], trigger_mode="always_last", **QUICK)
        results.export(events.export, [asked, frame.language], [frame.file], **QUICK)
        results.read(events.read, [frame.language], [frame.reader], **QUICK)
        frame.head.read(events.read, [frame.language], [frame.reader], **QUICK)
        frame.head.language(events.switch, [asked, frame.language], worded, **QUICK)
        page.load(events.arrive, None, [*worded, frame.reader], **QUICK)
    return page
