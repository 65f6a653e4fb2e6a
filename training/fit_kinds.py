"""Fits which kind of question a message is, over what the question reader makes of it.

    python -m training.fit_kinds --shared ../shared [--out qa/question/models/kinds-zh] [--dry-run]

A logistic regression over `qa.question.turns.features`, learnt from the reader's own training lines (the
phrasings filled FILLS times each, the written questions, the annotated ones) and from
``data/described_bodies.jsonl``, whose questions ask for a body's tasks without its name.  The reader's two
layers were trained before most of these lines were written; its weights stay.  Nothing of ``eval/`` is read.

A tenth, whole phrasings and whole lines, is kept apart.  Printed: how many kinds are right there, by the
reader alone and by the regression for each C tried.  The weights kept are of all lines, with the best C.
Run it again whenever the question reader is packed anew.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from qa.question.kind_head import FOLDER
from qa.question.reader import KINDS, shipped_question_reader
from qa.question.turns import features
from training.fit_turns import reader_sha256
from training.question_fillers import ROOT
from training.question_lines import SEED, all_lines

BODIES = ROOT / "training" / "data" / "described_bodies.jsonl"
FILLS = 2
MOST = 30_000
"""Lines learnt from."""
APART = 10
TRIED = (0.003, 0.01, 0.03, 0.1)
"""C of the logistic regression."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question after another ("" without one) and its kind; ``source`` for the figures."""

    text: str
    before: str
    kind: str
    source: str
    apart: bool


def main() -> None:
    """Fits, measures and writes the regression."""
    parser = argparse.ArgumentParser(description="Fit which kind of question a message is.")
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    options = parser.parse_args()
    examples = list(all_examples(options.shared))
    reader = shipped_question_reader()
    readings = [reader.read(one.text, one.before) for one in examples]
    states = np.array([features(one) for one in readings], np.float32)
    labels = np.array([KINDS.index(one.kind) for one in examples])
    apart = np.array([one.apart for one in examples])
    _print("the reader", np.array([KINDS.index(one.kind) for one in readings])[apart], labels[apart], [
        one.source for one in examples if one.apart
    ])  # fmt: skip
    right = {}
    for strength in TRIED:
        said = _fitted(states[~apart], labels[~apart], strength).predict(states[apart])
        right[strength] = float((said == labels[apart]).mean())
        _print(f"C {strength}", said, labels[apart], [one.source for one in examples if one.apart])
    best = max(right, key=lambda strength: right[strength])
    if options.dry_run:
        return
    kept = _fitted(states, labels, best)
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / "weights.npz"
    halves: dict[str, Any] = {"w": kept.coef_.T.astype(np.float16), "b": kept.intercept_.astype(np.float16)}
    np.savez_compressed(path, **halves)
    checksum = hashlib.sha256(path.read_bytes()).hexdigest()
    about = {
        "name": "kinds-zh",
        "seed": SEED,
        "licence": "MIT",
        "reader": reader_sha256(),
        "labels": [KINDS[at] for at in kept.classes_],
        "files": {path.name: {"size": path.stat().st_size, "sha256": checksum}},
    }
    (options.out / "model.json").write_text(json.dumps(about, indent=2, ensure_ascii=False) + "\n", "utf-8")
    print(f"written to {options.out}, C {best}")


def all_examples(shared: Path) -> Iterator[Example]:
    """The reader's lines with a kind, MOST of them, and the questions that describe a body."""
    lines = [line for line in all_lines(shared, fills=FILLS) if line.kind]
    chance = random.Random(SEED)
    for number, line in enumerate(chance.sample(lines, min(MOST, len(lines)))):
        apart = line.apart or (line.source == "written" and number % APART == 0)
        yield Example(line.text, line.before, str(line.kind), line.source, apart)
    for number, text in enumerate(BODIES.read_text("utf-8").splitlines()):
        yield Example(json.loads(text)["question"], "", "tasks", "bodies", number % APART == 0)


def _fitted(states: Any, labels: Any, strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=200, tol=1e-3).fit(states, labels)


def _print(title: str, said: Any, right: Any, sources: Sequence[str]) -> None:
    by_source = {
        name: round(float((said == right)[[one == name for one in sources]].mean()), 3)
        for name in sorted(set(sources))
    }
    by_kind = {KINDS[k]: round(float((said == right)[right == k].mean()), 2) for k in sorted(set(right))}
    print(title, f"{(said == right).mean():.4f} of {len(right)}", by_source, by_kind, flush=True)


if __name__ == "__main__":
    main()
