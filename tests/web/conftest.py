"""The server's own routes over the index of the five documents, and the whole application as a process."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from index.search.live import LiveIndex
from tests.support.visiting import PASSWORDS, Process, Serving
from web.access.accounts import add_user
from web.access.door import Door
from web.application import guarded, site_for
from web.settings import Settings

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def users(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An editor 张三 and a reader; not to be changed."""
    path = tmp_path_factory.mktemp("users") / "users.json"
    add_user(path, "张三", "editor", PASSWORDS["张三"])
    add_user(path, "reader", "reader", PASSWORDS["reader"])
    return path


@pytest.fixture(scope="session")
def live(policy_store: Path) -> LiveIndex:
    return LiveIndex(policy_store)


@pytest.fixture
def serving(live: LiveIndex) -> Serving:
    """A client of the server's own routes, made with the settings named."""

    def made(*, over: LiveIndex = live, **named: object) -> TestClient:
        settings = Settings(**{"hosts": ("testserver",), **named})
        door = Door(settings)
        app = guarded(site_for(over, settings, door), settings, door)
        base = f"http://testserver{settings.root_path}"
        return TestClient(app, base_url=base, follow_redirects=False, raise_server_exceptions=False)

    return made


@pytest.fixture(scope="session")
def served(policy_store: Path, users: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """``python app.py`` behind a prefix and a login."""
    log = tmp_path_factory.mktemp("served") / "log"
    command = [sys.executable, "-u", "app.py", "--index", str(policy_store), "--port", "0"]
    command += ["--root-path", "/tw", "--auth-file", str(users), "--log-file", str(log)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    address = next((found for line in process.stdout if (found := re.search(r"http://[^/]+", line))), None)
    try:
        assert address, log.read_text()
        yield Process(address.group(), "/tw", log)
    finally:
        process.terminate()
        process.wait(20)
    assert process.returncode in (0, -signal.SIGTERM)  # uvicorn raises it again once it has stopped
