"""What the browser tests share: the running app as a value, and asking as a person does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

JOIN = "**/gradio_api/queue/join*"


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
    """Type, press Enter, wait for the whole answer."""
    answered = page.locator("#chat .tw-after").count()
    page.locator("#box textarea").fill(question)
    page.locator("#box textarea").press("Enter")
    page.locator("#chat .tw-after").nth(answered).wait_for()
    listening(page)


def listening(page) -> None:
    """Wait until the page does nothing and takes what is asked of it."""
    page.locator("body[data-chat=ready]").wait_for()


class Held:
    """Questions on their way to the server, held back until they are let go."""

    def __init__(self, page) -> None:
        self._page = page
        self._routes: list = []
        self._open = False
        page.route(JOIN, self._hold)

    def wait(self) -> None:
        """Until one is held."""
        for _ in range(700):
            if self._routes:
                return
            self._page.wait_for_timeout(20)
        raise AssertionError("no question was sent")

    def let_go(self) -> None:
        """Those held, and all that come from now on."""
        self._open = True
        for route in self._routes:
            route.continue_()

    def _hold(self, route) -> None:
        if self._open:
            route.continue_()
        else:
            self._routes.append(route)
