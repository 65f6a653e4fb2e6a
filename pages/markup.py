"""Text → HTML that is only text.

``gr.HTML`` sanitises nothing, so everything that comes from a document, a file's name or a question passes
through here.  Left out: which element it goes into.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

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


def marked(text: str, start: int, span: Span | None) -> str:
    """Escaped, with the part inside ``span`` in ``<mark>``; ``text`` begins at ``start`` of its document."""
    if span is None:
        return escape(text)
    first = min(max(span.start - start, 0), len(text))
    last = min(max(span.end - start, first), len(text))
    if first == last or not text[first:last].strip():
        return escape(text)
    return f"{escape(text[:first])}<mark>{escape(text[first:last])}</mark>{escape(text[last:])}"


def attributes(**values: str | int) -> str:
    """`` data-file="…"``: data attributes, escaped, names with ``_`` for ``-``."""
    return "".join(
        f' data-{name.replace("_", "-")}="{escape(str(value), quote=True)}"' for name, value in values.items()
    )
