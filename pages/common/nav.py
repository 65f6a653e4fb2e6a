"""The way from page to page, for the head of each; relative links hold behind any prefix.

The language goes along in the address."""

from __future__ import annotations

from html import escape

from pages.common.words import Page, Words


def nav(current: Page, words: Words) -> str:
    """The links to all pages, the current one marked; every page but the chat lies one folder down.

    The last leads to logging out; the style shows it only where a server has users, and the one to the
    administration only to administrators.
    """
    up = "" if current == "chat" else "../"
    spoken = "?lang=en" if words.language == "en" else ""
    links = "".join(
        f'<a href="{up or "./"}{"" if page == "chat" else f"{page}/"}{spoken}"'
        f"{_marked(page == current)}{_hidden(page)}>{escape(called)}</a>"
        for page, called in words.pages.items()
    )
    links += f'<a class="tw-leave" href="{up}logout?lang={words.language}">{escape(words.leave)}</a>'
    return f'<nav class="tw-nav">{links}</nav>'


def _hidden(page: Page) -> str:
    """Marks the way that only administrators see; role.js shows it to them."""
    return ' class="tw-for-administrators"' if page == "administration" else ""


def _marked(current: bool) -> str:
    return ' aria-current="page"' if current else ""
