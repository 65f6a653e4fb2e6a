"""Search by words: BM25 over character bigrams, kept by tantivy."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from index.engines.selection import KeyRanges
from index.entries import Scored
from index.errors import IndexDamaged
from index.language.tokens import tokens

if TYPE_CHECKING:
    import tantivy

TEXT_FIELD: Final = "text"
"""The one field of words: headings and body together rank better than as two fields.
See docs/decisions/2026-11-21-search.md."""

WIDE: Final = 64
"""Documents from which on a narrowed search first looks whether the best of all are among them: a filter of
24,000 documents costs tantivy 13 ms, as many unfiltered hits 2."""

OVERSAMPLING: Final = 8
"""Unfiltered hits looked at for every clause wanted of a wide filter."""


@contextmanager
def _lockable(folder: Path) -> Iterator[Path]:
    """The folder, or one of links to its files where it may only be read: tantivy opens with a lock file."""
    if os.access(folder, os.W_OK) or not folder.is_dir():
        yield folder
        return
    # tantivy's watcher may still lock in it while it is emptied: no reason to refuse a question.
    with TemporaryDirectory(prefix="tiaowen-", ignore_cleanup_errors=True) as links:
        for file in folder.iterdir():
            if file.suffix != ".lock":
                (Path(links) / file.name).symlink_to(file.absolute())
        yield Path(links)
    shutil.rmtree(links, ignore_errors=True)  # what was written into it meanwhile


def _open(folder: Path) -> tuple[tantivy.Schema, tantivy.Searcher]:
    """Open an index for good: its files stay mapped when the folder goes."""
    import tantivy  # noqa: PLC0415

    index = tantivy.Index.open(str(folder))
    index.config_reader("manual")
    index.reload()
    return index.schema, index.searcher()


def _held(found: Sequence[Scored], within: KeyRanges) -> list[Scored]:
    mask = within.holding([one.key for one in found])
    return [one for one, held in zip(found, mask, strict=True) if held]


class Postings:
    """The postings of one generation, read only; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Open the postings; raises IndexDamaged where they cannot be read."""
        try:
            with _lockable(folder) as place:
                self._schema, self._searcher = _open(place)
                self._struck_out = any(place.glob("*.del"))  # which frequencies still count
        except ValueError as error:
            raise IndexDamaged(f"The postings in {folder} cannot be read: {error}") from error

    def __len__(self) -> int:
        return self._searcher.num_docs

    def search(
        self,
        text: str,
        limit: int,
        *,
        within: KeyRanges | None = None,
    ) -> list[Scored]:
        """The best clauses by BM25, best first; ``within`` narrows to the documents of those keys.

        The rarity of a word is counted over the whole index, so a score means the same with a filter.
        """
        words = self._words(text)
        if words is None or limit < 1:
            return []
        if within is None:
            return self._run(words, limit)
        if len(within) > WIDE:
            found = self._run(words, OVERSAMPLING * limit)
            held = _held(found, within)
            if len(held) >= limit or len(found) < OVERSAMPLING * limit:
                return held[:limit]
        return self._run(self._of_documents(words, within), limit)

    def score(self, text: str, keys: Sequence[int]) -> dict[int, float]:
        """The BM25 score of every key named, 0 where no word is shared."""
        scores = dict.fromkeys(keys, 0.0)
        words = self._words(text)
        if words is not None and keys:
            found = self._run(self._within(words, "key", keys), len(scores))
            scores.update((one.key, one.score) for one in found)
        return scores

    def frequency(self, token: str) -> int:
        """How many clauses hold the token (as `tokens` makes it)."""
        return int(self._searcher.doc_freq(TEXT_FIELD, token))

    def holding(self, text: str, within: KeyRanges | None = None) -> int:
        """How many clauses hold every token of the text; 0 where it has none."""
        words = dict.fromkeys(tokens(text))
        rarest = min(map(self.frequency, words), default=0)
        if not rarest or (within is None and len(words) == 1 and not self._struck_out):
            return rarest
        held = self._all_of(words)
        query = held if within is None else self._of_documents(held, within)
        return int(self._searcher.search(query, 1, count=True).count)  # type: ignore[attr-defined]

    def is_held(self, text: str, within: KeyRanges) -> bool:
        """Whether a clause of these documents holds every token of the text."""
        words = dict.fromkeys(tokens(text))
        if not words or not all(map(self.frequency, words)):
            return False
        if len(within) > WIDE and _held(self._run(self._all_of(words), OVERSAMPLING), within):
            return True
        return self.holding(text, within) > 0

    def keys_holding(self, text: str) -> list[int]:
        """The keys that hold every token of the text, in no order; empty where it has no token."""
        words = dict.fromkeys(tokens(text))
        return [one.key for one in self._run(self._all_of(words), max(1, len(self)))] if words else []

    def keys(self) -> Iterator[int]:
        """The keys of all clauses posted, in no order."""
        import tantivy  # noqa: PLC0415

        return (one.key for one in self._run(tantivy.Query.all_query(), max(1, len(self))))

    def _all_of(self, words: Iterable[str]) -> tantivy.Query:
        import tantivy  # noqa: PLC0415

        terms = (tantivy.Query.term_query(self._schema, TEXT_FIELD, token, "freq") for token in words)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, term) for term in terms])

    def _words(self, text: str) -> tantivy.Query | None:
        import tantivy  # noqa: PLC0415

        counted = Counter(tokens(text))
        clauses = [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(
                    tantivy.Query.term_query(self._schema, TEXT_FIELD, token, "freq"), count
                ),
            )
            for token, count in counted.items()
        ]
        return tantivy.Query.boolean_query(clauses) if clauses else None

    def _within(self, words: tantivy.Query, field: str, numbers: Sequence[int]) -> tantivy.Query:
        import tantivy  # noqa: PLC0415

        allowed = tantivy.Query.term_set_query(self._schema, field, list(numbers))
        return tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Must, tantivy.Query.const_score_query(allowed, 0.0)),
                (tantivy.Occur.Must, words),
            ]
        )

    def _of_documents(self, words: tantivy.Query, documents: KeyRanges) -> tantivy.Query:
        return self._within(words, "document", documents.firsts.tolist())

    def _run(self, query: tantivy.Query, limit: int) -> list[Scored]:
        hits = self._searcher.search(query, limit, count=False).hits
        keys = self._searcher.fast_field_values("key", [address for _, address in hits])
        return [
            Scored(int(key), float(score))
            for (score, _), key in zip(hits, keys, strict=True)
            if key is not None
        ]
