"""Trains the upper layers of the shipped encoder on questions and the passages that answer them.

    python tools/train_encoder.py --data FOLDER --out FOLDER [--without FOLDER]
    python tools/pack_model.py --trained FOLDER/trained.npz --share .4 --out CANDIDATE

Each question is to lie nearer to its passage than to those of the other questions of its batch and to one of
those that the untrained model takes for nearest (InfoNCE, van den Oord et al. 2018), while all vectors stay
close to the untrained model's.  The embedding table and the lower layers stay as they are.  The trained
weights are meant to be mixed with the original ones (Wortsman et al. 2022, Robust fine-tuning).  What came of
it stands in docs/decisions.md, "The shipped encoder".  The same seed gives the same data and order; sums over
threads differ in the last places.

On a CPU: OMP_NUM_THREADS=1 MALLOC_MMAP_THRESHOLD_=8589934592 MALLOC_TRIM_THRESHOLD_=17179869184, which was
some four times as fast (else each step's memory is given back to the system and asked for anew).
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import torch
from pack_model import SHIPPED, read_source
from pack_vocabulary import kept_pieces
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from encoder_data import Corpus, Pair, read_corpus
from encoder_net import Net

from index.commands.shared import named_path

FIRST_TRAINED = 6
"""Layers below stay as they are, counted from 0."""
MOST_TOKENS = 192
BATCH = 48
RATE = 2e-5
TEMPERATURE = 0.02
CLOSENESS = 5.0
"""Weight of 1 - cosine to the untrained model's vectors."""
WARM_UP = 0.1
HARDEST = 4
"""A wrong passage is drawn from the question's nearest so many that are wrong."""
KEPT_EVERY = 75
"""Steps after which the weights so far are written too, as ``trained-75.npz``."""
HELD_BACK = 400
HELD_POOL = 8
"""Wrong passages a question that is held back brings into what is searched for it."""
SEED = 20261122


@dataclass(frozen=True, slots=True)
class Prepared:
    """The corpus with what the untrained model makes of it.

    ``questions`` and ``passages`` are as the lower layers leave them, the vectors unit rows; ``wrong[i]`` are
    the passages that pair ``i`` is set against, nearest first, those of its own document before others.
    """

    corpus: Corpus
    questions: list[Tensor]
    passages: list[Tensor]
    question_vectors: Tensor
    passage_vectors: Tensor
    wrong: list[list[int]]


def main() -> None:
    """Trains and writes ``trained.npz``; prints the loss and the figures on questions held back."""
    parser = argparse.ArgumentParser(description="Train the upper layers of the shipped encoder.")
    parser.add_argument("--data", type=named_path, required=True, help="folder with the training files")
    parser.add_argument("--without", type=named_path, help="laws whose other versions are not to be read")
    parser.add_argument("--out", type=named_path, required=True)
    parser.add_argument("--first", type=int, default=FIRST_TRAINED, help="first layer that is trained")
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--temperature", type=float, default=TEMPERATURE)
    parser.add_argument("--closeness", type=float, default=CLOSENESS)
    parser.add_argument("--epochs", type=int, default=1)
    options = parser.parse_args()
    torch.manual_seed(SEED)
    source = read_source(None)
    net = Net(source.arrays, kept_pieces(source.tokenizer), options.first)
    options.out.mkdir(parents=True, exist_ok=True)
    prepared = load_prepared(options.data, options.without, options.out, net)
    corpus = prepared.corpus
    print(f"{len(corpus.pairs)} pairs over {len(corpus.passages)} passages", flush=True)
    held, trained = range(HELD_BACK), range(HELD_BACK, len(corpus.pairs))
    print("held back, untrained:", measure(net, prepared, held), flush=True)
    train(net, prepared, list(trained), options)
    _write(options.out / "trained.npz", net)
    print("held back, trained:", measure(net, prepared, held), flush=True)


def load_prepared(data: Path, without: Path | None, out: Path, net: Net) -> Prepared:
    """What `prepare` made, kept in ``out`` from run to run."""
    kept = out / f"prepared-{net.first}.pt"
    if not kept.is_file():
        made = prepare(read_corpus(data, without, SEED), net)
        torch.save({field.name: getattr(made, field.name) for field in fields(made)}, kept)
    return Prepared(**torch.load(kept, weights_only=False))


def prepare(corpus: Corpus, net: Net) -> Prepared:
    """Encodes questions and passages with the untrained model and finds each question's wrong passages."""
    tokenizer = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
    tokenizer.enable_truncation(MOST_TOKENS)
    begun = time.time()
    print(f"{len(corpus.pairs)} pairs over {len(corpus.passages)} passages", flush=True)
    questions = net.lower([tokenizer.encode(f"query: {pair.question}").ids for pair in corpus.pairs])
    passages = net.lower([tokenizer.encode(f"passage: {one.text}").ids for one in corpus.passages])
    print(f"{time.time() - begun:.0f} s for the lower layers", flush=True)
    asked, said = net.vectors(questions), net.vectors(passages)
    print(f"{time.time() - begun:.0f} s with the upper ones", flush=True)
    of_document: dict[str, list[int]] = {}
    for number, passage in enumerate(corpus.passages):
        of_document.setdefault(passage.document, []).append(number)
    wrong = [
        _wrong(corpus, pair, asked[i] @ said.T, of_document[corpus.passages[pair.passage].document])
        for i, pair in enumerate(corpus.pairs)
    ]
    return Prepared(corpus, questions, passages, asked, said, wrong)


