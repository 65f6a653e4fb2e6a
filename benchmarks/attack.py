"""What an attacker tries on one server, and whether it held.

    python benchmarks/attack.py [--index store] [--connections 1100] [--only NAME …]

Starts ``python app.py`` with two users over a copy of the index on a free port of 127.0.0.1, attacks that and
nothing else, and prints ``held`` or ``fell`` for each attack with what was seen.  Each is bounded in count
and by DEADLINE; all together take some minutes.  The exit code is 1 where one fell.  Left out: files that do
more than cost (`tests/index/parsing`), faults of the disk (`benchmarks/faults.py`).
"""

from __future__ import annotations

import argparse
import base64
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import httpx

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from costly_files import small_and_costly  # noqa: E402
from load import serving  # noqa: E402

from index.commands.options import named_path  # noqa: E402
from index.search.index import open_index  # noqa: E402
from qa.question.understand import LONGEST_QUESTION  # noqa: E402
from web.access.accounts import add_user  # noqa: E402
from web.access.body_limits import LARGEST_CALL  # noqa: E402
from web.access.connections import HEAD_SECONDS, IDLE_SECONDS  # noqa: E402
from web.access.logs import MOST_REPEATS  # noqa: E402

DEADLINE: Final = 90.0
"""Seconds after which an attack counts as won."""
ANSWERED: Final = 20.0
"""Seconds in which the server must say that it is well: what watches it gives up later than that."""
SPARE: Final = 5.0
"""Seconds beyond its time after which a connection must be closed."""
PATIENCE: Final = 300.0
"""Seconds that the slowest question and file may take on a busy machine: what a file may take that comes from
a browser (docs/running.md)."""
PASSWORD: Final = "attack-of-the-benchmark"
QUESTION: Final = {"question": "宁武县海绵城市建设由谁负责?"}
Found = tuple[bool, str]


@dataclass(frozen=True, slots=True)
class Target:
    """The server attacked: its address, its log, its index and how many connections are tried."""

    url: str
    log: Path
    index: Path
    connections: int

    @contextmanager
    def visitor(self, name: str | None = None) -> Iterator[httpx.Client]:
        """Somebody who sends requests, logged in where named: editor or reader."""
        with httpx.Client(base_url=self.url, timeout=DEADLINE, trust_env=False) as client:
            if name:
                entered = client.post("/login", data={"name": name, "password": PASSWORD})
                assert entered.status_code == 303, entered.text
            yield client

    def is_well(self) -> float:
        """Seconds until it says so, counted as DEADLINE where it does not."""
        began = time.monotonic()
        with suppress(httpx.HTTPError):
            if httpx.get(f"{self.url}/healthz", timeout=DEADLINE, trust_env=False).status_code == 200:
                return time.monotonic() - began
        return DEADLINE


def held_open(target: Target) -> Found:
    """Connections with half a head or body: the server is asked meanwhile, and they must be closed."""
    port, halves = (
        urlsplit(target.url).port,
        (b"GET / HT", b"POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na"),
    )
    with ExitStack() as closing:
        opened = []
        for number in range(target.connections):
            one = closing.enter_context(socket.create_connection(("127.0.0.1", port), timeout=DEADLINE))
            one.sendall(halves[number % 2])
            opened.append(one)
        slowest = max(target.is_well() for _ in range(5))
        time.sleep(max(HEAD_SECONDS, IDLE_SECONDS) + SPARE)
        left = sum(not _is_closed(one) for one in opened)
    return (
        slowest < ANSWERED and not left,
        f"{len(opened)} opened, healthz within {slowest:.1f} s, {left} still open",
    )


def _is_closed(one: socket.socket) -> bool:
    one.settimeout(0.01)
    try:
        return one.recv(1) == b""
    except ConnectionError:
        return True
    except TimeoutError:
        return False


