"""Writes multilingual-e5-small as an ONNX graph: token numbers in, one unit vector out.

The graph is written node by node, so that the file depends on nothing but the weights and the
constants here.  It takes one text a run (no padding, no mask): then the vector of a text never
depends on the texts beside it, which dynamic quantisation over a padded batch does not give.
Matrices are int8 with one scale an output; the embedding table is 4 or 8 bits in blocks of 32.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, TensorProto, helper, numpy_helper
from pack_weights import BLOCK, LAYERS, WIDTH, Floats, Source

Precision = Literal["int8", "float32"]

HEADS = 12
EPSILON = 1e-12
OPSET = 21
FUSED = "com.microsoft"

LARGEST = 63
"""Largest weight as an integer: seven bits, not eight.  Processors without VNNI add pairs of products
in 16 bits, where 2 x 255 x 127 overflows and 2 x 255 x 63 does not.  Cost: see the model's card."""

OUTLIER = (318, 1462, 354, 408, 778, 658, 1152, 413, 563, 280, 59, 1371)
"""The one feed-forward channel of each layer that stays float32 (after LLM.int8(), Dettmers 2022, but
with a fixed channel).  It is the channel with the largest activation over 60 clauses of Chinese notices:
33, 14, 12, 7, 60, 32, 12, 12, 7, 5, 6 and 1, where the next one of its layer stays between 0.8 and 7.7.
One such channel sets the scale of the whole layer: apart, the mean cosine to float32 rises from .9974 to
.9990 and the lowest from .9952 to .9986, at the same speed.  Four or sixteen channels gain nothing more."""


class Graph:
    """Nodes and constants in the order in which they are added."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, values: npt.NDArray[Any]) -> str:
        """Adds an array; returns its name."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        """Adds a node of one output; returns the output's name.  A kind with a dot is ONNX Runtime's own."""
        domain, _, operator = kind.rpartition(".")
        domain = FUSED if domain else ""
        self.nodes.append(
            helper.make_node(operator, inputs, [output], name=output, domain=domain, **attributes)
        )
        return output


def _multiply(graph: Graph, x: str, name: str, weights: Floats, precision: Precision) -> str:
    """x @ weights.T; ``weights`` is (out, in)."""
    if precision == "float32":
        return graph.node("MatMul", [x, graph.constant(f"{name}.w", weights.T)], name)
    scale = np.maximum(np.abs(weights).max(axis=1), np.float32(1e-12)) / np.float32(LARGEST)
    whole = np.rint(weights / scale[:, None]).astype(np.int8)
    inputs = [x, graph.constant(f"{name}.w", whole.T), graph.constant(f"{name}.scale", scale)]
    return graph.node("ms.DynamicQuantizeMatMul", inputs, name)


def _table(graph: Graph, table: Floats, bits: int) -> str:
    """The embedding rows of input_ids, from a table of ``bits`` bits in blocks of 32."""
    blocks = table.reshape(len(table), WIDTH // BLOCK, BLOCK)
    middle = 1 << (bits - 1)
    signed = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=2)[..., None], axis=2)[..., 0]
    # ggml's Q4_0: the largest value becomes exactly -8, so what was 4-bit before is kept without loss.
    scale = (signed / -middle).astype(np.float16).astype(np.float32)
    inverse = np.divide(1, scale, out=np.zeros_like(scale), where=scale != 0)
    whole = np.clip(np.rint(blocks * inverse[..., None]) + middle, 0, 2 * middle - 1).astype(np.uint8)
    shapes = {"words": [len(table), WIDTH], "words.zero": [len(table), WIDTH // BLOCK]}
    values = {"words": whole.reshape(-1), "words.zero": np.full(scale.size, middle, np.uint8)}
    kind = TensorProto.UINT4 if bits == 4 else TensorProto.UINT8
    for name, flat in values.items():
        packed = flat[0::2] | (flat[1::2] << 4) if bits == 4 else flat
        graph.constants.append(helper.make_tensor(name, kind, shapes[name], packed.tobytes(), raw=True))
    inputs = ["words", "input_ids", graph.constant("words.scale", scale), "words.zero"]
    attributes = {"block_size": BLOCK, "gather_axis": 0, "quantize_axis": 1}
    if bits == 8:
        attributes["bits"] = bits  # 4 is the default, and the attribute is younger than the operator
    return graph.node("ms.GatherBlockQuantized", inputs, "word", **attributes)


def _embed(graph: Graph, source: Source, kept: list[int], precision: Precision) -> str:
    arrays = source.arrays
    table = arrays["emb.word"][kept]
    if precision == "float32":
        word = graph.node("Gather", [graph.constant("words", table), "input_ids"], "word")
    else:
        word = _table(graph, table, source.bits)
    positions = graph.constant("positions", arrays["emb.pos"] + arrays["emb.type"])
    zero, axis = graph.constant("zero", np.array([0])), graph.constant("axis", np.array([0]))
    graph.node("Shape", ["input_ids"], "length", start=1, end=2)
    place = graph.node("Slice", [positions, zero, "length", axis], "place")
    total = graph.node("Add", [word, place], "embedded")
    norm = [graph.constant(f"embedded.norm.{part}", arrays[f"emb.ln.{part}"]) for part in "wb"]
    return graph.node("LayerNormalization", [total, *norm], "x", axis=-1, epsilon=EPSILON)


def _add_and_norm(
    graph: Graph, x: str, skip: str, arrays: dict[str, Floats], *, dense: str, norm: str
) -> str:
    """Three nodes: with ONNX Runtime's fused SkipLayerNormalization a whole model takes a sixth longer."""
    names = [graph.constant(f"{norm}.{part}", arrays[f"{norm}.{part}"]) for part in "wb"]
    bias = graph.constant(f"{dense}.b", arrays[f"{dense}.b"])
    total = graph.node("Add", [graph.node("Add", [x, bias], f"{dense}.biased"), skip], f"{norm}.in")
    return graph.node("LayerNormalization", [total, *names], f"{norm}.out", axis=-1, epsilon=EPSILON)


