"""An index that follows its rebuilds: a long-running process sees a new generation at its next question."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from index.encoders.lazy import LazyEncoder
from index.errors import IndexDamaged
from index.search.older_rules import warn_of_older_rules
from index.search.whole import WholeIndex
from index.storage import generation

if TYPE_CHECKING:
    from index.encoders.encoder import Encoder

ATTEMPTS: Final = 3
"""Openings tried when the generation read from CURRENT is replaced, and dropped, in the same instant."""


class LiveIndex:
    """Hands out the current generation; safe between threads.

    An `Index` handed out earlier stays usable by the questions in flight and is closed when the last of
    them lets go of it.  The encoder is loaded once for all generations of the same model.  Where the current
    generation is damaged the one before answers, with a warning (`Index.warning`).
    """

    def __init__(self, path: Path, encoder: Encoder | None = None) -> None:
        """Follow the index at ``path``, which need not be there yet."""
        self.path = path
        self._given = encoder
        self._lock = threading.Lock()
        self._index: WholeIndex | None = None
        self._words = b""
        self._damaged: dict[int, str] = {}

    def current(self) -> WholeIndex:
        """The current generation, opened anew where CURRENT has changed.

        Raises IndexMissing, IndexDamaged, ModelError as `index.search.index.open_index` does.
        """
        with self._lock:
            words = generation.current_words(self.path)
            if self._index is None or words != self._words:
                self._index, self._words = self._open(), words
                if not generation.is_checked_at_opening(self._index.manifest):
                    threading.Thread(target=self._check, args=(self._index,), daemon=True).start()
            return self._index

    def _open(self) -> WholeIndex:
        for attempt in range(1, ATTEMPTS + 1):
            words = generation.current_words(self.path)
            try:
                found = generation.whole(self.path, self._damaged)
                model = found.manifest.model
                encoder = (
                    self._index.lazy_encoder.for_model(model)
                    if self._index
                    else LazyEncoder(model, self._given)
                )
                index = WholeIndex(self.path, found.manifest, encoder, warning=found.warning)
                index.open_files()
                warn_of_older_rules(self.path, found.manifest)
                return index
            except IndexDamaged:
                if attempt == ATTEMPTS or generation.current_words(self.path) == words:
                    raise
        raise AssertionError("the last attempt returns or raises")

    def _check(self, index: WholeIndex) -> None:
        """Compute the checksums that opening did not wait for; if one fails, another generation answers."""
        number = index.manifest.number
        try:
            generation.check_sums(self.path, index.manifest)
        except IndexDamaged as error:
            with self._lock:
                if number in generation.numbers(self.path):  # and was not only dropped for a newer one
                    self._damaged[number] = str(error)
                    self._words = b""
