"""The documents that are loaded, as lists: folded up in the head of the page, and beside the empty chat."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from index.entries import DocumentInfo
from index.search.index import Index
from index.search.standing import Standing
from pages.common.markup import attributes, one_line
from pages.common.standing import standing_tag
from pages.common.words import Words

LISTED = 300
"""Documents listed in the head of the page; ten thousand would be three megabytes at every visit."""
SHOWN_BESIDE = 12
"""Documents listed beside the empty chat; more would be a wall, and the head of the page lists all."""


def listed(index: Index, words: Words) -> str:
    """The documents, each a link into the reader."""
    return _list(index, words, LISTED)


def shelf(index: Index, words: Words) -> str:
    """What stands beside the empty chat: the first documents, and what will stand there instead."""
    count = words.document_count.format(count=len(index.infos))
    return (
        f'<section class="tw-cards tw-shelf"{attributes(turn=-1, copied=words.copied)}>'
        f"{panel_head(words.loaded, count, words)}"
        f'<p class="tw-for">{escape(words.sources_empty)}</p>'
        f'<div class="tw-card">{_list(index, words, SHOWN_BESIDE)}</div></section>'
    )


def _list(index: Index, words: Words, most: int) -> str:
    lines = "".join(_document(info, index.standing(info.file), words) for info in index.infos[:most])
    left = len(index.infos) - most
    more = f'<p class="tw-more">{escape(words.more_documents.format(count=left))}</p>' if left > 0 else ""
    return f"<ul>{lines}</ul>{more}"


def _document(info: DocumentInfo, standing: Standing | None, words: Words) -> str:
    region = f'<span class="tw-region">{one_line(info.region or words.no_region)}</span>'
    facts = [words.kinds[info.kind], info.value("number"), words.clause_count.format(count=info.clauses)]
    told = " · ".join(one_line(fact) for fact in facts if fact)
    place = escape(urlencode({"document": info.file}))
    return (
        f'<li><a class="tw-read" href="?{place}"{attributes(file=info.file)}>'
        f"{one_line(info.title)}</a><small>{standing_tag(standing)}{region} {told}</small></li>"
    )


def panel_head(title: str, count: str, words: Words) -> str:
    """The head of the panel, with what opens and closes it as a sheet on a telephone (cards.js)."""
    back = f'<button type="button" class="tw-back">‹ {escape(words.back_to_answer)}</button>'
    unfold = f'<button type="button" class="tw-unfold" aria-expanded="false" aria-label="{escape(title)}">'
    return f"<h2>{back}{escape(title)}<span>{escape(count)}</span>{unfold}▴</button></h2>"
