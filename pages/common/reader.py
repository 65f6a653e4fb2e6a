"""The reader: a whole document clause by clause, opened at a place, the cited words marked.

Every clause carries the anchor ``clause-N`` (its ordinal).  What cleaning took out is told at the end.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode
from uuid import uuid4

from index.clauses.coverage import coverage
from index.entries import DocumentInfo
from index.errors import SourceError, TiaowenError
from index.records import Clause, Document, Fact
from index.search.index import Index
from index.search.standing import Standing
from pages.common.changed import Changed, changes_in
from pages.common.left_out import left_out_part
from pages.common.markup import Span, attributes, button, marked, one_line
from pages.common.overview import CELL_ENDS, overview_part
from pages.common.standing import standing_notice
from pages.common.words import Words

OUTLINE_DEPTH = 2
"""Headings with at most so many above them are in the outline; deeper ones make it longer than the text."""
DEEPEST_HEADING = 6
"""The deepest heading element that HTML has."""


@dataclass(frozen=True, slots=True)
class Place:
    """A document, and the words of it to mark (None opens it at its beginning)."""

    file: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked: the words cited, and by a clause's ordinal the facts that it states and what another
    document changed of it."""

    span: Span | None
    facts: Mapping[int, tuple[Fact, ...]]
    changed: Mapping[int, Changed]


def place_from(file: object, start: object = None, end: object = None) -> Place:
    """A place as the browser names it; raises SourceError for anything that cannot be one."""
    if not isinstance(file, str) or not file:
        raise SourceError("No document is named.")
    try:
        span = Span(int(str(start)), int(str(end))) if start not in (None, "") else None
    except ValueError as error:
        raise SourceError(f"{start!r} to {end!r} is no place in {file!r}; give two offsets.") from error
    return Place(file, span)


def opened_at(index: Index, words: Words, file: object, start: object = None, end: object = None) -> str:
    """The reader at the place that the browser names, or why it cannot be; each opening differs from the one
    before, so that the page opens the same place twice."""
    try:
        text = reader(index, place_from(file, start, end), words)
    except TiaowenError as error:
        text = message(str(error), words)
    return f"{text}<!-- {uuid4().hex} -->"


def reader(index: Index, place: Place, words: Words) -> str:
    """The document as HTML; raises SourceError where the index does not hold it."""
    info = index.info(place.file)
    document = index.document(place.file)
    entries = index.entries_of(place.file)
    clauses = [entry.clause for entry in entries]
    ending = left_out_part(document, coverage(document, clauses), words)
    standing = index.standing(place.file)
    facts = {entry.clause.ordinal: entry.facts for entry in entries}
    marks = Marks(place.span, facts, changes_in(index, info.file, clauses, words))
    ended = " tw-ended" if standing else ""
    mark = attributes(mark=standing.mark) if standing else ""
    text = escape(words.whole_text)
    return (
        f'<article class="tw-document{ended}" lang="zh-CN"'
        f"{attributes(file=info.file, view='text' if place.span else 'overview')}>"
        f"{_head(info, standing, words)}{overview_part(index, info, clauses, words)}"
        f'<div class="tw-columns">{_outline(clauses, words)}'
        f'<div class="tw-text" tabindex="0" role="region" aria-label="{text}"{mark}>'
        f"{''.join(_body(document, clauses, marks, words))}{ending}</div></div></article>"
    )


def _head(info: DocumentInfo, standing: Standing | None, words: Words) -> str:
    facts = [
        (words.regions, info.region),
        (words.issuer, info.value("issuer")),
        (words.number, info.value("number")),
        (words.date, info.value("date")),
    ]
    told = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{one_line(value)}</dd></div>" for name, value in facts if value
    )
    count = escape(words.clause_count.format(count=info.clauses))
    return (
        f'<header class="tw-head"><div><p class="tw-kind">{escape(words.kinds[info.kind])} · {count}</p>'
        f'<h2 id="reader-title">{one_line(info.title)}</h2>{standing_notice(standing)}'
        f"<dl>{told}</dl></div>"
        f'<button type="button" class="tw-close" aria-label="{escape(words.close)}" '
        f'title="{escape(words.close)}">✕</button></header>{_tools(info, words)}'
    )


def _tools(info: DocumentInfo, words: Words) -> str:
    """What is done with the document: two views, finding in it, links, printing, its file (reader.js)."""
    views = "".join(
        button(said, "tw-view", ' aria-pressed="false"', view=view)
        for view, said in (("overview", words.overview), ("text", words.whole_text))
    )
    told = attributes(none=words.find_none, gone=words.original_gone, copied=words.link_copied)
    found = escape(words.find_in_text)
    original = f'<a class="tw-original" download href="original?{escape(urlencode({"document": info.file}))}"'
    return (
        f'<div class="tw-tools"{told}>'
        f'<span class="tw-views" role="group">{views}</span>'
        f'<span class="tw-find"><input type="search" aria-label="{found}" placeholder="{found}" '
        f'autocomplete="off"><output aria-live="polite"></output>'
        f"{_sign('tw-before', '↑', words.find_before)}{_sign('tw-next', '↓', words.find_next)}</span>"
        f"{_switches(words)}"
        f"{button(words.copy_link, 'tw-link')}{button(words.print, 'tw-print')}"
        f"{original}>{escape(words.original_file)}</a></div>"
    )


def _sign(css: str, sign: str, told: str) -> str:
    return button(sign, css, f' aria-label="{escape(told)}" title="{escape(told)}"')


