"""Any sentence-transformers model behind the same Encoder as the shipped one.

Nothing here is imported unless the user names a model.  Downloads happen only where the user allows
them (HF_HUB_OFFLINE=0).  It trains nothing and runs no code that a model's repository brings.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from index.errors import ModelError

if TYPE_CHECKING:
    from index.encoder import Progress, Vectors

TEXTS_A_CALL = 256
"""Texts given to sentence-transformers at once, between two reports of progress."""

BATCH = 32
"""Texts in a padded batch: sentence-transformers' own default."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """What is put before a question and before a passage."""

    query: str
    passage: str


_PROMPTS_BY_NAME = (
    # multilingual-e5-large-instruct
    (
        re.compile(r"(?:^|[-_])e5[-_].*instruct"),
        Prompts(
            "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: ",
            "",
        ),
    ),
    # multilingual-e5-small, e5-base-v2, multilingual-e5-small-zh
    (re.compile(r"(?:^|[-_])e5(?:[-_]|$)"), Prompts("query: ", "passage: ")),
    # bge-small-zh-v1.5
    (re.compile(r"^bge-(?:small|base|large)-zh"), Prompts("为这个句子生成表示以用于检索相关文章：", "")),
)
"""Prompts that the models' cards ask for but their files do not name; the first match counts."""


def prompts_of(model: str, named: dict[str, str]) -> Prompts:
    """The prompts to use: those the model's files name, else those known for its name, else none.

    ``named`` is the model's own ``prompts``: name -> text.  A question takes ``query``; a passage takes
    ``document``, ``passage`` or ``corpus``.  ``model`` counts by its last part, or for a folder of the
    hub's cache (models--intfloat--multilingual-e5-small/snapshots/…) by the model's name in it.
    """
    passage = next((named[key] for key in ("document", "passage", "corpus") if named.get(key)), "")
    if named.get("query") or passage:
        return Prompts(named.get("query") or "", passage)
    parts = [part for part in re.split(r"[/\\]|--", model.lower()) if part]
    names = [parts[parts.index("snapshots") - 1]] if "snapshots" in parts[1:] else parts[-1:]
    return next(
        (found for shape, found in _PROMPTS_BY_NAME for name in names if shape.search(name)), Prompts("", "")
    )


class SentenceTransformerEncoder:
    """A loaded sentence-transformers model; on a GPU where torch finds one.

    Calls from several threads run one after the other: its tokenizer may not be shared.
    """

    def __init__(self, name: str, model: Any) -> None:
        self.name = name
        self.dimension: int = model.get_embedding_dimension()
        self.checksum = _checksum(model)
        self._model = model
        self._prompts = prompts_of(name, dict(model.prompts))
        self._lock = Lock()

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encodes texts to be found: float32 (n, dim), unit rows, in the order given."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        longest_first = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
        for start in range(0, len(texts), TEXTS_A_CALL):
            rows = longest_first[start : start + TEXTS_A_CALL]
            vectors[rows] = self._encode([texts[row] for row in rows], self._prompts.passage)
            if progress:
                progress(len(rows))
        return vectors

    def encode_question(self, text: str) -> Vectors:
        """Encodes a question: float32 (dim,), unit length."""
        vector: Vectors = self._encode([text], self._prompts.query)[0]
        return vector

    def _encode(self, texts: list[str], prompt: str) -> Vectors:
        with self._lock:
            found = self._model.encode(
                texts, batch_size=BATCH, prompt=prompt, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(found, np.float32)


def _checksum(model: Any) -> str:
    """SHA-256 (hex) of the weights as loaded, so that it is the same for a folder and a hub name."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}\n".encode())
        digest.update(tensor.detach().cpu().contiguous().flatten().view(_bytes_type()).numpy())
    return digest.hexdigest()


def _bytes_type() -> Any:
    import torch  # noqa: PLC0415

    return torch.uint8


def _is_folder_name(model: str) -> bool:
    """Whether it can only be a folder (./m, ~/m, a/b/c, C:/m): a hub name is ``name`` or ``owner/name``."""
    return model.startswith((".", "/", "~")) or "\\" in model or ":" in model or model.count("/") > 1


def load_sentence_transformer(model: str) -> SentenceTransformerEncoder:
    """Loads a model by folder or hub name.

    Raises ModelError where the package, the folder or the model cannot be had, with what to do.
    """
    folder = Path(model).expanduser()
    if not folder.is_dir() and _is_folder_name(model):
        raise ModelError(f"No model folder at {model}. Name an existing folder or a hub name (owner/name).")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    try:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - seconds, and an extra
    except ModuleNotFoundError as error:
        raise ModelError(
            f"The model {model} needs sentence-transformers, which is not installed ({error}). "
            'Run: pip install "tiaowen[st]"; or name no model, for the one that ships.'
        ) from error
    offline = os.environ["HF_HUB_OFFLINE"].upper() in {"1", "ON", "YES", "TRUE"}
    try:
        loaded = SentenceTransformer(
            str(folder) if folder.is_dir() else model, local_files_only=offline, trust_remote_code=False
        )
    except Exception as error:  # transformers, safetensors and the hub's client share no base
        raise ModelError(_cannot_load(model, folder.is_dir(), offline, error)) from error
    return SentenceTransformerEncoder(model, loaded)


def _cannot_load(model: str, is_folder: bool, offline: bool, error: Exception) -> str:
    reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    if is_folder:
        return f"sentence-transformers cannot load the folder {model}: {reason}"
    if offline:
        return (
            f"The model {model} is not on this machine, and nothing is downloaded unasked ({reason}). "
            "Set HF_HUB_OFFLINE=0 to download it, or name a folder that holds it."
        )
    return f"The model {model} cannot be fetched: {reason} Check the name and the network, or name a folder."
