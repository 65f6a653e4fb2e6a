"""Trains both encoders together: a question in people's words, and the windows that answer it.

    python -m training.train_encoders --shared ../shared --kept FOLDER --out FOLDER --hours 0.7
        [--frozen 6 8] [--rate 4e-5] [--halves] [--resume]

Starts from the shipped ones.  Of each question a window that answers, some of the nearest that do not, and
those of the other questions of its batch, all of one collection; cross-entropy by vectors (InfoNCE) and by
tokens (ColBERT, Khattab and Zaharia 2020).  The rate falls to nothing over the hours.  FOLDER/encoders.pt is
written every four minutes and taken up by --resume.  `export_encoders` packs it; every index is to be built
again then.  Seed 20261202.
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
QUESTIONS, WRONG = 32, 3
"""Questions of a batch, and windows of each that do not answer."""
NEAREST = 48
TEMPERATURE = 0.01
WARM_UP, DECAY = 0.05, 0.01
PROJECTIONS_FASTER = 10
DROPPED = 0.1
"""Share of a question's tokens that are left out while it is learnt from."""
MOST_TOKENS = 224
TOGETHER = 32
"""Windows of like lengths that run together."""
SAVED_EVERY = 240.0
FAR = ("more_laws",)
"""Collections that are left out: their windows are as many again as all others."""
PASSAGE = "passage: "
FROZEN = (6, 8)
"""Lowest layers that stay, of the questions' encoder and of the windows'."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the rows of its collection that answer, and the nearest that do not."""

    ids: list[int]
    right: frozenset[int]
    near: tuple[int, ...]
    apart: bool
    """Whether it names no document: other questions' windows may answer it as well."""


class Windows:
    """The windows of a collection: token numbers, and what the frozen layers give, computed once."""

    def __init__(self, texts: Sequence[str], model: Towers) -> None:
        tokenizer = base.tokenizer()
        self.ids = [tokenizer.encode(PASSAGE + text).ids for text in texts]
        self.ids = [
            ids if len(ids) <= MOST_TOKENS else [*ids[: MOST_TOKENS - 1], ids[-1]] for ids in self.ids
        ]
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
    if options.resume:
        model.load_state_dict(torch.load(options.out / FILE, weights_only=True), strict=False)
    data = learnt(options.shared, options.kept)
    for name in FAR:
        data.collections.pop(name, None), data.learning.pop(name, None)
    windows = {
        name: Windows([f"{w.heading}\n{w.text}" for w in one.windows], model)
        for name, one in data.collections.items()
    }
    train(model, windows, examples(model, data), options)


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
    among = np.array(one.among or range(len(of_windows)))
    order = among[np.argsort(-(of_windows[among] @ vector.numpy()))[: NEAREST + 16]].tolist()
    right = frozenset(row for rows in one.right for row in rows)
    near = tuple(row for row in order if row not in right)[:NEAREST]
    return Example(ids, right, near, bool(one.among))


def train(
    model: Towers,
    windows: dict[str, Windows],
    learning: dict[str, list[Example]],
    options: argparse.Namespace,
) -> None:
    """Batches until the hours are used up."""
    chance = random.Random(SEED)
    optimizer = torch.optim.AdamW(_groups(model, options.rate), weight_decay=DECAY)
    began, saved, step, sums = time.time(), time.time(), 0, [0.0, 0.0]
    while True:
        for name, batch in _batches(learning, chance):
            used = min(1.0, (time.time() - began) / (3600 * options.hours))
            for group in optimizer.param_groups:
                group["lr"] = group["top"] * min(1.0, used / WARM_UP + 0.02) * max(0.01, 1 - used)
            by_vectors, by_tokens = losses(model, windows[name], batch, chance, halves=options.halves)
            optimizer.zero_grad()
            (by_vectors + by_tokens).backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_([p for g in optimizer.param_groups for p in g["params"]], 1.0)
            optimizer.step()
            step += 1
            sums = [sums[0] + by_vectors.item(), sums[1] + by_tokens.item()]
            if step % 25 == 0:
                shown = " ".join(f"{x / 25:.3f}" for x in sums)
                print(f"step {step} used {used:.3f} {time.time() - began:.0f} s: {shown}", flush=True)
                sums = [0.0, 0.0]
            if used >= 1 or time.time() - saved > SAVED_EVERY:
                saved = time.time()
                torch.save(learnt_of(model), options.out / FILE)
            if used >= 1:
                return


def learnt_of(model: Towers) -> dict[str, Tensor]:
    """What has learnt: the checkpoint."""
    wanted = {name for name, one in model.named_parameters() if one.requires_grad}
    return {name: value for name, value in model.state_dict().items() if name in wanted}


def _groups(model: Towers, rate: float) -> list[dict[str, object]]:
    layers = [p for n, p in model.named_parameters() if p.requires_grad and ".layers." in n]
    others = [p for n, p in model.named_parameters() if p.requires_grad and ".layers." not in n]
    return [
        {"params": layers, "lr": rate, "top": rate},
        {"params": others, "lr": rate * PROJECTIONS_FASTER, "top": rate * PROJECTIONS_FASTER},
    ]


def _batches(learning: dict[str, list[Example]], chance: random.Random) -> list[tuple[str, list[Example]]]:
    found = []
    for name, asked in learning.items():
        order = sorted((one for one in asked if len(one.near) >= WRONG), key=lambda _: chance.random())
        found += [(name, order[at : at + QUESTIONS]) for at in range(0, len(order), QUESTIONS)]
    chance.shuffle(found)
    return [(name, batch) for name, batch in found if len(batch) == QUESTIONS]


def losses(
    model: Towers, windows: Windows, batch: Sequence[Example], chance: random.Random, *, halves: bool
) -> tuple[Tensor, Tensor]:
    """Cross-entropy of the window that answers, by vectors and by tokens."""
    rows: list[int] = []
    first: list[int] = []
    for one in batch:
        first.append(len(rows))
        rows.append(chance.choice(sorted(one.right)))
        rows += [one.near[int(len(one.near) * chance.random() ** 2)] for _ in range(WRONG)]
    ids = padded([_dropped(one.ids, chance) for one in batch])
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=halves):
        asked = model.asked.above(model.asked.below(ids), ids)
    read = windows.encoded(rows, halves=halves)
    hidden = torch.zeros(len(batch), len(rows), dtype=torch.bool)
    for k, one in enumerate(batch):
        own = range(first[k], first[k] + 1 + WRONG)
        for column, row in enumerate(rows):
            others = column not in own and (one.apart or row == rows[first[k]])
            hidden[k, column] = column != first[k] and (others or row in one.right)
    wanted = torch.tensor(first)
    by_vectors = (asked.vectors @ read.vectors.T / TEMPERATURE).masked_fill(hidden, -1e4)
    by_tokens = (model.by_tokens(asked, read) * model.sharpness.exp()).masked_fill(hidden, -1e4)
    return functional.cross_entropy(by_vectors, wanted), functional.cross_entropy(by_tokens, wanted)


def _dropped(row: list[int], chance: random.Random) -> list[int]:
    """Without some tokens; the prefix and the ends stay."""
    return [n for at, n in enumerate(row) if at < 3 or at == len(row) - 1 or chance.random() >= DROPPED]


if __name__ == "__main__":
    main()
