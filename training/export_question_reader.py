"""Packs a question reader as an int8 ONNX graph, by the encoder's own packer.

    python -m training.export_question_reader --checkpoint question_reader.pt --out FOLDER

Matrices int8, embedding table 4 bits, one question a run: ``input_ids`` and ``side`` (0 the question before,
1 the question), both int64 (1, length); out come ``whole`` (1, kinds and labels) and ``tags`` (1, length,
tags), log odds.
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

from qa.question.reader import FIELDS, FLAGS, KINDS, PARTS, TAGS
from training.base import ROOT, WIDTH, Arrays
from training.export_judge import BITS, _linear
from training.question_lines import SEED

sys.path.insert(0, str(ROOT / "tools"))
import pack_graph
from onnx import TensorProto, helper
from pack_weights import Source

NAME = "question-reader-zh"


def main() -> None:
    """Writes model.onnx and model.json."""
    parser = argparse.ArgumentParser(description="Pack a question reader.")
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    state = torch.load(options.checkpoint, map_location="cpu", weights_only=True)
    options.out.mkdir(parents=True, exist_ok=True)
    data = build(arrays_of(state["model"], state["layers"]), state["layers"])
    (options.out / "model.onnx").write_bytes(data)
    about: dict[str, Any] = {
        "name": NAME,
        "layers": state["layers"],
        "seed": SEED,
        "labels": [*KINDS, *PARTS, *FIELDS, *FLAGS, *TAGS],
        "licence": "MIT",
        "files": {"model.onnx": {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}},
    }
    text = json.dumps(about, indent=2, ensure_ascii=False) + "\n"
    (options.out / "model.json").write_text(text, encoding="utf-8")
    print(json.dumps(about["files"]))


def arrays_of(state: dict[str, torch.Tensor], layers: int) -> Arrays:
    """The trained arrays under the packer's names, and the heads'."""
    plain = {name: value.float().numpy() for name, value in state.items()}
    arrays: Arrays = {
        "emb.word": plain["table"], "emb.pos": plain["places"], "emb.type": np.zeros(WIDTH, np.float32),
        "emb.ln.w": plain["embedded.weight"], "emb.ln.b": plain["embedded.bias"], "sides": plain["sides"],
    }  # fmt: skip
    for head in ("whole", "token"):
        arrays[f"{head}.w"], arrays[f"{head}.b"] = plain[f"{head}.weight"], plain[f"{head}.bias"]
    for n in range(layers):
        for at, part in enumerate("qkv"):
            rows = slice(at * WIDTH, (at + 1) * WIDTH)
            arrays[f"l{n}.{part}.w"] = plain[f"layers.{n}.qkv.weight"][rows]
            arrays[f"l{n}.{part}.b"] = plain[f"layers.{n}.qkv.bias"][rows]
        for part in ("ao", "fi", "fo", "aln", "oln"):
            arrays[f"l{n}.{part}.w"] = plain[f"layers.{n}.{part}.weight"]
            arrays[f"l{n}.{part}.b"] = plain[f"layers.{n}.{part}.bias"]
    return arrays


def build(arrays: Arrays, layers: int) -> bytes:
    """The graph, serialised."""
    graph = pack_graph.Graph()
    source = Source(arrays, {}, BITS, "trained")
    x = pack_graph._embed(graph, source, list(range(len(arrays["emb.word"]))), "int8")
    sided = graph.node("Gather", [graph.constant("sides", arrays["sides"]), "side"], "sided")
    x = graph.node("Add", [x, sided], "x.sided")
    for n in range(layers):
        middle = pack_graph._attend(graph, x, arrays, f"l{n}", "int8")
        x = pack_graph._feed(graph, middle, arrays, f"l{n}", "int8", outlier=pack_graph.OUTLIER[n])
    _heads(graph, x, arrays)
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, [1, "length"])
        for name in ("input_ids", "side")
    ]
    outputs = [
        helper.make_tensor_value_info("whole", TensorProto.FLOAT, [1, len(arrays["whole.b"])]),
        helper.make_tensor_value_info("tags", TensorProto.FLOAT, [1, "length", len(arrays["token.b"])]),
    ]
    made = helper.make_graph(graph.nodes, NAME, inputs, outputs, graph.constants)
    opsets = [helper.make_opsetid("", pack_graph.OPSET), helper.make_opsetid(pack_graph.FUSED, 1)]
    model = helper.make_model(made, opset_imports=opsets, ir_version=10, producer_name="tiaowen")
    found: bytes = model.SerializeToString(deterministic=True)
    return found


def _heads(graph: Any, x: str, arrays: Arrays) -> None:
    """The two heads in float32, as `question_net.QuestionReader` has them."""
    _linear(graph, x, arrays, "token", "tags")
    zero, one = (graph.constant(name, np.array([n])) for n, name in enumerate(("at.0", "at.1")))
    asked = graph.node("Cast", ["side"], "asked", to=TensorProto.FLOAT)
    total = graph.node("ReduceSum", [asked, one], "asked.total", keepdims=1)
    share = graph.node("Unsqueeze", [graph.node("Div", [asked, total], "asked.share"), one], "asked.row")
    mean = graph.node("MatMul", [share, x], "mean.row")
    first = graph.node("Slice", [x, zero, one, one], "first.row")
    joined = graph.node("Concat", [first, mean], "joined", axis=2)
    graph.node("Squeeze", [_linear(graph, joined, arrays, "whole", "whole.row"), one], "whole")


if __name__ == "__main__":
    main()
