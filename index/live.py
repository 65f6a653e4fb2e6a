"""An index that follows its rebuilds: a long-running process sees a new generation at its next question."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from index import generation
from index.errors import IndexDamaged
from index.loading import LazyEncoder
from index.opened import Index

if TYPE_CHECKING:
    from index.encoder import Encoder

ATTEMPTS: Final = 3
"""Openings tried when the generation read from CURRENT is replaced, and dropped, in the same instant."""


class LiveIndex:
    """Hands out the current generation; safe between threads.

    An `Index` handed out earlier stays usable by the questions in flight and is closed when the last of
    them lets go of it.  The encoder is loaded once for all generations of the same model.
    """

    def __init__(self, path: Path, encoder: Encoder | None = None) -> None:
        """Follow the index at ``path``, which need not be there yet."""
        self.path = path
        self._given = encoder
        self._lock = threading.Lock()
        self._index: Index | None = None

    def current(self) -> Index:
        """The current generation, opened anew where CURRENT has changed.

        Raises IndexMissing, IndexDamaged, ModelError as `index.opened.open_index` does.
        """
        with self._lock:
            number = generation.current_number(self.path)
            if self._index is None or self._index.manifest.number != number:
                self._index = self._open()
            return self._index

    def _open(self) -> Index:
        for attempt in range(1, ATTEMPTS + 1):
            number = generation.current_number(self.path)
            try:
                manifest = generation.read_manifest(self.path, number)
                generation.check_sizes(self.path, manifest)
                encoder = (
                    self._index.lazy_encoder.for_model(manifest.model)
                    if self._index
                    else LazyEncoder(manifest.model, self._given)
                )
                index = Index(self.path, manifest, encoder)
                index.open_files()
                return index
            except IndexDamaged:
                if attempt == ATTEMPTS or generation.current_number(self.path) == number:
                    raise
        raise AssertionError("the last attempt returns or raises")
