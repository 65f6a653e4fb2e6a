"""An index as if it held only some of its documents: for a person who asks of these and no others.

Nothing is copied or opened again.  Word statistics stay those of the whole index, so that scores of a
narrowed search compare with others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from index.entries import Scored
from index.errors import SourceError
from index.records import Agency
from index.search.index import SELECTIONS_KEPT, Index

if TYPE_CHECKING:
    from index.search.index import Floats


class NarrowedIndex(Index):
    """The documents ``files`` of an index; usable as long as the whole is.

    Raises SourceError for a document that the index does not hold, and where none is named.
    """

    def __init__(self, whole: Index, files: Collection[str]) -> None:
        if not files:
            raise SourceError("No document is left to search. Choose others, or none for all.")
        whole.open_files()
        self.__dict__.update(whole.__dict__)
        for name in ("agencies", "catalogue"):  # the whole index's, where asked for
            self.__dict__.pop(name, None)
        self.infos = tuple(info for info in whole.infos if info.file in files)
        self._by_file = {file: whole.info(file) for file in files}
        self._files = self.catalogue.choose([np.arange(len(self.infos))])
        self._of_regions = lru_cache(SELECTIONS_KEPT)(self._select_regions)

    def close(self) -> None:
        """Nothing: the files are the whole index's."""

    def keys_by_agency(self, name: str, files: Collection[str] | None = None) -> list[int]:
        """The clauses that make this body (normalised name) responsible, ascending."""
        return super().keys_by_agency(name, self._files if files is None else files)

    def keys_by_year(self, first: int, last: int, files: Collection[str] | None = None) -> list[int]:
        """The clauses with a deadline in the years ``first`` to ``last``, both included, ascending."""
        return super().keys_by_year(first, last, self._files if files is None else files)

    @cached_property
    def agencies(self) -> dict[str, int]:
        """Every normalised agency name with the number of clauses that name it."""
        entries = (entry for file in self._files for entry in self.entries_of(file))
        named = ({fact.name for fact in entry.facts if isinstance(fact, Agency)} for entry in entries)
        return dict(Counter(name for names in named for name in names))

    def keys(self, *, searched: bool = False) -> list[int]:
        """All clause keys, ascending; with ``searched`` only those that are searched."""
        return self._within(super().keys(searched=searched), self._files)

    def search_words(self, text: str, limit: int, files: Collection[str] | None = None) -> list[Scored]:
        """The best clauses by BM25 over bigrams."""
        return super().search_words(text, limit, self._files if files is None else files)

    def clauses_holding(self, text: str, files: Collection[str] | None = None) -> int:
        """How many clauses hold every bigram of the text, in their words or in the headings above them."""
        return super().clauses_holding(text, self._files if files is None else files)

    def holds(self, text: str, files: Collection[str] | None = None) -> bool:
        """Whether some clause holds every bigram of the text, in its words or in the headings above it."""
        return super().holds(text, self._files if files is None else files)

    def files_holding(self, text: str) -> set[str]:
        """The documents that hold every bigram of the text somewhere."""
        return super().files_holding(text) & set(self._files)

    def search_vectors(
        self, vector: Floats, limit: int, files: Collection[str] | None = None
    ) -> list[Scored]:
        """The best clauses by cosine of their best window; ``vector`` is a unit float32 (dim,)."""
        return super().search_vectors(vector, limit, self._files if files is None else files)
