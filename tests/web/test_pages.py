"""Pages mounted beside each other: under their paths, with their user, with gradio's own uploads closed."""

from __future__ import annotations

from pathlib import Path

import gradio as gr
import pytest
from starlette.testclient import TestClient

from index.search.live import LiveIndex
from pages.chat.answering import Answering
from pages.chat.steps import Steps
from pages.common.frame import page_head
from pages.site import Page, mount
from tests.support.visiting import log_in
from web.access.door import Door, user_of
from web.application import guarded, site_for
from web.settings import Settings


def page(path: str) -> Page:
    def who(request: gr.Request) -> str:
        return f"{path} {user_of(request).name} {user_of(request).role}"

    with gr.Blocks(analytics_enabled=False) as blocks:
        button, said = gr.Button(), gr.Textbox()
        button.click(who, None, said, api_name="who", queue=False)
    return Page(path, blocks, page_head())


@pytest.fixture(params=["", "/tw"])
def client(live: LiveIndex, users: Path, request: pytest.FixtureRequest) -> TestClient:
    settings = Settings(auth_file=users, root_path=request.param)
    door = Door(settings)
    site = site_for(live, settings, door)
    mount(site, (page("/documents"), page("/ledger"), page("/")), settings)
    base = f"http://testserver{settings.root_path}"
    return TestClient(guarded(site, settings, door), base_url=base, follow_redirects=False)


def test_each_page_knows_its_user(client: TestClient) -> None:
    for name, role in (("reader", "reader"), ("张三", "editor")):
        log_in(client, name)
        for path in ("/documents", "/ledger", ""):
            assert client.get(f"{path}/").status_code == 200
            told = client.post(f"{path}/gradio_api/run/who", json={"data": []}).json()
            assert told["data"] == [f"{path or '/'} {name} {role}"]
    sent = client.get("/ledger?lang=en")
    prefix = client.base_url.path.rstrip("/")
    assert (sent.status_code, sent.headers["location"]) == (307, f"{prefix}/ledger/?lang=en")


def test_nobody_sends_files_to_gradios_own_address(client: TestClient) -> None:
    log_in(client, "张三")
    for path in ("/documents", "/ledger", ""):
        sent = client.post(f"{path}/gradio_api/upload", files={"files": ("a.txt", b"x" * 900)})
        assert sent.status_code == 413
    log_in(client, "reader")
    assert client.post("/documents/gradio_api/upload", files={"files": ("a", b"x")}).status_code == 403


def test_the_chat_keeps_to_the_length_that_is_set(live: LiveIndex) -> None:
    steps = Steps(live, Answering(live, 20))
    (refused,) = steps.asked("字" * 21)
    assert (refused.turns[0].problem, refused.turns[0].limit, refused.given) == ("long", 20, "字" * 21)
    *_, taken = steps.asked("海绵城市" * 5)
    assert (taken.turns[0].problem, taken.given) == (None, "")
