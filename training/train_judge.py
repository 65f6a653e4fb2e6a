"""Trains the judge: does this clause answer this question, and where.

    python -m training.train_judge --prepared FOLDER --out FOLDER [--cpu-minutes 60] [--hours 1.5]
        [--start judge|encoder] [--layers 6] [--split 0] [--resume]

The rate falls to nothing over the CPU minutes (or the wall hours, whichever is used up first), so that a
run ends well on a busy machine.  FOLDER/judge.pt is written every four minutes and taken up by --resume.
The same seed on the same kind of processor gives nearly the same weights: what is seen by then depends on
the speed.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from training import base
from training.articles import article_examples
from training.batches import Batch, Encoder, batches
from training.groups import Group, article_groups, contrast_group, reading_group
from training.judge_vectors import Vectors
from training.lines import load
from training.matches import Matches
from training.measure import contrast_figures
from training.net import Judge, Judged, Shape

SEED = 20261130
RATE = 2e-4
HEADS_FASTER = 5
"""How many times the rate of the layers the heads learn at."""
WARM_UP = 0.04
DECAY = 0.01
LEFT_OUT = 0.1, 0.04
"""Share of a question's tokens, and of a clause's, that are left out while it is learnt from (--left-out)."""
UNMATCHED = 0.1
"""Share of the batches that are read without the encoders' vectors, as indexes of other encoders are."""
FEWEST_TOKENS = 6
"""Texts of fewer tokens are left whole."""
SAVED_EVERY = 240.0
"""Seconds between checkpoints."""
MEASURED_EVERY = 5
"""Checkpoints between development figures, which take a minute of CPU."""
LIST, ORDER, SPAN, INSIDE = 0.5, 0.5, 0.3, 0.5
"""Weights beside the first loss: a question's clauses, a clause's questions, span, tokens."""


@dataclass(frozen=True, slots=True)
class Budget:
    """CPU seconds and wall seconds that may be used."""

    cpu: float
    wall: float

    def used(self, cpu: float, wall: float) -> float:
        """The share that is used up, 0 to 1."""
        return min(1.0, max(cpu / self.cpu, wall / self.wall))


def main() -> None:
    """Trains by the clock; prints losses and the development figures."""
    options = _options()
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)
    shape = Shape(options.layers, options.split, options.matched)
    arrays = base.judge_arrays() if options.start == "judge" else base.encoder_arrays()
    model = Judge(arrays, shape)
    if options.init:
        learnt = torch.load(options.init, weights_only=True)["model"]
        model.load_state_dict(learnt, strict="matched.weight" in learnt or not options.matched)
    optimizer = torch.optim.AdamW(parameters(model, options.rate), weight_decay=DECAY)
    options.out.mkdir(parents=True, exist_ok=True)
    before = {"cpu": 0.0, "wall": 0.0, "step": 0}
    path = options.out / "judge.pt"
    if options.resume and path.is_file():
        found = torch.load(path, weights_only=True)
        model.load_state_dict(found["model"])
        optimizer.load_state_dict(found["optimizer"])
        before = found["used"]
    model.freeze(options.frozen)
    model.halves = options.halves
    for layer in model.layers:
        layer.dropped = options.dropped
    _train(model, optimizer, options, before, path)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train the judge.")
    parser.add_argument(
        "--prepared",
        type=_folder,
        nargs="+",
        required=True,
        metavar="FOLDER[=SHARE]",
        help="folders of training.prepare; of each the share of its lines that is seen in a round",
    )
    parser.add_argument(
        "--shared", type=Path, default=base.ROOT.parent / "shared", help="CMRC, DRCD, contrast.jsonl"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", choices=("judge", "encoder"), default="judge")
    parser.add_argument("--init", type=Path, help="a checkpoint of the same shape to start from")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--split", type=int, default=0, help="layers that read question and clause apart")
    parser.add_argument(
        "--matched", type=int, default=0, help="layers below where the encoders' token vectors come in"
    )
    parser.add_argument("--kept", type=Path, help="where training.prepare keeps windows' vectors")
    parser.add_argument("--frozen", type=int, default=0, help="lowest layers that learn nothing")
    parser.add_argument("--cpu-minutes", type=float, default=60)
    parser.add_argument("--hours", type=float, default=24)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--halves", action="store_true", help="bfloat16, where the processor is faster at it")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--contrast", type=float, default=2, help="times that contrast sets are seen in a round"
    )
    parser.add_argument("--reading", type=float, default=1, help="share of the reading lines in a round")
    parser.add_argument(
        "--articles", type=float, default=0, help="share of CMRC's and DRCD's paragraphs in a round"
    )
    parser.add_argument("--question-only", action="store_true", help="the baseline: clauses are left empty")
    parser.add_argument(
        "--dropped", type=float, default=0.0, help="share of what a layer adds that is left out"
    )
    parser.add_argument("--left-out", action="store_true", help="some tokens are left out at random")
    parser.add_argument("--resume", action="store_true")
    return parser.parse_args()


