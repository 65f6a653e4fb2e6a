"""A packed judge, as the program runs it, and a checkpoint under torch, behind one function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import torch

from qa.search.clause_judge import ClauseJudge
from qa.search.judged_text import judge_text, pieces, text_tokens
from qa.search.matched_tokens import Matched
from qa.search.question_encoder import encoded
from training import base
from training.batches import Encoder
from training.judge_vectors import Vectors
from training.measure import Verdict, judged
from training.net import Judge, Shape

Judging = Callable[[Sequence[tuple[str, str, str]]], list[Verdict]]
"""Verdicts over (question, heading, text), in order."""


def opened(path: Path, threads: int = 2) -> Judging:
    """The judge of a packed model.onnx (model.json beside it) or of a checkpoint judge.pt."""
    if path.suffix == ".pt":
        model, encoder = from_checkpoint(path), Encoder(base.tokenizer(), Vectors())
        torch.set_num_threads(threads)
        return lambda pairs: judged(model, encoder, pairs)
    judge, pool = ClauseJudge(path.parent), ThreadPoolExecutor(threads)

    def one(pair: tuple[str, str, str]) -> Verdict:
        found = judge_text(judge, *pair)
        return Verdict(found.odds, pair[2][found.start : found.end])

    return lambda pairs: list(pool.map(one, pairs))


def from_checkpoint(path: Path) -> Judge:
    """The model of a checkpoint, to be read only."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    model = Judge(base.encoder_arrays(), Shape(**state["shape"]))
    model.load_state_dict(state["model"])
    model.eval()
    return model


def token_scores(path: Path) -> Callable[[str, str, str], tuple[Any, list[tuple[int, int]], str]]:
    """A function to the scores (length, 3) of the text's tokens, their places, and the best piece."""
    judge = ClauseJudge(path.parent)

    def one(question: str, heading: str, text: str) -> tuple[Any, list[tuple[int, int]], str]:
        parts = pieces(text)
        read = [text_tokens(f"{heading}\n{part}") for part in parts]
        pairs = [(heading, part) for part in parts]
        found = judge.judge(question, pairs, Matched(encoded(question).tokens, read))
        best, part = max(zip(found, parts, strict=True), key=lambda both: both[0].odds)
        return np.stack([best.first, best.last, best.inside], 1), best.places.tolist(), part

    return one
