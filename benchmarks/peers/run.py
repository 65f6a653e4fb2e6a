"""条问 and three general frameworks side by side: the same documents, questions and weights.

    python benchmarks/peers/run.py OUT --model MODEL_FOLDER --peers-python PYTHON [--only ROW ...] [--again]

Every system runs in processes of its own, one after another (see ``child.py``).  Results lie in OUT as
JSON, one a row and set; what is there is kept, so a run that was stopped goes on where it stopped.  Prints
Markdown.  It neither makes the model nor installs the peers (README.md).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from plans import plans, scored
from records import Asked, Built, Result, read, write
from rows import ROOT, ROWS, Kind, Row, Set, sets
from table import markdown

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from index.commands.options import named_path

HERE = Path(__file__).resolve().parent
STARTS = 3
"""Processes started to measure the start, beside the one that answers all questions; the median counts."""
LIMIT = 3600
"""Seconds that one process may take: a build of the notices takes five minutes on two idle cores."""
OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "ORT_DISABLE_TELEMETRY": "1",
    "NO_COLOR": "1",
}
"""No model hub is asked; Haystack and ONNX Runtime else look up a telemetry host."""
PACKAGES = {
    "tiaowen.py": ("onnxruntime", "faiss-cpu", "tantivy"),
    "llamaindex.py": ("llama-index-core", "llama-index-vector-stores-faiss", "faiss-cpu"),
    "haystack_peer.py": ("haystack-ai", "faiss-haystack", "faiss-cpu"),
    "txtai_peer.py": ("txtai", "chonkie", "faiss-cpu"),
}
WITH_TORCH = ("torch", "transformers", "sentence-transformers")


@dataclass(frozen=True, slots=True)
class Bench:
    """Where results go and with what the systems run."""

    out: Path
    model: Path
    peers_python: Path
    onnx_python: Path | None
    scorer: Path

    def python_of(self, row: Row) -> str:
        """The interpreter of a row: one of the peers' environments, or this one."""
        theirs = self.onnx_python if row.where == "onnx" else self.peers_python
        return str(theirs) if row.is_peer else sys.executable


def measured(bench: Bench, row: Row, over: Set) -> Result:
    """Build, start, ask and score one row over one set."""
    name = f"{row.key}-{over.kind}"
    store, report = bench.out / "stores" / name, bench.out / f"{name}.report"
    answers = bench.out / f"{name}.answers.jsonl"
    shutil.rmtree(store, ignore_errors=True)
    store.parent.mkdir(parents=True, exist_ok=True)
    load = [os.getloadavg()[0]]
    setup = row.setup_for(over.kind)
    began = _run(bench, row, "build", setup, over.documents, store, report)
    built = read(Built, report)
    starts = []
    for _ in range(STARTS):
        started = _run(bench, row, "ask", setup, store, report)
        starts.append(read(Asked, report).ready - started)
    _run(bench, row, "ask", setup, store, report, "--questions", over.questions, "--answers", answers)
    asked = read(Asked, report)
    report.unlink()
    return Result(
        pieces=built.pieces,
        build_seconds=built.ready - began,
        build_peak_mb=built.peak_mb,
        start_seconds=starts,
        milliseconds=asked.milliseconds,
        ask_peak_mb=asked.peak_mb,
        quality=_scored(bench, over, answers),
        load=[*load, os.getloadavg()[0]],
        versions=_versions(bench, row),
    )


