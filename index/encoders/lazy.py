"""The encoder that an index was made with, loaded when a vector is first needed.

Half of all commands need none, and the shipped one takes half a second.  Left out: the encoders themselves.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from index.encoders.fingerprint import agree
from index.encoders.model import Model
from index.errors import ModelError

if TYPE_CHECKING:
    from index.encoders.encoder import Encoder


class LazyEncoder:
    """An encoder that is checked against the index's model before its first use; safe between threads."""

    def __init__(self, model: Model, encoder: Encoder | None = None) -> None:
        """Use ``encoder`` where one is given; raises ModelError where it is not the model's."""
        self.model = model
        self._lock = threading.Lock()
        self._encoder = encoder and _checked(encoder, model)

    def get(self) -> Encoder:
        """The encoder, loaded now where it was not; raises ModelError where it is not the model's."""
        with self._lock:
            if self._encoder is None:
                from index.encoders.load import load_encoder  # noqa: PLC0415 - imports onnxruntime

                self._encoder = _checked(load_encoder(self.model.source), self.model)
            return self._encoder

    def for_model(self, model: Model) -> LazyEncoder:
        """The same loaded encoder for another generation of the same model, else a new one."""
        return self if model == self.model else LazyEncoder(model)


def model_of(encoder: Encoder, source: str | None) -> Model:
    """What an index made with this encoder records; ``source`` is what it was loaded by."""
    return Model(encoder.name, encoder.checksum, encoder.dimension, source)


def is_model(encoder: Encoder, model: Model) -> bool:
    """Whether the encoder is the model that an index records."""
    return encoder.dimension == model.dimension and agree(encoder.checksum, model.checksum)


def _checked(encoder: Encoder, model: Model) -> Encoder:
    if not is_model(encoder, model):
        option = f" --model {model.source}" if model.source else ""
        raise ModelError(
            f"The index was made with the model {model.name} ({model.dimension} dimensions, checksum "
            f"{model.checksum[:12]}) and cannot be used with {encoder.name} ({encoder.dimension} dimensions, "
            f"checksum {encoder.checksum[:12]}). Use that model, or build the index again: "
            f"python -m index build DOCUMENTS{option}"
        )
    return encoder
