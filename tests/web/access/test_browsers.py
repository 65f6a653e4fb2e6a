"""The cookie by which a browser's conversations are its own where nobody logs in."""

from __future__ import annotations

from http.cookies import SimpleCookie

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from tests.support.visiting import Serving
from web.access.browsers import COOKIE, Browsers, owner_of

PAGE = {"accept": "text/html"}


@pytest.fixture
def client() -> TestClient:
    async def whose(request: Request) -> PlainTextResponse:
        return PlainTextResponse(owner_of(request))

    return TestClient(Browsers(Starlette(routes=[Route("/", whose)])), base_url="https://testserver")


def test_a_browser_gets_a_cookie_that_scripts_cannot_read_and_keeps_it(client: TestClient) -> None:
    first = client.get("/", headers=PAGE)
    made = SimpleCookie(first.headers["set-cookie"])[COOKIE]
    assert len(made.value) == 43
    assert made["httponly"]
    assert made["secure"]
    assert made["samesite"] == "lax"
    owner = client.get("/").text
    assert owner.startswith("browser:")
    assert made.value not in owner
    again = client.get("/", headers=PAGE)
    assert (again.text, SimpleCookie(again.headers["set-cookie"])[COOKIE].value) == (owner, made.value)


@pytest.mark.parametrize("value", ["", "x", "browser:1", "../../etc/passwd", "a" * 44])
def test_a_value_that_the_server_did_not_make_is_nobodys(client: TestClient, value: str) -> None:
    sent = client.get("/", headers={**PAGE, "cookie": f"{COOKIE}={value}"})
    assert sent.text == ""
    assert SimpleCookie(sent.headers["set-cookie"])[COOKIE].value != value


def test_programs_get_none_and_users_need_none(serving: Serving, users) -> None:
    assert "set-cookie" not in serving().get("/healthz").headers
    assert COOKIE in serving().get("/api/v1/docs", headers=PAGE).headers["set-cookie"]
    assert "set-cookie" not in serving(auth_file=users).get("/login", headers=PAGE).headers
