"""Documents as the windows that a judge reads, and the words by which a window is found again.

The only module here that reads `index`.  A window is what the index encodes: its place (title and
headings) and at most 300 characters together.  Left out: questions (`groups`), the order of candidates
(`bigrams`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from index.clauses.windows import is_searched, windows
from index.parsing.parse import parse_file


@dataclass(frozen=True)
class Window:
    """One window: file's name, number of its clause there, where it stands, its text, and the clause's."""

    file: str
    clause: int
    heading: str
    text: str
    whole: str

    @cached_property
    def normal(self) -> str:
        """The window's text as `normal` gives it."""
        return normal(self.text)

    @cached_property
    def normal_whole(self) -> str:
        """The clause's text as `normal` gives it."""
        return normal(self.whole)

    def holds(self, evidence: str) -> bool:
        """Whether evidence (as `normal` gives it) stands here, whole or with one end of it."""
        if evidence in self.normal:
            return True
        ends = evidence[:14] in self.normal or evidence[-14:] in self.normal
        return ends and evidence in self.normal_whole


def normal(text: str) -> str:
    """Characters alone: full and half width are one, blanks are gone."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def windows_of(paths: Iterable[Path]) -> list[Window]:
    """The windows of files, in order.  Raises what `parse_file` raises where a file cannot be read."""
    found = []
    for path in paths:
        parsed = parse_file(path, path.parent)
        for clause in parsed.clauses:
            if is_searched(clause):
                for text in windows(parsed.document, clause):
                    heading, _, body = text.partition("\n")
                    found.append(Window(path.name, clause.ordinal, heading, body, clause.text))
    return found


def sentences(text: str) -> list[str]:
    """A text cut after 。；！？ and line breaks; joined again they are the text."""
    cut = [0]
    cut += [at + 1 for at, sign in enumerate(text) if sign in "。；！？\n" and at + 1 < len(text)]
    return [text[a:b] for a, b in zip(cut, [*cut[1:], len(text)], strict=True)]
