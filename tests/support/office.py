"""A running server with users, and logging in to it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from qa.api.feedback import Feedback, feedback_of
from web.access.accounts import add_user

ROOT = Path(__file__).parents[2]
QUESTION = "宁武县海绵城市建设由谁负责?"
PASSWORDS = {"王主任": "海棠花开-2026", "李编辑": "玉兰花开-2026", "读者": "只读只问-2026"}
"""The users by the order of their roles: administrator, editor, reader."""


@dataclass(frozen=True, slots=True)
class Office:
    """A running server with users: its address, its index, its documents, the file of users, its log."""

    url: str
    index: Path
    documents: Path
    users: Path
    log: Path


@contextmanager
def running_office(folder: Path, policy_store: Path) -> Iterator[Office]:
    """The server over a copy of the five documents in the folder, with something said of two answers."""
    index = Path(shutil.copytree(policy_store, folder / "store"))
    documents = Path(shutil.copytree(ROOT / "documents", folder / "documents"))
    users, log = folder / "users.json", folder / "log"
    for name, role in zip(PASSWORDS, ("administrator", "editor", "reader"), strict=True):
        add_user(users, name, role, PASSWORDS[name])
    feedback = feedback_of(index)
    feedback.put(Feedback("a1", 1, QUESTION, "县住建局、县财政局", "wrong", "引用的不是海绵城市那一条"))
    feedback.put(Feedback("a2", 1, "<img src=x onerror='window.hit=1'>", "无", "useful"))
    command = [sys.executable, str(ROOT / "app.py"), "--index", str(index), "--documents", str(documents)]
    command += ["--port", "0", "--auth-file", str(users), "--log-file", str(log)]
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    address = next((found for line in process.stdout if (found := re.search(r"http://\S+", line))), None)
    try:
        assert address, log.read_text()
        yield Office(address.group(), index, documents, users, log)
    finally:
        process.terminate()
        process.wait(20)
    assert "Traceback" not in log.read_text()


def logged_in(browser, office: Office, name: str, path: str = "/"):
    """A page as that user sees it; the browser has one user at a time."""
    browser.clear_cookies()
    page = browser.new_page()
    page.goto(f"{office.url}/login")
    page.locator("[name=name]").fill(name)
    page.locator("[name=password]").fill(PASSWORDS[name])
    page.locator("button").click()
    page.wait_for_url(lambda url: "/login" not in url)
    page.goto(f"{office.url}{path}")
    return page
