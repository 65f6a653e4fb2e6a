"""What the browser tests share: the running app as a value, and asking as a person does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class App:
    """A running app: its address, its index, and the file its watcher notes outside addresses in."""

    url: str
    index: Path
    outside: Path


def ask(page, question: str) -> None:
    """Type, press Enter, wait for the whole answer."""
    answered = page.locator("#chat .tw-after").count()
    page.locator("#box textarea").fill(question)
    page.locator("#box textarea").press("Enter")
    page.locator("#chat .tw-after").nth(answered).wait_for()
