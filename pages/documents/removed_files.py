"""The documents that were taken out lately: when and by whom, put back or deleted for good."""

from __future__ import annotations

from html import escape
from pathlib import Path

from index.build.removals import KEPT_DAYS, Removed, removed
from index.errors import WriteError
from index.search.index import Index
from pages.common.markup import button, one_line
from pages.documents.view import View
from pages.documents.words import DocumentWords, document_words


def removals_list(index: Index, documents: Path, view: View) -> str:
    """What can be put back, latest first; nothing where there is none."""
    words, held = document_words(view.language), {info.file for info in index.infos}
    try:
        gone = [one for one in reversed(removed(documents)) if one.file not in held]
    except WriteError:
        return f'<p class="tw-doc-note tw-none">{escape(words.removals_damaged)}</p>'
    if not gone:
        return ""
    rows = "".join(_row(one, words) for one in gone)
    lead = escape(words.removed_lead.format(days=KEPT_DAYS))
    called = escape(words.removed_list.format(count=len(gone)))
    return (
        f'<details class="tw-gone" data-fold="gone"><summary>{called}</summary>'
        f'<p class="tw-doc-note">{lead}</p><ul class="tw-docs">{rows}</ul></details>'
    )


def _row(one: Removed, words: DocumentWords) -> str:
    who = words.removed_by.format(name=one.by, at=_minute(one.at)) if one.by else _minute(one.at)
    back = button(words.put_back, do="putback", file=one.file)
    forget = button(words.forget, "tw-danger", do="forget", file=one.file) if one.held else ""
    return (
        f'<li class="tw-doc-gone"><div class="tw-doc-what"><h3>{one_line(one.title)}</h3>'
        f'<p class="tw-doc-holds"><span>{escape(who)}</span><span class="tw-file">{one_line(one.file)}</span>'
        f"</p></div><footer>{back}{forget}</footer></li>"
    )


def _minute(at: str) -> str:
    """2026-11-30T09:30:12+08:00 → 2026-11-30 09:30"""
    return at[:16].replace("T", " ")
