"""Text → HTML that is only text.

``gr.HTML`` sanitises nothing, so everything that comes from a document, a file's name or a question passes
through here.  Left out: which element it goes into.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from uuid import uuid4

from index.records import Agency, Deadline, Fact

# Blank lines would end an HTML block of Markdown; line breaks are shown as such: a⏎⏎b
_BREAKS = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` of a document's clean text, end exclusive; they are marked."""

    start: int
    end: int


def one_line(text: str) -> str:
    """Escaped, with line breaks as blanks."""
    return escape(_BREAKS.sub(" ", text.strip()))


def with_breaks(text: str) -> str:
    """Escaped, with each run of line breaks as one ``<br>``."""
    return "<br>".join(escape(line) for line in _BREAKS.split(text.strip()))


def marked(text: str, start: int, span: Span | None, facts: Sequence[Fact] = ()) -> str:
    """Escaped, with the part inside ``span`` in ``<mark>`` and each fact's words in a span of its kind.

    ``text`` begins at ``start`` of its document.  Where two facts share words, the one that begins first has
    them; a fact that is partly cited is told in two parts.
    """
    first = min(max(span.start - start, 0), len(text)) if span else 0
    last = min(max(span.end - start, first), len(text)) if span else 0
    if not text[first:last].strip():
        return _facts_marked(text, 0, len(text), start, facts)
    before, cited, after = (
        _facts_marked(text, begin, end, start, facts)
        for begin, end in ((0, first), (first, last), (last, len(text)))
    )
    return f"{before}<mark>{cited}</mark>{after}"


def _facts_marked(text: str, begin: int, end: int, start: int, facts: Sequence[Fact]) -> str:
    """The characters ``begin`` to ``end`` of the text, the facts among them marked."""
    parts: list[str] = []
    told = begin
    for fact in sorted(facts, key=lambda fact: fact.start):
        first, last = max(fact.start - start, told), min(fact.end - start, end)
        if first < last:
            words = escape(text[first:last])
            parts += [escape(text[told:first]), f'<span class="tw-fact tw-{kind_of(fact)}">{words}</span>']
            told = last
    return "".join((*parts, escape(text[told:end])))


def kind_of(fact: Fact) -> str:
    """The class of a fact's words: agency, due or figure."""
    if isinstance(fact, Agency):
        return "agency"
    return "due" if isinstance(fact, Deadline) else "figure"


def attributes(**values: str | int) -> str:
    """`` data-file="…"``: data attributes, escaped, names with ``_`` for ``-``."""
    return "".join(
        f' data-{name.replace("_", "-")}="{escape(str(value), quote=True)}"' for name, value in values.items()
    )


def button(told: str, css: str = "", more: str = "", **data: str | int) -> str:
    """A button that says ``told``, with the classes ``css``, further attributes as HTML, and its data."""
    classes = f' class="{css}"' if css else ""
    return f'<button type="button"{classes}{more}{attributes(**data)}>{escape(told)}</button>'


def shortened(text: str, most: int, ending: str = "…") -> str:
    """The text, or its first ``most`` characters and the ending."""
    return text if len(text) <= most else f"{text[:most]}{ending}"


def download(name: str, content: bytes) -> str:
    """A file in an element of which the browser makes a download; nothing stays on this machine, and each
    differs from the one before, so that the same file can be had twice."""
    held = b64encode(content).decode()
    return f"<i{attributes(name=name, content=held, opening=uuid4().hex)}></i>"
