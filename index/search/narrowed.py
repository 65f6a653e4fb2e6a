"""An index as if it held only some of its documents: for a person who asks of these and no others.

Nothing is copied or opened again: the whole index is asked, and every answer of its is narrowed here, call by
call.  What is not written here cannot be asked, so that nothing of another document comes past it.  Word
statistics stay those of the whole index, so that scores of a narrowed search compare with others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import numpy as np

from index.engines.selection import Catalogue, Selection
from index.entries import DocumentInfo, Entry, Scored
from index.errors import SourceError
from index.records import Agency, Document
from index.search.links import Link, typed_titles
from index.search.standing import Standing
from index.search.whole import SELECTIONS_KEPT, WholeIndex

if TYPE_CHECKING:
    from index.encoders.encoder import Encoder
    from index.encoders.lazy import LazyEncoder
    from index.engines.late_interaction import QuestionTokens
    from index.search.whole import Floats
    from index.storage.manifest import Manifest

ENDED_ELSEWHERE: Final = "被文件库中未选入的一份文件废止"
"""Said in place of the name of a document that is not among those chosen."""


class NarrowedIndex:
    """The documents ``files`` of an index; usable as long as the whole is.

    Its methods are those of `WholeIndex`; a document, a clause's key or a selection of others is refused as
    if the index did not hold it.  Raises SourceError for a document that the index does not hold, and where
    none is named.
    """

    def __init__(self, whole: WholeIndex | NarrowedIndex, files: Collection[str]) -> None:
        if not files:
            raise SourceError("No document is left to search. Choose others, or none for all.")
        self._by_file = {file: whole.info(file) for file in files}
        self._whole: WholeIndex = whole._whole if isinstance(whole, NarrowedIndex) else whole
        self._whole.open_files()
        self.infos: tuple[DocumentInfo, ...] = tuple(i for i in whole.infos if i.file in self._by_file)
        self.catalogue = Catalogue(self.infos)
        self._own = self.catalogue.choose([np.arange(len(self.infos))])
        self._of_regions = lru_cache(SELECTIONS_KEPT)(self._select_regions)

    # Of the index itself

    @property
    def path(self) -> Path:
        """Where the index lies."""
        return self._whole.path

    @property
    def warning(self) -> str | None:
        """Why the generation is not the current one."""
        return self._whole.warning

    @property
    def lazy_encoder(self) -> LazyEncoder:
        """The encoder that the index was made with, loaded or not."""
        return self._whole.lazy_encoder

    @property
    def encoder(self) -> Encoder:
        """The encoder that the index was made with, loaded at first use; raises ModelError for another."""
        return self._whole.encoder

    @cached_property
    def manifest(self) -> Manifest:
        """The generation's, with these documents alone; its counts are of all."""
        said = self._whole.manifest
        sources, added, rules = (
            {file: value for file, value in one.items() if file in self._by_file}
            for one in (said.sources, said.added, said.rules)
        )
        outside = tuple(file for file in said.outside if file in self._by_file)
        return replace(said, sources=sources, added=added, rules=rules, outside=outside)

    # What is in it

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions that the documents speak for, in the order of ``infos``."""
        return tuple(filter(None, self.catalogue.by_region))

    @cached_property
    def titles(self) -> Mapping[str, frozenset[str]]:
        """The documents' titles as a question may spell them, with the regions that have them."""
        return typed_titles(self.infos)

    def select(self, files: Collection[str] | None) -> Selection | None:
        """These documents, ready to be searched; None for all."""
        if files is None or (isinstance(files, Selection) and files.is_of(self.catalogue)):
            return files
        places = [self.catalogue.place[self.info(file).file] for file in files]
        return self.catalogue.choose([np.array(places, np.int64)])

    def of_regions(self, regions: tuple[str | None, ...], named: tuple[str, ...] = ()) -> Selection:
        """The documents of these regions (None: of none), and those that hold one of the words ``named``."""
        return self._of_regions(regions, named)

    def _select_regions(self, regions: tuple[str | None, ...], named: tuple[str, ...]) -> Selection:
        places = self.catalogue.place
        held = [np.array([places[file] for file in self.files_holding(word)], np.int64) for word in named]
        groups = [self.catalogue.by_region[one] for one in regions if one in self.catalogue.by_region]
        return self.catalogue.choose([*groups, *held])

    def info(self, file: str) -> DocumentInfo:
        """A document without its text."""
        return self._by_file[file] if file in self._by_file else self._refuse(file)

    def document(self, file: str) -> Document:
        """A whole document."""
        return self._whole.document(self.info(file).file)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Which of these documents repeal, replace, amend and interpret which others of them."""
        own = self._by_file
        return tuple(link for link in self._whole.links if link.file in own and link.other in own)

    def links_of(self, file: str) -> tuple[Link, ...]:
        """The links that a document makes to others of these, and those that they make to it."""
        own = self._by_file
        links = self._whole.links_of(self.info(file).file)
        return tuple(link for link in links if link.file in own and link.other in own)

    def standing(self, file: str) -> Standing | None:
        """Why a document does not hold today; a document that is not among these ends it without a name."""
        found = self._whole.standing(self.info(file).file)
        if found is None or found.file in self._by_file:
            return found
        return replace(found, reason=ENDED_ELSEWHERE, file=None, start=None, end=None)

    def entry(self, key: int) -> Entry:
        """One clause; raises KeyError for a key that is not in the index."""
        return self.entries([key])[0]

    def entries(self, keys: Iterable[int]) -> list[Entry]:
        """The clauses of these keys in their order; raises KeyError for a key that is not in the index."""
        wanted = list(keys)
        held = self._own.ranges.holding(wanted)
        if not held.all():
            raise KeyError(wanted[int(np.argmin(held))])
        return self._whole.entries(wanted)

    def entries_of(self, file: str) -> tuple[Entry, ...]:
        """All clauses of a document in the order of its text."""
        return self._whole.entries_of(self.info(file).file)

    def keys_by_agency(self, name: str, files: Collection[str] | None = None) -> list[int]:
        """The clauses that make this body (normalised name) responsible, ascending."""
        return self._whole.keys_by_agency(name, self._chosen(files))

    def keys_by_year(self, first: int, last: int, files: Collection[str] | None = None) -> list[int]:
        """The clauses with a deadline in the years ``first`` to ``last``, both included, ascending."""
        return self._whole.keys_by_year(first, last, self._chosen(files))

    @cached_property
    def agencies(self) -> dict[str, int]:
        """Every normalised agency name with the number of clauses that name it."""
        entries = (entry for file in self._own for entry in self.entries_of(file))
        named = ({fact.name for fact in entry.facts if isinstance(fact, Agency)} for entry in entries)
        return dict(Counter(name for names in named for name in names))

    def keys(self, *, searched: bool = False) -> list[int]:
        """All clause keys, ascending; with ``searched`` only those that are searched."""
        return self._own_keys(self._whole.keys(searched=searched))

    # Search; scores are higher-is-better

    def search_words(self, text: str, limit: int, files: Collection[str] | None = None) -> list[Scored]:
        """The best clauses by BM25 over bigrams."""
        return self._whole.search_words(text, limit, self._chosen(files))

    def score_words(self, text: str, keys: Sequence[int]) -> dict[int, float]:
        """The BM25 score of every key named, 0 where no word is shared."""
        return self._whole.score_words(text, self._own_keys(keys))

    def score_documents(self, text: str, files: Collection[str]) -> dict[str, float]:
        """The BM25 score of whole documents, each of whose tokens counts once; 0 where no word is shared."""
        return self._whole.score_documents(text, [self.info(file).file for file in files])

    def clauses_holding(self, text: str, files: Collection[str] | None = None) -> int:
        """How many clauses hold every bigram of the text, in their words or in the headings above them."""
        return self._whole.clauses_holding(text, self._chosen(files))

    def holds(self, text: str, files: Collection[str] | None = None) -> bool:
        """Whether some clause holds every bigram of the text, in its words or in the headings above it."""
        return self._whole.holds(text, self._chosen(files))

    def files_holding(self, text: str) -> set[str]:
        """The documents that hold every bigram of the text somewhere."""
        return self._whole.files_holding(text) & self._by_file.keys()

    def holds_token(self, token: str) -> bool:
        """True where some clause of the whole index holds the token: a word's statistic."""
        return self._whole.holds_token(token)

    def rarity(self, token: str) -> float:
        """The inverse document frequency, in nats, of one token in the whole index."""
        return self._whole.rarity(token)

    def search_vectors(
        self, vector: Floats, limit: int, files: Collection[str] | None = None
    ) -> list[Scored]:
        """The best clauses by cosine of their best window; ``vector`` is a unit float32 (dim,)."""
        return self._whole.search_vectors(vector, limit, self._chosen(files))

    def score_vectors(self, vector: Floats, keys: Sequence[int]) -> dict[int, float]:
        """The cosine of the best window of every key named."""
        return self._whole.score_vectors(vector, self._own_keys(keys))

    def score_tokens(self, asked: QuestionTokens, keys: Sequence[int]) -> dict[int, list[float]]:
        """By late interaction the windows of every key named that has token vectors: each -1 to 1."""
        return self._whole.score_tokens(asked, self._own_keys(keys))

    def token_vectors(self, keys: Sequence[int]) -> dict[int, list[bytes]]:
        """By key the packed token vectors of its windows, in their order."""
        return self._whole.token_vectors(self._own_keys(keys))

    def _chosen(self, files: Collection[str] | None) -> Selection:
        chosen = self.select(files)
        return self._own if chosen is None else chosen

    def _own_keys(self, keys: Sequence[int]) -> list[int]:
        held = self._own.ranges.holding(keys)
        return [key for key, own in zip(keys, held, strict=True) if own]

    def _refuse(self, file: str) -> NoReturn:
        raise SourceError(f"No document named {file!r} among those chosen of the index at {self.path}.")
