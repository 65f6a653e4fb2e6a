"""What an administrator is at: kept on the server, everything shown is made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from pages.common.words import Language
from web.access.door import Door

Section = Literal["state", "users", "feedback", "changes", "backups"]
SECTIONS: Final[tuple[Section, ...]] = get_args(Section)
Asks = Literal["remove", "password", "question", "come back", "go back"]
"""What a form or question is open for."""
ASKS: Final[tuple[Asks, ...]] = get_args(Asks)


@dataclass(frozen=True, slots=True)
class View:
    """The section that is looked at, and what is open in it: ``asks``, of the line named ``of``.

    ``turn`` counts what was done, so that a form that was sent is empty again.
    """

    language: Language = "zh"
    section: Section = "state"
    asks: Asks | None = None
    of: str = ""
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Server:
    """What the page tells of the server beside its library: its users, and the models that it was given."""

    door: Door
    llm: str = ""
    reranker: str = ""


def minute(at: str) -> str:
    """2026-11-30T09:30:12+08:00 → 2026-11-30 09:30"""
    return at[:16].replace("T", " ")