def _folder(said: str) -> tuple[Path, float]:
    path, _, share = said.partition("=")
    return Path(path), float(share or 1)


def parameters(model: Judge, rate: float) -> list[dict[str, Any]]:
    """Groups with their rate: heads learn faster; vectors and norms do not decay."""
    heads = ("matched", "tokens", "mixed", "answer", "sides")
    groups = []
    for is_head in (True, False):
        for is_matrix in (True, False):
            chosen = [
                p for n, p in model.named_parameters()
                if p.requires_grad and n.startswith(heads) == is_head and (p.ndim > 1) == is_matrix
            ]  # fmt: skip
            top = rate * HEADS_FASTER if is_head else rate
            groups.append(
                {"params": chosen, "lr": top, "top": top, "weight_decay": DECAY if is_matrix else 0.0}
            )
    return groups


def rounds(options: argparse.Namespace, chance: random.Random) -> Iterator[list[Group]]:
    """What is seen in one round over the data, without end."""
    contrast, reading = (
        [(load(folder / f"{name}.jsonl"), share) for folder, share in options.prepared]
        for name in ("contrast", "reading")
    )
    articles = article_examples(options.shared / "train") if options.articles else []
    while True:
        seen = [contrast_group(x, chance) for x in _shares(contrast, options.contrast, chance)]
        seen += [reading_group(x, chance) for x in _shares(reading, options.reading, chance)]
        if articles:
            found = list(article_groups(iter(articles), chance))
            seen += chance.sample(found, int(len(found) * options.articles))
        if options.question_only:
            for group in seen:
                group.clauses = [("", "无") for _ in group.clauses]
        chance.shuffle(seen)
        yield seen


def _shares(folders: list[tuple[list[Any], float]], share: float, chance: random.Random) -> list[Any]:
    """Of each folder's lines its share of the share of all."""
    found = []
    for lines, own in folders:
        found += lines * int(share * own) + chance.sample(lines, int(len(lines) * (share * own % 1)))
    return found


def _train(
    model: Judge,
    optimizer: torch.optim.Optimizer,
    options: argparse.Namespace,
    before: dict[str, Any],
    path: Path,
) -> None:
    chance = random.Random(SEED + before["step"])
    encoder = Encoder(base.tokenizer(), Vectors(options.kept) if options.matched else None)
    budget = Budget(options.cpu_minutes * 60, options.hours * 3600)
    began, began_cpu = time.time() - before["wall"], time.process_time() - before["cpu"]
    step, saved, saves, sums = before["step"], time.time(), 0, [0.0] * 6
    for number, seen in enumerate(rounds(options, chance)):
        for batch in batches(seen, encoder, chance):
            used = budget.used(time.process_time() - began_cpu, time.time() - began)
            for group in optimizer.param_groups:
                group["lr"] = group["top"] * min(1.0, used / WARM_UP + 0.02) * max(0.01, 1 - used)
            parts = _step(model, optimizer, _shown(batch, options, chance))
            sums = [a + b for a, b in zip(sums, parts, strict=True)]
            step += 1
            if step % 25 == 0:
                shown = " ".join(f"{x / 25:.3f}" for x in sums)
                print(
                    f"round {number} step {step} used {used:.3f} {time.time() - began:.0f} s: {shown}",
                    flush=True,
                )
                sums = [0.0] * 6
            done = used >= 1
            if time.time() - saved > SAVED_EVERY or done:
                spent = {"cpu": time.process_time() - began_cpu, "wall": time.time() - began, "step": step}
                save(model, optimizer, spent, path)
                saved, saves = time.time(), saves + 1
                if done or saves % MEASURED_EVERY == 0:
                    figures = contrast_figures(model, encoder, options.shared, blank=options.question_only)
                    print(f"step {step} used {used:.3f} {json.dumps(figures)}", flush=True)
            if done:
                return


