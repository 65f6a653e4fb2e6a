"""Orders the thirty candidates of development questions by a judge, and tells answerable from not.

    python -m training.rank_candidates --prepared FOLDER --model FILE [--set plans] [--most 200] [--out F]

``words`` is the generator's own order (BM25 over pairs of characters), ``judge`` the judge's alone,
``both`` the sum of the judge's log odds and the generator's score in standard deviations.  R@k counts
every piece of evidence, also where it is not among the candidates; ``held`` is how often it is.  AUC: the
best candidate's odds over answerable against unanswerable questions.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from training.lines import SETS, load
from training.packed import opened

SEED = 20261130


def main() -> None:
    """Judges the candidates of each set and prints the figures."""
    parser = argparse.ArgumentParser(description="Order candidates by a judge.")
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--set", choices=SETS, action="append")
    parser.add_argument("--most", type=int, default=10_000, help="questions of a set, drawn by chance")
    parser.add_argument("--candidates", type=int, default=30)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    judge = opened(options.model)
    scored: list[dict[str, Any]] = []
    for name in options.set or SETS:
        lines = load(options.prepared / f"rank_{name}.jsonl")
        random.Random(SEED).shuffle(lines)
        lines = lines[: options.most]
        for line in lines:
            line["hits"] = line["hits"][: options.candidates]
            verdicts = judge([(line["question"], hit["heading"], hit["text"]) for hit in line["hits"]])
            line["odds"] = [round(v.odds, 4) for v in verdicts]
            line["set"] = name
        print(json.dumps({"set": name, **figures(lines)}), flush=True)
        scored += [{k: v for k, v in line.items() if k != "hits"} | {
            "scores": [h["score"] for h in line["hits"]], "holds": [h["holds"] for h in line["hits"]]
        } for line in lines]  # fmt: skip
    if options.out:
        options.out.write_text(
            "".join(json.dumps(x, ensure_ascii=False) + "\n" for x in scored), encoding="utf-8"
        )


def figures(lines: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """R@1 and R@5 by each order, and AUC of answerable or not."""
    orders: dict[str, list[int | None]] = {"words": [], "judge": [], "both": []}
    known = [line for line in lines if line["kind"] != "none"]
    for line in known:
        words = np.array([hit["score"] for hit in line["hits"]])
        odds = np.array(line["odds"])
        spread = (words - words.mean()) / (words.std() + 1e-6) if len(words) else words
        for name, key in (("words", words), ("judge", odds), ("both", odds + spread)):
            order = np.argsort(-key, kind="stable")
            for group in range(line["groups"]):
                places = [k for k, n in enumerate(order) if group in line["hits"][n]["holds"]]
                orders[name].append(places[0] if places else None)
    made: dict[str, Any] = {"questions": len(lines), "held": _share(orders["words"], 30)}
    for name, ranks in orders.items():
        made[name] = {"R@1": _share(ranks, 1), "R@5": _share(ranks, 5)}
    best = [(max(line["odds"], default=-9.0), line["kind"] != "none") for line in lines]
    top = [(max((h["score"] for h in line["hits"]), default=0.0), line["kind"] != "none") for line in lines]
    made["auc"] = {"words": auc(top), "judge": auc(best)}
    return made


def auc(found: Sequence[tuple[float, bool]]) -> float | None:
    """The share of pairs of a true and a false one that the number orders rightly."""
    yes = np.array([x for x, true in found if true])
    no = np.array([x for x, true in found if not true])
    if not len(yes) or not len(no):
        return None
    higher = (yes[:, None] > no[None]).mean() + (yes[:, None] == no[None]).mean() / 2
    return round(float(higher), 4)


def _share(ranks: Sequence[int | None], first: int) -> float:
    return round(sum(r is not None and r < first for r in ranks) / max(1, len(ranks)), 4)


if __name__ == "__main__":
    main()
