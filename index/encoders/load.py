"""The encoder that a name stands for: the shipped one, a folder, a hub name, an address."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from index.encoders.packed import DESCRIPTION, OnnxEncoder

if TYPE_CHECKING:
    from index.encoders.encoder import Encoder


def load_encoder(model: str | None = None) -> Encoder:
    """The shipped encoder, or the one that ``model`` names.

    None: the shipped one.  A folder that pack_model.py wrote: that one.  Any other folder, or a hub
    name (BAAI/bge-small-zh-v1.5): sentence-transformers.  An address with a model's name
    (http://127.0.0.1:11434/v1#bge-m3): the endpoint there.  Never falls back to another model: raises
    ModelError where the one asked for cannot be had.
    """
    if model is None:
        return OnnxEncoder()
    if model.lower().startswith(("http://", "https://")):
        from index.encoders.endpoint import EndpointEncoder  # noqa: PLC0415 - an extra too

        return EndpointEncoder(model)
    folder = Path(model).expanduser()
    if (folder / DESCRIPTION).is_file():
        return OnnxEncoder(folder)
    from index.encoders.sentence_transformers import load_sentence_transformer  # noqa: PLC0415 - the extra may not be installed

    return load_sentence_transformer(model)
