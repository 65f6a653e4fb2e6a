"""Trains what a question's tokens and a clause's tokens are compared by (late interaction).

    python -m training.train_late_interaction --shared ../shared --kept FOLDER [--epochs 2]
        [--out index/encoders/models/multilingual-e5-small-zh]
        [--question-out qa/search/models/question-encoder-zh]

After ColBERT (Khattab and Zaharia 2020): each token's state is projected on ``dimension`` numbers and made
a unit vector; a clause scores as the mean over the question's tokens of its best token's cosine, weighted by
how much each of the question's tokens tells, which is learnt as well.  Both encoders stay as they are.
Cross-entropy of a window that answers against eleven of the 64 nearest by vectors that do not.  Prints how
much of the evidence of eval/reading is among the first clauses: by vectors, by tokens, by both.  Seed
20261202.  Encoding takes ten minutes, two epochs seven.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from index.encoders.packed import SHIPPED
from index.encoders.token_vectors import DIMENSION, PROJECTION
from qa.search.question_encoder import FOLDER
from training.asked import Asked, Learnt, learnt
from training.encoded import Collection
from training.token_states import AT_ONCE, DIRECTIONS, Floats, Reduced, reduced, states_of_questions

SEED = 20261202
BATCH, WINDOWS, NEAREST = 32, 12, 64
RATE = 2e-3
FAR = ("more_laws",)
"""Collections that are left out: laws that no development question is asked of, twice as many windows as all
others."""
FIRST = (1, 5, 12, 20)
RERANKED = 200


@dataclass(frozen=True, slots=True)
class Example:
    """A question, the windows that hold each piece of its evidence, and the nearest that hold none."""

    question: str
    right: tuple[tuple[int, ...], ...]
    near: tuple[int, ...]


class Interaction(nn.Module):
    """The two projections, and how much a token of the question tells."""

    def __init__(self, dimension: int) -> None:
        super().__init__()
        self.asked, self.read = nn.Linear(384, dimension), nn.Linear(DIRECTIONS, dimension)
        self.importance = nn.Linear(384, 1)
        self.sharpness = nn.Parameter(torch.tensor(3.0))
        nn.init.zeros_(self.importance.weight)

    def forward(self, asked: Tensor, there: Tensor, read: Tensor, stands: Tensor) -> Tensor:
        """(questions, windows) scores of (questions, tokens, 384) and (questions, windows, tokens, 128);
        ``there`` and ``stands`` say which tokens are no padding."""
        each = functional.softplus(self.importance(asked)).squeeze(-1) * there
        each = each / each.sum(1, keepdim=True)
        question = functional.normalize(self.asked(asked), dim=-1)
        clause = functional.normalize(self.read(read), dim=-1)
        cosines = torch.einsum("bld,bknd->bkln", question, clause).masked_fill(~stands[:, :, None], -2)
        scores: Tensor = (cosines.max(-1).values * each[:, None]).sum(-1)
        return scores


class Texts:
    """Windows' and questions' states by what is learnt from."""

    def __init__(self, data: Learnt) -> None:
        windows = [w for c in (*data.collections.values(), *data.all_of.values()) for w in c.windows]
        texts = list(dict.fromkeys(f"{w.heading}\n{w.text}" for w in windows))
        self._row = {text: row for row, text in enumerate(texts)}
        questions = list(
            dict.fromkeys(one.text for each in (data.learning, data.told) for a in each.values() for one in a)
        )
        with ThreadPoolExecutor(AT_ONCE) as pool:
            given = pool.map(states_of_questions(), questions)
            self.asked = {
                text: (vector, states.astype(np.float16))
                for text, (vector, states) in zip(questions, given, strict=True)
            }
        print(f"{len(questions)} questions, {len(texts)} windows", flush=True)
        self.windows: Reduced = reduced(texts, SEED)

    def rows(self, collection: Collection) -> list[int]:
        """Which texts a collection's windows are."""
        return [self._row[f"{w.heading}\n{w.text}"] for w in collection.windows]

    def read(self, row: int) -> Floats:
        """A window's states, of about unit length."""
        return self.windows.of(row) / self.windows.size

    def vectors(self, asked: Sequence[Asked]) -> Tensor:
        """The vectors of questions."""
        return torch.from_numpy(np.array([self.asked[one.text][0] for one in asked]))


def main() -> None:
    """Trains, prints, writes both projections."""
    parser = argparse.ArgumentParser(description="Train the comparison of tokens.")
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--kept", type=Path, required=True, help="where windows' vectors are kept")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--question-out", type=Path, default=FOLDER)
    options = parser.parse_args()
    torch.manual_seed(SEED)
    data = learnt(options.shared, options.kept)
    for name in FAR:
        data.collections.pop(name, None), data.learning.pop(name, None)
    texts = Texts(data)
    model = Interaction(DIMENSION)
    train(model, examples(data, texts), texts, options.epochs)
    for name, asked in data.told.items():
        print(name, recalls(model, asked, data.all_of[name], texts), flush=True)
    write(model, texts.windows, options.out, options.question_out)


