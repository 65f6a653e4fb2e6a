"""What a visitor of the documents page is at: kept on the server, everything shown is made from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.build.preview import Preview
from pages.common.words import Language

Doing = Literal["edit", "remove", "rebuild"]


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that was sent and waits: its preview and where its bytes lie, or why it cannot go in."""

    number: str
    name: str
    path: Path | None = None
    preview: Preview | None = None
    problem: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """One visitor's page: the files that wait, and the document whose form or question is open.

    ``received`` counts the files that were sent, so that the browser knows when to send the next.
    """

    language: Language = "zh"
    staged: tuple[Staged, ...] = ()
    received: int = 0
    doing: Doing | None = None
    file: str = ""
