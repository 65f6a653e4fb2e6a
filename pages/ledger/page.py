"""The ledger page: what stands on it, and which event changes what."""

from __future__ import annotations

import gradio as gr

from index.search.live import LiveIndex
from pages.common.frame import QUICK, begin, intro, page_head, part, script
from pages.common.words import ZH as SITE
from pages.ledger.events import LedgerEvents
from pages.ledger.filters import Filters
from pages.ledger.words import ZH


def ledger_head() -> str:
    """What goes into the page's head."""
    return page_head("ledger/ledger", "ledger/charts")


def ledger_page(live: LiveIndex) -> gr.Blocks:
    """The page for an index that can be opened; raises what `LiveIndex.current` raises."""
    events = LedgerEvents(live)
    page: gr.Blocks
    with gr.Blocks(title=f"{ZH.title} · {SITE.name}", analytics_enabled=False, fill_width=True) as page:
        frame, filters = begin(live, "ledger"), gr.State(Filters())
        told = part(intro(ZH), "intro")
        entry = part("", "ledger-filters", script("ledger/filters"))
        results = part("", "ledger-results", script("ledger/table"))
        shown = [results, part("", "ledger-pictures")]
        worded = [frame.language, frame.head, told, entry, filters, *shown]
        entry.filter(events.filter, [frame.language], [filters, *shown], trigger_mode="always_last", **QUICK)
        results.export(events.export, [filters, frame.language], [frame.file], **QUICK)
        results.read(events.read, [frame.language], [frame.reader], **QUICK)
        frame.head.read(events.read, [frame.language], [frame.reader], **QUICK)
        frame.head.language(events.switch, [filters, frame.language], worded, **QUICK)
        page.load(events.arrive, None, [*worded, frame.reader], **QUICK)
    return page
