"""The frame of the server's own pages: plain HTML without a script, looking like the chat."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from pathlib import Path
from typing import Final

from web.plain_pages.words import WebWords

_STYLE: Final = (Path(__file__).parent / "frame.css").read_text(encoding="utf-8")
_ICON: Final = b64encode(
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
    b'<rect width="64" height="64" rx="13" fill="#b5372c"/>'
    b'<path d="M17 20h30M17 32h30M17 44h18" fill="none" stroke="#fff" stroke-width="5" '
    b'stroke-linecap="round"/></svg>'
).decode()


def framed(words: WebWords, title: str, inside: str, other_language: str, *, kind: str) -> str:
    """A whole page; ``inside`` is HTML, ``other_language`` the address of the page in the other language."""
    return (
        f'<!doctype html><html lang="{words.html_lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f'<link rel="icon" href="data:image/svg+xml;base64,{_ICON}">'
        f"<title>{escape(title)} · {escape(words.site)}</title><style>{_STYLE}</style></head>"
        f'<body class="{kind}"><header><span class="seal" aria-hidden="true">条</span>'
        f"<div><h1>{escape(words.site)}</h1><p>{escape(words.tagline)}</p></div>"
        f'<a class="language" href="{escape(other_language)}">{escape(words.other_language)}</a></header>'
        f"<main>{inside}</main></body></html>"
    )
