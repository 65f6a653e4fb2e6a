"""Takes the sums out of the normalisations of a packed model: the same weights, up to a fifth less time.

    python tools/split_norms.py FOLDER

ONNX Runtime's SkipLayerNormalization takes five times as long as Add, Add and LayerNormalization (1.32; ratio
of a whole verdict .82 to .86, `docs/decisions/2026-12-01-speed-of-asking.md`).  The sums are rounded
otherwise, so that figures have to be measured anew.  `pack_graph` packs new models so already; this is for
models whose checkpoint is not kept.  Rewrites model.onnx and its size and checksum in
model.json; a model without such nodes stays as it is.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

import onnx
from onnx import NodeProto, helper

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from index.commands.options import named_path

FUSED = "SkipLayerNormalization"


def main() -> None:
    """Rewrites the two files."""
    parser = argparse.ArgumentParser(description="Split the normalisations of a packed model.")
    parser.add_argument("folder", type=named_path)
    folder: Path = parser.parse_args().folder
    model = onnx.load(folder / "model.onnx")
    nodes = [part for node in model.graph.node for part in split(node)]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    data: bytes = model.SerializeToString(deterministic=True)
    about = json.loads((folder / "model.json").read_text("utf-8"))
    about["files"]["model.onnx"] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    (folder / "model.onnx").write_bytes(data)
    (folder / "model.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(about["files"]["model.onnx"]))


def split(node: NodeProto) -> list[NodeProto]:
    """The node, or the sums and the normalisation that it fuses."""
    if node.op_type != FUSED:
        return [node]
    first, skipped, scale, shift, *bias = node.input
    name, epsilon = node.output[0], next(a.f for a in node.attribute if a.name == "epsilon")
    total, parts = f"{name}.sum", []
    if bias:
        parts.append(helper.make_node("Add", [first, bias[0]], [f"{name}.moved"]))
        first = f"{name}.moved"
    parts.append(helper.make_node("Add", [first, skipped], [total]))
    norm = helper.make_node(
        "LayerNormalization", [total, scale, shift], [name], name=node.name, axis=-1, epsilon=epsilon
    )
    return [*parts, norm]


if __name__ == "__main__":
    main()
