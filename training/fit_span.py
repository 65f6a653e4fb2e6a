"""Fits how much the tokens inside count when the judge picks a span, on development contrast sets.

    python -m training.fit_span --model model.onnx [--shared ../shared]

Prints the mean ROUGE-L of the spans for each share, and what the best share of each half of the clauses
gives on the other half.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from training import base
from training.measure import best_span, reading_script
from training.packed import token_scores

SHARES = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5)


def main() -> None:
    """Reads each answered question's clause once and cuts its span with every share."""
    parser = argparse.ArgumentParser(description="Fit the share of inside scores.")
    parser.add_argument("--model", type=Path, required=True, help="model.onnx")
    parser.add_argument("--shared", type=Path, default=base.ROOT.parent / "shared")
    options = parser.parse_args()
    reading = reading_script(options.shared)
    scored = token_scores(options.model)
    measured: list[dict[float, float]] = []
    halves: list[int] = []
    for number, line in enumerate(reading.load(options.shared / "eval/reading/contrast.jsonl")):
        for one in line["yes"]:
            scores, offsets, text = scored(one["q"], line["heading"], line["clause"])
            measured.append({s: reading.rouge_l(_cut(scores, offsets, text, s), one["span"]) for s in SHARES})
            halves.append(number % 2)
    print(json.dumps({str(s): round(sum(m[s] for m in measured) / len(measured), 4) for s in SHARES}))
    crossed = []
    for half in (0, 1):
        fit = [m for m, h in zip(measured, halves, strict=True) if h == half]
        test = [m for m, h in zip(measured, halves, strict=True) if h != half]
        share = max(SHARES, key=lambda s: sum(m[s] for m in fit))
        crossed.append((share, round(sum(m[share] for m in test) / len(test), 4)))
    print(json.dumps({"across_halves": crossed}))


def _cut(scores: Any, offsets: list[tuple[int, int]], text: str, share: float) -> str:
    a, b = best_span(scores, share)
    return text[offsets[a][0] : offsets[b][1]]


if __name__ == "__main__":
    main()
