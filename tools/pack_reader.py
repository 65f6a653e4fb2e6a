"""Packs the weights that `train_reader.py` wrote into the reader that ships with the project.

    python tools/pack_reader.py --weights reader.pt [--out FOLDER]

The same graph as the encoder's (int8 matrices, 4-bit embedding table, one text a run), cut after its first
layers, with two numbers a token.  It reads with the encoder's tokenizer, which is not copied: the description
names its checksum.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

import torch
from pack_graph import build_reader
from pack_model import SHIPPED, read_source
from pack_vocabulary import kept_pieces
from pack_weights import Floats, Source, parameter_names
from train_reader import LAYERS

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from index.commands.shared import named_path

NAME = "span-reader-zh"
FOLDER = Path(__file__).resolve().parents[1] / "qa" / "evidence" / "models" / NAME


def main() -> None:
    """Write the model and its description."""
    parser = argparse.ArgumentParser(description="Pack the trained reader.")
    parser.add_argument("--weights", type=named_path, required=True)
    parser.add_argument("--out", type=named_path, default=FOLDER)
    options = parser.parse_args()
    source = read_source(None)
    kept = kept_pieces(source.tokenizer)
    trained = Source(
        arrays_of(options.weights, source.arrays), source.tokenizer, source.bits, source.described
    )
    data = build_reader(trained, kept, LAYERS, NAME).SerializeToString(deterministic=True)
    about = {
        "name": NAME,
        "layers": LAYERS,
        "tokenizer_sha256": hashlib.sha256((SHIPPED / "tokenizer.json").read_bytes()).hexdigest(),
        "licence": "MIT",
        "files": {"model.onnx": {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}},
    }
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "model.onnx").write_bytes(data)
    (options.out / "model.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    print(f"{about['files']}")


def arrays_of(weights: Path, original: dict[str, Floats]) -> dict[str, Floats]:
    """The trained arrays under the packer's names; the embedding table is the original's, untrained."""
    state = torch.load(weights, map_location="cpu")
    arrays = {"emb.word": original["emb.word"], "emb.type": original["emb.type"]}
    for short, long in parameter_names().items():
        name = f"bert.{long}"
        if short not in arrays and name in state:
            arrays[short] = state[name].float().numpy()
    arrays["head.w"], arrays["head.b"] = state["head.weight"].numpy(), state["head.bias"].numpy()
    return arrays


if __name__ == "__main__":
    main()
