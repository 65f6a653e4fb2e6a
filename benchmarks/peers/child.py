"""The measured process: one system builds over a folder, or answers questions from what it built.

    python SYSTEM.py build SETUP DOCUMENTS STORE REPORT
    python SYSTEM.py ask   SETUP STORE REPORT [--questions QUESTIONS --answers ANSWERS]

Standard library only, so that importing it costs no system anything.  ``ask`` without questions answers
one and stops: that is the start.  Times are of the monotonic clock, on Linux the same in every process, so
that the parent can count from the moment at which it started this one.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from records import Asked, Built, Passage, write

TOP_K = 10
"""Passages asked for, of every system; the scorer looks at no more."""
FIRST = "宁武县海绵城市建设由谁负责？"
WARM_UP = (
    "申请补贴需要提交哪些材料？",
    "办理时间是几点到几点？",
    "2025年的目标是多少？",
    "由哪个部门牵头落实？",
    "咨询电话是多少？",
)
"""Asked before the clock runs; none is a question of the sets."""

BACKEND: Final = os.environ.get("TIAOWEN_PEERS_BACKEND", "torch")
"""What runs the model: torch in float32, or onnx, which is ONNX_FILE in the model's folder."""
ONNX_FILE: Final = "onnx/model_quint8_avx2.onnx"
"""Their fastest form: what `make_onnx.py` quantises by sentence-transformers' own function."""
MODEL_ARGUMENTS: Final = {"file_name": ONNX_FILE} if BACKEND == "onnx" else None

Search = Callable[[str, Sequence[str]], Sequence[Passage]]
"""A question and the earlier ones of its conversation → passages, best first."""


@dataclass(frozen=True, slots=True)
class System:
    """What a system's file offers for one set-up of it.

    ``build``: documents, store → how many pieces were indexed, the index being on disk.  ``open_store``:
    store → its search.
    """

    build: Callable[[Path, Path], int]
    open_store: Callable[[Path], Search]


def with_history(question: str, history: Sequence[str]) -> str:
    """A question after the earlier ones, for a system that has no conversation without a language model."""
    return " ".join((*history, question))


def main(setups: Mapping[str, System]) -> None:
    """Run the command that the arguments name."""
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command", required=True)
    building = commands.add_parser("build")
    building.add_argument("setup", choices=setups)
    for name in ("documents", "store", "report"):
        building.add_argument(name, type=Path)
    asking = commands.add_parser("ask")
    asking.add_argument("setup", choices=setups)
    for name in ("store", "report", "--questions", "--answers"):
        asking.add_argument(name, type=Path)
    options = parser.parse_args()
    system = setups[options.setup]
    if options.command == "build":
        pieces = system.build(options.documents, options.store)
        write(Built(time.monotonic(), pieces, _peak_mb()), options.report)
    else:
        write(_ask(system, options.store, options.questions, options.answers), options.report)


def _ask(system: System, store: Path, questions: Path | None, answers: Path | None) -> Asked:
    search = system.open_store(store)
    found = search(FIRST, ())
    ready = time.monotonic()
    if not found:
        raise SystemExit(f"{store} answers nothing to {FIRST!r}")
    if not (questions and answers):
        return Asked(ready, [], _peak_mb())
    for question in WARM_UP:
        search(question, ())
    milliseconds = []
    with answers.open("w", encoding="utf-8") as out:
        for line in questions.read_text("utf-8").splitlines():
            asked = json.loads(line)
            began = time.perf_counter()
            passages = search(asked["question"], asked.get("history") or ())
            milliseconds.append(1e3 * (time.perf_counter() - began))
            out.write(_answer_line(asked["id"], passages))
    return Asked(ready, milliseconds, _peak_mb())


def _answer_line(id_: str, passages: Sequence[Passage]) -> str:
    """A line of the scorer's format, with hits alone: what the peers answer without a language model."""
    hits = [asdict(passage) for passage in passages]
    line = {"id": id_, "answer": "", "abstained": False, "citations": [], "hits": hits}
    return json.dumps(line, ensure_ascii=False) + "\n"


def _peak_mb() -> float:
    """The most memory that was resident: of this process and, added, of the largest that it started."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(one).ru_maxrss for one in who) / 1024  # from KiB, as Linux counts
