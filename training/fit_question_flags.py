"""Fits from which log odds on the reader's yes-or-no labels hold, over lines that it was not trained on.

    python -m training.fit_question_flags --lines lines.jsonl [--model qa/question/models/question-reader-zh]

A label's threshold has the best F1; of several that have about as much, it is the one next to 0.  A label
with fewer than `FEWEST` lines keeps 0.  Written into the model's ``model.json`` as ``thresholds``.
"""

from __future__ import annotations

import argparse
import itertools
import json
from pathlib import Path

import numpy as np
import numpy.typing as npt

from qa.question.reader import FIELDS, FLAGS, FOLDER, PARTS, QuestionReader
from training.question_net import load

FEWEST = 12
ALIKE = 0.01
"""F1 that are no more apart say nothing; of such thresholds the one next to 0 is taken."""
LEAST = 0.5
"""A label with a lower F1 keeps 0."""
FARTHEST = 4.0
"""No threshold lies farther from 0: few lines part the labels of a sure model anywhere."""
LABELS = (*PARTS, *FIELDS, *FLAGS)

Floats = npt.NDArray[np.float64]


def main() -> None:
    """Writes the thresholds and prints them with their F1 and the F1 at 0."""
    parser = argparse.ArgumentParser(description="Fit the thresholds of the question reader's labels.")
    parser.add_argument("--lines", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=FOLDER)
    options = parser.parse_args()
    apart = [line for line in load(options.lines) if line["apart"]]
    reader = QuestionReader(options.model)
    odds = np.array([reader.odds(line["text"], line["before"])[1] for line in apart], np.float64)
    thresholds: dict[str, float] = {}
    for at, name in enumerate(LABELS):
        told = [n for n, line in enumerate(apart) if name not in line["unknown"]]
        held = np.array([_holds(apart[n], name) for n in told])
        scores = odds[told, at]
        thresholds[name] = best_threshold(scores, held)
        shown = " ".join(f"{_f1(scores, held, least):.3f}" for least in (0.0, thresholds[name]))
        print(f"{name}: {int(held.sum())} of {len(told)}, {thresholds[name]}, F1 at 0 and there {shown}")
    path = options.model / "model.json"
    about = json.loads(path.read_text("utf-8"))
    about["thresholds"] = {name: least for name, least in thresholds.items() if least}
    path.write_text(json.dumps(about, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def best_threshold(scores: Floats, held: npt.NDArray[np.bool_]) -> float:
    """The threshold of the best F1, 0 where too few lines hold the label."""
    if held.sum() < FEWEST:
        return 0.0
    edges = [-FARTHEST, *sorted(score for score in scores if abs(score) < FARTHEST), FARTHEST]
    middles = (round(float(a + b) / 2, 2) for a, b in itertools.pairwise(edges))
    found = {least: _f1(scores, held, least) for least in (0.0, *middles)}
    best = max(found.values())
    return min((least for least in found if found[least] >= best - ALIKE), key=abs) if best >= LEAST else 0.0


def _f1(scores: Floats, held: npt.NDArray[np.bool_], least: float) -> float:
    said = scores > least
    return float(2 * (said & held).sum() / max(said.sum() + held.sum(), 1))


def _holds(line: dict[str, list[str]], name: str) -> bool:
    return any(name in line[group] for group in ("parts", "fields", "flags"))


if __name__ == "__main__":
    main()
