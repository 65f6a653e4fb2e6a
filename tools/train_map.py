"""Trains the map on the shipped encoder's vectors: a few directions that say little of what a text is about.

    python tools/train_map.py --data FOLDER --out FOLDER [--without FOLDER] [--rank 4]

A vector v becomes v + B A v, with A and B of few directions, so that a question lies nearest to its passage
(InfoNCE over batches and mined wrong passages as in `train_encoder`, but on fixed vectors; after Mu and
Viswanath 2018, All-but-the-Top, who take the largest directions off without training).  The largest of them,
which all texts share, is then put back at the same size for every text: unit length and the usual size of a
cosine stay as they were, and its differences from text to text no longer count.  Writes `encoder_map.npz`,
which `pack_model.py` puts into the graph.  The same seed and vectors give the same map to the last places.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

import numpy as np
import torch
from encoder_net import Net
from pack_model import read_source
from pack_vocabulary import kept_pieces
from torch import Tensor
from torch.nn import functional
from train_encoder import FIRST_TRAINED, HELD_BACK, HELD_POOL, SEED, Prepared, load_prepared

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from index.commands.shared import named_path

RANK = 4
"""Directions.  Of 1, 4, 16, 24, 48 and all 384, four gave what all gave (docs/decisions.md)."""
TEMPERATURE = 0.1
RIDGE = 10.0
"""Weight of the squared distance from the identity, a direction."""
BATCH = 256
EPOCHS = 6
RATE = 1e-3


def main() -> None:
    """Trains, prints the figures on questions held back, and writes the map."""
    parser = argparse.ArgumentParser(description="Train the map on the encoder's vectors.")
    parser.add_argument("--data", type=named_path, required=True, help="folder with the training files")
    parser.add_argument("--without", type=named_path, help="laws whose other versions are not to be read")
    parser.add_argument("--out", type=named_path, required=True)
    parser.add_argument("--rank", type=int, default=RANK)
    parser.add_argument("--temperature", type=float, default=TEMPERATURE)
    parser.add_argument("--ridge", type=float, default=RIDGE)
    options = parser.parse_args()
    source = read_source(None)
    net = Net(source.arrays, kept_pieces(source.tokenizer), FIRST_TRAINED)
    options.out.mkdir(parents=True, exist_ok=True)
    prepared = load_prepared(options.data, options.without, options.out, net)
    identity = torch.eye(prepared.question_vectors.shape[1])
    print("held back, untrained:", held_back(prepared, identity))
    trained = fit(prepared, options.temperature, options.ridge)
    print("held back, all directions:", held_back(prepared, trained))
    arrays = reduced(trained, prepared, options.rank)
    mapped = identity + torch.from_numpy(arrays["map.out"] @ arrays["map.in"])
    print(f"held back, {options.rank} directions:", held_back(prepared, mapped))
    print(f"share put back: {float((arrays['map.constant'] ** 2).sum()):.3f}")
    np.savez(options.out / "encoder_map.npz", allow_pickle=False, **arrays)


def applied(square: Tensor, vectors: Tensor) -> Tensor:
    """The vectors through a square map, unit rows again."""
    return functional.normalize(vectors @ square.T, dim=1)


def fit(prepared: Prepared, temperature: float, ridge: float) -> Tensor:
    """The square map (384, 384) with all its directions."""
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    pairs = prepared.corpus.pairs
    asked, said = prepared.question_vectors, prepared.passage_vectors
    chosen = [i for i in range(HELD_BACK, len(pairs)) if prepared.wrong[i]]
    identity = torch.eye(asked.shape[1])
    change = torch.zeros_like(identity).requires_grad_()
    optimizer = torch.optim.Adam([change], lr=RATE)
    steps = EPOCHS * (len(chosen) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.02, 1 - step / steps))
    for _ in range(EPOCHS):
        chance.shuffle(chosen)
        for at in range(0, len(chosen) - BATCH + 1, BATCH):
            batch = chosen[at : at + BATCH]
            right = [pairs[i].passage for i in batch]
            numbers = list(dict.fromkeys([*right, *(chance.choice(prepared.wrong[i]) for i in batch)]))
            column = {number: place for place, number in enumerate(numbers)}
            square = identity + change
            cosines = applied(square, asked[batch]) @ applied(square, said[numbers]).T
            wanted = torch.tensor([column[number] for number in right])
            loss = functional.cross_entropy(cosines / temperature, wanted)
            loss = loss + ridge * change.square().sum() / len(change)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    return (identity + change).detach()


def reduced(square: Tensor, prepared: Prepared, rank: int) -> dict[str, np.ndarray]:
    """The map's largest directions: ``map.in`` (rank, 384), ``map.out`` (384, rank), and what is put back:
    ``map.constant`` (384,), orthogonal to every mapped vector.

    Its size is that at which questions have the same mean cosine with passages of other questions as before.
    """
    identity = torch.eye(len(square))
    left, sizes, right = torch.linalg.svd(square - identity)
    low = identity + (left[:, :rank] * sizes[:rank]) @ right[:rank]
    shared = left[:, 0]
    low = low - torch.outer(shared, shared @ low)  # nothing is left of it, so that lengths stay exact
    left, sizes, right = torch.linalg.svd(low - identity)
    kept = rank + 1
    before = _unrelated(prepared, identity)
    after = _unrelated(prepared, low)
    share = (before - after) / (1 - after)
    return {
        "map.in": right[:kept].numpy(),
        "map.out": (left[:, :kept] * sizes[:kept]).numpy(),
        "map.constant": (shared * share**0.5).numpy(),
    }


def _unrelated(prepared: Prepared, square: Tensor) -> float:
    """The mean cosine of the held back questions with the passages of the others."""
    passages = [prepared.corpus.pairs[i].passage for i in range(HELD_BACK)]
    cosines = (
        applied(square, prepared.question_vectors[:HELD_BACK])
        @ applied(square, prepared.passage_vectors[passages]).T
    )
    return float(cosines[~torch.eye(HELD_BACK, dtype=torch.bool)].mean())


def held_back(prepared: Prepared, square: Tensor) -> str:
    """How often a held back question's right passage lies before its wrong ones, and the mean cosines."""
    asked, said = (applied(square, v) for v in (prepared.question_vectors, prepared.passage_vectors))
    firsts, own = [], []
    for i in range(HELD_BACK):
        passage = prepared.corpus.pairs[i].passage
        cosine = asked[i] @ said[passage]
        others = said[prepared.wrong[i][:HELD_POOL]] @ asked[i]
        firsts.append(bool((others < cosine).all()))
        own.append(float(cosine))
    unrelated = _unrelated(prepared, square)
    return f"R@1 {np.mean(firsts):.3f}, mean cosine {np.mean(own):.3f} and {unrelated:.3f} with others"


if __name__ == "__main__":
    main()
