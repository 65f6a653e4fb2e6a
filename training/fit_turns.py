"""Fits what a message is (thanks, a command, a correction, an ordinary question), what it points at, and
whether it leaves its subject to the message before.

    python -m training.fit_turns --shared ../shared [--head subject …] [--out qa/question/models/turns-zh]

Three logistic regressions, `turn`, `refers` and `subject`, over `qa.question.turns.features`, which the
shipped question reader gives.  Learnt from ``data/turns.jsonl`` (slots filled as those of the reader's lines
are), for the subject from ``data/follow_ups.jsonl``, and from the reader's own training lines.  Nothing of
``eval/`` is read.

A tenth of the lines, whole lines with all their fillings, is kept apart; thresholds are fitted on predictions
for lines that were left out of two folds of the others.  Printed: accuracy on what was kept apart, and
which class is taken for which.  The weights kept are of all lines.  With ``--head`` that regression alone is
fitted, and the others stay as they lie in the folder.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from qa.question.heads import load_head
from qa.question.reader import FOLDER as READER
from qa.question.reader import shipped_question_reader
from qa.question.turns import (
    _UNSURE_KINDS,
    FOLDER,
    NOTHING,
    QUESTION,
    REFERS,
    SUBJECTS,
    TURNS,
    features,
)
from training.question_fillers import ROOT, Fillers, read
from training.question_lines import SEED, _marked, _question_files, all_lines

LINES = ROOT / "training" / "data" / "turns.jsonl"
FOLLOW_UPS = ROOT / "training" / "data" / "follow_ups.jsonl"
FILLS = 3
"""Fillings of a line with slots; one without is taken twice, with and without a question before."""
QUESTIONS = 3000
"""Ordinary questions taken from the reader's lines."""
APART = 10
FOLDS = 2
REGULAR = 0.1
"""C of the logistic regressions."""
WRONGLY_OWN = 0.03
"""Of messages taken to have a subject of their own, the share that may leave it out: some .08 of those in
``follow_ups.jsonl`` alone."""
FALSE_ALARMS = 0.005
"""The share of ordinary questions that may be taken for something else: each may be an answer lost."""

Floats = npt.NDArray[np.floating[Any]]
Numbers = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Example:
    """A message after another ("" without one); what is not told of it is None."""

    text: str
    before: str
    turn: str | None
    refers: str | None
    subject: str | None
    line: int


def main() -> None:
    """Fits, measures and writes the two heads."""
    parser = argparse.ArgumentParser(description="Fit what a message is and what it points at.")
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--head", choices=("turn", "refers", "subject"), action="append")
    parser.add_argument("--out", type=Path, default=FOLDER)
    options = parser.parse_args()
    examples = list(all_examples(options.shared))
    reader = shipped_question_reader()
    readings = [reader.read(one.text, one.before) for one in examples]
    states = np.array([features(one) for one in readings])
    sure = np.array([one.kind not in _UNSURE_KINDS for one in readings])
    heads = {"turn": (TURNS, QUESTION), "refers": (REFERS, NOTHING), "subject": (SUBJECTS, SUBJECTS[0])}
    about: dict[str, object] = {"name": "turns-zh", "seed": SEED, "licence": "MIT", "reader": reader_sha256()}
    weights: dict[str, Floats] = {}
    if options.head:
        stored, weights = load_head(options.out, "turns", "training.fit_turns")  # refused for another reader
        about |= {head: stored[head] for head in heads if head in stored}
    for head, (names, usual) in heads.items():
        if options.head and head not in options.head:
            continue
        told = [n for n, one in enumerate(examples) if getattr(one, head) is not None]
        labels = np.array([names.index(getattr(examples[n], head)) for n in told])
        groups = np.array([examples[n].line for n in told])
        bound = sure[told] if head == "turn" else np.ones(len(told), bool)
        fitted, least = _fit(states[told], labels, groups, bound=bound, usual=names.index(usual), head=head)
        weights |= {f"{head}.w": _columns(fitted.coef_).T, f"{head}.b": _columns(fitted.intercept_)}
        about[head] = {"labels": list(names), "least": least}
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / "weights.npz"
    halves: dict[str, Any] = {name: value.astype(np.float16) for name, value in weights.items()}
    np.savez_compressed(path, **halves)
    about["files"] = {path.name: {"size": path.stat().st_size, "sha256": _sha256(path)}}
    (options.out / "model.json").write_text(json.dumps(about, indent=2, ensure_ascii=False) + "\n", "utf-8")


