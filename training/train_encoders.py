"""Trains both encoders together: questions in people's words, and the windows that answer them.

    python -m training.train_encoders --shared ../shared --kept FOLDER --out FOLDER --hours 0.7
        [--frozen 6 8] [--rate 4e-5] [--halves] [--resume]

Starts from the shipped ones.  A batch is a neighbourhood of windows of one collection with the questions that
they answer, and windows near those questions that do not; cross-entropy by vectors (InfoNCE), by tokens
(ColBERT, Khattab and Zaharia 2020) and by both.  The rate falls to nothing over the hours.
FOLDER/encoders.pt is written every four minutes and taken up by --resume.  `export_encoders` packs it; every
index is to be built again then.  Seed 20261202.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from training import base
from training.asked import Asked, Learnt, learnt
from training.question_encoder_net import numbers, padded
from training.towers import Encoded, Towers, joined

SEED = 20261202
FILE = "encoders.pt"
RIGHT, WRONG = 56, 40
"""Windows of a batch that answer some of its questions, and further ones near them."""
QUESTIONS_OF_ONE = 4
NEAREST = 12
"""Wrong windows of each question, by the vectors that are shipped, that further ones are drawn from."""
NEIGHBOURS = 3
"""A batch's windows are drawn from so many times as many nearest ones."""
TEMPERATURE = 0.01
WARM_UP, DECAY = 0.05, 0.01
PROJECTIONS_FASTER = 10
DROPPED = 0.1
"""Share of a question's tokens that are left out while it is learnt from."""
MOST_TOKENS = 224
TOGETHER = 32
"""Windows of like lengths that run together."""
SAVED_EVERY = 240.0
PASSAGE = "passage: "
FROZEN = (6, 8)
"""Lowest layers that stay, of the questions' encoder and of the windows'."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the rows of its collection that answer, and the nearest that do not."""

    ids: list[int]
    right: frozenset[int]
    near: tuple[int, ...]
    among: frozenset[int]
    """The rows that it is asked of where it names no document; empty for all."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Questions of one collection, each with the row that is to come first, and all rows read for them."""

    name: str
    asked: list[Example]
    wanted: list[int]
    rows: list[int]


class Windows:
    """The windows of a collection: token numbers, ``vectors`` as shipped (windows, 384), and what the frozen
    layers give, computed once."""

    def __init__(self, texts: Sequence[str], vectors: base.Floats, model: Towers) -> None:
        tokenizer = base.tokenizer()
        self.ids = [tokenizer.encode(PASSAGE + text).ids for text in texts]
        self.ids = [
            ids if len(ids) <= MOST_TOKENS else [*ids[: MOST_TOKENS - 1], ids[-1]] for ids in self.ids
        ]
        self.vectors = vectors
        self._model, self._below = model, dict[int, Tensor]()

    def encoded(self, rows: Sequence[int], *, halves: bool) -> Encoded:
        """Vectors and tokens of these windows, in batches of like lengths."""
        order = sorted(range(len(rows)), key=lambda k: len(self.ids[rows[k]]))
        parts = []
        for at in range(0, len(order), TOGETHER):
            chosen = [rows[k] for k in order[at : at + TOGETHER]]
            ids = padded([self.ids[row] for row in chosen])
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=halves):
                parts.append(self._model.read.above(self._of(chosen, ids), ids))
        return joined(parts, order)

    def _of(self, rows: Sequence[int], ids: Tensor) -> Tensor:
        fresh = [k for k, row in enumerate(rows) if row not in self._below]
        if fresh:
            below = self._model.read.below(ids[fresh]).to(torch.bfloat16)
            for at, k in enumerate(fresh):
                self._below[rows[k]] = below[at, : len(self.ids[rows[k]])].clone()
        states = [self._below[row] for row in rows]
        whole = torch.zeros(len(rows), ids.shape[1], base.WIDTH)
        for k, one in enumerate(states):
            whole[k, : len(one)] = one.float()
        return whole


