"""How fast the shipped encoder is, against ONNX Runtime alone on the same tokens in the same run.

    python benchmarks/encoder.py [--clauses 300]

Prints clauses a second of ``encode_passages`` (tokenising included), of ONNX Runtime alone in two
ways (the same one-text token batches on as many workers; and one at a time on all cores), one
question's latency, and the time from process start to the first vector.  Texts: the five documents.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import index  # noqa: E402, F401, I001 - before onnxruntime, whose telemetry it switches off
import onnxruntime  # noqa: E402
from index.encoders.packed import SHIPPED, OnnxEncoder, available_cores  # noqa: E402

ROUNDS = 4
QUESTIONS = (
    "哪个部门牵头海绵城市建设？",
    "2025年常住人口城镇化率目标是多少？",
    "宁武县老旧小区改造由谁负责，什么时候完成？",
)


def clauses(wanted: int) -> list[str]:
    """Paragraphs of the five documents, cut at 240 characters, repeated until there are enough."""
    paragraphs = [
        line.strip()[start : start + 240]
        for path in sorted((ROOT / "documents").glob("*.txt"))
        for line in path.read_text("utf-8-sig").splitlines()
        for start in range(0, len(line.strip()), 240)
    ]
    return (paragraphs * (wanted // len(paragraphs) + 1))[:wanted]


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock, and of all cores together."""

    wall: float
    processor: float


def cost(work: Callable[[], object]) -> Cost:
    """What one call takes."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return Cost(time.perf_counter() - wall, time.process_time() - processor)


def session(threads: int) -> onnxruntime.InferenceSession:
    """ONNX Runtime alone on the shipped graph."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(SHIPPED / "model.onnx", options, providers=["CPUExecutionProvider"])


def throughput(texts: list[str]) -> None:
    """Prints clauses a second, and the ratios to ONNX Runtime alone.

    The ways alternate and the best rounds count.  Where other programs keep the cores busy, the ratio
    of processor time is the one to trust.
    """
    tokenizer = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
    batches = [{"input_ids": np.array([tokenizer.encode("passage: " + text).ids])} for text in texts]
    tokens = sum(batch["input_ids"].size for batch in batches)
    encoder, one, all_cores = OnnxEncoder(), session(1), session(available_cores())

    def alone() -> None:
        with ThreadPoolExecutor(available_cores()) as pool:
            list(pool.map(lambda batch: one.run(None, batch), batches))

    ways: dict[str, Callable[[], object]] = {
        "encode_passages, tokenising included": lambda: encoder.encode_passages(texts),
        "ONNX Runtime alone, same batches and workers": alone,
        "ONNX Runtime alone, one at a time on all cores": lambda: [all_cores.run(None, b) for b in batches],
    }
    found: dict[str, list[Cost]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, work in ways.items():
            found[name].append(cost(work))
    print(f"{len(texts)} clauses, {tokens / len(texts):.0f} tokens on average, {available_cores()} cores")
    best = {
        name: Cost(min(c.wall for c in costs), min(c.processor for c in costs))
        for name, costs in found.items()
    }
    ours = next(iter(best.values()))
    for name, other in best.items():
        ratios = (
            f"{ours.wall / other.wall:.3f} by the clock, {ours.processor / other.processor:.3f} of processor"
        )
        print(f"  {name:<48} {len(texts) / other.wall:6.1f} clauses/s; we take {ratios}")


def latency() -> None:
    """Prints the median and the 95th percentile of one question."""
    encoder = OnnxEncoder()
    taken = [cost(partial(encoder.encode_question, question)).wall for question in QUESTIONS * 60][9:]
    p95 = statistics.quantiles(taken, n=20)[-1]
    print(f"one question: p50 {statistics.median(taken) * 1e3:.2f} ms, p95 {p95 * 1e3:.2f} ms")


def cold_start() -> None:
    """Prints what a new process takes to import, load and encode a question, Python's start not counted."""
    code = (
        "import time; t = time.perf_counter()\n"
        "from index.encoders.load import load_encoder\n"
        "e = load_encoder(); u = time.perf_counter()\n"
        "e.encode_question('谁负责'); print(u - t, time.perf_counter() - t)"
    )
    runs = []
    for _ in range(ROUNDS):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
        )
        runs.append([float(part) for part in done.stdout.split()])
    loaded, first = (min(run[part] for run in runs) for part in (0, 1))
    print(f"new process: import and load {loaded:.2f} s, first vector {first:.2f} s")


def main() -> None:
    """Runs the three measurements."""
    parser = argparse.ArgumentParser(description="Speed of the shipped encoder.")
    parser.add_argument("--clauses", type=int, default=300)
    options = parser.parse_args()
    cold_start()
    latency()
    throughput(clauses(options.clauses))


if __name__ == "__main__":
    main()
