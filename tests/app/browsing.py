"""What the browser tests share: the running app as a value, and asking as a person does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import TimeoutError


@dataclass(frozen=True, slots=True)
class App:
    """A running app: its address, its index, and the file its watcher notes outside addresses in."""

    url: str
    index: Path
    outside: Path


def settled(page) -> None:
    """Wait until what the page was doing has come to its end: an image that cannot load has said so by then.

    The page's own broken image is asked for last, so its error comes after those of all that went before.
    """
    page.evaluate(
        """() => new Promise(done => {
          const last = new Image();
          last.onerror = () => requestAnimationFrame(() => requestAnimationFrame(done));
          last.src = `${location.origin}/no-such-image`;
        })"""
    )


def ask(page, question: str) -> None:
    """Type, press Enter, wait for the whole answer.

    Enter within the instant in which an answer ends is not taken (the words stay in the box), so it is
    pressed again, as a person would.
    """
    asked, answered = page.locator("#chat .tw-question").count(), page.locator("#chat .tw-after").count()
    page.locator("#box textarea").fill(question)
    for _ in range(5):
        page.locator("#box textarea").press("Enter")
        try:
            page.locator("#chat .tw-question").nth(asked).wait_for(timeout=2000)
            break
        except TimeoutError:
            continue
    page.locator("#chat .tw-after").nth(answered).wait_for()
