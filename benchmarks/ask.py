"""How long an answer takes: warm, with its parts, and cold from process start to the printed answer.

    python benchmarks/ask.py [--index store] [--runs 5] [--questions FILE …]

Warm: p50 and p99 of ``ask`` over the questions of tests/data, and of the development questions where they
stand beside the project, split into encoding (the question's vector), judging (what the judge reads), search
(words, vectors, fusion), understanding (regions, what is asked, words) and answering (all that is left).  The
parts are timed inside the same calls, by wrapping the functions in which they happen; then ``search`` alone
over the same questions, each new to the process again.  Beside them stand one encoding and one verdict, timed
in the same run, and how many of them an answer takes: a machine's speed is in both.
Memory: what was resident at most, each judge that was loaded to remember nothing among it.
Cold: ``python -m qa ask`` as a process.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import qa.answer.answer  # noqa: E402
from index.commands.options import named_path  # noqa: E402
from index.search.index import Index, open_index  # noqa: E402
from qa.answer.answer import answer  # noqa: E402
from qa.api.ask import search  # noqa: E402
from qa.api.warming import warm as load  # noqa: E402
from qa.search import question_encoder  # noqa: E402
from qa.search.clause_judge import ClauseJudge, shipped_judge  # noqa: E402
from qa.search.question_encoder import _begun, shipped_question_encoder  # noqa: E402

QUESTIONS = (
    ROOT / "tests/data/questions_answerable.jsonl",
    ROOT.parent / "shared/eval/policy_dev.jsonl",
    ROOT.parent / "shared/eval/gov_notices/questions_dev.jsonl",
)
COLD_QUESTION = "宁武县海绵城市建设由谁负责?"
HEAVY = ("gradio", "torch", "sentence_transformers", "trafilatura")
PARTS = ("encoding", "judging", "search", "understanding", "answering")
TIMES = 40
"""Runs of the encoding and the verdict that all is held against; their median counts."""
CLAUSE = (
    "宁武县推进以县城为重要载体的城镇化建设行动方案 > 二、重点任务 > （三）完善市政公用设施体系",
    "推进海绵城市建设。将海绵城市理念贯穿城市规划建设管理全过程，推进雨水源头减排和收集利用，到2025年，城市建成区"
    "百分之四十以上的面积达到海绵城市建设要求，有效缓解内涝积水。责任单位：县住房和城乡建设管理局、县自然资源局、县水利局。",
)
"""What one verdict is timed on: headings and text of a middle length."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the earlier ones of its conversation."""

    question: str
    history: tuple[str, ...]


class Clock:
    """Milliseconds by part of the current answer; a part inside another is counted in itself alone."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._inner: list[float] = []

    def timed(self, part: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, its time added to the part."""

        def call(*arguments: Any, **named: Any) -> Any:
            self._inner.append(0.0)
            started = time.perf_counter()
            try:
                return work(*arguments, **named)
            finally:
                whole = 1e3 * (time.perf_counter() - started)
                self.spent[part] += whole - self._inner.pop()
                if self._inner:
                    self._inner[-1] += whole

        return call


@contextmanager
def wrapped(clock: Clock, index: Index) -> Iterator[None]:
    """Understanding, searching and encoding timed by the clock."""
    places: list[tuple[ModuleType | object, str, str]] = [
        (qa.answer.answer, "understand", "understanding"),
        (qa.answer.answer, "find", "search"),
        (index, "search_words", "search"),
        (index, "search_vectors", "search"),
        (question_encoder, "encoded", "encoding"),  # waiting for it: it is made beside the reading
        (ClauseJudge, "judge", "judging"),
    ]
    before = [getattr(owner, name) for owner, name, _ in places]
    for (owner, name, part), work in zip(places, before, strict=True):
        setattr(owner, name, clock.timed(part, work))
    try:
        yield
    finally:
        for (owner, name, _), work in zip(places, before, strict=True):
            setattr(owner, name, work)


def read(path: Path) -> list[Asked]:
    """The questions of a file."""
    said = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [Asked(one["question"], tuple(one.get("history") or ())) for one in said]


