"""Fifty people asking at once: what one server on this machine answers, and how long each waits.

    python benchmarks/load.py [--index store] [--people 50] [--each 8] [--seconds 120] [--processes 1]

Starts ``python app.py`` on a free port of this machine, and has so many people ask one question after the
other, each its own, all beginning at the same moment, by ``POST /api/v1/ask``.  Every answer is compared with
that of ``qa.ask`` in one process, measured in the same run over the same questions, which is what the machine
can do at most without several processes.  Ends with 1 where an answer was lost or differs.  Left out: other
machines; it asks only 127.0.0.1.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from index.commands.options import named_path  # noqa: E402
from index.search.index import open_index  # noqa: E402
from qa.api.ask import ask  # noqa: E402
from qa.api.objects import answer_object  # noqa: E402

QUESTIONS = ROOT / "tests/data/questions_answerable.jsonl"
PATIENCE = 60.0
"""Seconds after which a person gives up, and the answer counts as lost."""
TIMES = 5
"""How often one person asks every question; the first time a question is slower."""
Body = dict[str, Any]


@dataclass(slots=True)
class Day:
    """What came of it; ``seconds`` of each answer that came."""

    seconds: list[float] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)


def questions() -> list[Body]:
    """The questions of the tests with the earlier ones of their conversations, as bodies."""
    said = map(json.loads, QUESTIONS.read_text(encoding="utf-8").splitlines())
    return [{"question": one["question"], "history": one.get("history") or []} for one in said]


@contextmanager
def serving(index: Path, *options: str) -> Iterator[str]:
    """The address of a server of its own, started with further options."""
    command = [sys.executable, "-u", "app.py", "--index", str(index), "--port", "0", *options]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stdout is not None
        address = next(
            (f for line in process.stdout if (f := re.search(r"http://127\.0\.0\.1:\d+", line))), None
        )
        if address is None:
            raise SystemExit("The server did not start. Try: python app.py")
        yield address.group()
    finally:
        process.terminate()
        process.wait(20)


def one_person(
    url: str, own: Sequence[Body], expected: dict[str, str], start: threading.Barrier, day: Day
) -> None:
    """Ask one question after the other, each as soon as the one before is answered."""
    with httpx.Client(base_url=url, timeout=PATIENCE, trust_env=False) as client:
        start.wait()
        for body in own:
            began = time.perf_counter()
            try:
                response = client.post("/api/v1/ask", json=body)
            except httpx.HTTPError as error:
                day.lost.append(f"{body['question']}: {error!r}")
                continue
            day.seconds.append(time.perf_counter() - began)
            if response.status_code != 200:
                day.lost.append(f"{body['question']}: {response.status_code} {response.text[:100]}")
            elif response.json()["answer"] != expected[_key(body)]:
                day.different.append(body["question"])


def crowd(
    urls: Sequence[str], people: int, each: int, expected: dict[str, str], most: float
) -> tuple[Day, float]:
    """Everybody at once; what came of it, and the seconds until the last was answered."""
    every, day, start = questions(), Day(), threading.Barrier(people + 1)
    asking = []
    for person in range(people):
        own = [every[(person * 7 + turn) % len(every)] for turn in range(each)]
        arguments = (urls[person % len(urls)], own, expected, start, day)
        asking.append(threading.Thread(target=one_person, args=arguments, daemon=True))
    for thread in asking:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in asking:
        thread.join(max(0.0, began + most - time.perf_counter()))
    if any(thread.is_alive() for thread in asking):
        raise SystemExit(f"Not done after {most:.0f} s. Ask less: --people, --each")
    return day, time.perf_counter() - began


def alone(index: Path, times: int) -> tuple[dict[str, str], list[float]]:
    """The answers of ``qa.ask`` in this process, and the seconds of each, with the object that is sent."""
    answers: dict[str, str] = {}
    seconds = []
    with open_index(index) as opened:
        ask(questions()[0]["question"], index=opened)  # loads the encoder and the word lists
        for body in questions() * times:
            began = time.perf_counter()
            answer = ask(body["question"], history=body["history"], index=opened)
            told = json.dumps(answer_object(answer), ensure_ascii=False)
            seconds.append(time.perf_counter() - began)
            answers[_key(body)] = json.loads(told)["answer"]
    return answers, seconds


def _key(body: Body) -> str:
    return json.dumps(body, ensure_ascii=False)


def told(name: str, seconds: Sequence[float], whole: float) -> None:
    """One line: how many, how fast, how long each waited."""
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    print(
        f"{name:<34}{len(seconds):>6}{len(seconds) / whole:>10.1f}{1e3 * cuts[49]:>10.0f}"
        f"{1e3 * cuts[94]:>10.0f}{1e3 * max(seconds):>10.0f}"
    )


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--index", type=named_path, default=ROOT / "store")
    parser.add_argument("--people", type=int, default=50, choices=range(1, 201), metavar="1..200")
    parser.add_argument("--each", type=int, default=8, choices=range(1, 101), metavar="1..100")
    parser.add_argument("--seconds", type=float, default=120.0, help="at most")
    parser.add_argument("--processes", type=int, default=1, choices=range(1, 17), metavar="1..16")
    options = parser.parse_args()
    expected, one = alone(options.index, TIMES)
    with ExitStack() as started:
        urls = [started.enter_context(serving(options.index)) for _ in range(options.processes)]
        for url in urls:
            httpx.post(f"{url}/api/v1/ask", json=questions()[0], timeout=PATIENCE, trust_env=False)
        single, apart = crowd(urls, 1, TIMES * len(questions()), expected, options.seconds)
        day, whole = crowd(urls, options.people, options.each, expected, options.seconds)
    print(f"{'':<34}{'asked':>6}{'per s':>10}{'p50 ms':>10}{'p95 ms':>10}{'max ms':>10}")
    told("qa.ask, one process", one, sum(one))
    told("/api/v1/ask, 1 person", single.seconds, apart)
    told(f"/api/v1/ask, {options.people} people at once", day.seconds, whole)
    share = (len(day.seconds) / whole) / (len(one) / sum(one))
    print(f"{share:.0%} of one process's throughput; {len(day.lost)} lost, {len(day.different)} differ")
    for line in (*day.lost, *day.different)[:10]:
        print(f"  {line}")
    return 1 if day.lost or day.different else 0


if __name__ == "__main__":
    raise SystemExit(main())
