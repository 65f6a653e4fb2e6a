"""Sessions as signed cookies: who, until when, for which password.

Nothing is kept here but which were ended early.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import secrets
import threading
from dataclasses import dataclass
from typing import Final

COOKIE: Final = "tiaowen_session"
SESSION_SECONDS: Final = 12 * 60 * 60
"""A day at the office; then the password is asked for again."""
KEPT: Final = 2000
"""Sessions that are remembered to be shown; beyond it the one that was used longest ago is forgotten."""
LONGEST_COOKIE: Final = 4096
"""Characters; browsers keep no longer one."""


@dataclass(frozen=True, slots=True)
class Session:
    """``expires`` in seconds since 1970; ``stamp`` is the account's when the session began."""

    name: str
    stamp: str
    expires: int
    number: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A session that was used since the server started; times in seconds since 1970."""

    session: Session
    last: float

    @property
    def began(self) -> float:
        """When the user logged in."""
        return self.session.expires - SESSION_SECONDS


class Sessions:
    """Signs sessions, and knows which were used lately and which were ended by logging out."""

    def __init__(self) -> None:
        self._ended: dict[str, int] = {}
        self._seen: dict[str, Seen] = {}
        self._lock = threading.Lock()

    def note(self, session: Session, now: float) -> None:
        """That a session was used."""
        with self._lock:
            self._seen.pop(session.number, None)  # the latest last
            self._seen[session.number] = Seen(session, now)
            while len(self._seen) > KEPT:
                del self._seen[next(iter(self._seen))]

    def seen(self, now: float) -> list[Seen]:
        """The sessions that were used and go on, the latest used first."""
        with self._lock:
            held = list(self._seen.values())
        return [
            one
            for one in reversed(held)
            if now < one.session.expires and one.session.number not in self._ended
        ]

    def begin(self, name: str, stamp: str, secret: str, now: float) -> str:
        """A cookie's value for a new session."""
        session = [name, stamp, int(now) + SESSION_SECONDS, secrets.token_hex(8)]
        told = _encoded(json.dumps(session, ensure_ascii=False).encode())
        return f"{told}.{_signature(told, secret)}"

    def read(self, cookie: str, secret: str, now: float) -> Session | None:
        """The session of a cookie; None where it is forged, over or ended."""
        told, _, signature = cookie.partition(".")
        if len(cookie) > LONGEST_COOKIE or not cookie.isascii():
            return None
        if not hmac.compare_digest(signature, _signature(told, secret)):
            return None
        try:
            session = Session(*json.loads(base64.urlsafe_b64decode(f"{told}==")))
        except (ValueError, TypeError, binascii.Error):
            return None
        return session if now < session.expires and session.number not in self._ended else None

    def end(self, session: Session, now: float) -> None:
        """Accept the session no more, also where its cookie was copied."""
        self._ended = {number: until for number, until in self._ended.items() if until > now}
        self._ended[session.number] = session.expires


def _signature(told: str, secret: str) -> str:
    return _encoded(hmac.new(bytes.fromhex(secret), told.encode(), hashlib.sha256).digest())


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")  # which a cookie would put in quotes
