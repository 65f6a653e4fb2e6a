"""The head of the page: name, one sentence, the documents that are loaded, language and light or dark."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from index.search.index import Index
from pages.common.markup import attributes, one_line
from pages.common.nav import nav
from pages.common.shelf import listed
from pages.common.words import Page, Words
from qa.question.places import all_regions

REGIONS_NAMED = 8
"""Regions named beside the counts; about one line at 1280 pixels."""


def masthead(index: Index, words: Words, *, current: Page) -> str:
    """The head of the page for the documents of this index; with the way to other pages from ``current``."""
    return (
        f'<header class="tw-masthead"{attributes(lang=words.html_lang)}>'
        f'<a class="tw-skip" href="#main">{escape(words.skip)}</a>'
        '<span class="tw-seal" aria-hidden="true">条</span>'
        f'<div class="tw-name"><h1>{escape(words.name)}</h1><p>{escape(words.tagline)}</p></div>'
        f"{nav(current, words)}"
        f'<div class="tw-controls">{_side_bar(words) if current == "chat" else ""}{_documents(index, words)}'
        f'<button type="button" class="tw-theme" aria-label="{escape(words.to_dark)}" '
        f'title="{escape(words.to_dark)}">◐</button>'
        f'<button type="button" class="tw-language">{escape(words.other_language)}</button></div></header>'
        f"{_damage(index, words)}"
    )


def _side_bar(words: Words) -> str:
    """What opens the chat's side bar (side_bar.js)."""
    return (
        f'<button type="button" class="tw-side-open" aria-expanded="false" aria-controls="history">'
        f'<i aria-hidden="true">☰</i><span>{escape(words.conversations)}</span></button>'
    )


def _damage(index: Index, words: Words) -> str:
    """A line in sight of everybody where an older generation answers; else nothing."""
    if not index.warning:
        return ""
    manifest = index.manifest
    said = words.index_damaged.format(number=manifest.number, made=manifest.made[:16].replace("T", " "))
    return f'<p class="tw-damaged" role="alert">{escape(said)}</p>'


def _documents(index: Index, words: Words) -> str:
    regions = all_regions(index)
    count = escape(words.document_count.format(count=len(index.infos)))
    if regions:
        count += f"<i> · {escape(words.region_count.format(count=len(regions)))}</i>"
    return (
        f'<details class="tw-documents"><summary><span>{count}</span>'
        f"<small>{_named(regions, words)}</small></summary>"
        f'<div class="tw-list"><h2>{escape(words.documents)}</h2>{listed(index, words)}</div>'
        "</details>"
    )


def _named(regions: Sequence[str], words: Words) -> str:
    named = "、".join(one_line(region) for region in regions[:REGIONS_NAMED])
    return f"{named} {escape(words.more_regions)}" if len(regions) > REGIONS_NAMED else named
