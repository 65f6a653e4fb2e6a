"""Connections that keep the server waiting are closed; who sends whole requests is answered meanwhile."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

from web.access.connections import Connections, bounded

MOST = 30
ASKED = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


async def answers(scope, receive, send) -> None:
    """Reads the body and says how much it was."""
    size, more = 0, scope["type"] == "http"
    while more:
        message = await receive()
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": str(size).encode()})


@contextlib.contextmanager
def served(connections: Connections) -> Iterator[int]:
    listening = socket.create_server(("127.0.0.1", 0), backlog=256)
    config = uvicorn.Config(
        answers, http=bounded(connections), log_config=None, lifespan="off", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)


def opened(port: int, words: bytes) -> socket.socket:
    one = socket.create_connection(("127.0.0.1", port), timeout=10)
    one.sendall(words)
    return one


def answer(port: int, words: bytes = ASKED) -> bytes:
    with opened(port, words) as one:
        return b"".join(iter(lambda: one.recv(4096), b""))


def is_closed(one: socket.socket) -> bool:
    try:
        return one.recv(1) == b""
    except ConnectionResetError:
        return True


@pytest.mark.parametrize(
    "words", [b"", b"GET / HT", b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc"]
)
def test_what_does_not_go_on_is_closed(words):
    with served(Connections(head_seconds=0.3, idle_seconds=0.3)) as port, opened(port, words) as one:
        began = time.monotonic()
        assert is_closed(one)
        assert time.monotonic() - began < 5


def test_a_byte_now_and_then_gains_no_time():
    with served(Connections(head_seconds=0.5)) as port, opened(port, b"GET") as one:
        until = time.monotonic() + 8
        with pytest.raises(OSError):
            while time.monotonic() < until:
                one.sendall(b" ")
                time.sleep(0.1)
    with served(Connections(idle_seconds=5, body_seconds=0.5)) as port:
        words = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"
        with opened(port, words) as one, pytest.raises(OSError):
            while time.monotonic() < until + 8:
                one.sendall(b"x")
                time.sleep(0.1)


@pytest.mark.parametrize(
    "words", [b"GET / HT", b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc"]
)
def test_who_sends_whole_requests_is_answered_under_it(words):
    connections = Connections(most=MOST)
    with served(connections) as port, contextlib.ExitStack() as held:
        for _ in range(3 * MOST):
            held.enter_context(opened(port, words))
        for _ in range(5):
            assert b"\r\n0\r\n" in answer(port)
            assert len(connections) <= MOST


def test_the_one_that_has_waited_longest_goes():
    """Not the oldest: that one has just been answered."""
    connections = Connections(most=2)
    whole = ASKED.replace(b"Connection: close\r\n", b"")
    with served(connections) as port, opened(port, b"") as oldest:
        time.sleep(0.2)
        with opened(port, b"GET") as waits:
            time.sleep(0.2)
            oldest.sendall(whole)
            assert b"200" in oldest.recv(4096)
            with opened(port, whole) as new:
                assert b"200" in new.recv(4096)
                assert is_closed(waits)
                time.sleep(0.2)
                oldest.sendall(whole)
                assert oldest.recv(4096)


def test_whole_requests_are_not_touched():
    with served(Connections(head_seconds=0.5, idle_seconds=0.5)) as port:
        head = b"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 6\r\n\r\n"
        with opened(port, head) as one:
            for part in (b"ab", b"cd", b"ef"):
                time.sleep(0.2)
                one.sendall(part)
            assert b"".join(iter(lambda: one.recv(4096), b"")).count(b"\r\n6\r\n") == 1


def test_one_address_has_so_many(monkeypatch):
    monkeypatch.setattr("web.access.connections._is_own", lambda _: False)
    with served(Connections(most=MOST, most_of_one=3)) as port, contextlib.ExitStack() as held:
        for _ in range(3):
            held.enter_context(opened(port, b"GET"))
        time.sleep(0.2)
        assert is_closed(held.enter_context(opened(port, b"")))
