"""The cards beside the chat: one for each citation of an answer, the quote marked in its clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

from pages.chat.conversation import Turn
from pages.common.markup import Span, attributes, marked, one_line, shortened
from pages.common.shelf import panel_head
from pages.common.standing import standing_tag
from pages.common.words import Words
from qa.printed import citation_line, place_of
from qa.records import Citation

CONTEXT = 80
"""Characters of the clause shown before and after the quote until the card is opened: about three lines."""
UNFOLDED = 8
"""Cards that stand open one below the other; more are folded by document."""
LONGEST_LINE = 60
"""Characters of a folded card's line."""
LONGEST_QUESTION_SHOWN = 160
HARDLY_MORE = 24
"""Folding away so few characters, less than a line, is not worth a click."""
# What a flattened table leaves at the end of each cell: 市水务局 |
_CELL_END = re.compile(r"([ \t]|</mark>)\|(?=\n|$|<)")
_SENTENCE_ENDS = "。；;！!？?\n"


def cards(turn: Turn, number: int, words: Words, chosen: int | None = None) -> str:
    """The panel for turn ``number`` (from 0), with the card of citation ``chosen`` picked out.

    Many cards are folded, each document's together.
    """
    citations = _shown(turn)
    title = words.nearest if turn.answer and turn.answer.abstained else words.sources
    short = one_line(shortened(turn.question, LONGEST_QUESTION_SHOWN))
    question = f'<p class="tw-for"><span>{escape(words.for_question)}</span>{short}</p>'
    count = words.sources_count.format(count=len(citations)) if citations else ""
    if len(citations) > UNFOLDED:
        body = _by_document(citations, words, chosen)
    else:
        body = "".join(_card(citation, words, citation.number == chosen) for citation in citations)
    if not citations and turn.complete:
        body = f'<p class="tw-empty">{escape(words.sources_none)}</p>'
    data = attributes(turn=number, copied=words.copied)
    return (
        f'<section class="tw-cards" aria-label="{escape(title)}"{data}>'
        f"{panel_head(title, count, words)}{question}{body}</section>"
    )


def _by_document(citations: Sequence[Citation], words: Words, chosen: int | None) -> str:
    """A fold for each document, the first open, its citations as lines that open to cards."""
    groups: dict[str, list[Citation]] = {}
    for citation in citations:
        groups.setdefault(citation.file, []).append(citation)
    parts: list[str] = []
    for group in groups.values():
        opened = " open" if not parts or any(one.number == chosen for one in group) else ""
        head = (
            f"<summary><h3>{one_line(group[0].title)}</h3>"
            f'<span class="tw-meta">{_meta(group[0], words)}'
            f"<span>{escape(words.sources_count.format(count=len(group)))}</span></span></summary>"
        )
        inside = "".join(_folded_card(one, words, one.number == chosen) for one in group)
        parts.append(f'<details class="tw-group"{opened}>{head}{inside}</details>')
    return "".join(parts)


def _folded_card(citation: Citation, words: Words, chosen: bool) -> str:
    clause = _clause(citation)
    name = citation.place[-1] if citation.place else citation.quote
    short = one_line(shortened(name, LONGEST_LINE))
    line = f'<span class="tw-number">{citation.number}</span><span>{short}</span>'
    return (
        f'<details class="tw-card{" tw-chosen" if chosen else ""}" id="card-{citation.number}" tabindex="-1"'
        f"{' open' if chosen else ''}><summary>{line}</summary>{_path(citation)}"
        f"<blockquote>{clause}</blockquote>{_actions(citation, words, 'tw-far' in clause)}</details>"
    )


def _shown(turn: Turn) -> list[Citation]:
    """The citations of the blocks shown so far; with the last block, all of them."""
    if turn.answer is None:
        return []
    if turn.complete:
        return list(turn.answer.citations)
    told = "".join(str(block) for block in turn.answer.blocks[: turn.shown])
    return [citation for citation in turn.answer.citations if f"[{citation.number}]" in told]


def _card(citation: Citation, words: Words, chosen: bool) -> str:
    clause = _clause(citation)
    page = f'<span class="tw-page">{one_line(words.page(citation.page))}</span>' if citation.page else ""
    return (
        f'<article class="tw-card{" tw-chosen" if chosen else ""}" id="card-{citation.number}" tabindex="-1">'
        f'<header><span class="tw-number">{citation.number}</span><div><h3>{one_line(citation.title)}</h3>'
        f'<p class="tw-meta">{_meta(citation, words)}{page}</p></div></header>{_path(citation)}'
        f"<blockquote>{clause}</blockquote>{_actions(citation, words, 'tw-far' in clause)}</article>"
    )


def _meta(citation: Citation, words: Words) -> str:
    """What tells its document from others: whether it holds, region, number."""
    number = one_line(citation.document_number or words.unnumbered)
    region = f'<span class="tw-region">{one_line(citation.region)}</span>' if citation.region else ""
    return f"{standing_tag(citation.standing)}{region}<span>{number}</span>"


def _path(citation: Citation) -> str:
    place = place_of(citation)
    return f'<p class="tw-path">{one_line(place)}</p>' if place else ""


def _clause(citation: Citation) -> str:
    """The clause with its quote marked; what is far from the quote is folded away."""
    text, at = citation.text, citation.clause_start
    span = Span(citation.start, citation.end)
    first, last = _near(text, span.start - at, span.end - at)
    before = (
        f'<span class="tw-far">{escape(text[:first])}</span><span class="tw-gap">……</span>' if first else ""
    )
    after = text[last:]
    after = (
        f'<span class="tw-gap">……</span><span class="tw-far">{escape(after)}</span>' if after.strip() else ""
    )
    return _CELL_END.sub(
        r'\1<span class="tw-bar">|</span>', before + marked(text[first:last], at + first, span) + after
    )


def _near(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch around a quote that is shown at first, from sentence to sentence where one is close by."""
    first = start - CONTEXT
    if first <= HARDLY_MORE:
        first = 0
    else:
        begins = [
            at + 1 for mark in _SENTENCE_ENDS if (at := text.find(mark, first, start - HARDLY_MORE)) >= 0
        ]
        first = min(begins, default=first)
    last = end + CONTEXT
    if len(text) - last <= HARDLY_MORE:
        return first, len(text)
    ends = [at + 1 for mark in _SENTENCE_ENDS if (at := text.find(mark, end, last)) >= 0]
    return first, max(ends, default=last)


def _actions(citation: Citation, words: Words, folds: bool) -> str:
    place = urlencode({"document": citation.file, "at": f"{citation.start}-{citation.end}"})
    read = attributes(file=citation.file, start=citation.start, end=citation.end)
    fold = attributes(more=words.show_whole, less=words.show_less)
    copy = attributes(copy=citation_line(citation), copied=words.copied)
    whole = escape(words.show_whole)
    folded = (
        f'<button type="button" class="tw-fold" aria-expanded="false"{fold}>{whole}</button>' if folds else ""
    )
    return (
        f'<footer><a class="tw-read" href="?{escape(place)}"{read}>{escape(words.open_document)}</a>{folded}'
        f'<button type="button" class="tw-copy"{copy}>{escape(words.copy_citation)}</button></footer>'
    )
