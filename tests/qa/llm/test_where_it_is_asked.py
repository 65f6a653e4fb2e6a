"""A model's answer on the page, from the command line and by the routes; nothing of it without one."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import gradio as gr
import pytest
from starlette.testclient import TestClient

import qa.__main__
from index.search.index import Index
from index.search.live import LiveIndex
from pages.chat.conversation import Turn
from pages.chat.events import Events, Updates
from pages.chat.talks import Current
from qa.api.ask import ask
from qa.api.objects import answer_object
from qa.llm.settings import Settings as LanguageModel
from qa.llm.write import write_whole
from tests.support.secret_key import KEY
from web.access.door import Door
from web.application import guarded, site_for
from web.settings import Settings

ROOT = Path(__file__).parents[3]
WHO = "宁武县海绵城市建设由谁负责?"
WORDS = "海绵城市建设的责任单位是县住建局、县财政局[1]。由县公安局牵头[1]。"
Model = Callable[..., LanguageModel]


@pytest.fixture
def settings_file(model: Model, tmp_path: Path) -> Path:
    asked, path = model("say", WORDS), tmp_path / "llm.toml"
    path.write_text(f'url = "{asked.url}"\nmodel = "{asked.model}"\nkey = "{KEY}"\n', encoding="utf-8")
    path.chmod(0o600)
    return path


@pytest.fixture
def client(model: Model, policy_store: Path) -> Callable[..., TestClient]:
    """A client of the server's routes, with the model that says these words, or without any."""

    def made(words: str | None = WORDS) -> TestClient:
        llm = None if words is None else model("say", words)
        settings = Settings(hosts=("testserver",), llm=llm)
        door, live = Door(settings), LiveIndex(policy_store)
        app = guarded(site_for(live, settings, door), settings, door)
        return TestClient(app, raise_server_exceptions=False)

    return made


class TestTheRoutes:
    def test_whole(self, client):
        told = client().post("/api/v1/ask", json={"question": WHO, "written": True}).json()
        assert told["written"]["by_model"] is True
        assert told["written"]["struck"]
        assert "责任单位是县住建局、县财政局" in told["answer"]
        assert "公安局" not in json.dumps(told["blocks"], ensure_ascii=False)

    def test_as_it_grows(self, client):
        asked = {"question": WHO, "written": True, "stream": True}
        response = client().post("/api/v1/ask", json=asked)
        assert response.headers["content-type"].startswith("text/event-stream")
        events = [part.split("\n") for part in response.text.strip().split("\n\n")]
        assert [event for event, _ in events] == ["event: block", "event: answer"]
        block, whole = (json.loads(data.removeprefix("data: ")) for _, data in events)
        assert block == whole["blocks"][0]

    def test_unasked_the_answer_is_as_ever(self, client, policy_index: Index):
        told = client().post("/api/v1/ask", json={"question": WHO})
        assert told.json() == json.loads(json.dumps(answer_object(ask(WHO, index=policy_index))))
        assert told.content == client(None).post("/api/v1/ask", json={"question": WHO}).content

    def test_a_server_without_a_model_says_so(self, client):
        refused = client(None).post("/api/v1/ask", json={"question": WHO, "written": True})
        assert refused.status_code == 422
        assert refused.json()["error"]["code"] == "no_language_model"

    @pytest.mark.parametrize("stream", [True, False])
    def test_mistakes_keep_their_status(self, client, stream: bool):
        asked = {"question": "水", "regions": ["天津"], "written": True, "stream": stream}
        assert client().post("/api/v1/ask", json=asked).status_code == 404


def sent(**fields: object) -> gr.EventData:
    """What the page sends with an event."""
    return gr.EventData(None, fields)


def act(
    events: Events, written: bool, stopped: set[str] | None = None, before: tuple[Turn, ...] = ()
) -> AsyncIterator[Updates]:
    """WHO asked on the page, by nobody who logged in."""
    event, nobody = sent(run="run-1", what="ask", question=WHO), SimpleNamespace(state=None)
    stopped = set() if stopped is None else stopped
    return events.act(before, Current("talk"), "zh", "", (), (), written, stopped, nobody, event)


async def collected(steps: AsyncIterator[Updates]) -> list[Updates]:
    return [step async for step in steps]


