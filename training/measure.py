"""Figures of a judge: over contrast sets, and over candidates of development questions."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import torch

from training.batches import Encoder, padded
from training.groups import PUNCTUATION, cut
from training.net import Judge

LONGEST_SPAN = 120
"""Tokens of the longest span."""
INSIDE_SHARE = 0.05
"""How much a token's log odds of lying inside count beside those of the ends, by `fit_span`."""
RUN = 16


@dataclass(frozen=True, slots=True)
class Verdict:
    """Log odds that a clause answers, and the stretch that does."""

    odds: float
    span: str


def judged(model: Judge, encoder: Encoder, pairs: Sequence[tuple[str, str, str]]) -> list[Verdict]:
    """Verdicts over (question, heading, text); of a long text the best piece's."""
    pieces = [(n, q, h, part) for n, (q, h, text) in enumerate(pairs) for part in cut(text)]
    order = sorted(range(len(pieces)), key=lambda i: len(pieces[i][3]))
    best: dict[int, Verdict] = {}
    model.eval()
    for at in range(0, len(order), RUN):
        run = [pieces[i] for i in order[at : at + RUN]]
        for (number, *_), verdict in zip(run, _run(model, encoder, run), strict=True):
            if number not in best or verdict.odds > best[number].odds:
                best[number] = verdict
    return [best[n] for n in range(len(pairs))]


@torch.no_grad()
def _run(model: Judge, encoder: Encoder, run: Sequence[tuple[int, str, str, str]]) -> list[Verdict]:
    questions = padded([encoder.question(q.rstrip(PUNCTUATION)) for _, q, _, _ in run])
    clauses = [encoder.clause(h, t) for _, _, h, t in run]
    same = torch.arange(len(run))
    matches = encoder.matches([q.rstrip(PUNCTUATION) for _, q, _, _ in run], [(h, t) for _, _, h, t in run])
    found = model(questions, padded([c[0] for c in clauses]), torch.stack([same, same], 1), matches)
    made = []
    for row, (_, offsets, begin), (_, _, _, text) in zip(range(len(run)), clauses, run, strict=True):
        first = questions.shape[1] + begin
        ends = found.span[row, first : first + len(offsets)].numpy()
        inside = found.inside[row, first : first + len(offsets), None].numpy()
        a, b = best_span(np.concatenate([ends, inside], 1))
        span = text[offsets[a][0] : offsets[b][1]] if offsets else ""
        made.append(Verdict(float(found.answers[row]), span))
    return made


def best_span(scores: Any, share: float = INSIDE_SHARE) -> tuple[int, int]:
    """First and last token with the highest sum, in order and not too far apart; ``scores`` (length, 3)."""
    if len(scores) == 0:
        return 0, 0
    total = np.cumsum(scores[:, 2])
    between = total[None] - (total - scores[:, 2])[:, None]
    joint = scores[:, None, 0] + scores[None, :, 1] + share * between
    first, last = np.indices(joint.shape)
    joint[(last < first) | (last - first >= LONGEST_SPAN)] = -np.inf
    a, b = divmod(int(joint.argmax()), len(scores))
    return a, b


def contrast_figures(model: Judge, encoder: Encoder, shared: Path, *, blank: bool = False) -> dict[str, Any]:
    """What `reading.py pairs` and `score-pairs` say of the development contrast sets."""
    reading = reading_script(shared)
    lines = reading.load(shared / "eval/reading/contrast.jsonl")
    asked = list(reading.pairs(lines))
    shown = [
        (one["question"], "" if blank else one["heading"], "无" if blank else one["text"]) for one in asked
    ]
    verdicts = judged(model, encoder, shown)
    answers = {
        one["id"]: {"answers": 1 / (1 + float(np.exp(-v.odds))), "span": v.span}
        for one, v in zip(asked, verdicts, strict=True)
    }
    figures: dict[str, Any] = reading.score_pairs(lines, answers)
    return figures


def reading_script(shared: Path) -> ModuleType:
    """`eval/reading.py` of the shared folder, as a module."""
    spec = importlib.util.spec_from_file_location("reading", shared / "eval/reading.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{shared}/eval/reading.py is not there; the figures need it")
    module = importlib.util.module_from_spec(spec)
    sys.modules["reading"] = module
    spec.loader.exec_module(module)
    return module