def _shown(batch: Batch, options: argparse.Namespace, chance: random.Random) -> Batch:
    if options.matched and chance.random() < UNMATCHED:
        batch = replace(batch, matches=None)
    return less(batch) if options.left_out else batch


def less(batch: Batch) -> Batch:
    """The batch without some tokens: what is padded is not seen, and counts as no place.  Where a span begins
    or ends stays."""
    of_question, of_clause = LEFT_OUT
    read = _chosen(batch.clauses, of_clause)
    for end in (0, 1):
        has = batch.spans[:, end] >= 0
        read[batch.pairs[has, 1], batch.spans[has, end] - batch.questions.shape[1]] = False
    asked = _chosen(batch.questions, of_question)
    matches = batch.matches
    if matches:
        matches = Matches(
            matches.asked.masked_fill(asked[..., None], 0),
            matches.tells.masked_fill(asked, 0),
            matches.read.masked_fill(read[..., None], 0),
        )
    return replace(
        batch,
        questions=batch.questions.masked_fill(asked, base.PAD),
        clauses=batch.clauses.masked_fill(read, base.PAD),
        matches=matches,
    )


def _chosen(ids: Tensor, share: float) -> Tensor:
    """Which tokens are left out: none of the marks at the ends, and of short texts none."""
    marks = (ids == base.START) | (ids == base.END) | (ids == base.PAD)
    long_enough = (~marks).sum(1, keepdim=True) >= FEWEST_TOKENS
    return (torch.rand(ids.shape) < share) & ~marks & long_enough


def _step(model: Judge, optimizer: torch.optim.Optimizer, batch: Batch) -> list[float]:
    model.train()
    judged = model(batch.questions, batch.clauses, batch.pairs, batch.matches)
    parts = losses(judged, batch)
    total = parts[0] + LIST * parts[1] + ORDER * parts[2] + SPAN * parts[3] + INSIDE * parts[4]
    total.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
    return [total.item(), *(p.item() for p in parts)]


def losses(judged: Judged, batch: Batch) -> list[Tensor]:
    """Of the pairs; of a question over its clauses; of a clause over its questions; of spans; of tokens."""
    answers = batch.answers
    single = functional.binary_cross_entropy_with_logits(judged.answers, answers)
    higher = judged.answers[:, None] - judged.answers[None]
    differs = (answers[:, None] > answers[None]).float()
    lists = []
    for side in (0, 1):
        same = (batch.pairs[:, None, side] == batch.pairs[None, :, side]).float() * differs
        lists.append((functional.softplus(-higher) * same).sum() / same.sum().clamp(min=1))
    has = batch.spans[:, 0] >= 0
    span = judged.answers.sum() * 0
    if has.any():
        ends = [functional.cross_entropy(judged.span[has, :, e], batch.spans[has, e]) for e in (0, 1)]
        span = (ends[0] + ends[1]) / 2
    return [single, lists[0], lists[1], span, _inside_loss(judged, batch)]


def _inside_loss(judged: Judged, batch: Batch) -> Tensor:
    """Tokens of the answer against all others; pairs that answer but have no span are left out."""
    place = torch.arange(judged.inside.shape[1])[None]
    inside = (
        (place >= batch.spans[:, :1]) & (place <= batch.spans[:, 1:]) & (batch.spans[:, :1] >= 0)
    ).float()
    known = ((batch.spans[:, 0] >= 0) | (batch.answers == 0))[:, None] & judged.text
    each = functional.binary_cross_entropy_with_logits(judged.inside, inside, reduction="none")
    weighed = each * known * (1 + 2 * inside)
    return weighed.sum() / known.sum().clamp(min=1)


def save(model: Judge, optimizer: torch.optim.Optimizer, used: dict[str, Any], path: Path) -> None:
    """Write a checkpoint; the one before stays until it is whole."""
    state = {
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "used": used,
        "shape": asdict(model.shape),
    }
    torch.save(state, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


if __name__ == "__main__":
    main()
