"""The documents page over documents of its own, for one file of tests each."""

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

from tests.support.documents_desk import Library

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, policy_store: Path) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("library")
    index = Path(shutil.copytree(policy_store, folder / "store"))
    documents = Path(shutil.copytree(ROOT / "documents", folder / "documents"))
    command = [sys.executable, str(ROOT / "tests" / "support" / "library.py")]
    command += ["--index", str(index), "--documents", str(documents)]
    log = folder / "log"
    with log.open("w") as writing_log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=writing_log,
            text=True,
        )
    assert process.stdout is not None
    address = next((found for line in process.stdout if (found := re.search(r"http://\S+", line))), None)
    try:
        assert address, log.read_text()
        yield Library(address.group(), index, documents)
    finally:
        process.terminate()
        process.wait(20)
    assert "Traceback" not in log.read_text()


@pytest.fixture
def desk(browser, library: Library):
    """A page at the documents; fails on any request elsewhere, on a script's error, on a dialog."""
    page = browser.new_page()
    wrong: list[str] = []

    def local(url: str) -> bool:
        return urlsplit(url).scheme in ("data", "blob") or urlsplit(url).hostname == "127.0.0.1"

    page.on("request", lambda request: local(request.url) or wrong.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    page.set_viewport_size({"width": 1280, "height": 820})
    page.goto(f"{library.url}/documents/")
    page.locator(".tw-drop").wait_for()
    yield page
    page.close()
    assert not wrong
