"""How long a build takes, and how much of it is ONNX Runtime alone.

    python benchmarks/build.py [DOCUMENTS]

Builds the folder from nothing in a fresh process, as a user would, and then runs the very same windows,
tokenised beforehand, through the bare ONNX Runtime session on as many threads.  Prints both, the ratio and
what a second build takes with everything in the cache.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from index.clauses.windows import is_searched, windows  # noqa: E402
from index.encoders.packed import SHIPPED, available_cores  # noqa: E402
from index.search.index import open_index  # noqa: E402

REPEATS = 3
"""Runs of each; the median is printed."""


def timed(work: Callable[[], object]) -> float:
    """The seconds a call takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def build(documents: Path, out: Path) -> None:
    """One build in a process of its own."""
    command = [sys.executable, "-m", "index", "build", str(documents.resolve()), "--out", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def token_batches(out: Path) -> list[Any]:
    """The different windows of an index as token ids, int64 (1, tokens) each, shortest first."""
    from tokenizers import Tokenizer  # noqa: PLC0415

    tokenizer = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
    with open_index(out) as index:
        texts = {
            text
            for info in index.infos
            for entry in index.entries_of(info.file)
            if is_searched(entry.clause)
            for text in windows(index.document(info.file), entry.clause)
        }
    ids = (tokenizer.encode(f"passage: {text}").ids for text in texts)
    return sorted((np.array([one], np.int64) for one in ids), key=lambda batch: batch.shape[1])


def run_alone(batches: list[Any]) -> float:
    """The seconds that the bare session needs for the batches, one a thread."""
    import onnxruntime  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(SHIPPED / "model.onnx"), options)
    with ThreadPoolExecutor(available_cores()) as pool:
        return timed(lambda: list(pool.map(lambda ids: session.run(None, {"input_ids": ids}), batches)))


def main() -> None:
    """Measure and print."""
    documents = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "documents"
    builds, again, alone = [], [], []
    for _ in range(REPEATS):
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "store"
            builds.append(timed(lambda out=out: build(documents, out)))  # type: ignore[misc]
            again.append(timed(lambda out=out: build(documents, out)))  # type: ignore[misc]
            batches = token_batches(out)
        alone.append(run_alone(batches))
    tokens = sum(batch.shape[1] for batch in batches)
    print(f"windows                 {len(batches)} ({tokens / len(batches):.0f} tokens each)")
    print(f"ONNX Runtime alone      {median(alone):6.2f} s")
    print(f"build from nothing      {median(builds):6.2f} s, process start to end")
    print(f"build, all in the cache {median(again):6.2f} s")
    allowed = 1.25 * median(alone) + 3
    verdict = "met" if median(builds) <= allowed else "MISSED"
    print(f"allowed                 {allowed:6.2f} s (1.25 x alone + 3): {verdict}")


if __name__ == "__main__":
    main()
