"""Whether what the parsing process sent hangs together: its document, clauses and facts word for word.

A file that took the process over could answer for another document, or quote what stands nowhere.  Left out:
whether the values have their types (`messages`); whether the clauses are cut well, which nobody can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.records import Document, Parsed

_SHA256 = re.compile(r"[0-9a-f]{64}")
"""The hash of a file's bytes in hex: e3b0c44298fc1c149afbf4c8996fb924…"""


def fault_of(parsed: Parsed, name: str) -> str | None:
    """What is wrong with it as an answer for the document ``name``; None where nothing is."""
    return next(_faults(parsed, name), None)


def _faults(parsed: Parsed, name: str) -> Iterator[str]:
    document = parsed.document
    if document.file != name:
        yield "it answers for another document"
    if not _SHA256.fullmatch(document.source_hash):
        yield "the checksum is none"
    count = document.count
    if count and min(count.characters, count.lost, *(one.characters for one in count.left_out)) < 0:
        yield "the count of the file's characters is none"
    for field in document.fields:
        start, end = field.start, field.end
        if (start, end) != (None, None) and not _is_inside(document, start, end):
            yield f"the {field.name} lies outside the text"
    if len(parsed.facts) != len(parsed.clauses):
        yield "clauses and facts differ in number"
    for clause, facts in zip(parsed.clauses, parsed.facts, strict=False):
        for piece in (clause, *facts):
            inside = _is_inside(document, piece.start, piece.end)
            if not inside or document.text[piece.start : piece.end] != piece.text:
                yield f"clause {clause.ordinal} quotes what does not stand there"


def _is_inside(document: Document, start: int | None, end: int | None) -> bool:
    return start is not None and end is not None and 0 <= start <= end <= len(document.text)