def foreign_session(target: Target) -> Found:
    """A second user who knows the number of a session reads, asks and ends nothing in it."""
    number, event = "known2both", {**QUESTION, "what": "ask", "run": "run-1"}
    with target.visitor("editor") as owner, target.visitor("reader") as other:
        page = owner.get("/config").json()
        act = next(one for one in page["dependencies"] if one["api_name"] == "act")
        values = {one["id"]: one["props"].get("value") for one in page["components"]}
        data = [values[one] for one in act["inputs"]]
        asked = {"data": data, "event_data": event, "fn_index": act["id"], "session_hash": number}
        joined = owner.post("/gradio_api/queue/join", json=asked)
        tried = [
            other.get("/gradio_api/queue/data", params={"session_hash": number}),
            other.get(f"/gradio_api/heartbeat/{number}"),
            other.post("/gradio_api/queue/join", json=asked),
            other.post("/gradio_api/cancel", json={**asked, "event_id": joined.json()["event_id"]}),
        ]
        own = owner.get("/gradio_api/queue/data", params={"session_hash": number}).text
    refused = sum(one.status_code == 403 for one in tried)
    return refused == len(tried) and "process_completed" in own, f"{refused} of {len(tried)} refused"


def filled_log(target: Target) -> Found:
    """2,000 equal refusals and 200 requests that are none: no more lines than a minute may have."""
    before = len(target.log.read_bytes().splitlines())
    with target.visitor() as client:
        for number in range(2000):
            client.get(f"/{number}")
    for _ in range(200):
        with socket.create_connection(("127.0.0.1", urlsplit(target.url).port), timeout=DEADLINE) as one:
            one.sendall(b"nonsense\r\n\r\n")
            one.recv(100)
    written = len(target.log.read_bytes().splitlines()) - before
    return written <= 5 * MOST_REPEATS, f"2,200 requests, {written} lines"


def guessed_passwords(target: Target) -> Found:
    """Ten wrong passwords for one name."""
    with target.visitor() as client:
        codes = [
            client.post("/login", data={"name": "nobody", "password": str(n)}).status_code for n in range(10)
        ]
    return codes.count(429) >= 4, f"{codes.count(429)} of 10 refused unread"


def slow_questions(target: Target) -> Found:
    """Eight people who each ask 1,000 characters of document text after 50 such questions."""
    with open_index(target.index) as index:
        text = "".join("".join(index.document(one.file).text.split()) for one in index.infos)
    pages = [text[at : at + LONGEST_QUESTION] for at in range(0, len(text) - LONGEST_QUESTION, 900)][:51]
    body = {"question": pages[-1], "history": [pages[n % len(pages)] for n in range(50)]}
    codes: list[int] = []

    def ask(body: Mapping[str, object], client: httpx.Client) -> float:
        began = time.monotonic()
        codes.append(client.post("/api/v1/ask", json=body, timeout=PATIENCE).status_code)
        return time.monotonic() - began

    def one_person() -> None:
        with target.visitor("reader") as client:
            ask(body, client)

    with target.visitor("reader") as client:
        ask(QUESTION, client)  # loads the models
        plain = ask({"question": "成武县老旧小区改造由谁负责?"}, client)
        slow = ask({**body, "question": pages[-2]}, client)
    people = [threading.Thread(target=one_person, daemon=True) for _ in range(8)]
    for one in people:
        one.start()
    time.sleep(1)
    well = target.is_well()
    for one in people:
        one.join(PATIENCE)
    seen = f"{codes.count(200)} of 11 answered, one alone in {slow / plain:.0f} times a plain one's time"
    return well < ANSWERED and codes == [200] * 11, f"{seen}, healthz within {well:.1f} s"


def large_bodies(target: Target) -> Found:
    """Bodies larger than they may be: said so, unsaid, and with a length that is none."""

    def trickle() -> Iterator[bytes]:
        for _ in range(LARGEST_CALL // 65536 + 2):
            yield b" " * 65536

    length = "99999999999999999999"
    with target.visitor("reader") as client:
        codes = []
        for content in (b" " * (LARGEST_CALL + 1), trickle()):
            try:
                codes.append(client.post("/api/v1/ask", content=content).status_code)
            except httpx.TransportError:
                codes.append(0)  # hung up before all was sent
        cookies = "; ".join(f"{one.name}={one.value}" for one in client.cookies.jar)
    head = f"POST /api/v1/ask HTTP/1.1\r\nHost: a\r\nCookie: {cookies}\r\nContent-Length: {length}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", urlsplit(target.url).port), timeout=DEADLINE) as one:
        one.sendall(head.encode())
        codes.append(int(one.recv(100).split()[1]))
    return not set(codes) - {413, 400, 0}, f"answers {codes}"


