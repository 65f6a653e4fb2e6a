"""No address outside this machine is asked for, and nothing is left in the home folder.

Two kinds of process are watched: commands that end, and the application, a conversation and a program that
imports the packages, each staying up for 40 s, since telemetry waits before it sends.  Python's audit events
see every connection and name look-up made through Python; where strace is installed, the system's own calls
are watched too, native libraries and child processes included.  Every process starts with a new home folder
and none of the variables that might switch something off.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[3]
HANGJIN = ROOT / "documents" / "杭锦旗推进以县城为重要载体的城镇化建设方案文字解读.txt"
QUESTION = "杭锦旗怎样打造蓝绿生态空间?"

STAYS_UP: Final = 40.0
"""Seconds that a process is watched for.  ONNX Runtime 1.32 looked its host up 9 s after the application had
started, and 19 s after a conversation had."""
STARTS: Final = 120.0
"""Seconds that the application may take to start on a busy machine."""

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

WORK = f"""
from index.__main__ import main as index
from qa.__main__ import main as qa

assert index(["build", "documents"]) == 0
assert qa(["ask", "{QUESTION}"]) == 0
assert qa(["search", "生态", "--region", "杭锦旗", "--json"]) == 0
assert index(["verify"]) == 0
"""

APPLICATION = f"""
import runpy, sys

sys.argv = ["app.py", "--port", "0"]
runpy.run_path({str(ROOT / "app.py")!r}, run_name="__main__")
"""

CONVERSATION = """
from qa.__main__ import main

raise SystemExit(main(["chat"]))
"""

LIBRARY = f"""
import sys

from qa import ask, search

assert ask("{QUESTION}").citations
assert search("生态")
print("answered", flush=True)
sys.stdin.read()
"""

CALLS: Final = "trace=connect,sendto,sendmsg,sendmmsg"
NAME_SERVICE: Final = "io.systemd.Resolve"
"""The socket through which systemd's resolver is asked for a name."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return library_in(tmp_path)


def library_in(place: Path) -> Path:
    """A folder to work in, with one document, and an empty home beside it."""
    for name in ("work/documents", "home", "temporary"):
        (place / name).mkdir(parents=True)
    shutil.copy(HANGJIN, place / "work" / "documents")
    return place


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of a user who has set nothing."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
    home, temporary = str(folder / "home"), str(folder / "temporary")
    own = {"HOME": home, "USERPROFILE": home, "TMPDIR": temporary, "PYTHONPATH": str(ROOT)}
    return {**kept, **own, "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}


def run(folder: Path, code: str, *before: str) -> subprocess.CompletedProcess[bytes]:
    command = [*before, sys.executable, "-c", code]
    where, environment = folder / "work", surroundings(folder)
    return subprocess.run(command, cwd=where, env=environment, capture_output=True, check=False)


def tracing(log: Path) -> list[str]:
    """How strace is started; empty where it is not there or may not trace."""
    strace = shutil.which("strace")
    if strace is None:
        return []
    command = [strace, "-f", "-qq", "-s", "256", "-e", CALLS, "-o"]
    tried = subprocess.run([*command, os.devnull, "true"], capture_output=True, check=False)
    return [] if tried.returncode else [*command, str(log)]


def asked_outside(log: Path) -> list[str]:
    """The calls that lead out of this machine, or ask for a name, which a resolver on it passes on."""
    calls = [line for line in log.read_text("utf-8", "replace").splitlines() if leads_out(line)]
    return list(dict.fromkeys(re.sub(r"^\d+ +", "", call) for call in calls))


def leads_out(call: str) -> bool:
    if NAME_SERVICE in call:
        return True
    if "AF_INET" not in call:
        return False
    return "htons(53)" in call or not any(own in call for own in ('"127.', '"::1"', '"::ffff:127.'))


def left_at_home(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder / "home")) for path in (folder / "home").rglob("*"))


@dataclass(frozen=True, slots=True)
class Staying:
    """A process that stays up: where it works, what it says, and its system calls where they are traced."""

    name: str
    folder: Path
    process: subprocess.Popen[bytes]
    is_traced: bool

    @property
    def said(self) -> str:
        return (self.folder / "said").read_text("utf-8", "replace")

    @property
    def calls(self) -> Path:
        return self.folder / "calls"

    def waited_for(self, sign: str) -> str:
        """What it says once the sign is in it."""
        until = time.monotonic() + STARTS
        while sign not in self.said:
            assert self.process.poll() is None, f"{self.name} ended: {self.said}"
            assert time.monotonic() < until, f"{self.name} never said {sign!r}: {self.said}"
            time.sleep(0.2)
        return self.said


