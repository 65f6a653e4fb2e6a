"""Trains the question encoder: a question in people's words to the windows that answer it.

    python -m training.train_question_encoder --shared ../shared --kept FOLDER --out FOLDER
        [--extra FOLDER] [--epochs 3] [--frozen 4] [--rate 5e-5] [--halves] [--resume]

InfoNCE with every window of the question's collection as a wrong one.  The documents' vectors stay as they
are, so that no index has to be built again.  Prints after each epoch how much of the evidence of eval/reading
is among the first clauses by vectors alone; FOLDER/question_encoder.pt is written then.  Seed 20261130.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training import base
from training.asked import Asked, Learnt, learnt
from training.encoded import Collection
from training.question_encoder_net import QuestionEncoder, numbers, padded, vectors

SEED = 20261130
FILE = "question_encoder.pt"
BATCH = 96
TEMPERATURE = 0.01
WARM_UP = 0.06
DECAY = 0.01
DROPPED = 0.1
"""Share of a question's tokens that are left out while it is learnt from, so that none is relied on."""
NEAREST = (1, 5, 12, 20, 40)


def main() -> None:
    """Trains, prints, saves."""
    parser = argparse.ArgumentParser(description="Train the question encoder.")
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--kept", type=Path, required=True, help="where windows' vectors are kept")
    parser.add_argument(
        "--extra", type=Path, help="a folder with further questions_*.jsonl, contrast_*.jsonl"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--frozen", type=int, default=4)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--halves", action="store_true", help="bfloat16, where the processor is faster at it")
    parser.add_argument("--resume", action="store_true")
    options = parser.parse_args()
    torch.manual_seed(SEED)
    options.out.mkdir(parents=True, exist_ok=True)
    data = learnt(options.shared, options.kept, options.extra)
    tokenizer = base.tokenizer()
    model = QuestionEncoder(base.encoder_arrays())
    if options.resume:
        model.load_state_dict(torch.load(options.out / FILE, weights_only=True), strict=False)
    model.freeze(options.frozen)
    ids = {
        one.text: numbers(tokenizer, one.text)
        for asked in (*data.learning.values(), *data.told.values())
        for one in asked
    }
    print({name: len(asked) for name, asked in data.learning.items()}, flush=True)
    print("before", recalls(model, data, ids), flush=True)
    train(model, data, ids, options)


def train(
    model: QuestionEncoder, data: Learnt, ids: dict[str, list[int]], options: argparse.Namespace
) -> None:
    """All epochs; saves after each."""
    epochs, rate = options.epochs, options.rate
    chance = random.Random(SEED)
    learning = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(learning, lr=rate, weight_decay=DECAY)
    against = {name: torch.from_numpy(one.vectors).T for name, one in data.collections.items()}
    steps = epochs * len(_batches(data, ids, chance))
    step, began, losses = 0, time.time(), 0.0
    for epoch in range(epochs):
        for name, batch in _batches(data, ids, chance):
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = rate * min(1.0, step / (WARM_UP * steps)) * max(0.02, 1 - step / steps)
            rows = padded([_dropped(ids[one.text], chance) for one in batch])
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.halves):
                asked = model(rows).float()
            loss = contrast(asked @ against[name] / TEMPERATURE, batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(learning, 1.0)
            optimizer.step()
            losses += loss.item()
            if step % 25 == 0:
                print(f"step {step} of {steps} {time.time() - began:.0f} s: {losses / 25:.3f}", flush=True)
                losses = 0.0
        learnt_of_it = {k: v for k, v in model.state_dict().items() if k not in ("table", "places")}
        torch.save(learnt_of_it, options.out / FILE)
        print(f"epoch {epoch + 1} {time.time() - began:.0f} s", recalls(model, data, ids), flush=True)


def contrast(scores: Tensor, batch: Sequence[Asked]) -> Tensor:
    """The mean over questions, and their pieces of evidence, of how far the right windows are from first."""
    losses = []
    for row, one in zip(scores, batch, strict=True):
        among = row[list(one.among)] if one.among else row
        total = torch.logsumexp(among, 0)
        each = [total - torch.logsumexp(row[list(rows)], 0) for rows in one.right]
        losses.append(torch.stack(each).mean())
    return torch.stack(losses).mean()


def _batches(data: Learnt, ids: dict[str, list[int]], chance: random.Random) -> list[tuple[str, list[Asked]]]:
    """All questions once, those of one collection and of like lengths together."""
    found = []
    for name, asked in data.learning.items():
        order = sorted(asked, key=lambda one: len(ids[one.text]) + 4 * chance.random())
        found += [(name, order[at : at + BATCH]) for at in range(0, len(order), BATCH)]
    chance.shuffle(found)
    return found


def _dropped(row: list[int], chance: random.Random) -> list[int]:
    """Without some tokens; the prefix and the ends stay."""
    return [n for at, n in enumerate(row) if at < 3 or at == len(row) - 1 or chance.random() >= DROPPED]


def recalls(model: QuestionEncoder, data: Learnt, ids: dict[str, list[int]]) -> dict[str, list[float]]:
    """Of each development set how much evidence is among the first NEAREST clauses."""
    return {
        name: recall(vectors(model, [ids[one.text] for one in asked]).numpy(), asked, data.all_of[name])
        for name, asked in data.told.items()
    }


def recall(asked: base.Floats, told: Sequence[Asked], whole: Collection) -> list[float]:
    """The share of the evidence whose clause is among the first so many."""
    ranks = []
    for vector, one in zip(asked, told, strict=True):
        order = np.argsort(-(whole.vectors @ vector))[: 4 * NEAREST[-1]].tolist()
        clauses = list(dict.fromkeys((whole.windows[r].file, whole.windows[r].clause) for r in order))
        for rows in one.right:
            right = {(whole.windows[r].file, whole.windows[r].clause) for r in rows}
            ranks.append(next((at for at, clause in enumerate(clauses) if clause in right), 10_000))
    return [round(float(np.mean([rank < k for rank in ranks])), 3) for k in NEAREST]


if __name__ == "__main__":
    main()
