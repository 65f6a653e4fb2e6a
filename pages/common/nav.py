"""The way from page to page, for the head of each; relative links hold behind any prefix.

The language goes along in the address."""

from __future__ import annotations

from html import escape
from typing import Final, Literal

Page = Literal["chat", "ledger", "compare", "documents"]

PAGES: Final[tuple[tuple[Page, str, str, str], ...]] = (
    ("chat", "", "问答", "Ask"),
    ("ledger", "ledger/", "任务台账", "Ledger"),
    ("compare", "compare/", "地区对比", "Compare"),
    ("documents", "documents/", "文件", "Documents"),
)
"""Each page's name, its path below the site's root, and what it is called in Chinese and English."""


def nav(current: Page, language: str) -> str:
    """The links to all pages, the current one marked; every page but the chat lies one folder down.

    The last leads to logging out; the style shows it only where a server has users.
    """
    up = "" if current == "chat" else "../"
    spoken = "?lang=en" if language == "en" else ""
    links = "".join(
        f'<a href="{up or "./"}{path}{spoken}"{_marked(name == current)}>'
        f"{escape(english if language == 'en' else chinese)}</a>"
        for name, path, chinese, english in PAGES
    )
    leave = "Log out" if language == "en" else "退出登录"
    links += f'<a class="tw-leave" href="{up}logout?lang={escape(language)}">{leave}</a>'
    return f'<nav class="tw-nav">{links}</nav>'


def _marked(current: bool) -> str:
    return ' aria-current="page"' if current else ""
