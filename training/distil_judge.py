"""Teaches a judge of fewer layers to say what the shipped judge says (knowledge distillation).

    python -m training.distil_judge --prepared FOLDER --out FOLDER [--layers 0 2 4] [--hours 0.7] [--resume]

The small judge starts from those layers of the shipped one and from its heads, and learns from training
lines the shipped judge's last states, its log odds and which tokens it holds for the answer (Hinton et al.
2015, arXiv:1503.02531; states as in Sanh et al. 2019, arXiv:1910.01108).  FOLDER/judge.pt is written every
four minutes and taken up by --resume; `export_judge` packs it.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from training import base, train_judge
from training.batches import Batch, Encoder, batches
from training.groups import Group, Line, Pair, contrast_group
from training.lines import load
from training.measure import contrast_figures
from training.net import Judge, Judged, Shape

RATE = 3e-4
WRONG = 6
"""Wrong windows beside the right one: the small judge has to put a whole list in order."""
REACH = 8.0
"""Log odds beyond this are as good as this: nothing is to be learnt from how far beyond they lie."""
ODDS, LIST, INSIDE, STATES = 1.0, 1.0, 1.0, 2.0
"""Weights of the losses: each pair's odds, the odds of a question's clauses, its tokens, its states."""


def main() -> None:
    """Trains by the clock; prints losses and the development figures."""
    parser = argparse.ArgumentParser(description="Distil the judge into fewer layers.")
    parser.add_argument("--prepared", type=Path, nargs="+", required=True, metavar="FOLDER")
    parser.add_argument("--shared", type=Path, default=base.ROOT.parent / "shared", help="contrast.jsonl")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", type=int, nargs="+", default=[0, 2, 4], help="of the shipped judge")
    parser.add_argument("--hours", type=float, default=0.7)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--halves", action="store_true", help="bfloat16, where the processor is faster at it")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--resume", action="store_true")
    options = parser.parse_args()
    torch.manual_seed(train_judge.SEED)
    torch.set_num_threads(options.threads)
    arrays = base.judge_arrays()
    teacher = Judge(arrays, Shape(6, 0)).eval().requires_grad_(False)
    student = Judge(of_layers(arrays, options.layers), Shape(len(options.layers), 0))
    teacher.halves = student.halves = options.halves
    optimizer = torch.optim.AdamW(train_judge.parameters(student, options.rate))
    options.out.mkdir(parents=True, exist_ok=True)
    path, before = options.out / "judge.pt", {"cpu": 0.0, "wall": 0.0, "step": 0}
    if options.resume and path.is_file():
        found = torch.load(path, weights_only=True)
        student.load_state_dict(found["model"])
        optimizer.load_state_dict(found["optimizer"])
        before = found["used"]
    _train((teacher, student), optimizer, options, before, path)


def of_layers(arrays: base.Arrays, layers: list[int]) -> base.Arrays:
    """The arrays with these layers alone, counted anew from 0."""
    kept = {name: value for name, value in arrays.items() if not _is_layer(name)}
    for to, layer in enumerate(layers):
        own = f"l{layer}."
        kept |= {f"l{to}.{name.removeprefix(own)}": arrays[name] for name in arrays if name.startswith(own)}
    return kept


def _is_layer(name: str) -> bool:
    return name[0] == "l" and name[1].isdigit()


def wide_group(line: Line, chance: random.Random) -> Group:
    """One wording of a line with a window that answers, and more windows that do not than training shows."""
    group = Group()
    at = chance.randrange(len(line["variants"]))
    question = group.asks(line["variants"][at])
    right = [chance.choice(line["gold"])] if line["gold"] else []
    near = [line["near"]] if line["near"] else []
    wrong = chance.sample(line["wrong"][at], min(WRONG, len(line["wrong"][at])))
    for window in (*right, *near, *wrong):
        number = group.shows(window["heading"], window["text"])
        group.pairs.append(Pair(question, number, window in right))
    return group


def _train(
    models: tuple[Judge, Judge],
    optimizer: torch.optim.Optimizer,
    options: argparse.Namespace,
    before: dict[str, Any],
    path: Path,
) -> None:
    teacher, student = models
    chance = random.Random(train_judge.SEED + before["step"])
    encoder = Encoder(base.tokenizer())
    lines = [line for folder in options.prepared for line in load(folder / "reading.jsonl")]
    contrast = [line for folder in options.prepared for line in load(folder / "contrast.jsonl")]
    budget = train_judge.Budget(1e9, options.hours * 3600)
    began, began_cpu = time.time() - before["wall"], time.process_time() - before["cpu"]
    step, saved, sums, seen_pairs = before["step"], time.time(), [0.0] * 5, 0
    while True:
        seen = [wide_group(line, chance) for line in lines]
        seen += [contrast_group(line, chance) for line in contrast]
        chance.shuffle(seen)
        for batch in batches(seen, encoder, chance):
            used = budget.used(0.0, time.time() - began)
            for group in optimizer.param_groups:
                group["lr"] = group["top"] * min(1.0, used / train_judge.WARM_UP + 0.02) * max(0.01, 1 - used)
            parts = _step(teacher, student, optimizer, batch)
            sums = [a + b for a, b in zip(sums, parts, strict=True)]
            step, seen_pairs, done = step + 1, seen_pairs + len(batch.pairs), used >= 1
            if step % 50 == 0:
                shown = " ".join(f"{x / 50:.3f}" for x in sums)
                spent = time.time() - began
                print(f"step {step} used {used:.3f} {spent:.0f} s {seen_pairs} pairs: {shown}", flush=True)
                sums = [0.0] * 5
            if time.time() - saved > train_judge.SAVED_EVERY or done:
                wall = time.time() - began
                cpu = time.process_time() - began_cpu
                train_judge.save(student, optimizer, {"cpu": cpu, "wall": wall, "step": step}, path)
                saved = time.time()
            if done:
                print(json.dumps(contrast_figures(student, encoder, options.shared)), flush=True)
                return


def _step(teacher: Judge, student: Judge, optimizer: torch.optim.Optimizer, batch: Batch) -> list[float]:
    student.train()
    given, asked = (batch.questions, batch.clauses, batch.pairs), batch.questions.shape[1]
    with torch.no_grad():
        target, ids = teacher.states(*given)
        said = teacher.heads(target, ids, asked)
    states, _ = student.states(*given)
    real = (ids != base.PAD)[..., None].float()
    away = ((states - target) ** 2 * real).sum() / (real.sum() * states.shape[-1])
    parts = [*losses(student.heads(states, ids, asked), said, batch), away]
    total = ODDS * parts[0] + LIST * parts[1] + INSIDE * parts[2] + STATES * parts[3]
    total.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
    return [total.item(), *(part.item() for part in parts)]


def losses(judged: Judged, said: Judged, batch: Batch) -> list[Tensor]:
    """Of the odds, of a question's clauses against each other, of the tokens inside the answer."""
    target = said.answers.clamp(-REACH, REACH)
    single = functional.smooth_l1_loss(judged.answers.clamp(-REACH, REACH), target)
    same = batch.pairs[:, None, 0] == batch.pairs[None, :, 0]
    shares, wanted = (
        torch.log_softmax(one[None].expand_as(same).masked_fill(~same, -1e4), 1)
        for one in (judged.answers, said.answers)
    )
    lists = (wanted.exp() * (wanted - shares)).masked_fill(~same, 0.0).sum(1).mean()
    real = judged.text & (batch.pairs[:, :1] >= 0)
    each = functional.binary_cross_entropy_with_logits(
        judged.inside, torch.sigmoid(said.inside), reduction="none"
    )
    return [single, lists, (each * real).sum() / real.sum().clamp(min=1)]


if __name__ == "__main__":
    main()
