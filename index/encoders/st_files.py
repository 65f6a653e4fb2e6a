"""Whether a sentence-transformers folder holds the files that it needs, told before it is loaded.

sentence-transformers itself pools a folder without ``modules.json`` by the mean and goes on: a model made for
the first token (bge) or the last (Qwen3-Embedding) then gives vectors that find little.  Left out: whether a
file that is there is whole, which loading tells.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

_TOKENIZERS: Final = (
    "tokenizer.json",
    "vocab.txt",
    "sentencepiece.bpe.model",
    "tokenizer.model",
    "spiece.model",
    "vocab.json",
)
_WEIGHTS: Final = (
    "model.safetensors",
    "model.safetensors.index.json",
    "pytorch_model.bin",
    "pytorch_model.bin.index.json",
)
_POINTER: Final = b"version https://git-lfs"
"""How a file begins that git fetched without its content."""

_WITHOUT_FILES: Final = ("Normalize", "Dropout", "LogitScore")
"""Modules that may have none, by the last part of their type."""


def lacking(folder: Path, *, pooled: bool) -> str | None:
    """What the folder lacks, in words; None where nothing does.

    ``pooled`` asks for ``modules.json``, which a cross-encoder need not have.
    """
    listed = folder / "modules.json"
    if not listed.is_file():
        return "modules.json, which says how its vectors are pooled" if pooled else _transformer(folder)
    try:
        modules = [(one["type"].rsplit(".", 1)[-1], one["path"]) for one in json.loads(listed.read_text())]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return f"a modules.json that can be read ({error!r})"
    return next((said for kind, path in modules if (said := _module(folder, path, kind))), None)


def _module(folder: Path, path: str, kind: str) -> str | None:
    home = folder / path
    if kind in _WITHOUT_FILES:
        return None
    if kind == "Transformer":
        return _transformer(home)
    if kind == "StaticEmbedding":
        return _one_of(home, ("tokenizer.json",)) or _weights(home)
    return _one_of(home, ("config.json",), path)


def _transformer(home: Path) -> str | None:
    return _one_of(home, ("config.json",)) or _one_of(home, _TOKENIZERS) or _weights(home)


def _weights(home: Path) -> str | None:
    said = _one_of(home, _WEIGHTS)
    if said:
        return said
    file = next(home / name for name in _WEIGHTS if (home / name).is_file())
    if file.suffix == ".json":  # {"weight_map": {"layer.0": "model-00001-of-00002.safetensors", …}}
        parts = sorted(set(json.loads(file.read_text())["weight_map"].values()))
        return next((said for part in parts if (said := _one_of(home, (part,)))), None)
    return None


def _one_of(home: Path, names: Sequence[str], path: str = "") -> str | None:
    found = [home / name for name in names if (home / name).is_file()]
    if not found:
        named = f"{path}/{names[0]}" if path else names[0]
        others = f" (or {', '.join(names[1:])})" if len(names) > 1 else ""
        return f"{named}{others}"
    with found[0].open("rb") as file:
        pointer = file.read(len(_POINTER)) == _POINTER
    return f"{found[0].name}, which is only a pointer of Git LFS (run: git lfs pull)" if pointer else None
