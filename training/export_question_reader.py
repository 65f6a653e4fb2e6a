"""Packs a question reader as an int8 ONNX graph, by the encoder's own packer.

    python -m training.export_question_reader --checkpoint question_reader.pt --out FOLDER

Matrices int8, embedding table 4 bits, one question a run: ``input_ids`` and ``side`` (0 the question before,
1 the question), both int64 (1, length); out come ``whole`` (1, kinds and labels) and ``tags`` (1, length,
tags), log odds, and ``state`` (1, 768), what the heads are read from.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnx import TensorProto

from qa.question.reader import FIELDS, FLAGS, KINDS, PARTS, TAGS
from training.base import WIDTH, Arrays
from training.packing import arrays_of, layers_of, linear, serialised
from training.question_lines import SEED

NAME = "question-reader-zh"
HEADS_OF_IT = ("whole", "token")


def main() -> None:
    """Writes model.onnx and model.json."""
    parser = argparse.ArgumentParser(description="Pack a question reader.")
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    state = torch.load(options.checkpoint, map_location="cpu", weights_only=True)
    options.out.mkdir(parents=True, exist_ok=True)
    data = build(state["model"], state["layers"])
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


def build(state: dict[str, torch.Tensor], layers: int) -> bytes:
    """The graph of a checkpoint's weights, serialised."""
    arrays = arrays_of(state, layers, HEADS_OF_IT)
    graph, x = layers_of(arrays, layers)
    _heads(graph, x, arrays)
    return serialised(
        graph,
        NAME,
        {
            "whole": [1, len(arrays["whole.b"])],
            "tags": [1, "length", len(arrays["token.b"])],
            "state": [1, 2 * WIDTH],
        },
    )


def _heads(graph: Any, x: str, arrays: Arrays) -> None:
    """The two heads in float32, as `question_net.QuestionReader` has them."""
    linear(graph, x, arrays, "token", "tags")
    zero, one = (graph.constant(name, np.array([n])) for n, name in enumerate(("at.0", "at.1")))
    asked = graph.node("Cast", ["side"], "asked", to=TensorProto.FLOAT)
    total = graph.node("ReduceSum", [asked, one], "asked.total", keepdims=1)
    share = graph.node("Unsqueeze", [graph.node("Div", [asked, total], "asked.share"), one], "asked.row")
    mean = graph.node("MatMul", [share, x], "mean.row")
    first = graph.node("Slice", [x, zero, one, one], "first.row")
    joined = graph.node("Concat", [first, mean], "joined", axis=2)
    graph.node("Squeeze", [joined, one], "state")
    graph.node("Squeeze", [linear(graph, joined, arrays, "whole", "whole.row"), one], "whole")


if __name__ == "__main__":
    main()
