"""The documents of a generation read from its parts as if they were one store.

Clause keys ascend from one part to the next, so a key or a range of keys is of one part.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from index.entries import DocumentInfo, Entry, KeyRange
from index.records import Document
from index.storage.clause_store import Store


class Parts:
    """Several stores, read only and safe to share between threads."""

    def __init__(self, paths: Sequence[Path]) -> None:
        """Open the parts in the order of their keys; raises IndexDamaged where one cannot be read."""
        self._stores = [Store(path) for path in paths]
        found = [(store, store.infos()) for store in self._stores]
        self._home = {info.file: store for store, infos in found for info in infos}
        self._infos = tuple(
            sorted((info for _, infos in found for info in infos), key=lambda info: info.file)
        )
        firsts = {store: min(info.number for info in infos) for store, infos in found if infos}
        self._keyed = sorted(firsts, key=firsts.__getitem__)
        self._firsts = [firsts[store] for store in self._keyed]

    def close(self) -> None:
        """Close the files."""
        for store in self._stores:
            store.close()

    def infos(self) -> tuple[DocumentInfo, ...]:
        """All documents without their texts, by file."""
        return self._infos

    def document(self, file: str) -> Document | None:
        """The whole document; None where there is none of that file."""
        store = self._home.get(file)
        return store.document(file) if store else None

    def entries(self, keys: Iterable[int]) -> list[Entry]:
        """The clauses of these keys, in their order; raises KeyError for a key that is in no part."""
        wanted = list(keys)
        if len(self._keyed) == 1:
            return self._keyed[0].entries(wanted)
        by_part: dict[int, list[int]] = {}
        for key in wanted:
            by_part.setdefault(self._part_of(key), []).append(key)
        found = {
            entry.key: entry for part, own in by_part.items() for entry in self._keyed[part].entries(own)
        }
        return [found[key] for key in wanted]

    def token_vectors(self, keys: Iterable[int]) -> list[tuple[int, bytes]]:
        """The token vectors of these clauses' windows by window number; clauses may have none."""
        by_part: dict[int, list[int]] = {}
        for key in keys:
            by_part.setdefault(self._part_of(key), []).append(key)
        return [one for part, own in by_part.items() for one in self._keyed[part].token_vectors(own)]

    def entries_between(self, keys: KeyRange) -> tuple[Entry, ...]:
        """The clauses of a document's range of keys, in the order of its text."""
        return self._keyed[self._part_of(keys.first)].entries_between(keys)

    def keys(self, *, searched: bool = False) -> list[int]:
        """All clause keys, ascending; with ``searched`` only those that search finds (`windows`)."""
        return [key for store in self._keyed for key in store.keys(searched=searched)]

    def keys_by_agency(self, name: str) -> list[int]:
        """The clauses that make this body responsible (normalised name), ascending."""
        return [key for store in self._keyed for key in store.keys_by_agency(name)]

    def keys_by_year(self, first: int, last: int) -> list[int]:
        """The clauses with a deadline in the years ``first`` to ``last``, both included, ascending."""
        return [key for store in self._keyed for key in store.keys_by_year(first, last)]

    def agency_names(self) -> dict[str, int]:
        """Every normalised agency name with the number of clauses that name it."""
        return dict(sum((Counter(store.agency_names()) for store in self._keyed), Counter[str]()))

    def count(self, table: str) -> int:
        """The number of rows of ``documents``, ``clauses`` or ``facts``."""
        return sum(store.count(table) for store in self._stores)

    def integrity(self) -> list[str]:
        """What SQLite itself finds wrong with the files; empty where nothing is."""
        return [problem for store in self._stores for problem in store.integrity()]

    def _part_of(self, key: int) -> int:
        """The part whose keys this one is among; raises KeyError before the first."""
        place = bisect_right(self._firsts, key) - 1
        if place < 0:
            raise KeyError(key)
        return place
