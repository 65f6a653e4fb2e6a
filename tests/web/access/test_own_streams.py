"""The number of a gradio session opens it to the user who began it, and to nobody else."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from starlette.testclient import TestClient

from web.access import own_streams
from web.access.accounts import User
from web.access.door import STATE
from web.access.own_streams import OwnStreams


async def reached(scope, receive, send) -> None:
    """Answers with the body that came."""
    message = await receive() if scope["method"] == "POST" else {"body": b""}
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": message["body"]})


class Site:
    def __init__(self) -> None:
        self.app = OwnStreams(reached)

    def ask(self, user: str | None, method: str, path: str, **given) -> httpx.Response:
        async def known(scope, receive, send) -> None:
            scope["state"] = {STATE: User(user, "reader")}
            await self.app(scope, receive, send)

        return TestClient(known).request(method, path, **given)


WAYS = [
    ("GET", "/gradio_api/queue/data?session_hash=abc", {}),
    ("GET", "/gradio_api/queue/data?session_hash=mine&session_hash=abc", {}),
    ("GET", "/ledger/gradio_api/heartbeat/abc", {}),
    ("GET", "/gradio_api/stream/abc/0/1/playlist.m3u8", {}),
    ("POST", "/gradio_api/queue/join?", {"json": {"data": [], "session_hash": "abc"}}),
    ("POST", "/gradio_api/run/predict", {"content": b'{"session_hash":"m","session\\u005fhash":"abc"}'}),
    ("POST", "/gradio_api/upload", {"headers": {"session_hash": "abc"}, "json": {}}),
]


@pytest.mark.parametrize(("method", "path", "given"), WAYS)
def test_it_is_the_first_users(method, path, given):
    site = Site()
    assert site.ask("a", "GET", "/gradio_api/heartbeat/abc").status_code == 200
    assert site.ask("a", method, path, **given).status_code == 200
    assert site.ask("b", method, path, **given).status_code == 403


def test_a_body_arrives_whole_and_only_as_json():
    site = Site()
    sent = {"data": ["海" * 100_000], "session_hash": "abc"}
    came = site.ask("a", "POST", "/gradio_api/queue/join", json=sent)
    assert json.loads(came.content) == sent
    form = site.ask("a", "POST", "/gradio_api/component_server", data={"session_hash": "abc"})
    assert form.status_code == 415
    deep = site.ask("a", "POST", "/gradio_api/queue/join", content=b"[" * 100_000)
    assert deep.status_code == 415


def test_what_is_no_request_passes():
    """The server's start, at which gradio's queue begins to work, has neither a path nor a user."""
    passed = []

    async def noted(scope, receive, send) -> None:
        passed.append(scope["type"])

    with ThreadPoolExecutor(1) as pool:  # a loop of its own, where a browser's may run already
        pool.submit(asyncio.run, OwnStreams(noted)({"type": "lifespan"}, None, None)).result()
    assert passed == ["lifespan"]


def test_without_users_there_is_nobody_to_keep_out():
    site = Site()
    for _ in range(2):
        assert site.ask(None, *WAYS[0][:2]).status_code == 200


def test_a_user_makes_nobody_else_lose_a_session(monkeypatch):
    monkeypatch.setattr(own_streams, "KEPT", 5)
    site = Site()
    site.ask("a", "GET", "/gradio_api/heartbeat/abc")
    for number in range(20):
        site.ask("b", "GET", f"/gradio_api/heartbeat/{number}")
    assert site.ask("b", "GET", "/gradio_api/heartbeat/abc").status_code == 403
    assert len(site.app._owners) == 6
