"""Fits the two thresholds of a judge on development sets and writes their curves.

    python -m training.fit_threshold --judged JUDGED.jsonl --scored SCORED.jsonl --out thresholds.json

JUDGED is what `judge_pairs` wrote of the development contrast sets (threshold 0), SCORED what
`rank_candidates` wrote. ``pair`` is the log odds above which a clause is said to answer (best balanced
accuracy); ``silence`` the best candidate's log odds below which nothing is answered.  Both are also
fitted on one half of the clauses or lines and measured on the other, since the same lines flatter.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from training.lines import load
from training.rank_candidates import auc

Scored = Sequence[tuple[float, bool, str]]
"""Log odds, whether it is answered there, and the clause or line, by which halves are cut."""


def main() -> None:
    """Prints the thresholds; the file holds the curves too."""
    parser = argparse.ArgumentParser(description="Fit the judge's thresholds.")
    parser.add_argument("--judged", type=Path, required=True)
    parser.add_argument("--scored", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    pairs = [(_odds(x["answers"]), "#yes" in x["id"], x["id"].split("#")[0]) for x in load(options.judged)]
    found = {"pair": fitted(pairs)}
    if options.scored:
        lines = [x for x in load(options.scored) if x["odds"]]
        best = [(max(x["odds"]), x["kind"] != "none", x["id"].split("#")[0]) for x in lines]
        found["silence"] = fitted(best)
    options.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    for name, one in found.items():
        print(name, json.dumps({k: v for k, v in one.items() if k != "curve"}))


def fitted(scored: Scored) -> dict[str, Any]:
    """The threshold with the best balanced accuracy, that accuracy, the same across halves, and the curve."""
    names = sorted({name for _, _, name in scored})
    halves = [set(names[0::2]), set(names[1::2])]
    crossed = []
    for fit, test in ((0, 1), (1, 0)):
        threshold, _ = _best([x for x in scored if x[2] in halves[fit]])
        crossed.append(_balanced([x for x in scored if x[2] in halves[test]], threshold))
    threshold, accuracy = _best(scored)
    return {
        "threshold": round(threshold, 3),
        "balanced_accuracy": round(accuracy, 4),
        "across_halves": round(sum(crossed) / 2, 4),
        "auc": auc([(x, y) for x, y, _ in scored]),
        "curve": curve(scored),
    }


def curve(scored: Scored) -> list[dict[str, float]]:
    """At each of 21 thresholds: the share of answered ones kept, and of the others refused."""
    odds = np.array([x for x, _, _ in scored])
    true = np.array([y for _, y, _ in scored])
    made = []
    for at in np.quantile(odds, np.linspace(0, 1, 21)):
        kept = odds >= at
        made.append({
            "threshold": round(float(at), 3), "kept": round(float(kept[true].mean()), 4),
            "refused": round(float((~kept[~true]).mean()), 4),
        })  # fmt: skip
    return made


def _best(scored: Scored) -> tuple[float, float]:
    """The middle of the best gap, so that no single question decides."""
    values = sorted({x for x, _, _ in scored})
    places = [(a + b) / 2 for a, b in itertools.pairwise(values)]
    measured = [(_balanced(scored, at), at) for at in places[:: max(1, len(places) // 400)]]
    highest = max(measured)[0]
    near = [at for accuracy, at in measured if accuracy > highest - 0.003]
    return float(np.median(near)), highest


def _balanced(scored: Scored, threshold: float) -> float:
    yes = [x >= threshold for x, true, _ in scored if true]
    no = [x < threshold for x, true, _ in scored if not true]
    return (sum(yes) / max(1, len(yes)) + sum(no) / max(1, len(no))) / 2


def _odds(share: float) -> float:
    bounded = min(max(share, 1e-4), 1 - 1e-4)
    return math.log(bounded / (1 - bounded))


if __name__ == "__main__":
    main()
