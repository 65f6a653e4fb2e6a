"""A packed judge under ONNX Runtime, and a checkpoint under torch, behind one function.

One pair a run, as all packed models here: dynamic quantisation then never depends on the texts beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

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


def _run(
    session: onnxruntime.InferenceSession, encoder: Encoder, question: str, heading: str, text: str
) -> Verdict:
    asked = encoder.question(question.rstrip(PUNCTUATION))
    ids, offsets, begin = encoder.clause(heading, text)
    side = np.array([[*[0] * len(asked), *[1] * len(ids)]], np.int64)
    answers, scores = session.run(
        ["answers", "scores"], {"input_ids": np.array([[*asked, *ids]], np.int64), "side": side}
    )
    first = len(asked) + begin
    a, b = best_span(scores[0, first : first + len(offsets), :2])
    span = text[offsets[a][0] : offsets[b][1]] if offsets else ""
    return Verdict(float(answers[0]), span)
