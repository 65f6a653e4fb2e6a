"""The real app on a free port, over an index it builds itself, and a browser that may go nowhere else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from index.encoders.vector_cache import CACHE
from tests.support.browsing import App, listening
from tests.support.office import Office, running_office

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def app(policy_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("app")
    index, outside, log = folder / "store", folder / "outside", folder / "log"
    index.mkdir()
    shutil.copy(policy_store / CACHE, index)  # what is encoded need not be encoded again
    command = [sys.executable, str(ROOT / "tests" / "support" / "watched.py"), str(outside)]
    command += ["--index", str(index), "--documents", str(ROOT / "documents"), "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with log.open("w") as writing:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=writing, text=True
        )
    assert process.stdout is not None
    address = next((found for line in process.stdout if (found := re.search(r"http://\S+", line))), None)
    try:
        assert address, log.read_text()
        yield App(address.group(), index, outside)
    finally:
        process.terminate()
        process.wait(20)
    assert "Traceback" not in log.read_text()


@pytest.fixture
def page(browser, app: App):
    """A new page at the app; fails on any request elsewhere, on a script's error and on an opened dialog."""
    page = browser.new_page()
    wrong: list[str] = []

    def dialog_opened(dialog) -> None:
        wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("request", lambda request: _local(request.url) or wrong.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", dialog_opened)
    page.set_viewport_size({"width": 1280, "height": 820})
    page.goto(app.url)
    page.locator("#chat .example").first.wait_for()
    listening(page)
    yield page
    page.close()
    assert not wrong


def _local(url: str) -> bool:
    return urlsplit(url).scheme in ("data", "blob") or urlsplit(url).hostname == "127.0.0.1"


@pytest.fixture(scope="session")
def site(app: App) -> App:
    """The same app, for tests of the pages beside the chat."""
    return app


@pytest.fixture
def tab(browser, site: App):
    """An empty page; fails as `page` does."""
    tab = browser.new_page()
    wrong: list[str] = []
    tab.on("request", lambda request: _local(request.url) or wrong.append(request.url))
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.set_viewport_size({"width": 1280, "height": 820})
    yield tab
    tab.close()
    assert not wrong


@pytest.fixture(scope="session")
def office(policy_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The app with users, for what only they can see and do."""
    with running_office(tmp_path_factory.mktemp("office"), policy_store) as office:
        yield office