def all_examples(shared: Path) -> Iterator[Example]:
    """The lines of `LINES` filled, and ordinary questions, each of these a line of its own."""
    chance = random.Random(SEED)
    reading = shared / "train" / "reading"
    written = [one for path in _question_files(reading) for one in read(path)]
    slots = Fillers(reading, shared, written, chance)
    usual = [line for line in all_lines(shared, fills=1) if line.kind not in {"nothing", "same"}]
    usual = chance.sample(usual, min(QUESTIONS, len(usual)))
    lines = read(LINES)
    for number, one in enumerate(lines):
        for text, before in _filled(str(one["text"]), slots, [line.text for line in usual], chance):
            refers = str(one["refers"]) if "refers" in one else NOTHING
            yield Example(text, before, str(one["turn"]), refers, None, number)
    for number, line in enumerate(usual, len(lines)):
        untold = any(flag.startswith("takes") for flag in line.flags)
        own = "own" if line.before and not untold else None
        yield Example(line.text, line.before, QUESTION, None if untold else NOTHING, own, number)
    numbers: dict[str, int] = {}  # of the messages before: several follow the same
    for one in read(FOLLOW_UPS):
        number = numbers.setdefault(one["before"], len(lines) + len(usual) + len(numbers))
        yield Example(one["text"], one["before"], None, None, "earlier" if one["topic"] else "own", number)


def _filled(
    text: str, slots: Fillers, usual: Sequence[str], chance: random.Random
) -> Iterator[tuple[str, str]]:
    for number in range(FILLS if "[" in text else 2):
        words = _marked(text, slots)[0]
        words += chance.choice(["", "", "", "。", "？", "！", "吧", "，谢谢"]) if number else ""
        yield words, chance.choice(usual) if number % 2 else ""


def _fit(
    states: Floats, labels: Numbers, groups: Numbers, *, bound: Bools, usual: int, head: str
) -> tuple[LogisticRegression, float]:
    """The head of all lines, and the log odds over the usual class from which another is read.

    Messages that are not ``bound`` are read as the likeliest.
    """
    apart = groups % APART == 0
    folds = cross_val_predict(
        _model(),
        states[~apart],
        labels[~apart],
        groups=groups[~apart],
        cv=GroupKFold(FOLDS),
        method="predict_log_proba",
    )
    if head == "subject":  # either way a subject may be lost: what is not sure is left to what clauses hold
        least = _sure(folds[:, 1] - folds[:, 0], labels[~apart])
        print(f"own subject from log odds of {least}")
    else:
        least = _least(folds[bound[~apart]], labels[~apart][bound[~apart]], usual)
    kept = _model().fit(states[~apart], labels[~apart]).predict_log_proba(states[apart])
    for name, odds, rows in (("folds", folds, ~apart), ("kept apart", kept, apart)):
        said = _said(odds, usual, np.where(bound[rows] & (head != "subject"), least, 0.0))
        _print(f"{head}, {name}, from {least:.2f}", said, labels[rows], usual)
    return _model().fit(states, labels), least


def _sure(odds: Floats, labels: Numbers) -> float:
    """The smallest log odds, in quarters, from which at most WRONGLY_OWN of the messages that are taken to
    have a subject of their own leave it out."""
    for quarters in range(20):
        taken = labels[odds < -quarters / 4]
        if not len(taken) or taken.mean() <= WRONGLY_OWN:
            break
    return quarters / 4


def _columns(values: Floats) -> Floats:
    """A row for each class; of two classes the regression has the second's alone."""
    return np.concatenate([np.zeros_like(values), values]) if len(values) == 1 else values


def _model() -> LogisticRegression:
    return LogisticRegression(C=REGULAR, max_iter=150, tol=1e-3)


def _said(odds: Floats, usual: int, least: Floats) -> Numbers:
    """The likeliest class but the usual one where it is so much likelier than that, else that."""
    others = odds.copy()
    others[:, usual] = -np.inf
    best = others.argmax(1)
    return np.where(others.max(1) - odds[:, usual] > least, best, usual)


def _least(odds: Floats, labels: Numbers, usual: int) -> float:
    """The lowest log odds, from 0, that take no more of the usual class for another than is allowed."""
    others = np.delete(odds, usual, axis=1).max(1) - odds[:, usual]
    scores = np.sort(others[labels == usual])[::-1]
    return round(max(0.0, float(scores[int(FALSE_ALARMS * len(scores))]) + 0.01), 2)


def _print(title: str, said: Numbers, right: Numbers, usual: int) -> None:
    names = {"turn": TURNS, "refers": REFERS, "subject": SUBJECTS}[title.partition(",")[0]]
    rare = right != usual
    print(
        f"{title}: {len(right)} messages, right {(said == right).mean():.4f}; of {rare.sum()} others"
        f" {(said == right)[rare].mean():.4f}, usual ones taken for another"
        f" {(said != usual)[~rare].mean():.4f}"
    )
    wrong = Counter((names[a], names[b]) for a, b in zip(right, said, strict=True) if a != b)
    print("   ", "; ".join(f"{a} as {b} {count}" for (a, b), count in wrong.most_common(12)))


def reader_sha256() -> str:
    """Of the reader whose state the heads read."""
    about = json.loads((READER / "model.json").read_text("utf-8"))
    return str(about["files"]["model.onnx"]["sha256"])


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
