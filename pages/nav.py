"""The way from page to page, for the head of each; relative links hold behind any prefix."""

from __future__ import annotations

from html import escape
from typing import Final, Literal

from pages.markup import one_line

Page = Literal["chat", "ledger", "compare", "documents"]

PAGES: Final[tuple[tuple[Page, str, str, str], ...]] = (
    ("chat", "", "问答", "Ask"),
    ("ledger", "ledger/", "任务台账", "Ledger"),
    ("compare", "compare/", "地区对比", "Compare"),
    ("documents", "documents/", "文件", "Documents"),
)
"""Each page's name, its path below the site's root, and what it is called in Chinese and English."""


def nav(current: Page, language: str, user: str | None = None) -> str:
    """The links to all pages, the current one marked; every page but the chat lies one folder down.

    ``user`` is the name of who has logged in (`web.door.user_of`), which leads to logging out; None where
    nobody does.
    """
    up = "" if current == "chat" else "../"
    links = "".join(
        f'<a href="{up or "./"}{path}"{_marked(name == current)}>'
        f"{escape(english if language == 'en' else chinese)}</a>"
        for name, path, chinese, english in PAGES
    )
    if user is not None:
        leave = "Log out" if language == "en" else "退出登录"
        links += f'<a class="tw-user" href="{up}logout?lang={language}" title="{leave}">{one_line(user)}</a>'
    return f'<nav class="tw-nav">{links}</nav>'


def _marked(current: bool) -> str:
    return ' aria-current="page"' if current else ""