def examples(data: Learnt, texts: Texts) -> list[Example]:
    """The questions with the windows nearest to them by vectors."""
    found = []
    for name, collection in data.collections.items():
        rows, vectors = texts.rows(collection), torch.from_numpy(collection.vectors)
        for one in data.learning[name]:
            scores = vectors @ texts.vectors([one])[0]
            among = torch.tensor(one.among) if one.among else torch.arange(len(rows))
            order = among[scores[among].argsort(descending=True)[:NEAREST]].tolist()
            right = {row for group in one.right for row in group}
            near = tuple(rows[row] for row in order if row not in right)
            if len(near) >= WINDOWS // 3:
                found.append(
                    Example(one.text, tuple(tuple(rows[r] for r in group) for group in one.right), near)
                )
    return found


def train(model: Interaction, learning: list[Example], texts: Texts, epochs: int) -> None:
    """All epochs; nearer windows are drawn more often."""
    chance = random.Random(SEED)
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.01)
    steps, step, began, losses = epochs * (len(learning) // BATCH), 0, time.time(), 0.0
    for _ in range(epochs):
        chance.shuffle(learning)
        for at in range(0, len(learning) - BATCH + 1, BATCH):
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1.0, step / 100) * max(0.02, 1 - step / steps)
            batch = learning[at : at + BATCH]
            rows = [row for one in batch for row in _drawn(one, chance)]
            asked, there = padded([texts.asked[one.question][1].astype(np.float32) for one in batch])
            read, stands = padded([texts.read(row) for row in rows])
            shape = (BATCH, WINDOWS, read.shape[1])
            scores = model(asked, there, read.view(*shape, -1), stands.view(shape))
            loss = functional.cross_entropy(
                scores * model.sharpness.exp(), torch.zeros(BATCH, dtype=torch.long)
            )
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            losses += loss.item()
            if step % 100 == 0:
                print(f"step {step} of {steps} {time.time() - began:.0f} s: {losses / 100:.3f}", flush=True)
                losses = 0.0


def _drawn(one: Example, chance: random.Random) -> list[int]:
    """A window that answers, then others."""
    last = len(one.near) - 1
    others = [one.near[min(last, int(len(one.near) * chance.random() ** 2))] for _ in range(WINDOWS - 1)]
    return [chance.choice(chance.choice(one.right)), *others]


def padded(rows: Sequence[Floats]) -> tuple[Tensor, Tensor]:
    """Rows of tokens as one array, and which of its places hold one."""
    longest = max(map(len, rows))
    whole = np.zeros((len(rows), longest, rows[0].shape[1]), np.float32)
    there = np.zeros((len(rows), longest), bool)
    for number, row in enumerate(rows):
        whole[number, : len(row)], there[number, : len(row)] = row, True
    return torch.from_numpy(whole), torch.from_numpy(there)


@torch.no_grad()
def recalls(
    model: Interaction, asked: Sequence[Asked], whole: Collection, texts: Texts
) -> dict[str, list[float]]:
    """The share of the evidence whose clause is among the first so many, by three orders of the nearest."""
    rows, vectors = texts.rows(whole), torch.from_numpy(whole.vectors)
    clauses = [(window.file, window.clause) for window in whole.windows]
    ranks: dict[str, list[int]] = {"vectors": [], "tokens": [], "both": []}
    for one in asked:
        cosines, top = (vectors @ texts.vectors([one])[0]).topk(min(RERANKED, len(rows)))
        question, there = padded([texts.asked[one.text][1].astype(np.float32)])
        read, stands = padded([texts.read(rows[row]) for row in top.tolist()])
        scores = model(question, there, read[None], stands[None])[0]
        both = (cosines - cosines.mean()) / cosines.std() + (scores - scores.mean()) / scores.std()
        for name, key in (("vectors", cosines), ("tokens", scores), ("both", both)):
            order = list(dict.fromkeys(clauses[row] for row in top[key.argsort(descending=True)].tolist()))
            for group in one.right:
                right = {clauses[row] for row in group}
                ranks[name].append(next((at for at, found in enumerate(order) if found in right), RERANKED))
    return {
        n: [round(float(np.mean([r < k for r in found])), 3) for k in FIRST] for n, found in ranks.items()
    }


def write(model: Interaction, windows: Reduced, folder: Path, question_folder: Path) -> None:
    """The projections as float16: of clauses with the directions in it, and of questions."""
    state = {name: value.detach().numpy() for name, value in model.state_dict().items()}
    weight = windows.directions @ state["read.weight"].T / windows.size
    clauses = {"weight": weight, "bias": state["read.bias"] - windows.mean @ weight}
    questions = {
        "weight": state["asked.weight"].T, "bias": state["asked.bias"],
        "importance": state["importance.weight"][0], "importance_bias": state["importance.bias"],
    }  # fmt: skip
    data = packed(clauses)
    (folder / PROJECTION).write_bytes(data)
    (question_folder / PROJECTION).write_bytes(packed(questions))
    about = json.loads((question_folder / "model.json").read_text("utf-8"))
    own = (question_folder / PROJECTION).read_bytes()
    about["files"][PROJECTION] = {"size": len(own), "sha256": hashlib.sha256(own).hexdigest()}
    about["clause_projection_sha256"] = hashlib.sha256(data).hexdigest()
    (question_folder / "model.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(about["files"]), "now: python tools/pack_model.py")


def packed(arrays: dict[str, Floats]) -> bytes:
    """The arrays in half precision as an .npz, which numpy writes without the time of day."""
    file = io.BytesIO()
    halves: dict[str, Any] = {name: value.astype(np.float16) for name, value in arrays.items()}
    np.savez(file, **halves)
    return file.getvalue()


if __name__ == "__main__":
    main()
