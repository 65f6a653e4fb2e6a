"""The Python client and the application as a process: with a login and without, every method and error."""

from __future__ import annotations

import csv
import io
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
import uvicorn
from openpyxl import load_workbook
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.search.index import Index
from index.search.live import LiveIndex
from qa.api.ask import ask, ledger, search
from qa.api.objects import answer_object, hit_objects, task_object
from qa.llm.settings import Settings as LanguageModel
from tests.support.visiting import PASSWORDS, Process
from web.access.accounts import add_user
from web.access.door import Door
from web.application import guarded, site_for
from web.client.client import AnswerPart, BlockPart, Client, ClientError, RequestRefused, ServerUnreachable
from web.client.events import Event, events_in
from web.settings import Settings

ROOT = Path(__file__).parents[3]
QUESTION = "宁武县海绵城市建设由谁负责?"
HOW = "海绵城市怎么建设?"
COMPARING = "哪个部门牵头海绵城市建设?"


@pytest.fixture(scope="module")
def without_login(policy_store: Path) -> Iterator[str]:
    """The address of ``python app.py`` without users."""
    command = [sys.executable, "-u", "app.py", "--index", str(policy_store), "--port", "0", "--read-only"]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    address = next((found for line in process.stdout if (found := re.search(r"http://\S+", line))), None)
    try:
        assert address
        yield address.group()
    finally:
        process.terminate()
        process.wait(20)
    assert process.returncode in (0, -signal.SIGTERM)


@pytest.fixture(params=["login", "no login"])
def client(request: pytest.FixtureRequest) -> Iterator[Client]:
    if request.param == "login":
        address = request.getfixturevalue("served").url
        with Client(address, user="张三", password=PASSWORDS["张三"]) as one:
            yield one
    else:
        with Client(request.getfixturevalue("without_login")) as one:
            yield one


def test_every_answer_is_that_of_qa(client: Client, policy_index: Index) -> None:
    told = client.search("老旧小区改造", top_k=3, regions=["运城", "沁水"])
    hits = search("老旧小区改造", top_k=3, regions=["运城", "沁水"], index=policy_index)
    assert told == {"generation": 1, "hits": hit_objects(hits)}
    assert client.ask(QUESTION) == answer_object(ask(QUESTION, index=policy_index))
    follow = client.ask("那运城呢?", history=[QUESTION])
    assert follow == answer_object(ask("那运城呢?", history=[QUESTION], index=policy_index))
    whole = client.ask(QUESTION, why=True)
    assert whole == answer_object(ask(QUESTION, index=policy_index), why=True)
    narrowed = client.ask(COMPARING, regions=("沁水",))
    assert {citation["region"] for citation in narrowed["citations"]} == {"沁水县"}
    rows = client.ledger(regions=["成武"], agency="县商务局", due=2025, roles=["责任"])
    tasks = ledger(regions=["成武"], agency="县商务局", due=2025, roles=["responsible"], index=policy_index)
    assert rows == {"generation": 1, "count": 2, "tasks": [task_object(task) for task in tasks]}
    listed = client.documents()
    assert [document["file"] for document in listed["documents"]] == [
        info.file for info in policy_index.infos
    ]
    assert client.health() == {"status": "ok", "generation": 1, "documents": 5, "clauses": 500}


def test_the_ledger_as_files(client: Client) -> None:
    count = client.ledger(topic="海绵城市")["count"]
    assert count > 1
    rows = list(csv.reader(io.StringIO(client.ledger_file("csv", topic="海绵城市").decode("utf-8-sig"))))
    assert len(rows) == count + 1
    book = load_workbook(io.BytesIO(client.ledger_file("xlsx", topic="海绵城市")))
    assert book["任务台账"].max_row == count + 1


def test_an_answer_in_parts(client: Client, policy_index: Index) -> None:
    whole = answer_object(ask(COMPARING, index=policy_index))
    *parts, last = client.ask_stream(COMPARING)
    assert parts == [BlockPart(block) for block in whole["blocks"]]
    assert last == AnswerPart(whole)
    one = next(client.ask_stream("那运城呢?", history=[QUESTION]))  # and no more of it is read
    assert isinstance(one, BlockPart)
    assert client.health()["status"] == "ok"