def _run(bench: Bench, row: Row, *arguments: str | Path) -> float:
    """Runs one process of a row to its end and returns when it was started (monotonic seconds)."""
    environment = {**os.environ, **OFFLINE, "TIAOWEN_PEERS_MODEL": str(bench.model)}
    environment["TIAOWEN_PEERS_BACKEND"] = row.backend
    command = [bench.python_of(row), str(HERE / row.script), *map(str, arguments)]
    began = time.monotonic()
    done = subprocess.run(
        command, env=environment, timeout=LIMIT, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return began


def _scored(bench: Bench, over: Set, answers: Path) -> dict[str, float | None]:
    if over.lines:
        figures = scored(bench.scorer, over.lines, answers, over.documents)
    else:
        command = [
            sys.executable,
            *map(str, (bench.scorer, over.kind, over.questions, answers, over.documents)),
        ]
        done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
        figures = json.loads(done.stdout)
    wanted = ("R@1", "R@5", "R@10", "MRR@10")
    return {name: figure for name, figure in figures.items() if name.removeprefix("document_") in wanted}


def _versions(bench: Bench, row: Row) -> dict[str, str]:
    names = PACKAGES[row.script] + (WITH_TORCH if row.is_peer else ())
    names += ("onnxruntime",) if row.backend == "onnx" else ()
    if not row.is_peer:
        return {name: version(name) for name in names}
    code = f"import json, importlib.metadata as m; print(json.dumps({{n: m.version(n) for n in {names!r}}}))"
    command = [bench.python_of(row), "-c", code]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    return {str(name): str(number) for name, number in json.loads(done.stdout).items()}


def trial(over: Set, documents: int, out: Path) -> Set:
    """The first so many documents of a set, copied, with their questions; another set stays whole."""
    if over.kind != "notices":
        return over
    folder = out / "trial"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path in sorted(over.documents.iterdir())[:documents]:
        shutil.copy(path, folder / path.name)
    lines = over.questions.read_text("utf-8").splitlines()
    kept = [line for line in lines if (folder / json.loads(line)["document"]).exists()]
    questions = out / "trial.jsonl"
    questions.write_text("\n".join(kept), encoding="utf-8")
    return Set(over.kind, folder, questions)


def run(bench: Bench, wanted: list[Row], both: list[Set], again: bool) -> dict[tuple[str, Kind], Result]:
    """Every result in OUT, the wanted rows measured first where they are missing, or ``again``."""
    results = {}
    for row in ROWS:
        for over in both:
            path = bench.out / f"{row.key}-{over.kind}.json"
            if row in wanted and (again or not path.exists()):
                sys.stderr.write(f"{time.strftime('%H:%M:%S')} {row.key} over {over.kind}\n")
                write(measured(bench, row, over), path)
            if path.exists():
                results[row.key, over.kind] = read(Result, path)
    return results


def main() -> None:
    """Measure what is missing, then print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("out", type=named_path, help="folder for results and stores, outside the repository")
    parser.add_argument("--model", type=named_path, required=True, help="what make_model.py made")
    parser.add_argument(
        "--peers-python", type=named_path, required=True, help="python of the peers' environment"
    )
    parser.add_argument("--onnx-python", type=named_path, help="python of the peers with ONNX back ends")
    parser.add_argument("--shared", type=named_path, default=ROOT.parent / "shared", help="development data")
    parser.add_argument("--only", action="append", choices=[row.key for row in ROWS], help="may be repeated")
    parser.add_argument("--again", action="store_true", help="measure also what is there")
    parser.add_argument("--trial", type=int, metavar="N", help="only the first N notices; to another OUT")
    parser.add_argument(
        "--plans", type=int, metavar="N", help="instead of the two sets: N plans, questions by other hands"
    )
    options = parser.parse_args()
    scorer = options.shared / "eval/score.py"
    for needed in (scorer, options.model, options.peers_python):
        if not needed.exists():
            raise SystemExit(f"{needed} is not there; see {HERE / 'README.md'}")
    out = options.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    onnx = options.onnx_python.absolute() if options.onnx_python else None
    bench = Bench(out, options.model.resolve(), options.peers_python.absolute(), onnx, scorer)
    both = [trial(one, options.trial, out) if options.trial else one for one in sets(options.shared)]
    if options.plans:
        both = [plans(options.shared, options.plans, out)]
    rows = [row for row in ROWS if not options.only or row.key in options.only]
    rows = [row for row in rows if onnx or row.where != "onnx"]
    print(markdown(ROWS, run(bench, rows, both, options.again)))


if __name__ == "__main__":
    main()