def other_sites(target: Target) -> Found:
    """Requests that a page of another site would have a logged-in browser send."""
    ways = ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"})
    paths = ("/api/v1/ask", "/login", "/logout", "/gradio_api/queue/join", "/documents/gradio_api/upload")
    with target.visitor("editor") as client:
        codes = [client.post(path, json=QUESTION, headers=way).status_code for path in paths for way in ways]
    return set(codes) == {403}, f"{codes.count(403)} of {len(codes)} refused"


def path_tricks(target: Target) -> Found:
    """Addresses that climb, name files of the machine, or are gradio's own for other uses."""
    tried = (
        *(
            "/static/%2e%2e/%2e%2e/etc/passwd",
            "/gradio_api/file=/etc/passwd",
            "/gradio_api/file=%2e%2e%2fapp.py",
        ),
        *("/..%5capp.py", "/%252e%252e/etc/passwd", "/gradio_api/proxy=http://127.0.0.1:1/", "/monitoring"),
        *("/gradio_api/vibe-code", "/gradio_api/dev/reload", "/gradio_api/call/act", f"/{'a' * 3000}"),
        *(f"/gradio_api/file={target.log}", f"/gradio_api/file={target.log.with_name('users.json')}"),
    )
    with target.visitor("editor") as client:
        codes = [client.get(path).status_code for path in tried]
    return not {code for code in codes if code < 400}, f"{len(codes)} tried, answers {sorted(set(codes))}"


def costly_files(target: Target) -> Found:
    """Small files that ask for much, sent to the documents page as a browser sends them."""
    slowest, answered = 0.0, 0
    with target.visitor("editor") as client:
        config = client.get("/documents/config").json()
        stage = next(one["id"] for one in config["dependencies"] if one["api_name"] == "stage")
        for number, (name, content) in enumerate(small_and_costly()):
            file = {"name": name, "content": base64.b64encode(content).decode(), "size": len(content)}
            named = {"session_hash": f"file{number}"}
            event = {"data": [None, ""], "event_data": file, "fn_index": stage, **named}
            began = time.monotonic()
            client.post("/documents/gradio_api/queue/join", json=event)
            told = client.get("/documents/gradio_api/queue/data", params=named, timeout=PATIENCE).text
            slowest = max(slowest, time.monotonic() - began)
            answered += "process_completed" in told and name in told
    return answered == 4 and slowest < PATIENCE, f"{answered} of 4 answered, the slowest in {slowest:.1f} s"


ATTACKS: Final[dict[str, Callable[[Target], Found]]] = {
    "held-open": held_open,
    "foreign-session": foreign_session,
    "filled-log": filled_log,
    "guessed-passwords": guessed_passwords,
    "slow-questions": slow_questions,
    "large-bodies": large_bodies,
    "other-sites": other_sites,
    "path-tricks": path_tricks,
    "costly-files": costly_files,
}


def attacked(target: Target, names: Sequence[str]) -> int:
    """Try each, print what came of it; how many fell."""
    fell = 0
    for name in names:
        began = time.monotonic()
        try:
            held, seen = ATTACKS[name](target)
        except (httpx.HTTPError, OSError) as error:
            held, seen = False, repr(error)
        held = held and target.is_well() < ANSWERED
        fell += not held
        print(
            f"{name:<18} {'held' if held else 'fell'}  {seen} ({time.monotonic() - began:.0f} s)", flush=True
        )
    return fell


def main() -> int:
    """Start a server, attack it, print and judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--index", type=named_path, default=ROOT / "store")
    parser.add_argument("--connections", type=int, default=1100, choices=range(10, 3001), metavar="10..3000")
    parser.add_argument("--only", nargs="+", choices=list(ATTACKS), default=list(ATTACKS), metavar="NAME")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        users, log, index = folder / "users.json", folder / "log", folder / "store"
        shutil.copytree(options.index, index)
        for role in ("editor", "reader"):
            add_user(users, role, role, PASSWORD)
        with serving(index, "--auth-file", str(users), "--log-file", str(log)) as url:
            return 1 if attacked(Target(url, log, index, options.connections), options.only) else 0


if __name__ == "__main__":
    raise SystemExit(main())
