"""Trains the question reader.

    python -m training.train_question_reader --lines lines.jsonl --out FOLDER [--layers 3] [--minutes 18]

The rate falls to nothing over the minutes of wall time, or over ``--epochs``, whichever ends first.
FOLDER/question_reader.pt holds the weights.  Starts from the lower layers of the clause judge; the table of
embeddings does not learn.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from training import base
from training.question_lines import SEED
from training.question_net import (
    LABELS,
    UNTOLD,
    Batch,
    Example,
    QuestionReader,
    Read,
    batches,
    example,
    load,
    shipped,
)

RATE = 3e-4
HEADS_FASTER = 4
"""How many times the rate of the layers the heads learn at."""
WARM_UP = 0.04
DECAY = 0.01
SAVED_EVERY = 180.0
"""Seconds between checkpoints."""
LABEL, TAG = 2.0, 1.0
"""Weights of the losses of labels and tags beside that of the kind."""


def main() -> None:
    """Trains; prints losses, and figures over the phrasings kept apart."""
    options = _options()
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)
    tokenizer = base.tokenizer()
    lines = load(options.lines)
    taught = [example(line, tokenizer) for line in lines if not line["apart"]]
    apart = [example(line, tokenizer) for line in lines if line["apart"]][:: options.measured]
    print(f"{len(taught):,} lines, {len(apart):,} of phrasings apart", flush=True)
    if options.shipped:
        model = shipped(options.layers)
    else:
        model = QuestionReader(base.judge_arrays(options.layers), options.layers)
    if options.init:
        model.load_state_dict(torch.load(options.init, weights_only=True)["model"])
    optimizer = torch.optim.AdamW(_parameters(model, options.rate), weight_decay=DECAY)
    options.out.mkdir(parents=True, exist_ok=True)
    chance, began, step = random.Random(options.seed), time.monotonic(), 0
    total = sum(1 for _ in batches(taught, random.Random(0))) * options.epochs
    done, saved = False, began
    for _ in range(options.epochs):
        for batch in batches(taught, chance):
            used = max(step / total, (time.monotonic() - began) / (60 * options.minutes))
            if used >= 1:
                done = True
                break
            for group in optimizer.param_groups:
                group["lr"] = group["top"] * min(1.0, used / WARM_UP) * (1 - used)
            loss = losses(model(batch.ids, batch.sides), batch)
            optimizer.zero_grad()
            loss.sum().backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            if time.monotonic() - saved > SAVED_EVERY:
                saved = time.monotonic()
                _save(model, options, step)
            if step % 100 == 0:
                shown = " ".join(f"{value:.3f}" for value in loss.tolist())
                print(f"{time.monotonic() - began:.0f} s, step {step} of {total}: {shown}", flush=True)
        print(json.dumps(figures(model, apart)), flush=True)
        _save(model, options, step)
        if done:
            break


def _save(model: QuestionReader, options: argparse.Namespace, step: int) -> None:
    state = {"model": model.state_dict(), "layers": options.layers, "step": step}
    torch.save(state, options.out / "question_reader.pt")


def losses(read: Read, batch: Batch) -> Tensor:
    """Of kind, labels and tags (3,), weighted; what is not told teaches nothing."""
    kind = functional.cross_entropy(read.kinds, batch.kinds, ignore_index=UNTOLD, label_smoothing=0.05)
    told = batch.labels != UNTOLD
    each = functional.binary_cross_entropy_with_logits(
        read.labels, batch.labels.clamp(min=0).float(), reduction="none"
    )
    labels = LABEL * len(LABELS) * (each * told).sum() / told.sum() / 4
    tags = TAG * functional.cross_entropy(read.tags.flatten(0, 1), batch.tags.flatten(), ignore_index=UNTOLD)
    return torch.stack([kind, labels, tags])


@torch.no_grad()
def figures(model: QuestionReader, examples: Sequence[Example]) -> dict[str, float]:
    """Shares right of kinds and tokens, and F1 of the labels together."""
    model.eval()
    right = told = token_right = tokens = 0
    hits = found = held = 0
    for batch in batches(examples, None):
        read = model(batch.ids, batch.sides)
        known = batch.kinds != UNTOLD
        right += int((read.kinds.argmax(1) == batch.kinds)[known].sum())
        told += int(known.sum())
        seen = batch.tags != UNTOLD
        token_right += int((read.tags.argmax(2) == batch.tags)[seen].sum())
        tokens += int(seen.sum())
        said, true = (read.labels > 0) & (batch.labels != UNTOLD), batch.labels == 1
        hits, found, held = hits + int((said & true).sum()), found + int(said.sum()), held + int(true.sum())
    model.train()
    shares = {
        "kind": right / max(told, 1),
        "tokens": token_right / max(tokens, 1),
        "labels_f1": 2 * hits / max(found + held, 1),
    }
    return {name: round(share, 4) for name, share in shares.items()}


def _parameters(model: QuestionReader, rate: float) -> list[dict[str, object]]:
    heads = [
        p
        for n, p in model.named_parameters()
        if p.requires_grad and n.split(".")[0] in ("whole", "token", "sides")
    ]
    body = [
        p
        for n, p in model.named_parameters()
        if p.requires_grad and n.split(".")[0] not in ("whole", "token", "sides")
    ]
    return [
        {"params": body, "lr": 0.0, "top": rate},
        {"params": heads, "lr": 0.0, "top": rate * HEADS_FASTER},
    ]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train the question reader.")
    parser.add_argument("--lines", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--init", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--shipped", action="store_true", help="go on from the packed reader")
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--minutes", type=float, default=18.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--measured", type=int, default=5, help="every which line kept apart is measured")
    return parser.parse_args()


if __name__ == "__main__":
    main()
