"""The examples that ask a server: over MCP, and over HTTP with a name and a password."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from web.access.accounts import add_user

ROOT = Path(__file__).parents[2]
QUESTION = "宁武县海绵城市建设由谁负责?"


def test_over_mcp(printed: Callable[[str, str], str]) -> None:
    out = printed("mcp_client.py", QUESTION)
    assert out.startswith("tools: search, ask, ledger, read_clause, documents")
    assert "县住建局、县财政局[1]" in out
    assert "建成区30%以上的面积达到海绵城市建设要求" in out


def test_over_mcp_where_the_documents_do_not_say(printed: Callable[[str, str], str]) -> None:
    assert "No certain answer was found" in printed("mcp_client.py", "海口市的海绵城市由谁负责?")


@pytest.fixture
def address(policy_store: Path, tmp_path: Path) -> Iterator[str]:
    users = tmp_path / "users.json"
    add_user(users, "张三", "reader", "海棠花开-2026")
    command = [sys.executable, "-u", "app.py", "--index", str(policy_store), "--port", "0"]
    process = subprocess.Popen(
        [*command, "--auth-file", str(users)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    found = next((one for line in process.stdout if (one := re.search(r"http://\S+", line))), None)
    try:
        assert found
        yield found.group()
    finally:
        process.terminate()
        process.wait(20)
    assert process.returncode in (0, -signal.SIGTERM)


def test_over_http(address: str) -> None:
    def run(password: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "examples/http_client.py", address, QUESTION],
            cwd=ROOT,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "PYTHONIOENCODING": "utf-8",
                "TIAOWEN_USER": "张三",
                "TIAOWEN_PASSWORD": password,
            },
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    done = run("海棠花开-2026")
    assert done.returncode == 0, done.stderr
    assert "“县住建局、县财政局”" in done.stdout
    assert re.search(r"tasks on .*城市.*: [1-9]", done.stdout)
    refused = run("wrong")
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "Name or password is wrong" in refused.stderr