def finished(steps: Coroutine[None, None, list[Updates]]) -> list[Updates]:
    """What comes of it, in another thread: a browser of the same worker has a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, steps).result(60)


class TestThePage:
    def told(self, events: Events, written: bool) -> list[str]:
        shown = finished(collected(act(events, written)))
        return [str(step[0][-1]["content"]) for step in shown if isinstance(step[0], list)]

    def test_stopping_waits_for_no_model(self, model: Model, policy_store: Path):
        """It would hang for 30 seconds; the question is taken back, and what was said before stands."""
        events, stopped = Events(LiveIndex(policy_store), llm=model("hang", timeout=25.0)), set()
        before = (Turn("此前的问题", problem="empty"),)

        async def stop_when_begun() -> list[Updates]:
            shown = []
            async for step in act(events, True, stopped, before):
                shown.append(step)
                events.stop(stopped, sent(run="run-1"))
            ended.append(time.monotonic())
            return shown

        begun, ended = time.monotonic(), []
        *_, last = finished(stop_when_begun())
        assert ended[0] - begun < 10
        assert last[2] == before
        assert 'data-run="run-1"' in last[-1]
        assert 'data-state="stopped"' in last[-1]

    def test_it_grows_and_offers_what_follows_when_it_is_whole(self, model: Model, policy_store: Path):
        *growing, last = self.told(Events(LiveIndex(policy_store), llm=model("say", WORDS)), True)
        assert "正在查找" in growing[0]
        assert any("正在撰写" in one and "责任单位是县住建局" in one for one in growing)
        assert "正在撰写" not in last
        assert "此处删去1句" in last
        assert "公安局" not in "".join([*growing, last])
        assert "tw-after" in last
        assert not any("tw-after" in one for one in growing)

    def test_the_box_switches_it_off(self, model: Model, policy_store: Path):
        with_model = Events(LiveIndex(policy_store), llm=model("say", WORDS))
        assert self.told(with_model, False) == self.told(Events(LiveIndex(policy_store)), False)

    def test_a_server_without_one_writes_none(self, policy_store: Path):
        events = Events(LiveIndex(policy_store))
        assert self.told(events, True) == self.told(events, False)


@pytest.fixture(scope="module")
def served(model_address: str, policy_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """``python app.py`` with a model that writes a sentence that stands and one that falls."""
    folder = tmp_path_factory.mktemp("served")
    settings, log = folder / "llm.toml", folder / "log"
    settings.write_text(f'url = "{model_address}"\nmodel = "say-{WORDS.encode().hex()}"\nkey = "{KEY}"\n')
    settings.chmod(0o600)
    command = [sys.executable, "-u", "app.py", "--index", str(policy_store), "--port", "0"]
    with log.open("w") as told:
        process = subprocess.Popen(
            [*command, "--llm", str(settings)], cwd=ROOT, stdout=subprocess.PIPE, stderr=told, text=True
        )
    assert process.stdout is not None
    found = next((hit for line in process.stdout if (hit := re.search(r"http://\S+", line))), None)
    assert found, log.read_text()
    yield found.group()
    process.terminate()
    process.wait(20)
    assert KEY not in log.read_text()


def test_in_the_browser(browser, served: str):
    page = browser.new_page()
    page.goto(served)
    page.locator("#box textarea").fill(WHO)
    page.keyboard.press("Enter")
    page.locator(".tw-after").wait_for()
    said = page.locator("#chat").inner_text()
    assert "责任单位是县住建局、县财政局" in said
    assert "此处删去1句" in said
    assert "公安局" not in said
    assert KEY not in page.content()
    assert page.locator("#cards mark").first.inner_text()
    page.locator("#written input").uncheck()
    page.locator("#box textarea").fill(WHO)
    page.keyboard.press("Enter")
    page.locator(".tw-after").nth(1).wait_for()
    assert "语言模型" not in page.locator("#chat .tw-answer").nth(1).inner_text()
    page.close()


class TestTheCommandLine:
    def test_ask(self, capsys, policy_store: Path, settings_file: Path):
        asked = ["ask", "--llm", str(settings_file), "--index", str(policy_store), WHO]
        assert qa.__main__.main(asked) == 0
        told = capsys.readouterr().out
        assert "责任单位是县住建局、县财政局" in told
        assert "此处删去1句" in told
        assert "公安局" not in told

    def test_as_json(
        self, capsys, policy_store: Path, policy_index: Index, settings_file: Path, model: Model
    ):
        asked = ["ask", "--json", "--llm", str(settings_file), "--index", str(policy_store), WHO]
        assert qa.__main__.main(asked) == 0
        told = json.loads(capsys.readouterr().out)
        written = write_whole(WHO, model("say", WORDS), index=policy_index)
        assert told["answer"] == written.answer.text
        assert told["written"]["why"] is None

    def test_from_the_environment(self, capsys, policy_store: Path, model: Model, monkeypatch):
        asked = model("say", WORDS)
        monkeypatch.setenv("TIAOWEN_LLM_URL", asked.url)
        monkeypatch.setenv("TIAOWEN_LLM_MODEL", asked.model)
        assert qa.__main__.main(["ask", "--llm", "env", "--index", str(policy_store), WHO]) == 0
        assert "语言模型" in capsys.readouterr().out

    def test_chat(self, policy_store: Path, settings_file: Path):
        command = [
            sys.executable,
            "-m",
            "qa",
            "chat",
            "--index",
            str(policy_store),
            "--llm",
            str(settings_file),
        ]
        done = subprocess.run(command, cwd=ROOT, input=f"{WHO}\n".encode(), capture_output=True, check=True)
        assert "语言模型" in done.stdout.decode()


def alone(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_without_the_client_one_line_says_what_to_do(policy_store: Path):
    code = (
        "import sys; sys.modules['openai'] = None\nfrom qa.__main__ import main\nsys.exit(main(sys.argv[1:]))"
    )
    done = alone(code, "ask", "--llm", "env", "--index", str(policy_store), WHO)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert 'pip install "tiaowen[llm]"' in done.stderr


def test_unasked_nothing_of_it_is_imported(policy_store: Path):
    code = (
        "import sys\nfrom qa.__main__ import main\nmain(sys.argv[1:])\n"
        "roots = {name.partition('.')[0] for name in sys.modules}\n"
        "print(sorted(roots & {'llm', 'openai', 'httpx', 'httpx2'}))"
    )
    done = alone(code, "ask", "--index", str(policy_store), WHO)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr
