"""How a page shows that a document does not hold today, and which others it stands in links with."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from index.search.index import Index
from index.search.links import Link
from index.search.standing import Standing
from pages.common.markup import attributes, one_line
from pages.common.words import Words


def standing_tag(standing: Standing | None) -> str:
    """已废止, the reason at hand; nothing where it holds or nothing tells."""
    if standing is None:
        return ""
    return f'<b class="tw-standing" lang="zh-CN" title="{escape(str(standing))}">{escape(standing.mark)}</b>'


def standing_notice(standing: Standing | None) -> str:
    """The same with its reason in the open, as the reader's head has it."""
    if standing is None:
        return ""
    return f'<p class="tw-standing" role="note" lang="zh-CN">{one_line(str(standing))}</p>'


def linked(index: Index, file: str, words: Words) -> str:
    """The documents that this one ends, changes or explains, and those that do so to it, to be opened."""
    lines = "".join(f"<li>{_line(index, file, link, words)}</li>" for link in index.links_of(file))
    return f'<ul class="tw-links">{lines}</ul>' if lines else ""


def _line(index: Index, file: str, link: Link, words: Words) -> str:
    said = words.links[link.kind] if link.file == file else words.linked[link.kind]
    other = index.info(link.other if link.file == file else link.file)
    place = {"document": other.file}
    at = attributes(file=other.file)
    if link.other == file and link.start is not None and link.end is not None:
        place["at"] = f"{link.start}-{link.end}"
        at = attributes(file=other.file, start=link.start, end=link.end)
    title = f'<a class="tw-read" href="../?{escape(urlencode(place))}"{at}>{one_line(other.title)}</a>'
    since = escape(words.link_since.format(day=link.since)) if link.since and link.repeals else ""
    return f"<span>{escape(said)}</span> {title} {since}"