def test_a_line_sign_of_unicode_breaks_no_event(client: Client) -> None:
    question = "宁武县海绵城市建设\u2028由谁\x85负责?"
    last = list(client.ask_stream(question))[-1]
    assert isinstance(last, AnswerPart)
    assert last.answer == client.ask(question)
    assert last.answer["question"] == question


MISTAKES: list[tuple[Callable[[Client], object], int, str, str]] = [
    (lambda client: client.ask(""), 422, "question_error", "empty"),
    (lambda client: client.ask("字" * 1001), 422, "wrong_input", "1000"),
    (lambda client: list(client.ask_stream("")), 422, "question_error", "empty"),
    (lambda client: client.search("水", regions=["天津"]), 404, "not_found", "天津"),
    (lambda client: client.search("水", top_k=0), 422, "wrong_input", "greater"),
    (lambda client: client.ledger(due="soon"), 422, "question_error", "2024-2026"),
    (lambda client: client.ledger_file("pdf"), 422, "wrong_input", "xlsx"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("work", "status", "code", "told"), MISTAKES)
def test_mistakes_carry_what_the_server_said(
    client: Client, work: Callable[[Client], object], status: int, code: str, told: str
) -> None:
    with pytest.raises(RequestRefused) as caught:
        work(client)
    refused = caught.value
    assert (refused.status, refused.code) == (status, code)
    assert told in refused.message
    assert str(refused) == f"{refused.message} ({status} {code})"
    assert bool(refused.fields) == (code == "wrong_input")
    assert all(field["message"] in refused.message for field in refused.fields)


def test_what_is_no_text_is_refused_before_it_is_sent(client: Client) -> None:
    with pytest.raises(ClientError, match="no text"):
        client.ask("海绵\ud800")


def test_feedback_is_for_editors(served: Process, without_login: str) -> None:
    with Client(served.url, user="张三", password=PASSWORDS["张三"]) as editor:
        assert editor.feedback().decode("utf-8-sig").count(",") > 2
    with (
        Client(served.url, user="reader", password=PASSWORDS["reader"]) as reader,
        pytest.raises(RequestRefused, match="Only editors") as caught,
    ):
        reader.feedback()
    assert (caught.value.status, caught.value.code) == (403, "forbidden")
    with Client(without_login) as anyone, pytest.raises(RequestRefused, match="403"):
        anyone.feedback()


def test_without_the_right_password(served: Process) -> None:
    with Client(served.url) as nobody:
        with pytest.raises(RequestRefused, match="Log in first") as caught:
            nobody.ask(QUESTION)
        assert (caught.value.status, nobody.health()["status"]) == (401, "ok")
    wrong = Client(served.url, user="nobody", password="wrong")
    with wrong, pytest.raises(RequestRefused, match="Name or password is wrong"):
        wrong.documents()


def test_nobody_is_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        hasty = Client(address, timeout=0.3)
        with hasty, pytest.raises(ServerUnreachable, match=r"did not answer in 0\.3 s"):
            hasty.ask(QUESTION)
    with Client(address) as client, pytest.raises(ServerUnreachable, match="cannot be reached"):
        client.health()


def test_another_kind_of_server_is_there(tmp_path: Path) -> None:
    (tmp_path / "healthz").write_text("<html>", encoding="utf-8")
    serving = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), serving) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            with Client(f"http://127.0.0.1:{server.server_port}") as client:
                with pytest.raises(ClientError, match="Is it a Tiaowen server"):
                    client.health()
                with pytest.raises(RequestRefused, match="without a reason") as caught:
                    client.ask(QUESTION)
                assert caught.value.status == 501
        finally:
            server.shutdown()
            thread.join(10)


class Counted:
    """Passes on, and counts how often each status was answered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.statuses: list[int] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.statuses.append(message["status"])
            await send(message)

        await self._app(scope, receive, noted)


@contextmanager
def running(live: LiveIndex, settings: Settings) -> Iterator[tuple[str, Counted]]:
    """The server's own routes on a port of this machine, set as no command line sets them."""
    door = Door(settings)
    app = Counted(guarded(site_for(live, settings, door), settings, door))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=3))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}", app
        finally:
            server.should_exit = True
            thread.join(20)


def test_a_busy_server_is_asked_again(live: LiveIndex) -> None:
    with running(live, Settings(answering_at_once=1, waiting=0)) as (address, app), Client(address) as client:
        together = threading.Barrier(4)

        def asked(_: int) -> int:
            together.wait(10)
            return len(client.ledger_file("xlsx"))

        with ThreadPoolExecutor(4) as pool:
            sizes = list(pool.map(asked, range(4)))
    assert min(sizes) > 20_000
    assert app.statuses.count(200) == 4
    assert 429 in app.statuses


