"""Fits the map that turns a question's vector towards the windows that answer it.

    python -m training.fit_question_map --shared ../shared --prepared FOLDER --stores FOLDER --out FILE.npz

A question is asked in people's words, a window written in officials'; both come from one encoder that was
trained on neither.  The map is linear, q + q M + b, fitted on all training wordings against all windows of
three indexes (InfoNCE with every window as a wrong one), and held near to nothing by a penalty.  Documents
and their vectors stay as they are, so that no index has to be built again.

FOLDER of --stores holds the indexes ``plans``, ``notices`` and ``laws`` (of eval/plans/documents,
eval/gov_notices/documents and eval/regulations); windows of training lines over other documents are encoded
here.  Prints recall of the vectors alone on eval/reading before and after.  Seed 20261130; five minutes.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.prepare import SETS, asked_in_full, held_back, load
from training.stored import Stored, opened
from training.texts import normal

SEED = 20261130
TEMPERATURE = 0.01
PENALTY = 0.04
"""Weight of the map's squares.  With .01 the training questions gain and the development questions lose."""
ROUNDS = 25
BATCH = 256
RATE = 2e-3
NEAREST = (1, 5, 12, 20, 40)

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions over one collection: their vectors (n, 384), and of each the windows (groups of rows of the
    collection's vectors) that hold each piece of its evidence."""

    vectors: np.ndarray[Any, np.dtype[np.float32]]
    right: list[list[list[int]]]


def main() -> None:
    """Fits, prints, writes ``map`` (384, 384) and ``shift`` (384,) as float16."""
    parser = argparse.ArgumentParser(description="Fit the question map.")
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--prepared", type=Path, required=True, help="folder of training.prepare")
    parser.add_argument("--stores", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.manual_seed(SEED)
    held = held_back(options.shared)
    stores = {name: opened(options.stores / name) for name in SETS}
    lines = [line for name in ("plans", "notices", "laws") for line in _lines(options.shared, name)]
    lines += [line for name in ("own", "made", "laws_a", "laws_b") for line in _own(name)]
    lines = [line for line in lines if _files(line).isdisjoint(held) and line["evidence"]]
    learning = {name: _asked(lines, store) for name, store in stores.items()}
    elsewhere = _elsewhere(options.prepared, lines, stores)
    windows = {name: store.vectors for name, store in stores.items()}
    learning["laws"], windows["laws"] = _with(learning["laws"], windows["laws"], elsewhere, stores["laws"])
    told = {
        name: _asked(load(options.shared / f"eval/reading/{name}.jsonl"), store)
        for name, store in stores.items()
    }
    for name, store in stores.items():
        print(
            f"{name} {len(learning[name].right)} questions, before: {recall(told[name], store)}", flush=True
        )
    matrix, shift = fit(learning, windows)
    for name, store in stores.items():
        moved = Asked(mapped(told[name].vectors, matrix, shift), told[name].right)
        print(f"{name} after: {recall(moved, store)}")
    np.savez(options.out, map=matrix.astype(np.float16), shift=shift.astype(np.float16))


def fit(learning: dict[str, Asked], windows: dict[str, Any]) -> tuple[Any, Any]:
    """The matrix and the shift."""
    matrix = torch.zeros(384, 384, requires_grad=True)
    shift = torch.zeros(384, requires_grad=True)
    optimizer = torch.optim.Adam([matrix, shift], lr=RATE)
    chance = np.random.default_rng(SEED)
    against = {name: torch.from_numpy(rows).T for name, rows in windows.items()}
    for number in range(ROUNDS):
        for name, asked in learning.items():
            order = chance.permutation(len(asked.right))
            for at in range(0, len(order), BATCH):
                chosen = order[at : at + BATCH]
                q = torch.from_numpy(asked.vectors[chosen])
                q = torch.nn.functional.normalize(q + q @ matrix + shift, dim=1)
                scores = q @ against[name] / TEMPERATURE
                right = torch.zeros_like(scores, dtype=torch.bool)
                for row, n in enumerate(chosen):
                    right[row, [window for group in asked.right[n] for window in group]] = True
                good = torch.logsumexp(scores.masked_fill(~right, -1e4), 1)
                loss = (torch.logsumexp(scores, 1) - good).mean() + PENALTY * matrix.pow(2).sum()
                optimizer.zero_grad()
                loss.backward()  # type: ignore[no-untyped-call]
                optimizer.step()
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 - (number + 1) / ROUNDS)
    return matrix.detach().numpy(), shift.detach().numpy()


def mapped(vectors: Any, matrix: Any, shift: Any) -> Any:
    """The questions' vectors behind the map, unit rows."""
    moved = vectors + vectors @ matrix + shift
    return moved / np.linalg.norm(moved, axis=1, keepdims=True)


def recall(asked: Asked, store: Stored) -> dict[int, float]:
    """How much of the evidence is among the first so many clauses by cosine."""
    ranks = []
    for row, groups in zip(asked.vectors @ store.vectors.T, asked.right, strict=True):
        order = np.argsort(-row)[: 4 * NEAREST[-1]]
        keys = list(dict.fromkeys(store.keys[order].tolist()))
        for group in groups:
            right = set(store.keys[group].tolist())
            ranks.append(next((rank for rank, key in enumerate(keys) if key in right), len(store.keys)))
    return {k: round(float(np.mean([rank < k for rank in ranks])), 3) for k in NEAREST}


def _lines(shared: Path, name: str) -> list[Line]:
    return [line for path in sorted((shared / "train/reading").glob(f"{name}*.jsonl")) for line in load(path)]


def _own(name: str) -> list[Line]:
    return load(Path(__file__).parent / f"data/questions_{name}.jsonl")


def _files(line: Line) -> set[str]:
    return {Path(name).name for name in line.get("files") or [line["file"]]}


def _asked(lines: Sequence[Line], store: Stored) -> Asked:
    """The wordings of the lines over the store's documents whose evidence stands in it."""
    questions, right = [], []
    for line in lines:
        groups = [store.holding(_files(line), [normal(one) for one in group]) for group in line["evidence"]]
        groups = [group for group in groups if group]
        for text in asked_in_full(line) if groups else ():
            questions.append(text)
            right.append(groups)
    return Asked(_questions(store, questions), right)


def _questions(store: Stored, questions: Sequence[str]) -> Any:
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(store.encoder.encode_question, questions))
    return np.array(found, np.float32).reshape(-1, 384)


def _elsewhere(prepared: Path, lines: Sequence[Line], stores: dict[str, Stored]) -> list[Line]:
    """Prepared lines over documents that no store holds."""
    held = {name for store in stores.values() for name in store.files}
    wanted = {line["id"] for line in lines if _files(line).isdisjoint(held)}
    return [line for line in load(prepared / "reading.jsonl") if line["id"] in wanted and line["gold"]]


def _with(asked: Asked, windows: Any, lines: Sequence[Line], store: Stored) -> tuple[Asked, Any]:
    """The questions with those of further lines, whose own windows join the others."""
    rows: dict[str, int] = {}
    questions, right = [], list(asked.right)
    for line in lines:
        own = [f"{one['heading']}\n{one['text']}" for one in line["gold"]]
        group = [rows.setdefault(text, len(windows) + len(rows)) for text in own]
        questions += line["variants"]
        right += [[group]] * len(line["variants"])
    vectors = np.concatenate([asked.vectors, _questions(store, questions)])
    return Asked(vectors, right), np.concatenate([windows, store.encoder.encode_passages(list(rows))])


if __name__ == "__main__":
    main()
