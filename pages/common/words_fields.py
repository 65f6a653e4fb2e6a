"""What the interface has words for; the words themselves are in ``words``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from index.records import DocumentKind, PageKind, PageStart
from qa.records import Asked

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Words:
    """Every text of the interface in one language; ``{…}`` are filled in where they are used."""

    language: Language
    html_lang: str
    name: str
    tagline: str
    other_language: str
    to_dark: str
    documents: str
    document_count: str
    region_count: str
    index_damaged: str
    more_regions: str
    clause_count: str
    no_region: str
    welcome: str
    welcome_more: str
    ask_label: str
    ask_placeholder: str
    ask_button: str
    clear_button: str
    hint: str
    you: str
    understood: str
    regions: str
    every_region: str
    elsewhere: str
    asked_for: str
    agency: str
    years: str
    terms: str
    inherited: str
    afresh: str
    go_on: str
    retry: str
    edit: str
    useful: str
    useless: str
    wrong: str
    comment: str
    thanks: str
    stop: str
    filter_label: str
    filter_regions: str
    filter_documents: str
    export_docx: str
    export_markdown: str
    transcript_name: str
    nothing_to_export: str
    past: str
    past_clear: str
    past_note: str
    more_items: str
    export: str
    export_name: str
    silent: str
    working: str
    writing: str
    written: str
    copy: str
    copied: str
    sources: str
    nearest: str
    sources_count: str
    sources_empty: str
    sources_none: str
    loaded: str
    more_documents: str
    for_question: str
    open_document: str
    copy_citation: str
    show_whole: str
    show_less: str
    close: str
    outline: str
    mark_agency: str
    mark_due: str
    mark_figure: str
    issuer: str
    number: str
    date: str
    unnumbered: str
    coverage: str
    shortfall: str
    shortfall_begins: str
    left_out_count: str
    left_out_place: str
    left_out_unplaced: str
    removed: str
    removed_none: str
    removed_count: str
    empty_question: str
    long_question: str
    shortened: str
    failed: str
    kinds: Mapping[DocumentKind, str]
    asked: Mapping[Asked, str]
    reasons: Mapping[str, str]
    page_kinds: Mapping[PageKind, str]

    def page(self, page: PageStart) -> str:
        """A page or sheet as it is named: 第3页, sheet 任务分工."""
        return self.page_kinds[page.kind].format(name=page.name)
