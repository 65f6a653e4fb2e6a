"""What an index records of the encoder it was made with; numpy is not loaded for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Model:
    """The encoder an index was made with.

    ``source`` is what `index.encoders.load.load_encoder` takes to get it again, None for the shipped one.
    """

    name: str
    checksum: str
    dimension: int
    source: str | None
