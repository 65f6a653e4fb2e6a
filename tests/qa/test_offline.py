"""No address outside this machine is asked for: building, asking and searching, watched where sockets open.

Python's audit events see every connection and name look-up made through Python; where strace is installed,
the system's own calls are watched too, native libraries included.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HANGJIN = ROOT / "documents" / "杭锦旗推进以县城为重要载体的城镇化建设方案文字解读.txt"

GUARD = """
import sys

EVENTS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg")
LOCAL = ("127.", "::1", "localhost")


def watch(event, arguments):
    if event not in EVENTS:
        return
    address = arguments[0] if isinstance(arguments[0], (str, bytes)) else arguments[1]
    if isinstance(address, (str, bytes)):  # a name looked up, or a socket that is a file
        host = address if event.startswith("socket.get") else "localhost"
    else:
        host = address[0]
    if not str(host).startswith(LOCAL):
        print(f"ASKED FOR {event} {host!r}", file=sys.stderr, flush=True)
        raise PermissionError(f"{event} {host!r}")


sys.addaudithook(watch)
"""

WORK = """
from index.__main__ import main as index
from qa.__main__ import main as qa

assert index(["build", "documents"]) == 0
assert qa(["ask", "杭锦旗怎样打造蓝绿生态空间?"]) == 0
assert qa(["search", "生态", "--region", "杭锦旗", "--json"]) == 0
assert index(["verify"]) == 0
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    shutil.copy(HANGJIN, tmp_path / "documents")
    return tmp_path


def run(folder: Path, code: str, *before: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [*before, sys.executable, "-c", code]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)",
        "import socket; socket.getaddrinfo('example.org', 443)",
        "import urllib.request; urllib.request.urlopen('https://example.org/', timeout=1)",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 53))",
    ],
)
def test_the_guard_sees_what_it_is_there_for(folder: Path, code: str):
    done = run(folder, GUARD + code)
    assert done.returncode != 0
    assert b"ASKED FOR" in done.stderr


def test_the_guard_lets_this_machine_talk_to_itself(folder: Path):
    code = (
        "import socket; s = socket.create_server(('127.0.0.1', 0)); socket.create_connection(s.getsockname())"
    )
    assert run(folder, GUARD + code).returncode == 0


def test_nothing_outside_is_asked_for(folder: Path):
    done = run(folder, GUARD + WORK)
    said = done.stderr.decode()
    assert done.returncode == 0, said
    assert "ASKED FOR" not in said


def test_native_code_asks_for_nothing_outside_either(folder: Path):
    strace = shutil.which("strace")
    if strace is None or run(folder, "", strace, "-o", os.devnull, "-e", "trace=connect").returncode:
        pytest.skip("strace is not installed here, or may not trace")
    log = folder / "calls"
    done = run(
        folder, WORK, strace, "-f", "-qq", "-o", str(log), "-e", "trace=connect,sendto,sendmsg,sendmmsg"
    )
    assert done.returncode == 0, done.stderr.decode()
    inet = [line for line in log.read_text("utf-8", "replace").splitlines() if "AF_INET" in line]
    assert [line for line in inet if '"127.' not in line and '"::1"' not in line] == []
