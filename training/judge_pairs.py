"""Judges pairs of questions and clauses.

    python -m training.judge_pairs PAIRS.jsonl --model FILE --out JUDGED.jsonl [--threshold -0.3]

Reads {"id", "question", "heading", "text"}, writes {"id", "answers": 0..1, "span"}.  ``answers`` is .5 at
the threshold, a log odds that `fit_threshold` found.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path

from training.lines import load
from training.packed import opened


def main() -> None:
    """Judges a file of pairs."""
    parser = argparse.ArgumentParser(description="Judge pairs of questions and clauses.")
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--model", type=Path, required=True, help="model.onnx or judge.pt")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--threshold", type=float, default=0.0)
    options = parser.parse_args()
    lines = load(options.pairs)
    judge = opened(options.model)
    verdicts = judge([(one["question"], one["heading"], one["text"]) for one in lines])
    with options.out.open("w", encoding="utf-8") as out:
        for one, verdict in zip(lines, verdicts, strict=True):
            share = 1 / (1 + math.exp(min(50.0, options.threshold - verdict.odds)))
            out.write(
                json.dumps(
                    {"id": one["id"], "answers": round(share, 4), "span": verdict.span}, ensure_ascii=False
                )
                + "\n"
            )


if __name__ == "__main__":
    main()
