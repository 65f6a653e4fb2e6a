"""Some of an index's documents, in the forms that searches narrow by; made once for many questions.

Left out: which documents a question is asked of.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, overload

import numpy as np
import numpy.typing as npt

from index.entries import DocumentInfo, KeyRange

if TYPE_CHECKING:
    Ids = npt.NDArray[np.int64]


class KeyRanges(Sequence[KeyRange]):
    """The key ranges of documents, ascending and apart; hashed by identity, so that searches remember them.

    ``firsts`` and ``lasts`` are int64 (n,), both included.  A document's first key is its number.
    """

    def __init__(self, firsts: Ids, lasts: Ids) -> None:
        order = np.argsort(firsts)
        self.firsts: Ids = firsts[order]
        self.lasts: Ids = lasts[order]

    @classmethod
    def of(cls, ranges: Sequence[KeyRange]) -> KeyRanges:
        """The ranges themselves where they are some already."""
        if isinstance(ranges, KeyRanges):
            return ranges
        bounds = np.array([(keys.first, keys.last) for keys in ranges], np.int64).reshape(-1, 2)
        return cls(bounds[:, 0], bounds[:, 1])

    def __len__(self) -> int:
        return int(self.firsts.size)

    @overload
    def __getitem__(self, at: int) -> KeyRange: ...

    @overload
    def __getitem__(self, at: slice) -> list[KeyRange]: ...

    def __getitem__(self, at: int | slice) -> KeyRange | list[KeyRange]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        return KeyRange(int(self.firsts[at]), int(self.lasts[at]))

    def holding(self, keys: Sequence[int]) -> npt.NDArray[np.bool_]:
        """Which of the keys are in a range, bool (n,)."""
        wanted = np.asarray(keys, np.int64)
        if not len(self):
            return np.zeros(wanted.size, dtype=bool)
        place = np.searchsorted(self.firsts, wanted, side="right") - 1
        held: npt.NDArray[np.bool_] = (place >= 0) & (wanted <= self.lasts[place])
        return held


class Catalogue:
    """The documents of an index by place, as its ``infos`` lists them, for choosing many of them at once."""

    def __init__(self, infos: Sequence[DocumentInfo]) -> None:
        self.infos = infos
        self.place = {info.file: place for place, info in enumerate(infos)}
        self.firsts: Ids = np.array([info.number for info in infos], np.int64)
        self.lasts: Ids = self.firsts + np.array([info.clauses for info in infos], np.int64) - 1
        by_region: dict[str | None, list[int]] = {}
        for place, info in enumerate(infos):
            by_region.setdefault(info.region, []).append(place)
        self.by_region = {region: np.array(places, np.int64) for region, places in by_region.items()}
        self._by_number = np.argsort(self.firsts)

    def numbered(self, numbers: Sequence[int]) -> Ids:
        """The places of the documents of these numbers; a number that is none of theirs is left out."""
        if not len(self.firsts):
            return np.empty(0, np.int64)
        wanted = np.asarray(numbers, np.int64)
        at = np.searchsorted(self.firsts, wanted, sorter=self._by_number).clip(max=self.firsts.size - 1)
        places: Ids = self._by_number[at]
        found: Ids = places[self.firsts[places] == wanted]
        return found

    def choose(self, groups: Iterable[Ids]) -> Selection:
        """The documents at the places of all groups."""
        chosen = np.zeros(len(self.infos), dtype=bool)
        for places in groups:
            chosen[places] = True
        return Selection(self, chosen)


class Selection(Collection[str]):
    """Documents by their names, ascending, with the key ranges of those that have clauses."""

    def __init__(self, catalogue: Catalogue, chosen: npt.NDArray[np.bool_]) -> None:
        self._catalogue = catalogue
        self._chosen = chosen
        has_clauses = chosen & (catalogue.lasts >= catalogue.firsts)
        self.ranges = KeyRanges(catalogue.firsts[has_clauses], catalogue.lasts[has_clauses])

    def is_of(self, catalogue: Catalogue) -> bool:
        """Whether it was chosen from this catalogue and no other."""
        return self._catalogue is catalogue

    def joined(self, other: Selection) -> Selection:
        """These documents and those of another selection of the same index."""
        return Selection(self._catalogue, self._chosen | other._chosen)

    def __len__(self) -> int:
        return int(self._chosen.sum())

    def __iter__(self) -> Iterator[str]:
        return (self._catalogue.infos[int(place)].file for place in np.flatnonzero(self._chosen))

    def __contains__(self, file: object) -> bool:
        place = self._catalogue.place.get(file) if isinstance(file, str) else None
        return place is not None and bool(self._chosen[place])
