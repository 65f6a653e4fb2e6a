"""The mean of two judges' weights, as a checkpoint that `export_judge` packs.

    python -m training.mean_of_judges --first run/judge.pt --second run2/judge.pt --out mean/judge.pt

``--share`` is the second one's part.  Only of runs that went on from each other: means of others are worth
nothing.  A first one that does not read token vectors may be joined with one that does: what it lacks counts
as zeros, as training began.  The mean of a judge and of what it became over new data keeps more of what it
could before.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import torch

READS = "matched.weight"
"""The array that takes in the encoders' token vectors."""


def main() -> None:
    """Writes the mean."""
    parser = argparse.ArgumentParser(description="The mean of two judges' weights.")
    parser.add_argument("--first", type=Path, required=True)
    parser.add_argument("--second", type=Path, required=True)
    parser.add_argument("--share", type=float, default=0.5, help="the second one's part, 0 to 1")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    if not 0 <= options.share <= 1:
        parser.error("--share is a number from 0 to 1")
    first, second = (torch.load(path, weights_only=True) for path in (options.first, options.second))
    if not joinable(first["model"], second["model"]):
        parser.error(f"{options.first} and {options.second} are not of one shape")
    options.out.parent.mkdir(parents=True, exist_ok=True)
    model = mean(first["model"], second["model"], options.share)
    torch.save({**second, "model": model, "optimizer": {}}, options.out)


def joinable(first: dict[str, Any], second: dict[str, Any]) -> bool:
    """Whether two judges have the same arrays; the first may lack that for token vectors."""
    lacking = {READS} - first.keys()
    return {n: a.shape for n, a in first.items()} == {
        n: a.shape for n, a in second.items() if n not in lacking
    }


def mean(first: dict[str, Any], second: dict[str, Any], share: float) -> dict[str, Any]:
    """Of each array the first's part and the second's."""
    return {
        name: (first[name].float() * (1 - share) if name in first else 0.0) + value.float() * share
        for name, value in second.items()
    }


if __name__ == "__main__":
    main()
