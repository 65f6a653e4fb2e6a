"""Packs a trained question encoder as the product runs it: int8 matrices, 4-bit embedding table.

    python -m training.export_question_encoder --checkpoint question_encoder.pt --out FOLDER [--share 1.0]

``--share`` mixes the trained layers with those they started from (after WiSE-FT, Wortsman 2022).  Writes
model.onnx and model.json; the same checkpoint gives the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import torch

from training import base
from training.packing import BITS, arrays_of
from training.question_encoder_net import LAYERS, PREFIX, QuestionEncoder
from training.train_question_encoder import SEED

sys.path.insert(0, str(base.ROOT / "tools"))
import pack_graph
from pack_weights import Source

NAME = "question-encoder-zh"


def main() -> None:
    """Writes the two files."""
    parser = argparse.ArgumentParser(description="Pack a question encoder.")
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--share", type=float, default=1.0, help="of the trained weights, 0 to 1")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    model = mixed(torch.load(options.checkpoint, weights_only=True), options.share)
    arrays = arrays_of(model.state_dict(), LAYERS, ())
    graph = pack_graph.build(Source(arrays, {}, BITS, "trained"), list(range(len(arrays["emb.word"]))))
    data = graph.SerializeToString(deterministic=True)
    (options.out / "model.onnx").write_bytes(data)
    tokenizer = base.ROOT / base.ENCODER_FOLDERS[0] / "tokenizer.json"
    about: dict[str, Any] = {
        "name": NAME,
        "layers": LAYERS,
        "seed": SEED,
        "query_prefix": PREFIX,
        "trained_share": options.share,
        "tokenizer_sha256": hashlib.sha256(tokenizer.read_bytes()).hexdigest(),
        "licence": "MIT",
        "files": {"model.onnx": {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}},
    }
    (options.out / "model.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(about["files"]))


def mixed(trained: dict[str, torch.Tensor], share: float) -> QuestionEncoder:
    """The model of the trained weights, mixed with those of the shipped encoder."""
    model = QuestionEncoder(base.encoder_arrays())
    state = model.state_dict()
    for name, value in trained.items():
        state[name] = share * value + (1 - share) * state[name]
    model.load_state_dict(state)
    return model


if __name__ == "__main__":
    main()