def _attend(graph: Graph, x: str, arrays: dict[str, Floats], layer: str, precision: Precision) -> str:
    weights = np.concatenate([arrays[f"{layer}.{part}.w"] for part in "qkv"])
    bias = np.concatenate([arrays[f"{layer}.{part}.b"] for part in "qkv"])
    joined = _multiply(graph, x, f"{layer}.qkv", weights, precision)
    parts = [f"{layer}.{part}" for part in "qkv"]
    graph.nodes.append(
        helper.make_node("Split", [joined], parts, name=f"{layer}.split", axis=2, num_outputs=3)
    )
    inputs = [*parts, graph.constant(f"{layer}.qkv.b", bias)]
    mixed = graph.node("ms.MultiHeadAttention", inputs, f"{layer}.mixed", num_heads=HEADS)
    out = _multiply(graph, mixed, f"{layer}.ao", arrays[f"{layer}.ao.w"], precision)
    return _add_and_norm(graph, out, x, arrays, dense=f"{layer}.ao", norm=f"{layer}.aln")


def _feed(
    graph: Graph, x: str, arrays: dict[str, Floats], layer: str, precision: Precision, *, outlier: int
) -> str:
    """The feed-forward half; the channel ``outlier`` runs beside it in float32."""
    first, bias, second = (arrays[f"{layer}.{part}"] for part in ("fi.w", "fi.b", "fo.w"))
    rest = np.delete(np.arange(len(first)), outlier)
    hidden = _multiply(graph, x, f"{layer}.fi", first[rest], precision)
    hidden = graph.node("ms.BiasGelu", [hidden, graph.constant(f"{layer}.fi.b", bias[rest])], f"{layer}.gelu")
    out = _multiply(graph, hidden, f"{layer}.fo", second[:, rest], precision)
    one = slice(outlier, outlier + 1)
    apart = _multiply(graph, x, f"{layer}.fi.apart", first[one], "float32")
    bias_apart = graph.constant(f"{layer}.fi.apart.b", bias[one])
    apart = graph.node("ms.BiasGelu", [apart, bias_apart], f"{layer}.gelu.apart")
    apart = _multiply(graph, apart, f"{layer}.fo.apart", second[:, one], "float32")
    out = graph.node("Add", [out, apart], f"{layer}.fo.all")
    return _add_and_norm(graph, out, x, arrays, dense=f"{layer}.fo", norm=f"{layer}.oln")


def build(source: Source, kept: list[int], precision: Precision = "int8") -> ModelProto:
    """The whole model over the pieces ``kept``.

    Input ``input_ids``: int64 (1, length).  Outputs: ``embedding``, float32 (1, 384), a unit row: the mean
    over all tokens; ``states``, float32 (1, length, 384), the tokens' own.
    """
    graph = Graph()
    x = _layers(graph, source, kept, precision)
    mean = graph.node("ReduceMean", [x, graph.constant("tokens", np.array([1]))], "mean", keepdims=0)
    graph.node("LpNormalization", [mean], "embedding", axis=-1, p=2)
    graph.node("Identity", [x], "states")
    shapes: dict[str, list[int | str]] = {"embedding": [1, WIDTH], "states": [1, "length", WIDTH]}
    outputs = [helper.make_tensor_value_info(n, TensorProto.FLOAT, shape) for n, shape in shapes.items()]
    return _model(graph, "multilingual-e5-small-zh", outputs)


def _layers(graph: Graph, source: Source, kept: list[int], precision: Precision) -> str:
    x = _embed(graph, source, kept, precision)
    for layer in range(LAYERS):
        middle = _attend(graph, x, source.arrays, f"l{layer}", precision)
        x = _feed(graph, middle, source.arrays, f"l{layer}", precision, outlier=OUTLIER[layer])
    return x


def _model(graph: Graph, name: str, outputs: list[Any]) -> ModelProto:
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, [1, "length"])
    made = helper.make_graph(graph.nodes, name, [ids], outputs, graph.constants)
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=10, producer_name="tiaowen")