def started(name: str, code: str, place: Path) -> Staying:
    folder = library_in(place / name)
    before = tracing(folder / "calls")
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            [*before, sys.executable, "-c", GUARD + code],
            cwd=folder / "work",
            env=surroundings(folder),
            stdin=subprocess.PIPE,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    return Staying(name, folder, process, bool(before))


@pytest.fixture(scope="module", autouse=True)
def staying(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Staying, ...]]:
    """The application, a conversation and a program, started first: the other tests pass meanwhile."""
    place = tmp_path_factory.mktemp("staying")
    programs = {"application": APPLICATION, "conversation": CONVERSATION, "library": LIBRARY}
    all_of_them = tuple(started(name, code, place) for name, code in programs.items())
    try:
        yield all_of_them
    finally:
        for one in all_of_them:
            with suppress(ProcessLookupError):
                os.killpg(one.process.pid, signal.SIGKILL)
            one.process.wait()


@pytest.fixture(scope="module")
def watched(staying: tuple[Staying, ...]) -> tuple[Staying, ...]:
    """The same, each with a question answered, 40 s after that."""
    application, conversation, library = staying
    assert conversation.process.stdin
    conversation.process.stdin.write(f"{QUESTION}\n".encode())
    conversation.process.stdin.flush()
    library.waited_for("answered")
    conversation.waited_for("蓝绿")
    found = re.search(r"http://127\.0\.0\.1:\d+", application.waited_for("Ctrl-C"))
    assert found
    for path in ("/", f"/api/v1/ask?question={quote(QUESTION)}", "/documents/", "/ledger/", "/compare/"):
        with urlopen(f"{found.group()}{path}", timeout=60) as answer:
            assert answer.status == 200
    time.sleep(STAYS_UP)
    for one in staying:
        assert one.process.poll() is None, f"{one.name} ended: {one.said}"
    return staying


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


@pytest.mark.parametrize(
    ("code", "is_seen"),
    [
        ("s.connect_ex(('192.0.2.1', 80))", True),
        ("s.connect_ex(('127.0.0.53', 53))", True),
        ("s.sendto(b'', ('192.0.2.1', 9))", True),
        ("s.sendto(b'', ('127.0.0.1', 9))", False),
    ],
)
def test_the_trace_shows_what_it_is_there_for(folder: Path, code: str, is_seen: bool):
    before = tracing(folder / "calls")
    if not before:
        pytest.skip("strace is not installed here, or may not trace: system calls are not watched")
    run(folder, f"import socket; s = socket.socket(type=socket.SOCK_DGRAM); {code}", *before)
    assert bool(asked_outside(folder / "calls")) == is_seen


def test_nothing_outside_is_asked_for(folder: Path):
    done = run(folder, GUARD + WORK)
    said = done.stderr.decode()
    assert done.returncode == 0, said
    assert "ASKED FOR" not in said
    assert left_at_home(folder) == []


def test_native_code_asks_for_nothing_outside_either(folder: Path):
    before = tracing(folder / "calls")
    if not before:
        pytest.skip("strace is not installed here, or may not trace: system calls are not watched")
    done = run(folder, WORK, *before)
    assert done.returncode == 0, done.stderr.decode()
    assert asked_outside(folder / "calls") == []


def test_what_stays_up_asks_for_nothing_outside(watched: tuple[Staying, ...]):
    assert {one.name: one.said for one in watched if "ASKED FOR" in one.said} == {}


def test_what_stays_up_leaves_nothing_at_home(watched: tuple[Staying, ...]):
    assert {one.name: left for one in watched if (left := left_at_home(one.folder))} == {}


def test_native_code_of_what_stays_up_asks_for_nothing_outside_either(watched: tuple[Staying, ...]):
    if not all(one.is_traced for one in watched):
        pytest.skip("strace is not installed here, or may not trace: system calls are not watched")
    assert {one.name: calls for one in watched if (calls := asked_outside(one.calls))} == {}
