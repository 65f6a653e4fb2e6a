"""The read side of an index: one generation, opened, with all of its documents.

Everything is looked up by clause key.  Postings and vectors are opened at their first use, the encoder at
the first question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import numpy as np
import numpy.typing as npt

from index.encoders.lazy import LazyEncoder
from index.engines.selection import Catalogue, Selection
from index.entries import WINDOWS_PER_KEY, DocumentInfo, Entry, Scored
from index.errors import SourceError
from index.records import Document
from index.search.lazy_engines import Searched
from index.search.links import Link, links_between, links_by_file, typed_titles
from index.search.standing import Standing, standing_of
from index.search.today import today
from index.storage import generation
from index.storage.manifest import Manifest
from index.storage.store_parts import Parts

if TYPE_CHECKING:
    from index.encoders.encoder import Encoder
    from index.engines.late_interaction import QuestionTokens
    from index.engines.postings import Postings
    from index.engines.vector_store import VectorStore
    from index.engines.vectors import Vectors

    Floats = npt.NDArray[np.float32]

DOCUMENTS_KEPT: Final = 64
"""Whole documents kept in memory after they were asked for; a long one is about half a megabyte."""

ENTRIES_KEPT: Final = 20_000
"""Clauses kept in memory after they were asked for, about 60 MB; a question looks at some two hundred."""

SELECTIONS_KEPT: Final = 64
"""Choices of regions whose documents are remembered, up to half a megabyte each at a million clauses."""

COUNTS_KEPT: Final = 4096
"""Words of which it is remembered how many clauses hold them; a question has some ten."""


class WholeIndex:
    """One generation of an index, read only and safe to share between threads.

    Methods raise IndexDamaged where a file of the generation cannot be read.  ``files`` narrows to documents
    by their names, None meaning all of them; a name that is not in the index raises SourceError.
    """

    def __init__(
        self,
        out: Path,
        manifest: Manifest,
        encoder: LazyEncoder,
        vectors: VectorStore | None = None,
        warning: str | None = None,
    ) -> None:
        """Open a generation; ``warning`` says why it is not the current one."""
        self.path = out
        self.manifest = manifest
        self.warning = warning
        self.folder = generation.folder_of(out.absolute(), manifest.number)
        self.lazy_encoder = encoder
        parts = [self.folder / generation.PARTS / part.name for part in manifest.parts]
        self._store = Parts([part / generation.STORE for part in parts])
        self.infos: tuple[DocumentInfo, ...] = self._store.infos()
        self._by_file = {info.file: info for info in self.infos}
        self._searched = Searched(out, self.folder, manifest, self.infos, vectors)
        self._kept: dict[int, Entry] = {}
        self._document = lru_cache(DOCUMENTS_KEPT)(self._store.document)
        self._entries_between = lru_cache(DOCUMENTS_KEPT)(self._store.entries_between)
        self._of_regions = lru_cache(SELECTIONS_KEPT)(self._select_regions)
        self._holding = lru_cache(COUNTS_KEPT)(self._count_holding)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the files; the index cannot be used any more."""
        self._store.close()

    @property
    def encoder(self) -> Encoder:
        """The encoder the index was made with, loaded at first use; raises ModelError where it is another."""
        return self.lazy_encoder.get()

    def open_files(self) -> None:
        """Open postings and vectors now, after which the generation may be deleted under this index."""
        _ = self.postings, self.document_postings, self.vectors

    # What is in it

    @cached_property
    def catalogue(self) -> Catalogue:
        """The documents by place, region and number."""
        return Catalogue(self.infos)

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
        if files is None or isinstance(files, Selection):
            return files
        places = [self.catalogue.place[self.info(file).file] for file in files]
        return self.catalogue.choose([np.array(places, np.int64)])

    def of_regions(self, regions: tuple[str | None, ...], named: tuple[str, ...] = ()) -> Selection:
        """The documents of these regions (None: of none), and those that hold one of the words ``named``."""
        return self._of_regions(regions, named)

    def _select_regions(self, regions: tuple[str | None, ...], named: tuple[str, ...]) -> Selection:
        held = (self.document_postings.keys_holding(word) for word in named)
        groups = [self.catalogue.by_region[one] for one in regions if one in self.catalogue.by_region]
        return self.catalogue.choose([*groups, *map(self.catalogue.numbered, held)])

    def info(self, file: str) -> DocumentInfo:
        """A document without its text."""
        try:
            return self._by_file[file]
        except KeyError:
            raise SourceError(f"No document named {file!r} in the index at {self.path}.") from None

    def document(self, file: str) -> Document:
        """A whole document."""
        document = self._document(self.info(file).file)
        if document is None:
            raise SourceError(f"No document named {file!r} in the index at {self.path}.")
        return document

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Which of its documents repeal, replace, amend and interpret which others, in their order."""
        return links_between(self.infos)

    @cached_property
    def _repealing(self) -> dict[str, list[Link]]:
        """By the document that is repealed."""
        found: dict[str, list[Link]] = {}
        for link in self.links:
            if link.repeals:
                found.setdefault(link.other, []).append(link)
        return found

    @cached_property
    def _links_by_file(self) -> dict[str, tuple[Link, ...]]:
        return links_by_file(self.links)

    def links_of(self, file: str) -> tuple[Link, ...]:
        """The links that a document makes, and those that others make to it."""
        return self._links_by_file.get(self.info(file).file, ())

    def standing(self, file: str) -> Standing | None:
        """Why a document does not hold today (`index.search.today`); None where it does, or nothing tells."""
        return standing_of(self.info(file), today(), self._repealing.get(file, ()), self._by_file)

    def entry(self, key: int) -> Entry:
        """One clause; raises KeyError for a key that is not in the index."""
        return self.entries([key])[0]

    def entries(self, keys: Iterable[int]) -> list[Entry]:
        """The clauses of these keys in their order; raises KeyError for a key that is not in the index."""
        wanted = list(keys)
        kept = self._kept
        found = {key: entry for key in wanted if (entry := kept.get(key)) is not None}
        fresh = {entry.key: entry for entry in self._store.entries([k for k in wanted if k not in found])}
        if len(kept) + len(fresh) <= ENTRIES_KEPT:
            kept.update(fresh)
        else:
            self._kept = dict(fresh)
        return [found.get(key) or fresh[key] for key in wanted]

    def entries_of(self, file: str) -> tuple[Entry, ...]:
        """All clauses of a document in the order of its text."""
        keys = self.info(file).keys
        return self._entries_between(keys) if keys else ()

    def keys_by_agency(self, name: str, files: Collection[str] | None = None) -> list[int]:
        """The clauses that make this body (normalised name) responsible, ascending."""
        return self._within(self._store.keys_by_agency(name), files)

    def keys_by_year(self, first: int, last: int, files: Collection[str] | None = None) -> list[int]:
        """The clauses with a deadline in the years ``first`` to ``last``, both included, ascending."""
        return self._within(self._store.keys_by_year(first, last), files)

    @cached_property
    def agencies(self) -> dict[str, int]:
        """Every normalised agency name with the number of clauses that name it."""
        return self._store.agency_names()

    def keys(self, *, searched: bool = False) -> list[int]:
        """All clause keys, ascending; with ``searched`` only those that are searched."""
        return self._store.keys(searched=searched)

    def count_facts(self) -> int:
        """The number of facts of all clauses."""
        return self._store.count("facts")

    def integrity(self) -> list[str]:
        """What SQLite itself finds wrong with its file; empty where nothing is."""
        return self._store.integrity()

    # Search; scores are higher-is-better

    def search_words(self, text: str, limit: int, files: Collection[str] | None = None) -> list[Scored]:
        """The best clauses by BM25 over bigrams."""
        chosen = self.select(files)
        return self.postings.search(text, limit, within=None if chosen is None else chosen.ranges)

    def score_words(self, text: str, keys: Sequence[int]) -> dict[int, float]:
        """The BM25 score of every key named, 0 where no word is shared."""
        return self.postings.score(text, keys)

    def score_documents(self, text: str, files: Collection[str]) -> dict[str, float]:
        """The BM25 score of whole documents, each of whose tokens counts once; 0 where no word is shared."""
        numbers = {self.info(file).number: file for file in files}
        scores = self.document_postings.score(text, list(numbers))
        return {file: scores[number] for number, file in numbers.items()}

    def clauses_holding(self, text: str, files: Collection[str] | None = None) -> int:
        """How many clauses hold every bigram of the text, in their words or in the headings above them."""
        chosen, everywhere = self.select(files), self._holding(text)
        return everywhere if chosen is None or not everywhere else self.postings.holding(text, chosen.ranges)

    def _count_holding(self, text: str) -> int:
        return self.postings.holding(text)

    def holds(self, text: str, files: Collection[str] | None = None) -> bool:
        """Whether some clause holds every bigram of the text, in its words or in the headings above it."""
        chosen = self.select(files)
        if not self._holding(text):
            return False
        return chosen is None or self.postings.is_held(text, chosen.ranges)

    def files_holding(self, text: str) -> set[str]:
        """The documents that hold every bigram of the text somewhere."""
        places = self.catalogue.numbered(self.document_postings.keys_holding(text))
        return {self.infos[int(place)].file for place in places}

    def holds_token(self, token: str) -> bool:
        """True where some clause holds the token (as `index.language.tokens.tokens` makes it)."""
        return self.postings.frequency(token) > 0

    def rarity(self, token: str) -> float:
        """The inverse document frequency, in nats, of one token of `index.language.tokens.tokens`."""
        return log((len(self.postings) + 1) / (self.postings.frequency(token) + 0.5))

    def search_vectors(
        self, vector: Floats, limit: int, files: Collection[str] | None = None
    ) -> list[Scored]:
        """The best clauses by cosine of their best window; ``vector`` is a unit float32 (dim,)."""
        chosen = self.select(files)
        return self.vectors.search(vector, limit, within=None if chosen is None else chosen.ranges)

    def score_vectors(self, vector: Floats, keys: Sequence[int]) -> dict[int, float]:
        """The cosine of the best window of every key named."""
        return self.vectors.score(vector, keys)

    def score_tokens(self, asked: QuestionTokens, keys: Sequence[int]) -> dict[int, list[float]]:
        """By late interaction the windows, in their order, of every key named that has token vectors: each
        -1 to 1."""
        from index.engines.late_interaction import late_interaction  # noqa: PLC0415 - half of commands ask none

        found: dict[int, list[float]] = {}
        for number, score in sorted(late_interaction(asked, self._store.token_vectors(keys)).items()):
            found.setdefault(number // WINDOWS_PER_KEY, []).append(score)
        return found

    def token_vectors(self, keys: Sequence[int]) -> dict[int, list[bytes]]:
        """By key the packed token vectors of its windows, in their order (`index.encoders.token_vectors`)."""
        found: dict[int, list[bytes]] = {}
        for number, data in sorted(self._store.token_vectors(keys)):
            found.setdefault(number // WINDOWS_PER_KEY, []).append(data)
        return found

    @property
    def postings(self) -> Postings:
        """The postings, opened at first use."""
        return self._searched.postings

    @property
    def document_postings(self) -> Postings:
        """The postings of whole documents, opened at first use."""
        return self._searched.document_postings

    @property
    def vectors(self) -> VectorStore:
        """The vectors that are asked, opened at first use: those given, Milvus' where linked, else FAISS'."""
        return self._searched.vectors

    @property
    def local_vectors(self) -> Vectors:
        """The vectors in the generation's own FAISS files, wherever questions are asked."""
        return self._searched.local_vectors

    def _within(self, keys: list[int], files: Collection[str] | None) -> list[int]:
        chosen = self.select(files)
        if chosen is None:
            return keys
        return [key for key, held in zip(keys, chosen.ranges.holding(keys), strict=True) if held]