def warm(questions: Sequence[Asked], index: Index) -> dict[str, list[float]]:
    """Milliseconds of every answer by part, ``all`` among them; each question is new to the process."""
    taken: dict[str, list[float]] = defaultdict(list)
    forget(index)
    for one in questions:
        clock = Clock()
        with wrapped(clock, index):
            clock.timed("answering", answer)(one.question, index, one.history)
        for part in PARTS:
            taken[part].append(clock.spent[part])
        taken["all"].append(sum(clock.spent.values()))
    return taken


def forget(index: Index) -> None:
    """Load a new judge, which remembers no verdict, and forget the questions' vectors."""
    shipped_judge.cache_clear()
    _begun.cache_clear()
    load(index)


def searched(questions: Sequence[Asked], index: Index) -> list[float]:
    """Milliseconds of ``search`` alone."""
    forget(index)
    taken = []
    for one in questions:
        started = time.perf_counter()
        search(one.question, index=index)
        taken.append(1e3 * (time.perf_counter() - started))
    return taken


def alone() -> tuple[float, float]:
    """Milliseconds of one encoding of a question and of one verdict, each on one core."""
    encoder, judge, encodings, verdicts = shipped_question_encoder(), shipped_judge(), [], []
    for number in range(TIMES):
        started = time.perf_counter()
        encoder.encode(COLD_QUESTION)
        between = time.perf_counter()
        judge.judge(f"{COLD_QUESTION}{number}", [CLAUSE])  # another question, or it would be remembered
        encodings.append(1e3 * (between - started))
        verdicts.append(1e3 * (time.perf_counter() - between))
    return statistics.median(encodings), statistics.median(verdicts)


def cold(store: Path, runs: int) -> list[float]:
    """Seconds from process start to the end of a process that has printed its answer."""
    command = [sys.executable, "-m", "qa", "ask", COLD_QUESTION, "--index", str(store.resolve())]
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        seconds.append(time.perf_counter() - started)
    return seconds


def imported(store: Path) -> list[str]:
    """Heavy modules that a cold answer loads; there should be none."""
    code = (
        "import sys; from qa.__main__ import main;"
        f"main(['ask', {COLD_QUESTION!r}, '--index', {str(store.resolve())!r}]);"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout.splitlines()[-1].split()


def report(name: str, taken: dict[str, list[float]], found: Sequence[float]) -> None:
    """One line a part: p50, p99, the largest, and its share of the mean; then search, and against what."""
    whole = sum(taken["all"])
    print(f"\n{name}: {len(taken['all'])} questions{'p50 ms':>16}{'p99 ms':>9}{'max ms':>9}{'share':>8}")
    for part in ("all", *PARTS):
        share = sum(taken[part]) / whole
        print(f"  {part:<{len(name) + 20}}{_times(taken[part])}{share:>8.0%}")
    print(f"  {'search alone':<{len(name) + 20}}{_times(found)}")
    asked, one = statistics.median(taken["all"]), statistics.median(found)
    for what, unit in zip(("encoding", "verdict"), alone(), strict=True):
        print(f"  one {what} {unit:.1f} ms: ask takes {asked / unit:.1f} of them, search {one / unit:.1f}")


def _times(taken: Sequence[float]) -> str:
    p99 = statistics.quantiles(taken, n=100, method="inclusive")[98]
    return f"{statistics.median(taken):>12.1f}{p99:>9.1f}{max(taken):>9.1f}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--index", type=named_path, default=ROOT / "store")
    parser.add_argument("--runs", type=int, default=5, help="cold starts")
    parser.add_argument(
        "--questions", type=named_path, nargs="+", default=QUESTIONS, help="files of questions"
    )
    options = parser.parse_args()
    with open_index(options.index) as index:
        counts = index.manifest.counts
        print(f"{counts.documents} documents, {counts.clauses} clauses")
        answer(COLD_QUESTION, index)  # loads the encoder, the dictionaries and the files
        for path in options.questions:
            if path.is_file():
                asked = read(path)
                report(path.stem, warm(asked, index), searched(asked, index))
            else:
                print(f"\n{path.name}: not here, left out")
    print(f"\nmemory, at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if not options.runs:
        return
    seconds = cold(options.index, options.runs)
    print(f"\ncold: median {statistics.median(seconds):.2f} s of {', '.join(f'{s:.2f}' for s in seconds)}")
    print(f"heavy modules loaded by a cold answer: {', '.join(imported(options.index)) or 'none'}")


if __name__ == "__main__":
    main()
