"""The clauses of a document that another of the library has amended or deleted, as the reader marks them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from index.records import Clause
from index.search.amended import Change, article_of, articles_changed
from index.search.index import Index
from index.search.links import Link
from index.search.today import today
from pages.common.markup import attributes, one_line
from pages.common.words import Words


@dataclass(frozen=True, slots=True)
class Changed:
    """How a clause is marked: classes, and the note below it as HTML, empty below a part of an article."""

    css: str
    note: str


def changes_in(index: Index, file: str, clauses: Sequence[Clause], words: Words) -> dict[int, Changed]:
    """By a clause's ordinal what became of it; an article that stands twice in the document is not marked."""
    by_article = {
        change.article: (change, link)
        for link in index.links_of(file)
        if link.kind == "amends" and link.other == file and link.end is not None and _holds(link)
        for change in articles_changed(index.document(link.file).text, link.end)
    }
    if not by_article:
        return {}
    own = {clause.ordinal: article_of(clause.label or clause.text) for clause in clauses}
    count = Counter(own.values())
    marked: dict[int, Changed] = {}
    for clause in clauses:
        above = (article_of(heading) for heading in reversed(clause.path))
        article = own[clause.ordinal] or next(filter(None, above), None)
        if article in by_article and count[article] == 1:
            change, link = by_article[article]
            note = _note(index, change, link, words) if own[clause.ordinal] else ""
            marked[clause.ordinal] = Changed(f" tw-changed tw-{change.kind}", note)
    return marked


def _holds(link: Link) -> bool:
    """Whether what changes it holds by today."""
    return link.since is None or link.since <= today().isoformat()


def _note(index: Index, change: Change, link: Link, words: Words) -> str:
    place = urlencode({"document": link.file, "at": f"{change.start}-{change.end}"})
    at = attributes(file=link.file, start=change.start, end=change.end)
    title = one_line(index.info(link.file).title)
    by = f'<a class="tw-read" href="?{escape(place)}"{at}>{title}</a>'
    return f'<p class="tw-change-note" role="note">{escape(words.article[change.kind])} {by}</p>'
