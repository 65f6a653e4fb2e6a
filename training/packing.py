"""What the packed models share: their layers as an int8 graph, by the encoder's own packer.

The heads are each model's own (`export_judge`, `export_question_reader`).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch

from qa.search.matched_tokens import INPUTS
from training.base import ROOT, WIDTH, Arrays

sys.path.insert(0, str(ROOT / "tools"))
import pack_graph
from onnx import TensorProto, helper
from pack_weights import Source

BITS = 4
"""Of the embedding table, as the weights that it comes from."""


def arrays_of(state: Mapping[str, torch.Tensor], layers: int, heads: Sequence[str]) -> Arrays:
    """The trained arrays under the packer's names, and those of the heads named."""
    plain = {name: value.float().numpy() for name, value in state.items()}
    arrays: Arrays = {
        "emb.word": plain["table"], "emb.pos": plain["places"], "emb.type": np.zeros(WIDTH, np.float32),
        "emb.ln.w": plain["embedded.weight"], "emb.ln.b": plain["embedded.bias"],
    }  # fmt: skip
    if "sides" in plain:  # where two texts are read
        arrays["sides"] = plain["sides"]
    if "matched.weight" in plain:
        arrays["matched.w"] = plain["matched.weight"].T
    for head in heads:
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


def layers_of(arrays: Arrays, layers: int, matched: int = 0) -> tuple[Any, str]:
    """A graph of the embedding with each token's side and of the layers; the name of what they give.

    ``matched``: the layers below where the input ``matches`` comes in, 0 where there is none."""
    graph = pack_graph.Graph()
    source = Source(arrays, {}, BITS, "trained")
    x = pack_graph._embed(graph, source, list(range(len(arrays["emb.word"]))), "int8")
    sided = graph.node("Gather", [graph.constant("sides", arrays["sides"]), "side"], "sided")
    x = graph.node("Add", [x, sided], "x.sided")
    for n in range(layers):
        if matched and n == matched:
            known = graph.node(
                "MatMul", ["matches", graph.constant("matched.w", arrays["matched.w"])], "known"
            )
            x = graph.node("Add", [x, known], "x.matched")
        middle = pack_graph._attend(graph, x, arrays, f"l{n}", "int8")
        x = pack_graph._feed(graph, middle, arrays, f"l{n}", "int8", outlier=pack_graph.OUTLIER[n])
    return graph, x


def linear(graph: Any, x: str, arrays: Arrays, name: str, output: str) -> str:
    """A float32 head over ``x``; returns ``output``."""
    product = graph.node(
        "MatMul", [x, graph.constant(f"{name}.w", arrays[f"{name}.w"].T)], f"{output}.product"
    )
    made: str = graph.node("Add", [product, graph.constant(f"{name}.b", arrays[f"{name}.b"])], output)
    return made


def serialised(
    graph: Any, name: str, outputs: Mapping[str, Sequence[int | str]], *, matched: bool = False
) -> bytes:
    """The model with float32 outputs of these shapes; the same graph gives the same bytes."""
    inputs = [
        helper.make_tensor_value_info(one, TensorProto.INT64, [1, "length"]) for one in ("input_ids", "side")
    ]
    if matched:
        inputs.append(helper.make_tensor_value_info("matches", TensorProto.FLOAT, [1, "length", INPUTS]))
    given = [
        helper.make_tensor_value_info(one, TensorProto.FLOAT, list(shape)) for one, shape in outputs.items()
    ]
    made = helper.make_graph(graph.nodes, name, inputs, given, graph.constants)
    opsets = [helper.make_opsetid("", pack_graph.OPSET), helper.make_opsetid(pack_graph.FUSED, 1)]
    model = helper.make_model(made, opset_imports=opsets, ir_version=10, producer_name="tiaowen")
    found: bytes = model.SerializeToString(deterministic=True)
    return found
