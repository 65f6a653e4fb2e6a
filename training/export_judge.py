"""Packs a checkpoint as an int8 ONNX graph with its card's figures, by the encoder's own packer.

    python -m training.export_judge --checkpoint judge.pt --out FOLDER

Matrices int8, embedding table 4 bits, one pair a run: ``input_ids`` and ``side`` (0 question, 1 clause),
both int64 (1, length), and ``matches`` (1, length, 70), what the encoders hold of each token; out come
``answers`` (1,), log odds, and ``scores`` (1, length, 3): first token, last token, inside.  Beside it
judge-bf16.pt, from which training goes on with --init.  Only checkpoints with split 0 are packed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.base import ENCODER_FOLDERS, HEADS, ROOT, Arrays
from training.net import Shape
from training.packing import arrays_of, layers_of, linear, serialised
from training.train_judge import SEED

sys.path.insert(0, str(ROOT / "tools"))
import pack_graph
from onnx import TensorProto

NAME = "clause-judge-zh"
LOW = np.float32(-1e4)
HEADS_OF_IT = ("tokens", "mixed", "answer")


def main() -> None:
    """Writes model.onnx, model.json and judge-bf16.pt."""
    parser = argparse.ArgumentParser(description="Pack a judge.")
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    state = torch.load(options.checkpoint, map_location="cpu", weights_only=True)
    shape = Shape(**state["shape"])
    if shape.split:
        raise SystemExit("Only a judge that reads question and clause together (--split 0) can be packed.")
    options.out.mkdir(parents=True, exist_ok=True)
    data = build(state["model"], shape)
    (options.out / "model.onnx").write_bytes(data)
    halves = {k: v.to(torch.bfloat16) if v.is_floating_point() else v for k, v in state["model"].items()}
    torch.save(
        {"model": halves, "shape": state["shape"], "used": state["used"]}, options.out / "judge-bf16.pt"
    )
    tokenizer = ROOT / ENCODER_FOLDERS[0] / "tokenizer.json"
    about: dict[str, Any] = {
        "name": NAME,
        "layers": shape.layers,
        "seed": SEED,
        "tokenizer_sha256": hashlib.sha256(tokenizer.read_bytes()).hexdigest()
        if tokenizer.is_file()
        else None,
        "licence": "MIT",
        "files": {"model.onnx": {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}},
    }
    (options.out / "model.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(about["files"]))


def build(state: dict[str, torch.Tensor], shape: Shape) -> bytes:
    """The graph of a checkpoint's weights, serialised."""
    arrays = arrays_of(state, shape.layers, HEADS_OF_IT)
    graph, x = layers_of(arrays, shape.layers, shape.matched)
    _heads(graph, x, arrays)
    outputs: dict[str, tuple[int | str, ...]] = {"answers": (1,), "scores": (1, "length", 3)}
    return serialised(graph, NAME, outputs, matched=bool(shape.matched))


def _heads(graph: Any, x: str, arrays: Arrays) -> None:
    """The three heads in float32, as `net.Judge` has them."""
    scores = linear(graph, x, arrays, "tokens", "scores")
    one, two = graph.constant("one", np.array([1])), graph.constant("two", np.array([2]))
    last = graph.node("Slice", [scores, two, graph.constant("three", np.array([3])), two], "inside.column")
    inside = graph.node("Squeeze", [last, two], "inside")
    clause = graph.node("Cast", ["side"], "is.clause", to=TensorProto.BOOL)
    kept = graph.node("Where", [clause, inside, graph.constant("low", np.array(LOW))], "inside.clause")
    shares = graph.node("Softmax", [kept], "shares", axis=1)
    row = graph.node("Unsqueeze", [shares, one], "shares.row")
    evidence = graph.node("MatMul", [row, x], "evidence.row")
    is_question = graph.node("Not", [clause], "is.question")
    asked = graph.node("Cast", [is_question], "asked", to=TensorProto.FLOAT)
    total = graph.node("ReduceSum", [asked, one], "asked.total", keepdims=1)
    mean = graph.node("Div", [asked, total], "asked.share")
    question = graph.node("MatMul", [graph.node("Unsqueeze", [mean, one], "asked.row"), x], "question.row")
    first = graph.node("Slice", [x, graph.constant("zero.at", np.array([0])), one, one], "first.row")
    joined = graph.node("Concat", [first, question, evidence], "joined", axis=2)
    mixed = graph.node("Gelu", [linear(graph, joined, arrays, "mixed", "mixed.in")], "mixed.out")
    flat = graph.node("Squeeze", [mixed, one], "mixed.flat")
    highest = graph.node("ReduceLogSumExp", [kept, one], "highest.in", keepdims=1)
    shifted = graph.node("Sub", [highest, graph.constant("shift", np.array(2, np.float32))], "highest")
    both = graph.node("Concat", [flat, shifted], "both", axis=1)
    graph.node("Squeeze", [linear(graph, both, arrays, "answer", "answer.row"), one], "answers")


if __name__ == "__main__":
    if pack_graph.HEADS != HEADS:
        raise SystemExit("tools/pack_graph.py packs another number of heads than the judge has.")
    main()
