"""What is written down: each request with route, status, time and user, and no question unless wished."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.visiting import Serving, log_in
from web.access import logs

SECRET = "宁武县海绵城市建设由谁负责?"


@pytest.fixture
def kept() -> Iterator[None]:
    """The logging of the test run, put back afterwards."""
    root, level = logging.getLogger(), logging.getLogger().level
    before = root.handlers[:]
    root.handlers.clear()
    yield
    for handler in root.handlers:
        handler.close()
    root.handlers[:] = before
    root.setLevel(level)


def lines(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_a_request_is_a_line(serving: Serving, users: Path, tmp_path: Path, kept: None) -> None:
    file = tmp_path / "log"
    logs.begin(file, log_questions=False)
    client = serving(auth_file=users, root_path="/tw")
    client.get("/api/v1/ask", params={"question": SECRET})
    log_in(client)
    client.get("/api/v1/ask", params={"question": SECRET})
    client.post("/api/v1/search", json={"question": SECRET})
    client.get("/gradio_api/heartbeat/session123")
    written = lines(file)
    assert [(line["route"], line["status"], line["user"]) for line in written] == [
        ("/api/v1/ask", 401, None),
        ("/login", 303, None),
        ("/api/v1/ask", 200, "张三"),
        ("/api/v1/search", 200, "张三"),
        ("/gradio_api/heartbeat", 404, "张三"),
    ]
    assert all(line["time"] and line["milliseconds"] >= 0 for line in written)
    assert "海绵" not in file.read_text(encoding="utf-8")
    assert "session123" not in file.read_text(encoding="utf-8")


def test_questions_where_they_are_wished(serving: Serving, tmp_path: Path, kept: None) -> None:
    file = tmp_path / "log"
    logs.begin(file, log_questions=True)
    serving().post("/api/v1/ask", json={"question": SECRET})
    assert [line["message"] for line in lines(file)] == [SECRET, "request"]


@pytest.mark.parametrize("wished", [False, True])
def test_an_unforeseen_error_quotes_nothing(
    serving: Serving, tmp_path: Path, kept: None, wished: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(question: str, **_: object) -> None:
        raise ZeroDivisionError(question)

    monkeypatch.setattr("web.api.inputs.ask", fail)
    file = tmp_path / "log"
    logs.begin(file, log_questions=wished)
    failed = serving().post("/api/v1/ask", json={"question": SECRET})
    assert (failed.status_code, failed.json()["error"]["code"]) == (500, "internal_server_error")
    assert ("海绵" in file.read_text(encoding="utf-8")) == wished


def test_equal_lines_do_not_fill_it(tmp_path: Path, kept: None) -> None:
    file = tmp_path / "log"
    logs.begin(file, log_questions=False)
    for number in range(1000):
        logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.")
        fields = {"method": "GET", "route": f"/{number}", "status": 401, "milliseconds": 1.0, "user": None}
        logs.requests.info("request", extra={logs.FIELDS: fields})
        logs.requests.info("request", extra={logs.FIELDS: {**fields, "status": 200, "user": "a"}})
    written = lines(file)
    assert len(written) == 1000 + 2 * logs.MOST_REPEATS
    assert len([one for one in written if one.get("status") == 200]) == 1000


def record(at: float, words: str = "the same %s") -> logging.LogRecord:
    made = logging.LogRecord("x", logging.WARNING, "", 0, words, (at,), None)
    made.created = at
    return made


def test_what_was_left_out_is_counted() -> None:
    repeats = logs.Repeats(most=2, seconds=60)
    assert [repeats.filter(record(at)) for at in (0, 1, 2, 3)] == [True, True, False, False]
    later = record(61)
    assert repeats.filter(later) and getattr(later, logs.FIELDS) == {"left_out": 2}
    assert repeats.rest() == 0


def test_no_count_of_what_was_left_out_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not where the kind never comes again, not where there are too many kinds, not at the end."""
    monkeypatch.setattr(logs, "_KEPT_LINES", 5)
    repeats = logs.Repeats(most=1, seconds=60)
    written = left_out = 0
    for at in range(200):
        one = record(at, f"{at // 10 * 7 % 11} %s")
        written += repeats.filter(one)
        told = getattr(one, logs.FIELDS, {})
        left_out += told.get("left_out", 0) + told.get("others_left_out", 0)
    assert written < 60 and written + left_out + repeats.rest() == 200


def test_what_was_left_out_last_is_told_at_the_end(tmp_path: Path, kept: None) -> None:
    file = tmp_path / "log"
    logs.begin(file, log_questions=False)
    for _ in range(logs.MOST_REPEATS + 7):
        logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.")
    logs.end()
    assert lines(file)[-1]["left_out"] == 7
