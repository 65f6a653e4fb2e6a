"""A clause whole, with the bodies, times and figures read from it marked, and the way to its place."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

from index.records import Fact
from pages.common.markup import attributes, kind_of, one_line
from qa.ledger.tasks import Task


def facts_marked(text: str, start: int, facts: Sequence[Fact]) -> str:
    """Escaped, each fact's words in a ``<mark>`` of its kind; ``text`` begins at ``start`` of its document.

    Where two facts share words, the one that begins first is marked.
    """
    parts: list[str] = []
    told = start
    for fact in sorted(facts, key=lambda fact: (fact.start, -fact.end)):
        if fact.start < told or fact.end > start + len(text):
            continue
        parts.append(escape(text[told - start : fact.start - start]))
        words = escape(text[fact.start - start : fact.end - start])
        parts.append(f'<mark class="tw-{kind_of(fact)}">{words}</mark>')
        told = fact.end
    return "".join((*parts, escape(text[told - start :])))


def task_marked(task: Task) -> str:
    """The clause of a task with its facts marked."""
    return facts_marked(
        task.quote.rstrip(), task.start, (*task.agencies, *task.deadlines, *task.targets, *task.money)
    )


def reading_link(file: str, start: int, end: int, told: str) -> str:
    """A link that opens the document at these words: here by a click, on the chat's page by its address."""
    place = urlencode({"document": file, "at": f"{start}-{end}"})
    return (
        f'<a class="tw-read" href="../?{escape(place)}"{attributes(file=file, start=start, end=end)}>'
        f"{one_line(told)}</a>"
    )