def _wrong(corpus: Corpus, pair: Pair, cosines: Tensor, same: Sequence[int]) -> list[int]:
    """The nearest of the question's own document, then the nearest of all: none that holds the answer, is of
    the same clause or paragraph, or is nearer to the question than the right one by more than a little."""
    right = corpus.passages[pair.passage]
    most = cosines[pair.passage] + 0.02  # above: more likely another right one than a wrong one

    def fits(number: int) -> bool:
        one = corpus.passages[number]
        apart = (one.document, one.place) != (right.document, right.place)
        return apart and bool(cosines[number] < most) and not (pair.answer and pair.answer in one.text)

    near = [number for number in sorted(same, key=lambda n: -float(cosines[n])) if fits(number)]
    far = [number for number in cosines.topk(4 * HARDEST).indices.tolist() if fits(number)]
    return list(dict.fromkeys((*near[:HARDEST], *far)))[: 2 * HARDEST]


def train(net: Net, prepared: Prepared, chosen: list[int], options: argparse.Namespace) -> None:
    """One pass over the pairs for each epoch, the rate rising over the first tenth and falling to nothing."""
    chance = random.Random(SEED)
    optimizer = torch.optim.AdamW(net.parameters(), lr=options.rate, weight_decay=0.0, fused=True)
    steps = options.epochs * (len(chosen) // BATCH)
    warm = max(1, int(WARM_UP * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / warm) * max(0.02, 1 - step / steps)
    )
    done, total, begun = 0, 0.0, time.time()
    for _ in range(options.epochs):
        for batch in _batches(prepared, chosen, chance):
            loss = _loss(net, prepared, batch, chance, options)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            done, total = done + 1, total + loss.item()
            if done % 20 == 0:
                print(f"{done}/{steps} {time.time() - begun:.0f} s loss {total / 20:.4f}", flush=True)
                total = 0.0
            if done % KEPT_EVERY == 0:
                _write(options.out / f"trained-{done}.npz", net)


def _write(path: Path, net: Net) -> None:
    np.savez(path, allow_pickle=False, **net.arrays())


def _batches(prepared: Prepared, chosen: list[int], chance: random.Random) -> list[list[int]]:
    """Whole batches of passages of like length, in random order."""

    def length(number: int) -> float:
        return len(prepared.passages[prepared.corpus.pairs[number].passage]) + 32 * chance.random()

    ordered = sorted(chosen, key=length)
    batches = [ordered[at : at + BATCH] for at in range(0, len(ordered) - BATCH + 1, BATCH)]
    chance.shuffle(batches)
    return batches


def _loss(
    net: Net, prepared: Prepared, batch: list[int], chance: random.Random, options: argparse.Namespace
) -> Tensor:
    pairs = prepared.corpus.pairs
    right = [pairs[i].passage for i in batch]
    wrong = [chance.choice(prepared.wrong[i][:HARDEST]) for i in batch if prepared.wrong[i]]
    numbers = list(dict.fromkeys((*right, *wrong)))
    column = {number: at for at, number in enumerate(numbers)}
    asked = net([prepared.questions[i] for i in batch])
    said = net([prepared.passages[number] for number in numbers])
    cosines = asked @ said.T / options.temperature
    places = [prepared.corpus.passages[number] for number in numbers]
    for row, number in enumerate(right):  # other windows of the right clause are neither right nor wrong
        here = prepared.corpus.passages[number]
        same = [(one.document, one.place) == (here.document, here.place) for one in places]
        same[column[number]] = False
        cosines[row, torch.tensor(same)] = -1e4
    found = functional.cross_entropy(cosines, torch.tensor([column[number] for number in right]))
    moved = (
        2
        - (asked * prepared.question_vectors[batch]).sum(1).mean()
        - (said * prepared.passage_vectors[numbers]).sum(1).mean()
    )
    loss: Tensor = found + options.closeness * moved
    return loss


def measure(net: Net, prepared: Prepared, held: Sequence[int]) -> str:
    """How often the right passage is first, and MRR, among all that the held back questions bring along."""
    pairs = prepared.corpus.pairs
    pool = sorted({n for i in held for n in (pairs[i].passage, *prepared.wrong[i][:HELD_POOL])})
    cosines = (
        net.vectors([prepared.questions[i] for i in held])
        @ net.vectors([prepared.passages[n] for n in pool]).T
    )
    figures: dict[str, list[int]] = {}
    for row, i in enumerate(held):
        rank = int((cosines[row] > cosines[row, pool.index(pairs[i].passage)]).sum()) + 1
        figures.setdefault(pairs[i].kind, []).append(rank)
    return "; ".join(
        f"{kind} R@1 {np.mean(np.array(ranks) == 1):.3f} MRR {np.mean(1 / np.array(ranks)):.3f}"
        for kind, ranks in sorted(figures.items())
    )


if __name__ == "__main__":
    main()
