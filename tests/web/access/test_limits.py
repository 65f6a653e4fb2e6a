"""What is refused: other sites' posts, large bodies, traversal, closed addresses, too many at once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.build.uploads import LARGEST
from tests.support.visiting import Serving
from web.access.body_limits import LARGEST_CALL, LARGEST_EVENT, LARGEST_FILE_EVENT
from web.access.paths import climbs
from web.turns import Full, Turns

ASK = "/api/v1/ask"
QUESTION = {"question": "宁武县海绵城市建设由谁负责?"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver:81"},
        {"Origin": "http://evil.example", "X-Forwarded-Host": "evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
    ],
)
def test_posts_of_other_sites_are_refused(serving: Serving, headers: dict[str, str]) -> None:
    for path in (ASK, "/login", "/logout", "/gradio_api/queue/join", "/documents/gradio_api/upload"):
        refused = serving().post(path, json=QUESTION, headers=headers)
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "cross_site")


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "http://testserver"}, {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}],
)
def test_own_posts_are_taken(serving: Serving, headers: dict[str, str]) -> None:
    assert serving().post(ASK, json=QUESTION, headers=headers).status_code == 200


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost", "[::1]:80", "10.0.0.5", "office.example:80"])
def test_names_of_its_own(serving: Serving, host: str) -> None:
    assert serving(hosts=("Office.example",)).get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "[", "localhost.evil.example:80"]
)
def test_a_name_made_to_lead_here_is_refused(serving: Serving, users: Path, host: str) -> None:
    headers = {"Host": host, "Origin": f"http://{host}"}
    assert serving().post(ASK, json=QUESTION, headers=headers).status_code == 421
    assert serving(auth_file=users).get(ASK, headers=headers).status_code == 401


def test_a_large_body_is_refused_said_or_not(serving: Serving) -> None:
    def trickle() -> Iterator[bytes]:
        for _ in range(LARGEST_CALL // 65536 + 2):
            yield b" " * 65536

    for content in (b" " * (LARGEST_CALL + 1), trickle()):
        refused = serving().post(ASK, content=content, headers={"Content-Type": "application/json"})
        assert (refused.status_code, refused.json()["error"]["code"]) == (413, "too_large")
    refused = serving().post(ASK, content=b"{}", headers={"Content-Length": "-1"})
    assert refused.status_code == 413
    assert serving().post("/gradio_api/upload", content=b"x" * (LARGEST_CALL + 1)).status_code == 404


def test_only_the_documents_page_takes_whole_files(serving: Serving) -> None:
    assert LARGEST * 4 / 3 < LARGEST_FILE_EVENT
    for path, most in (("/documents", LARGEST_FILE_EVENT), ("", LARGEST_EVENT), ("/ledger", LARGEST_EVENT)):
        for length, is_refused in ((most, False), (most + 1, True)):
            answer = serving().post(
                f"{path}/gradio_api/queue/join", content=b"{}", headers={"Content-Length": str(length)}
            )
            assert (answer.status_code == 413) == is_refused


@pytest.mark.parametrize(
    "path",
    [
        *("/../x", "/a/../../etc/passwd", "/..", "/a/..", "/file=../x", "/..\\x", "/a\x00b"),
        *("/%2e%2e/x", "/%252e%252e/x", "/" + "a" * 3000),
    ],
)
def test_a_path_that_climbs(path: str) -> None:
    assert climbs(path)


@pytest.mark.parametrize("path", ["/", "/assets/index-3..2.js", "/gradio_api/file=/tmp/文件.txt", "/a/...b"])
def test_a_path_that_does_not(path: str) -> None:
    assert not climbs(path)


def test_traversal_is_refused(serving: Serving) -> None:
    for path in ("/static/%2e%2e/%2e%2e/etc/passwd", "/gradio_api/file=%2e%2e%2fapp.py", "/x%5c..%5cy"):
        assert serving().get(path).status_code == 400


@pytest.mark.parametrize(
    "path",
    ["proxy=http://evil.example/", "file=http://evil.example/", "vibe-edit/", "vibe-code", "dev/reload"],
)
def test_what_gradio_need_not_serve_is_closed(serving: Serving, path: str) -> None:
    for page in ("", "/ledger"):
        closed = serving().get(f"{page}/gradio_api/{path}")
        assert (closed.status_code, closed.json()["error"]["code"]) == (404, "not_found")


def test_headers_are_on_every_answer(serving: Serving) -> None:
    for path in ("/healthz", ASK, "/gradio_api/proxy=x", "/nowhere"):
        headers = serving().get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "frame-ancestors 'self'" in headers["content-security-policy"]


def test_so_many_wait_and_the_next_is_told() -> None:
    async def crowd() -> None:
        turns, go = Turns(at_once=1, waiting=2), threading.Event()
        inside = [asyncio.create_task(turns.take(lambda: go.wait(10))) for _ in range(3)]
        await asyncio.sleep(0.05)
        with pytest.raises(Full):
            await turns.take(lambda: True)
        go.set()
        assert await asyncio.gather(*inside) == [True] * 3
        assert await turns.take(lambda: True)

    with ThreadPoolExecutor(1) as pool:  # a loop of its own, where a browser's may run already
        pool.submit(asyncio.run, crowd()).result()


def test_a_full_queue_is_told_when_to_come_again(serving: Serving) -> None:
    refused = serving(answering_at_once=0, waiting=0).post(ASK, json=QUESTION)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "2")
    assert refused.json()["error"]["code"] == "too_many_requests"
