"""What the server's tests share: a running application as a value, the users, and logging in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
from starlette.testclient import TestClient

PASSWORDS = {"张三": "海棠花开-2026", "reader": "only-to-read"}

Serving = Callable[..., TestClient]


@dataclass(frozen=True, slots=True)
class Process:
    """The application as a process; ``root`` is its address without the prefix, ``url`` with it."""

    root: str
    prefix: str
    log: Path

    @property
    def url(self) -> str:
        return self.root + self.prefix


def log_in(
    client: httpx.Client, name: str = "张三", password: str | None = None, **form: str
) -> httpx.Response:
    typed = {"name": name, "password": PASSWORDS[name] if password is None else password, **form}
    return client.post("/login", data=typed)
