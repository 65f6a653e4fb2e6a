"""The openai client for an endpoint that somebody named, whatever OpenAI's own variables hold.

It asks once, sends no header that is not needed, and reaches this machine without a proxy.  Left out: what is
asked, and what an error means.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from openai import OpenAI

_OF_THIS_MACHINE: Final = (
    *("Lang", "Package-Version", "OS", "Arch", "Runtime", "Runtime-Version"),
    *("Async", "Retry-Count", "Read-Timeout"),
)
SECONDS_TO_CONNECT: Final = 5.0
"""A server that is not there is known sooner than one that is slow."""


def openai_client(url: str, key: str, seconds: float) -> OpenAI:
    """A client of the endpoint at ``url``; ``seconds`` is how long it may be silent.

    Raises ModuleNotFoundError where the extra ``llm`` is not installed.
    """
    import openai  # noqa: PLC0415 - an extra, and a second

    return openai.OpenAI(
        base_url=url,
        api_key=key or "none",  # the client wants one; `headers` leaves it out
        max_retries=0,
        timeout=openai.Timeout(seconds, connect=min(SECONDS_TO_CONNECT, seconds)),
        http_client=openai.DefaultHttpxClient(trust_env=not _on_this_machine(url)),
    )


def headers(key: str) -> dict[str, Any]:
    """What is left out of each request: OpenAI's own headers, which tell of this machine's system and Python
    too, and where there is no key that of the key."""
    import openai  # noqa: PLC0415

    others = ("OpenAI-Organization", "OpenAI-Project", *(f"X-Stainless-{name}" for name in _OF_THIS_MACHINE))
    return dict.fromkeys(others if key else (*others, "Authorization"), openai.Omit())


def _on_this_machine(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