def _switches(words: Words) -> str:
    """Whether bodies, times and figures are marked in the text; the browser switches them."""
    kinds = (("agency", words.mark_agency), ("due", words.mark_due), ("figure", words.mark_figure))
    boxes = "".join(
        f'<label class="tw-{kind}"><input type="checkbox" data-mark="{kind}" checked>{escape(told)}</label>'
        for kind, told in kinds
    )
    return f'<p class="tw-switches">{boxes}</p>'


def _outline(clauses: Sequence[Clause], words: Words) -> str:
    lines = [
        f'<li class="tw-level-{len(clause.path)}">'
        f'<a href="#clause-{clause.ordinal}">{one_line(clause.text.rstrip(CELL_ENDS))}</a></li>'
        for clause in clauses
        if clause.kind == "heading" and len(clause.path) <= OUTLINE_DEPTH
    ]
    if not lines:
        return ""
    return (
        f'<details class="tw-outline"><summary>{escape(words.outline)}</summary>'
        f"<nav><ul>{''.join(lines)}</ul></nav></details>"
    )


def _body(document: Document, clauses: Sequence[Clause], marks: Marks, words: Words) -> Iterator[str]:
    """The clauses in order; rows that follow each other on a page and share their columns are one table."""
    shown = None
    for (page, columns), group in itertools.groupby(
        clauses, key=lambda clause: (document.page_at(clause.start), _columns(clause))
    ):
        if page and page != shown:
            yield f'<p class="tw-page">{one_line(words.page(page))}</p>'
            shown = page
        if columns is None:
            yield from (_clause(clause, marks) for clause in group)
        else:
            yield _table(columns, list(group), marks)


def _columns(clause: Clause) -> tuple[str, ...] | None:
    if clause.kind != "row" or not clause.cells:
        return None
    return tuple(cell.column for cell in clause.cells)


def _clause(clause: Clause, marks: Marks) -> str:
    changed = marks.changed.get(clause.ordinal)
    css = f"tw-clause tw-{clause.kind}{_cited(clause, marks.span)}{changed.css if changed else ''}"
    opening, anchor = f'id="clause-{clause.ordinal}" class="{css}"', _anchor(clause)
    note = changed.note if changed else ""
    if clause.kind == "heading":
        level = min(len(clause.path) + 3, DEEPEST_HEADING)
        words = " ".join(marked(line.rstrip(CELL_ENDS), start, marks.span) for line, start in _lines(clause))
        return f"<h{level} {opening}>{words}{anchor}</h{level}>{note}"
    named = _named(clause)
    lines = [_line(line, start, named, marks, marks.facts[clause.ordinal]) for line, start in _lines(clause)]
    return f"<section {opening}>{''.join(f'<p>{line}</p>' for line in lines)}{note}{anchor}</section>"


def _anchor(clause: Clause) -> str:
    """Where in the document the clause stands, for links to it; seen when it is pointed at."""
    return (
        f'<a class="tw-anchor" tabindex="-1" aria-hidden="true" href="#"{attributes(at=_at_of(clause))}>¶</a>'
    )


def _at_of(clause: Clause) -> str:
    return f"{clause.start}-{clause.end}"


def _cited(clause: Clause, span: Span | None) -> str:
    return " tw-cited" if span and clause.start < span.end and span.start < clause.end else ""


def _lines(clause: Clause) -> Iterator[tuple[str, int]]:
    """The lines that are not blank, each with its offset in the document."""
    start = clause.start
    for line in clause.text.split("\n"):
        if line.strip(CELL_ENDS):
            yield line, start
        start += len(line) + 1


def _named(clause: Clause) -> int:
    """Where the clause's own number and heading end, as an offset in the document; its start without them."""
    end = 0
    for part in (clause.label, clause.heading):
        found = clause.text.find(part, end) if part else -1
        if part and 0 <= found - end <= 2:
            end = found + len(part)
    return clause.start + end


def _line(line: str, start: int, named: int, marks: Marks, facts: Sequence[Fact]) -> str:
    bold = min(max(named - start, 0), len(line))
    head = (
        f"<b>{marked(line[:bold], start, marks.span, _within(facts, start, start + bold))}</b>"
        if bold
        else ""
    )
    rest = _within(facts, start + bold, start + len(line))
    return head + marked(line[bold:], start + bold, marks.span, rest)


def _within(facts: Sequence[Fact], start: int, end: int) -> list[Fact]:
    return [fact for fact in facts if fact.start < end and start < fact.end]


def _table(columns: tuple[str, ...], rows: Sequence[Clause], marks: Marks) -> str:
    head = "".join(f'<th scope="col">{one_line(column)}</th>' for column in columns) if any(columns) else ""
    head = f"<thead><tr>{head}</tr></thead>" if head else ""
    body = "".join(
        f'<tr id="clause-{row.ordinal}" class="tw-clause tw-row{_cited(row, marks.span)}"'
        f"{attributes(at=_at_of(row))}>{_cells(row, marks)}</tr>"
        for row in rows
    )
    return f'<div class="tw-table"><table>{head}<tbody>{body}</tbody></table></div>'


def _cells(row: Clause, marks: Marks) -> str:
    facts = marks.facts[row.ordinal]
    cells = ((row.text[cell.start - row.start : cell.end - row.start], cell.start) for cell in row.cells)
    return "".join(f"<td>{marked(words, start, marks.span, facts)}</td>" for words, start in cells)


def message(text: str, words: Words) -> str:
    """The reader's place taken by a message, as for a document that is no longer there."""
    return (
        f'<article class="tw-document"><header class="tw-head"><p>{one_line(text)}</p>'
        f'<button type="button" class="tw-close" aria-label="{escape(words.close)}">✕</button>'
        "</header></article>"
    )
