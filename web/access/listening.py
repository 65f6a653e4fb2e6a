"""An address to listen at, taken before anything is loaded: a server that cannot have it says so at once."""

from __future__ import annotations

import socket
from typing import Final

from index.errors import TiaowenError

THIS_MACHINE: Final = ("127.0.0.1", "::1", "localhost")
BACKLOG: Final = 256
"""Connections not yet taken; an office that opens the page in the same second."""
LAST_PORT: Final = 65535


class AddressError(TiaowenError):
    """An address that cannot be listened at, or may not be as things are."""


def listen(host: str, port: int, another: str) -> socket.socket:
    """A listening socket; port 0 is any free one.  Raises AddressError where the address cannot be had.

    ``another`` is the command that names another port, ``{port}`` in the port's place.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=BACKLOG)
    except (OSError, OverflowError) as error:
        other = another.format(port=port + 1 if port < LAST_PORT else port - 1)
        raise AddressError(
            f"Cannot listen at {host}:{port}: {getattr(error, 'strerror', None) or error}. "
            f"Stop what uses it or name another: {other}"
        ) from error
    # Inherited by each connection; asyncio sets it only on sockets that it made itself, and without it the
    # second part of an answer waits 40 ms for the first to be acknowledged.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def shown_address(listening: socket.socket) -> str:
    """The address as it stands in a URL: 127.0.0.1:7860, [::1]:7860."""
    host, port = listening.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
