"""The baseline that must fail: a classifier of contrast questions that never sees the clause.

    python -m training.question_only --prepared FOLDER [--shared ../shared]
    python -m training.question_only --lines QUESTIONS.jsonl …

Logistic regression over runs of one to three characters, trained on the contrast sets' questions,
measured on the development sets'; with ``--lines`` over all wordings of question lines, answerable or not,
each fifth of the documents told by what the others' lines taught.  Where its AUC is high, the questions give
themselves away and a judge can learn wording instead of clauses.  `train_judge --question-only` is the same
question put to the judge's own layers.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from training import base
from training.groups import PUNCTUATION
from training.lines import Line, load, names
from training.measure import reading_script
from training.rank_candidates import auc
from training.train_judge import SEED

FEATURES = 1 << 17
FOLDS = 5
ROUNDS = 12
DECAY = 1e-3


def main() -> None:
    """Trains and prints AUC over all questions and within clauses."""
    parser = argparse.ArgumentParser(description="Measure how much a contrast question gives away.")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--prepared", type=Path, help="folder of training.prepare")
    what.add_argument("--lines", type=Path, nargs="+", help="files of question lines")
    parser.add_argument("--shared", type=Path, default=base.ROOT.parent / "shared")
    options = parser.parse_args()
    torch.manual_seed(SEED)
    if options.lines:
        print(json.dumps(over_lines([line for file in options.lines for line in load(file)])))
        return
    asked = [
        (one["q"], kind == "yes")
        for x in load(options.prepared / "contrast.jsonl")
        for kind in ("yes", "no")
        for one in x[kind]
    ]
    weights = trained(asked)
    reading = reading_script(options.shared)
    lines = reading.load(options.shared / "eval/reading/contrast.jsonl")
    found = [
        (weights(one["question"]), "#yes" in one["id"], one["id"].split("#")[0])
        for one in reading.pairs(lines)
    ]
    by_clause: dict[str, list[Any]] = {}
    for odds, true, name in found:
        by_clause.setdefault(name, []).append((odds, true))
    within = [x for one in by_clause.values() if (x := auc(one)) is not None]
    print(
        json.dumps(
            {
                "auc": auc([(o, t) for o, t, _ in found]),
                "auc_within_clause": round(sum(within) / len(within), 4),
            }
        )
    )


def over_lines(lines: list[Line]) -> dict[str, float | int | None]:
    """How well wordings alone tell answerable lines, as a mean over fifths of the documents."""
    files = {name: at % FOLDS for at, name in enumerate(sorted({min(names(line)) for line in lines}))}
    asked = [
        (files[min(names(line))], text, bool(line["evidence"])) for line in lines for text in line["variants"]
    ]
    found = []
    for fold in range(FOLDS):
        weights = trained([(text, answers) for at, text, answers in asked if at != fold])
        found.append(auc([(weights(text), answers) for at, text, answers in asked if at == fold]))
    told = [one for one in found if one is not None]
    return {"wordings": len(asked), "auc": round(sum(told) / len(told), 4) if told else None}


def trained(asked: list[tuple[str, bool]]) -> Any:
    """A function from a question to its log odds of being one that the clause answers."""
    bag = nn.EmbeddingBag(FEATURES, 1, mode="mean")
    nn.init.zeros_(bag.weight)
    optimizer = torch.optim.Adam(bag.parameters(), lr=0.05)
    rows = [features(text) for text, _ in asked]
    true = torch.tensor([float(answers) for _, answers in asked])
    for _ in range(ROUNDS):
        for part in torch.split(torch.randperm(len(rows)), 256):
            odds = bag(torch.cat([rows[i] for i in part]), _starts([rows[i] for i in part]))[:, 0] * 8
            loss = (
                nn.functional.binary_cross_entropy_with_logits(odds, true[part])
                + DECAY * bag.weight.square().sum()
            )
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    return lambda text: float(bag(features(text), torch.tensor([0])).detach()[0, 0])


def features(text: str) -> Tensor:
    """Numbers of the runs of one to three characters."""
    flat = f"^{text.rstrip(PUNCTUATION)}$"
    runs = [flat[i : i + n] for n in (1, 2, 3) for i in range(len(flat) - n + 1)]
    return torch.tensor([int.from_bytes(run.encode(), "big") % 1_000_003 % FEATURES for run in runs])


def _starts(rows: list[Tensor]) -> Tensor:
    lengths = torch.tensor([0, *(len(row) for row in rows[:-1])])
    return lengths.cumsum(0)


if __name__ == "__main__":
    main()