def test_an_answer_that_a_language_model_writes(live: LiveIndex) -> None:
    pytest.importorskip("openai", reason="the openai client is not installed: pip install 'tiaowen[llm]'")
    command = [sys.executable, str(ROOT / "benchmarks" / "llm" / "scripted_server.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as model:
        try:
            assert model.stdout is not None
            llm = LanguageModel(f"http://127.0.0.1:{int(model.stdout.readline())}/v1", "good")
            with running(live, Settings(llm=llm)) as (address, _), Client(address) as client:
                answer = client.ask(HOW, written=True)
                assert answer["written"]["by_model"] is True
                *parts, last = client.ask_stream(HOW, written=True)
                assert parts
                assert parts == [BlockPart(block) for block in answer["blocks"][: len(parts)]]
                assert last == AnswerPart(answer)
                assert "written" not in client.ask(HOW)
        finally:
            model.terminate()
    with running(live, Settings()) as (address, _), Client(address) as client:
        with pytest.raises(RequestRefused, match="no language model") as caught:
            client.ask(HOW, written=True)
        assert caught.value.code == "no_language_model"


def test_patience_ends(live: LiveIndex) -> None:
    with running(live, Settings(answering_at_once=0, waiting=0)) as (address, app):
        with Client(address, patience=1) as hasty, pytest.raises(RequestRefused, match="waiting") as caught:
            hasty.ask(QUESTION)
        assert (caught.value.status, caught.value.retry_after, len(app.statuses)) == (429, 2, 1)
        started = time.monotonic()
        with Client(address, patience=3) as patient, pytest.raises(RequestRefused):
            patient.ask(QUESTION)
        assert time.monotonic() - started >= 2
        assert len(app.statuses) == 3


def test_a_session_that_has_ended_is_begun_anew(live: LiveIndex, tmp_path: Path) -> None:
    users = tmp_path / "users.json"
    add_user(users, "张三", "reader", PASSWORDS["张三"])
    password = PASSWORDS["张三"]
    settings = Settings(auth_file=users)
    with running(live, settings) as (address, app), Client(address, user="张三", password=password) as client:
        assert client.documents()["count"] == client.documents()["count"] == 5
        assert app.statuses == [303, 200, 200]
        add_user(users, "张三", "reader", password)  # salted anew, which ends every session
        assert client.documents()["count"] == 5
        assert app.statuses == [303, 200, 200, 401, 303, 200]
        add_user(users, "张三", "reader", "another password")
        with pytest.raises(RequestRefused, match="Name or password is wrong"):
            client.documents()


def test_health_of_a_server_that_cannot_answer(tmp_path: Path) -> None:
    with running(LiveIndex(tmp_path / "nothing"), Settings()) as (address, _), Client(address) as client:
        told = client.health()
        assert told["status"] == "unavailable"
        assert told["reason"].startswith("IndexMissing")
        with pytest.raises(RequestRefused) as caught:
            client.ask(QUESTION)
    assert (caught.value.status, caught.value.code) == (503, "service_unavailable")


def test_events_cut_anywhere() -> None:
    text = 'event: block\ndata: {"text": "一\u2028二"}\n\nevent: answer\ndata: 2\n\nevent: cut\ndata: 3\n'
    whole = [Event("block", {"text": "一\u2028二"}), Event("answer", 2)]
    for size in (1, 2, 3, 7, len(text)):
        assert list(events_in(text[at : at + size] for at in range(0, len(text), size))) == whole


def test_it_needs_nothing_of_the_server() -> None:
    code = (
        "import sys; from web.client.client import Client;"
        "heavy = ('fastapi', 'starlette', 'gradio', 'faiss', 'numpy', 'tantivy', 'onnxruntime', 'pydantic');"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_it_has_a_method_for_every_route(without_login: str) -> None:
    described = httpx.get(f"{without_login}/api/v1/openapi.json", timeout=60).json()["paths"]
    assert len(described) == 7
    assert all(hasattr(Client, path.removeprefix("/api/v1/").split("/")[0]) for path in described)
    with Client(without_login) as client:
        assert client.me() == {"name": None, "role": "reader"}
