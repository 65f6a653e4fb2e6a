"""A packed judge under ONNX Runtime, and a checkpoint under torch, behind one function.

One pair a run, as all packed models here: dynamic quantisation then never depends on the texts beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch

from training import base
from training.batches import Encoder
from training.groups import PUNCTUATION, cut
from training.measure import Verdict, best_span, judged
from training.net import Judge, Shape

Judging = Callable[[Sequence[tuple[str, str, str]]], list[Verdict]]
"""Verdicts over (question, heading, text), in order."""


def opened(path: Path, threads: int = 2) -> Judging:
    """The judge of a packed model.onnx or of a checkpoint judge.pt."""
    encoder = Encoder(base.tokenizer())
    if path.suffix == ".pt":
        model = from_checkpoint(path)
        torch.set_num_threads(threads)
        return lambda pairs: judged(model, encoder, pairs)
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), settings, providers=["CPUExecutionProvider"])
    pool = ThreadPoolExecutor(threads)

    def one(pair: tuple[str, str, str]) -> Verdict:
        question, heading, text = pair
        found = [_run(session, encoder, question, heading, part) for part in cut(text)]
        return max(found, key=lambda verdict: verdict.odds)

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
    encoder = Encoder(base.tokenizer())
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])

    def one(question: str, heading: str, text: str) -> tuple[Any, list[tuple[int, int]], str]:
        found = [(*_scores(session, encoder, question, heading, part), part) for part in cut(text)]
        _, scores, offsets, part = max(found, key=lambda x: x[0])
        return scores, offsets, part

    return one


def _run(
    session: onnxruntime.InferenceSession, encoder: Encoder, question: str, heading: str, text: str
) -> Verdict:
    odds, scores, offsets = _scores(session, encoder, question, heading, text)
    a, b = best_span(scores)
    return Verdict(odds, text[offsets[a][0] : offsets[b][1]] if offsets else "")


def _scores(
    session: onnxruntime.InferenceSession, encoder: Encoder, question: str, heading: str, text: str
) -> tuple[float, Any, list[tuple[int, int]]]:
    asked = encoder.question(question.rstrip(PUNCTUATION))
    ids, offsets, begin = encoder.clause(heading, text)
    side = np.array([[*[0] * len(asked), *[1] * len(ids)]], np.int64)
    tokens = np.array([[*asked, *ids]], np.int64)
    answers, scores = session.run(["answers", "scores"], {"input_ids": tokens, "side": side})
    first = len(asked) + begin
    return float(answers[0]), scores[0, first : first + len(offsets)], offsets