def main() -> None:
    """Trains, prints, saves."""
    parser = argparse.ArgumentParser(description="Train both encoders.")
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--kept", type=Path, required=True, help="where windows' vectors are kept")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--hours", type=float, default=0.7)
    parser.add_argument(
        "--frozen",
        type=int,
        nargs=2,
        default=FROZEN,
        help="lowest layers that stay, of questions and windows",
    )
    parser.add_argument("--rate", type=float, default=4e-5)
    parser.add_argument("--halves", action="store_true", help="bfloat16, where the processor is faster at it")
    parser.add_argument("--resume", action="store_true")
    options = parser.parse_args()
    torch.manual_seed(SEED)
    options.out.mkdir(parents=True, exist_ok=True)
    model = started(tuple(options.frozen))
    before = 0
    if options.resume:
        found = torch.load(options.out / FILE, weights_only=True)
        model.load_state_dict(found["learnt"], strict=False)
        before = found["step"]
    data = learnt(options.shared, options.kept)
    windows = {
        name: Windows([f"{w.heading}\n{w.text}" for w in one.windows], one.vectors, model)
        for name, one in data.collections.items()
    }
    train(model, windows, examples(model, data), options, before)


def started(frozen: tuple[int, int]) -> Towers:
    """The shipped encoders with so many of their layers frozen."""
    of_windows, of_questions = base.projections()
    return Towers((base.question_arrays(), of_questions), (base.encoder_arrays(), of_windows), frozen)


def examples(model: Towers, data: Learnt) -> dict[str, list[Example]]:
    """Of each collection its questions, with the windows nearest by the vectors that are shipped."""
    tokenizer, found = base.tokenizer(), {}
    for name, collection in data.collections.items():
        asked = data.learning[name]
        ids = [numbers(tokenizer, one.text) for one in asked]
        scores = _vectors(model, ids)
        found[name] = [
            _example(one, row, of_it, collection.vectors)
            for one, row, of_it in zip(asked, ids, scores, strict=True)
        ]
        print(f"{name}: {len(asked)} questions, {len(collection.windows)} windows", flush=True)
    return found


def _vectors(model: Towers, rows: list[list[int]]) -> Tensor:
    order = sorted(range(len(rows)), key=lambda n: len(rows[n]))
    out = torch.zeros(len(rows), base.WIDTH)
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for at in range(0, len(order), 128):
            chosen = order[at : at + 128]
            ids = padded([rows[n] for n in chosen])
            out[chosen] = model.asked.above(model.asked.below(ids), ids).vectors
    return out


def _example(one: Asked, ids: list[int], vector: Tensor, of_windows: base.Floats) -> Example:
    scores = of_windows @ vector.numpy()
    among = np.array(one.among) if one.among else np.arange(len(scores))
    most = min(len(among), NEAREST + 16)
    order = among[np.argpartition(-scores[among], most - 1)[:most]].tolist()
    right = frozenset(row for rows in one.right for row in rows)
    near = sorted((row for row in order if row not in right), key=lambda row: -scores[row])
    return Example(ids, right, tuple(near[:NEAREST]), frozenset(one.among))


def train(
    model: Towers,
    windows: dict[str, Windows],
    learning: dict[str, list[Example]],
    options: argparse.Namespace,
    before: int,
) -> None:
    """Batches until the hours are used up, other ones than an earlier run's of ``before`` steps."""
    chance = random.Random(SEED + before)
    optimizer = torch.optim.AdamW(_groups(model, options.rate), weight_decay=DECAY)
    began, saved, step, sums = time.time(), time.time(), before, [0.0] * 3
    while True:
        for batch in batches(learning, windows, chance):
            used = min(1.0, (time.time() - began) / (3600 * options.hours))
            for group in optimizer.param_groups:
                group["lr"] = group["top"] * min(1.0, used / WARM_UP + 0.02) * max(0.01, 1 - used)
            each = losses(model, windows[batch.name], batch, chance, halves=options.halves)
            optimizer.zero_grad()
            each.sum().backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_([p for g in optimizer.param_groups for p in g["params"]], 1.0)
            optimizer.step()
            step += 1
            sums = [x + y for x, y in zip(sums, each.tolist(), strict=True)]
            if step % 25 == 0:
                shown = " ".join(f"{x / 25:.3f}" for x in sums)
                print(f"step {step} used {used:.3f} {time.time() - began:.0f} s: {shown}", flush=True)
                sums = [0.0] * 3
            if used >= 1 or time.time() - saved > SAVED_EVERY:
                saved = time.time()
                torch.save({"learnt": learnt_of(model), "step": step}, options.out / FILE)
            if used >= 1:
                return


