"""Any sentence-transformers model behind the same Encoder as the shipped one.

Pooling and length are the model's own, and so are its prompts where its files name them.  A text longer
than the model takes is encoded in pieces, and its vector is their mean: nothing of it is left out.  Nothing
here is imported unless the user names a model.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from index.encoders.prompts import prompts_of
from index.encoders.st_models import half_precision, in_single_precision, load
from index.errors import ModelError

if TYPE_CHECKING:
    from index.encoders.encoder import Progress, Vectors

TEXTS_A_CALL: Final = 256
"""Texts given to sentence-transformers at once, between two reports of progress."""

BATCH: Final = 32
"""Texts in a padded batch: sentence-transformers' own default."""

UNLIMITED: Final = 10**6
"""Tokens from which on a model's length means that it has none (10**30 and infinity are in use)."""


class SentenceTransformerEncoder:
    """A loaded sentence-transformers model; on a GPU where torch finds one, there in half precision.

    Calls from several threads run one after the other: its tokenizer may not be shared.
    """

    def __init__(self, name: str, model: Any) -> None:
        self.name = name
        self.dimension: int = model.get_embedding_dimension()
        self.checksum = _checksum(model)
        self._precision = half_precision(model)
        self._model = in_single_precision(model)
        self._prompts = prompts_of(name, dict(model.prompts))
        most = model.max_seq_length
        is_limited = most is not None and most < UNLIMITED and callable(model.tokenizer)
        self._most = most if is_limited else None
        self._lock = Lock()

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encodes texts to be found: float32 (n, dim), unit rows, in the order given."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        longest_first = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
        for start in range(0, len(texts), TEXTS_A_CALL):
            rows = longest_first[start : start + TEXTS_A_CALL]
            given, prompt = [texts[row] for row in rows], self._prompts.passage
            vectors[rows] = self._encode(given, self._model.encode_document, prompt)
            if progress:
                progress(len(rows))
        return vectors

    def encode_question(self, text: str) -> Vectors:
        """Encodes a question: float32 (dim,), unit length."""
        vector: Vectors = self._encode([text], self._model.encode_query, self._prompts.query)[0]
        return vector

    def _encode(self, texts: Sequence[str], encode: Any, prompt: str) -> Vectors:
        """Unit rows; ``encode`` is the model's for questions or passages, which some models tell apart."""
        with self._lock, self._precision():
            pieces = [self._pieces(text, prompt) for text in texts]
            flat = [piece for of_text in pieces for piece in of_text]
            found = np.asarray(
                encode(
                    flat, batch_size=BATCH, prompt=prompt, normalize_embeddings=True, show_progress_bar=False
                ),
                np.float32,
            )
        if not np.isfinite(found).all():
            raise ModelError(
                f"The model {self.name} gives vectors that hold no numbers. Copy its files anew."
            )
        starts = np.cumsum([0, *map(len, pieces)])[:-1]
        weights = np.array([len(piece) for piece in flat], np.float32)[:, None]
        summed = np.add.reduceat(found * weights, starts) if len(flat) > len(texts) else found
        vectors: Vectors = summed / np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), 1e-12)
        return vectors

    def _pieces(self, text: str, prompt: str) -> list[str]:
        """The text, halved until each piece is as short as the model takes with its prompt."""
        if self._most is None or len(text) < 2 or self._tokens(f"{prompt}{text}") <= self._most:
            return [text]
        middle = len(text) // 2
        return [*self._pieces(text[:middle], prompt), *self._pieces(text[middle:], prompt)]

    def _tokens(self, text: str) -> int:
        return len(self._model.tokenizer(text, truncation=False, verbose=False)["input_ids"])


def _checksum(model: Any) -> str:
    """SHA-256 (hex) of the weights as loaded, so that it is the same for a folder and a hub name."""
    import torch  # noqa: PLC0415

    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}\n".encode())
        digest.update(tensor.detach().cpu().contiguous().flatten().view(torch.uint8).numpy())
    return digest.hexdigest()


def load_sentence_transformer(model: str) -> SentenceTransformerEncoder:
    """Loads a model by folder or hub name.

    Raises ModelError where the package, the folder or the model cannot be had, with what to do.
    """
    return SentenceTransformerEncoder(model, load(model, "SentenceTransformer"))
