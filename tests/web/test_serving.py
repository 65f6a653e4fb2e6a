"""The whole application as a process, behind a prefix and a login, gradio's own addresses included."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.support.visiting import PASSWORDS, Process, log_in


@pytest.fixture
def client(served: Process):
    with httpx.Client(base_url=served.url, timeout=60) as client:
        yield client


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/config", "/theme.css", "/assets/x.js", "/static/x", "/manifest.json", "/login_check"),
        *("/gradio_api/info", "/gradio_api/queue/data?session_hash=x", "/gradio_api/heartbeat/x"),
        *("/gradio_api/file=/etc/passwd", "/gradio_api/app_id", "/gradio_api/startup-events"),
        *("/login/", "/healthz/x", "/%68ealthz/", "/api/v1/openapi.json", "/api/v1/docs"),
    ],
)
def test_nothing_without_a_login(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 401


@pytest.mark.parametrize("path", ["queue/join", "run/predict", "upload", "reset", "cancel"])
def test_nothing_is_done_without_a_login(client: httpx.Client, path: str) -> None:
    assert client.post(f"/gradio_api/{path}", json={}).status_code == 401


def test_what_needs_the_number_of_an_event_alone_is_closed(client: httpx.Client) -> None:
    assert client.post("/gradio_api/call/respond", json={}).status_code == 404


def test_the_login_opens_what_was_closed(client: httpx.Client, served: Process) -> None:
    entered = log_in(client, "reader")
    assert (entered.status_code, entered.headers["location"]) == (303, "/tw/")
    assert "Path=/tw/" in entered.headers["set-cookie"]
    page = client.get("/")
    assert page.status_code == 200
    assert client.get("/config").json()["root"] == served.url
    assert client.post("/gradio_api/upload", files={"files": b"x"}).status_code == 403
    assert client.get("/gradio_api/file=/etc/passwd").status_code in (403, 404)


def test_other_sites_may_not_read(client: httpx.Client) -> None:
    log_in(client, "reader")
    headers = client.get("/config", headers={"Origin": "http://evil.example"}).headers
    assert not [name for name in headers if name.startswith("access-control-")]


def test_a_proxy_that_cuts_the_prefix_off(served: Process) -> None:
    assert httpx.get(f"{served.root}/healthz", timeout=60).json()["documents"] == 5
    assert httpx.get(f"{served.url}/healthz", timeout=60).json()["documents"] == 5
    sent = httpx.get(served.root, headers={"Accept": "text/html"}, timeout=60)
    assert sent.headers["location"].startswith("/tw/login?next=")


def test_a_streamed_answer_comes_in_parts(client: httpx.Client) -> None:
    log_in(client, "reader")
    asked = {"question": "哪个部门牵头海绵城市建设?", "stream": True}
    with client.stream("POST", "/api/v1/ask", json=asked) as response:
        lines = [line for line in response.iter_lines() if line]
    assert lines[0] == "event: block"
    assert lines[-2] == "event: answer"
    assert json.loads(lines[-1].removeprefix("data: "))["citations"]


def test_another_user_who_knows_the_session_gets_nothing(served: Process) -> None:
    number = "known2both"
    stream = f"/gradio_api/queue/data?session_hash={number}"
    with (
        httpx.Client(base_url=served.url, timeout=60) as owner,
        httpx.Client(base_url=served.url, timeout=60) as other,
    ):
        log_in(owner)
        log_in(other, "reader")
        page = owner.get("/config").json()
        act = next(one for one in page["dependencies"] if one["api_name"] == "act")
        values = {one["id"]: one["props"].get("value") for one in page["components"]}
        asked = {
            "data": [values[one] for one in act["inputs"]],
            "event_data": {"what": "ask", "question": "宁武县海绵城市建设由谁负责?", "run": "run-1"},
            "fn_index": act["id"],
            "session_hash": number,
        }
        joined = owner.post("/gradio_api/queue/join", json=asked)
        assert joined.status_code == 200
        ended = {"session_hash": number, "fn_index": act["id"], "event_id": joined.json()["event_id"]}
        refused = [
            other.get(stream),
            other.get(f"/gradio_api/heartbeat/{number}"),
            other.post("/gradio_api/queue/join", json=asked),
            other.post("/gradio_api/run/predict", json=asked),
            other.post("/gradio_api/cancel", json=ended),
        ]
        assert [one.json()["error"]["code"] for one in refused] == ["anothers_session"] * len(refused)
        assert "县住建局" in owner.get(stream).text  # whole, and not ended by anybody


def test_in_the_browser(served: Process, browser) -> None:
    from playwright.sync_api import expect

    wrong: list[str] = []
    page = browser.new_page()
    try:
        page.on("request", lambda r: r.url.startswith((served.root, "data:", "blob:")) or wrong.append(r.url))
        page.on("console", lambda m: "Content Security Policy" in m.text and wrong.append(m.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{served.url}/?lang=en")
        expect(page.locator("button")).to_have_text("Log in")
        page.locator(".language").click()
        page.locator("[name=name]").fill("张三")
        page.locator("[name=password]").fill("wrong")
        page.locator("button").click()
        expect(page.locator(".wrong")).to_contain_text("不正确")
        page.locator("[name=password]").fill(PASSWORDS["张三"])
        page.locator("button").click()
        page.locator("#chat .example").first.wait_for()
        page.locator("#box textarea").fill("宁武县海绵城市建设由谁负责?")
        page.locator("#box textarea").press("Enter")
        expect(page.locator(".tw-answer")).to_contain_text("县住建局")
        page.locator("#card-1 .tw-read").click()
        expect(page.locator("dialog[open] .tw-text")).to_contain_text("海绵")
        page.keyboard.press("Escape")
        page.context.clear_cookies()
        page.locator("#clear").click()
        expect(page.locator("[name=password]")).to_be_visible()  # a session that has ended leads to the login
    finally:
        page.close()
    assert not wrong


def test_who_comes_next_sees_no_question_of_who_was_here(served: Process, browser) -> None:
    """One browser, two people; each finds their own questions again, and going back shows nobody's."""
    from playwright.sync_api import expect

    question = "成武县老旧小区改造多少户?"
    page, left_open = browser.new_page(), browser.new_page()

    def listed(where):
        return where.locator(".tw-history li", has_text=question)

    def enter(name: str) -> None:
        page.goto(f"{served.url}/")
        page.locator("[name=name]").fill(name)
        page.locator("[name=password]").fill(PASSWORDS[name])
        page.locator("button").click()
        page.locator("body[data-chat=ready]").wait_for()

    try:
        enter("张三")
        page.locator("#box textarea").fill(question)
        page.locator("#box textarea").press("Enter")
        expect(listed(page)).to_have_count(1)
        left_open.goto(f"{served.url}/")
        expect(listed(left_open)).to_have_count(1)
        page.goto(f"{served.url}/logout")
        page.locator("button").click()
        page.locator("[name=password]").wait_for()
        page.go_back()
        page.go_back()
        expect(page.locator("[name=password]")).to_be_visible()
        enter("reader")
        expect(listed(page)).to_have_count(0)
        assert question not in page.content()
        left_open.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # as when it is looked at
        expect(listed(left_open)).to_have_count(0)
        expect(left_open.locator("body")).to_have_attribute("data-chat", "ready")
        page.context.clear_cookies()
        enter("张三")
        expect(listed(page)).to_have_count(1)
    finally:
        page.close()
        left_open.close()


def test_a_stop_does_not_wait_for_open_pages(policy_store: Path) -> None:
    command = [sys.executable, "-u", "app.py", "--index", str(policy_store), "--port", "0"]
    process = subprocess.Popen(
        command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    found = re.search(r"http://\S+", process.stdout.readline())
    assert found
    with httpx.stream("GET", f"{found.group()}/gradio_api/heartbeat/x", timeout=60) as stream:
        assert stream.status_code == 200
        process.terminate()  # the stream goes on for as long as its page is open
        assert process.wait(60) in (0, -signal.SIGTERM)


def test_the_log_of_all_that(served: Process) -> None:
    written = [json.loads(line) for line in served.log.read_text(encoding="utf-8").splitlines()]
    assert {"route", "status", "milliseconds", "user", "time"} <= set(written[0])
    assert "海绵" not in served.log.read_text(encoding="utf-8")
    assert not [line for line in written if line["level"] == "error"]
