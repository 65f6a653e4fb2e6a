"""What an index of many clauses costs: building, opening, asking, growing; and what its search finds.

    python benchmarks/scale.py CLAUSES --real FOLDER [FOLDER …] --questions FILE.jsonl [FILE …] --out FOLDER

Makes an index of so many clauses up (`made_up`), unless OUT holds it already, and measures it in fresh
processes: seconds to open, resident memory after answering, a warm question (search and whole answer,
encoding included), recall of the vector search against exact, one document of 100 clauses added and taken out
while questions are asked.  Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import threading
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from made_up import MadeUpEncoder, Source, make_up, noise_of, read_source  # noqa: E402

from index.build import part_draft  # noqa: E402
from index.build.build import add, remove  # noqa: E402
from index.build.change import Taken, Work, changing, write  # noqa: E402
from index.commands.options import named_path  # noqa: E402
from index.encoders.encoder import encoded_passages  # noqa: E402
from index.encoders.lazy import LazyEncoder, model_of  # noqa: E402
from index.encoders.packed import OnnxEncoder  # noqa: E402
from index.encoders.vector_cache import VectorCache  # noqa: E402
from index.engines import vector_files  # noqa: E402
from index.search.live import LiveIndex  # noqa: E402

EXACT = "exact.faiss"
ASKED = 300
"""Questions timed, after WARM others."""
WARM = 30
ADDED_CLAUSES = 100
SAME = 1e-6
"""Cosines that differ by less are of texts printed alike."""


def build(clauses: int, folders: list[Path], out: Path) -> dict[str, Any]:
    """Make the index up and keep its unquantised vectors beside it."""
    began = time.perf_counter()
    source = read_source(folders)
    encoder = OnnxEncoder()
    fake = MadeUpEncoder(encoder, source, lambda texts: _encoded(encoder, texts, out))
    fake.noise = noise_of(encoder, list(make_up(source, 2000, seed=9)), fake)
    fake.unmatched = 0
    parsed = time.perf_counter()

    def fitted(vectors: Any) -> Any:
        vector_files.write_vectors(vectors, out / EXACT)
        return vector_files.fitted(vectors)

    part_draft.fitted = fitted  # type: ignore[attr-defined]
    lazy = LazyEncoder(model_of(encoder, None), fake)
    with changing(out, "build"):
        work = Work(out, None, False, str(out), lazy, _progress(time.perf_counter()), time.perf_counter())
        report = write(work, lambda draft: _put(draft, source, clauses))
    return {
        "documents": report.documents,
        "clauses": report.clauses,
        "windows": report.windows,
        "real_windows": fake.real,
        "unmatched_windows": fake.unmatched,
        "noise": round(fake.noise, 3),
        "prepare_s": round(parsed - began, 1),
        "build_s": round(time.perf_counter() - parsed, 1),
    }


def _put(draft: Any, source: Source, clauses: int) -> Taken:
    files = []
    for one in source.documents:
        draft.put(one)
        files.append(one.document.file)
    held = sum(len(one.clauses) for one in source.documents)
    for one in make_up(source, clauses - held):
        draft.put(one)
        files.append(one.document.file)
    return Taken(tuple(files))


def _encoded(encoder: OnnxEncoder, texts: Any, out: Path) -> Any:
    """Vectors of the real windows, kept beside the index so that three sizes encode them once."""
    out.parent.mkdir(parents=True, exist_ok=True)
    cache = VectorCache(out.parent / "real-windows.sqlite", encoder.checksum, 1)
    known = cache.get(texts)
    missing = [text for text in texts if text not in known]
    for at in range(0, len(missing), 256):
        batch = missing[at : at + 256]
        cache.put(dict(zip(batch, encoded_passages(encoder, batch), strict=True)))
        print(f"encoding real windows {at}/{len(missing)}", file=sys.stderr)
    known = cache.get(texts)
    cache.close()
    return np.stack([known[text].vector for text in texts])


def _progress(began: float) -> Any:
    last = [""]

    def told(share: float, words: str) -> None:
        line = f"{share:4.0%} {words}"
        if line != last[0]:
            last[0] = line
            print(f"{time.perf_counter() - began:6.0f} s {line}", file=sys.stderr, flush=True)

    return told


def questions_in(files: list[Path]) -> list[str]:
    """The questions of JSON-lines files, each once."""
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines() if line]
    return list(dict.fromkeys(row["question"] for row in rows))


def ask(out: Path, questions: list[str]) -> dict[str, Any]:
    """Open, ask and time, in this process: its memory is what answering takes."""
    from qa.api.ask import ask as answered  # noqa: PLC0415
    from qa.api.ask import search  # noqa: PLC0415

    before = _resident()
    began = time.perf_counter()
    live = LiveIndex(out)
    index = live.current()
    opened = time.perf_counter() - began
    first = _timed(lambda: answered(questions[0], index=index))
    for question in questions[:WARM]:
        answered(question, index=live.current())
    chosen = questions[WARM : WARM + ASKED]
    searched = [_timed(lambda q=q: search(q, index=live.current())) for q in chosen]
    whole = [_timed(lambda q=q: answered(q, index=live.current())) for q in chosen]
    vectors = [index.encoder.encode_question(q) for q in chosen]
    alone = [_timed(lambda v=v: index.search_vectors(v, 100)) for v in vectors]
    return {
        "documents": index.manifest.counts.documents,
        "clauses": index.manifest.counts.clauses,
        "open_s": round(opened, 2),
        "first_question_s": round(first, 2),
        "resident_mb": round(_resident()),
        "resident_before_mb": round(before),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "search_ms": _percentiles(searched),
        "ask_ms": _percentiles(whole),
        "vectors_ms": _percentiles(alone),
        **(_recall(index, vectors, out) if (out / EXACT).exists() else {}),
    }


def _recall(index: Any, vectors: list[Any], out: Path) -> dict[str, float]:
    """Share of the clauses found that are as near as the exact tenth best, of which several may be alike."""
    import faiss  # noqa: PLC0415

    from index.entries import WINDOWS_PER_KEY  # noqa: PLC0415

    faiss.omp_set_num_threads(2)
    exact: Any = faiss.read_index(str(out / EXACT))
    scores, ids = exact.search(np.stack(vectors), 200)
    inner, places = faiss.downcast_index(exact.index), faiss.vector_to_array(exact.id_map)
    shares = []
    for vector, row, near in zip(vectors, ids, scores, strict=True):
        best: dict[int, float] = {}
        for one, score in zip(row, near, strict=True):
            best.setdefault(int(one) // WINDOWS_PER_KEY, float(score))
        tenth = sorted(best.values(), reverse=True)[9]
        keys = [one.key for one in index.search_vectors(vector, 10)]
        bounds = np.searchsorted(
            places, [[key * WINDOWS_PER_KEY, (key + 1) * WINDOWS_PER_KEY] for key in keys]
        )
        reached = [max(inner.reconstruct_batch(np.arange(a, b)) @ vector) for a, b in bounds]
        shares.append(np.mean([score >= tenth - SAME for score in reached]))
    return {"recall_at_10": round(float(np.mean(shares)), 4)}


def grow(out: Path, questions: list[str], folder: Path) -> dict[str, Any]:
    """Add a document of about 100 clauses and take it out, three times, while questions are asked."""
    from qa.api.ask import search  # noqa: PLC0415

    live, done, failed, asked = LiveIndex(out), threading.Event(), list[str](), [0]

    def asking() -> None:
        while not done.is_set():
            try:
                search(questions[asked[0] % len(questions)], index=live.current())
                asked[0] += 1
            except Exception as error:  # noqa: BLE001 - any failure at all is what is looked for
                failed.append(repr(error))

    thread = threading.Thread(target=asking)
    adding, removing = [], []
    encoder = OnnxEncoder()
    thread.start()
    try:
        for turn in range(3):
            file = folder / f"新增{turn}.txt"
            file.write_text(_new_document(turn), encoding="utf-8")
            adding.append(_timed(lambda f=file: add([f], out, encoder=encoder)))
            removing.append(_timed(lambda f=file: remove([f.name], out)))
    finally:
        done.set()
        thread.join()
    return {
        "add_s": [round(one, 2) for one in adding],
        "remove_s": [round(one, 2) for one in removing],
        "asked_meanwhile": asked[0],
        "failed_meanwhile": failed[:3],
    }


def _new_document(turn: int) -> str:
    tasks = "\n".join(
        f"{n}.推进第{n}项海绵城市建设任务。到{2025 + n % 5}年，完成改造{n * 3 + turn}公里，"
        "由县住建局牵头，县财政局配合。"
        for n in range(1, ADDED_CLAUSES + 1)
    )
    return f"平安县第{turn}期海绵城市建设行动方案\n\n一、重点任务\n{tasks}\n"


def _timed(work: Any) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _percentiles(seconds: list[float]) -> dict[str, float]:
    ms = np.array(seconds) * 1000
    return {f"p{p}": round(float(np.percentile(ms, p)), 1) for p in (50, 95, 99)}


def _resident() -> float:
    """Megabytes of this process in memory now, mapped files included."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def main() -> None:
    """Build where needed, then measure in fresh processes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("clauses", type=int)
    parser.add_argument("--real", type=named_path, nargs="+", required=True)
    parser.add_argument("--questions", type=named_path, nargs="+", required=True)
    parser.add_argument("--out", type=named_path, required=True)
    parser.add_argument("--only", choices=("build", "ask", "grow"))
    options = parser.parse_args()
    questions = questions_in(options.questions)
    steps = {
        "build": lambda: build(options.clauses, options.real, options.out),
        "ask": lambda: ask(options.out, questions),
        "grow": lambda: grow(options.out, questions, options.out),
    }
    if options.only:
        print(json.dumps(steps[options.only](), ensure_ascii=False))
        return
    said: dict[str, Any] = {"asked_for": options.clauses, "at": datetime.now().isoformat("T", "seconds")}
    for step in ("ask", "grow") if (options.out / "CURRENT").exists() else steps:
        ran = subprocess.run([sys.executable, *sys.argv, "--only", step], stdout=subprocess.PIPE, check=True)
        said |= json.loads(ran.stdout)
    size = sum(f.stat().st_size for f in options.out.rglob("*") if f.is_file() and f.name != EXACT)
    print(json.dumps({**said, "disk_mb": size // 2**20}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
