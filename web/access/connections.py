"""How long a connection may keep the server waiting, and how many there may be: in all and of one address.

uvicorn waits for ever for the rest of a request that has begun, and has no bound on connections.  Here a head
must be whole in HEAD_SECONDS and a body go on coming; beyond the bound the connection that has waited longest
makes room for a new one, so that whoever sends whole requests (what watches ``/healthz`` too) is answered
while others hold as many connections as there may be.  Left out: how much a request brings (`body_limits`).
"""

from __future__ import annotations

import asyncio
import ipaddress
import sys
from typing import Any, ClassVar, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS: Final = 20.0
"""From the connection, or a request's first byte, to the end of its head: a browser opens connections ahead
of time and opens them again where they were closed."""
IDLE_SECONDS: Final = 30.0
"""Between two parts of a body, on a line that has trouble."""
BODY_SECONDS: Final = 600.0
"""For a whole body: 88 MB, the largest taken, at 150 kB/s."""
MOST: Final = 2000
"""Connections: 300 people with a page open, each with a stream and up to six others."""
MOST_OF_ONE: Final = 300
"""Of one address, which may stand for an office's whole network; those of this machine, where a proxy speaks
for everybody, are bound only by MOST."""
_OTHER_FILES: Final = 256
"""Files that the process has open beside connections: the index's, libraries', pipes to its parsers."""


class Connections:
    """The open connections of a server."""

    def __init__(
        self,
        most: int = MOST,
        most_of_one: int = MOST_OF_ONE,
        head_seconds: float = HEAD_SECONDS,
        idle_seconds: float = IDLE_SECONDS,
        body_seconds: float = BODY_SECONDS,
    ) -> None:
        self.most, self.most_of_one = most, most_of_one
        self.head_seconds, self.idle_seconds, self.body_seconds = head_seconds, idle_seconds, body_seconds
        self._open: dict[BoundedProtocol, None] = {}

    def __len__(self) -> int:
        return len(self._open)

    def take(self, new: BoundedProtocol) -> bool:
        """Whether there is room for it; where there is none the one that has waited longest is closed."""
        address = new.client[0] if new.client else ""
        if not _is_own(address):
            same = sum(one.client is not None and one.client[0] == address for one in self._open)
            if same >= self.most_of_one:
                return False
        if len(self._open) >= self.most:
            since = {one: at for one in self._open if (at := one.waits_since) is not None}
            if not since:
                return False
            waited = min(since, key=lambda one: since[one])
            self.give_back(waited)
            waited.transport.abort()
        self._open[new] = None
        return True

    def give_back(self, one: BoundedProtocol) -> None:
        """It is closed, or another protocol's from now on."""
        self._open.pop(one, None)


def bounded(connections: Connections) -> type[BoundedProtocol]:
    """What uvicorn is given as ``http``: its own protocol, bounded."""
    return type("Bounded", (BoundedProtocol,), {"bounds": connections})


class BoundedProtocol(H11Protocol):
    """uvicorn's protocol, which hangs up where the other side keeps it waiting."""

    bounds: ClassVar[Connections]
    _timer: asyncio.TimerHandle | None = None
    _awaited: str | None = None
    _since = 0.0
    _untaken_since = 0.0

    @property
    def waits_since(self) -> float | None:
        """Since when, in the loop's seconds, it is the other side's turn: to take its answer, or to send the
        rest of a head or body, from where that began.  None while it is this server's turn."""
        if self.flow.write_paused:
            return self._untaken_since
        return None if self._waits_for() is None else self._since

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a place, or hang up."""
        super().connection_made(transport)
        if self.bounds.take(self):
            self._watch()
        else:
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Give the place back."""
        self.bounds.give_back(self)
        self._stop()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """As uvicorn's, and set the time by which what is still missing must have come."""
        super().handle_events()
        self._watch()

    def pause_writing(self) -> None:
        """As uvicorn's, and note since when the other side does not take its answer."""
        self._untaken_since = self.loop.time()
        super().pause_writing()

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Leave the connection to another protocol."""
        self.bounds.give_back(self)
        self._stop()
        super().handle_websocket_upgrade(event)

    def _waits_for(self) -> str | None:
        """``head`` or ``body``; None while the other side has nothing to send."""
        state = self.conn.their_state
        return "head" if state is h11.IDLE else "body" if state is h11.SEND_BODY else None

    def _watch(self) -> None:
        awaited, now = self._waits_for(), self.loop.time()
        if awaited is None or self.transport.is_closing():
            self._stop()
            return
        if awaited != self._awaited:
            self._stop()
            self._awaited, self._since = awaited, now
        elif awaited == "head":
            return  # the same seconds, however often a further byte comes
        until = self._since + self.bounds.head_seconds
        if awaited == "body":
            until = min(now + self.bounds.idle_seconds, self._since + self.bounds.body_seconds)
        if self._timer:
            self._timer.cancel()
        self._timer = self.loop.call_at(until, self._hang_up)

    def _hang_up(self) -> None:
        if self.flow.read_paused and self.loop.time() < self._since + self.bounds.body_seconds:
            self._timer = self.loop.call_later(self.bounds.idle_seconds, self._hang_up)
            return  # it is this server that has not read on
        self.transport.abort()

    def _stop(self) -> None:
        self._awaited = None
        if self._timer:
            self._timer.cancel()
            self._timer = None


def _is_own(address: str) -> bool:
    try:
        return ipaddress.ip_address(address.partition("%")[0]).is_loopback
    except ValueError:  # a socket of this machine's own, without an address
        return True


def room(most: int = MOST) -> int:
    """The connections that the system's limit on open files leaves room for, raised as far as may be."""
    if sys.platform == "win32":
        return most
    import resource  # noqa: PLC0415 - exists on Unix only

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = most + _OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return most if soft == resource.RLIM_INFINITY else max(8, min(most, soft - _OTHER_FILES))


def protocol() -> dict[str, Any]:
    """What every server here gives `uvicorn.Config`."""
    return {"http": bounded(Connections(room()))}