def learnt_of(model: Towers) -> dict[str, Tensor]:
    """The weights that learn."""
    wanted = {name for name, one in model.named_parameters() if one.requires_grad}
    return {name: value for name, value in model.state_dict().items() if name in wanted}


def _groups(model: Towers, rate: float) -> list[dict[str, object]]:
    layers = [p for n, p in model.named_parameters() if p.requires_grad and ".layers." in n]
    others = [p for n, p in model.named_parameters() if p.requires_grad and ".layers." not in n]
    return [
        {"params": layers, "lr": rate, "top": rate},
        {"params": others, "lr": rate * PROJECTIONS_FASTER, "top": rate * PROJECTIONS_FASTER},
    ]


def batches(
    learning: dict[str, list[Example]], windows: dict[str, Windows], chance: random.Random
) -> list[Batch]:
    """Every window that answers once, with some of its questions."""
    found = []
    for name, asked in learning.items():
        vectors = windows[name].vectors
        of_row: dict[int, list[Example]] = {}
        for one in asked:
            of_row.setdefault(chance.choice(sorted(one.right)), []).append(one)
        left = sorted(of_row, key=lambda _: chance.random())
        while len(left) >= RIGHT:
            scores = vectors[left] @ vectors[left[0]]
            near = np.argsort(-scores)[: NEIGHBOURS * RIGHT].tolist()
            chosen = {left[k] for k in chance.sample(near, RIGHT)}
            left = [row for row in left if row not in chosen]
            found.append(_batch(name, {row: of_row[row] for row in sorted(chosen)}, chance))
    chance.shuffle(found)
    return found


def _batch(name: str, of_row: dict[int, list[Example]], chance: random.Random) -> Batch:
    asked: list[Example] = []
    wanted: list[int] = []
    for row, those in of_row.items():
        some = chance.sample(those, min(len(those), QUESTIONS_OF_ONE))
        asked += some
        wanted += [row] * len(some)
    rows = list(of_row)
    drawn = [one.near[int(len(one.near) * chance.random() ** 2)] for one in asked if one.near]
    others = [row for row in dict.fromkeys(drawn) if row not in of_row]
    rows += chance.sample(others, min(len(others), WRONG))
    return Batch(name, asked, wanted, rows)


def losses(model: Towers, windows: Windows, batch: Batch, chance: random.Random, *, halves: bool) -> Tensor:
    """Cross-entropy (3,) of the window that answers: by vectors, by tokens, by both."""
    ids = padded([_dropped(one.ids, chance) for one in batch.asked])
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=halves):
        asked = model.asked.above(model.asked.below(ids), ids)
    read = windows.encoded(batch.rows, halves=halves)
    hidden = torch.tensor(
        [
            [
                row != wanted and (row in one.right or bool(one.among and row not in one.among))
                for row in batch.rows
            ]
            for one, wanted in zip(batch.asked, batch.wanted, strict=True)
        ]
    )
    first = torch.tensor([batch.rows.index(row) for row in batch.wanted])
    by_vectors = asked.vectors @ read.vectors.T / TEMPERATURE
    by_tokens = model.by_tokens(asked, read) * model.sharpness.exp()
    return torch.stack(
        [
            functional.cross_entropy(scores.masked_fill(hidden, -1e4), first)
            for scores in (by_vectors, by_tokens, by_vectors + by_tokens)
        ]
    )


def _dropped(row: list[int], chance: random.Random) -> list[int]:
    """Without some tokens; the prefix and the ends stay."""
    return [n for at, n in enumerate(row) if at < 3 or at == len(row) - 1 or chance.random() >= DROPPED]


if __name__ == "__main__":
    main()
