"""Search by words: BM25 over character bigrams, kept by tantivy.

Bigrams beat dictionary words on both development sets and need no dictionary.  Latin words and numbers
stay whole.  Texts and questions are folded alike: NFKC, lower case, traditional characters to simplified.
Left out: what is posted for a clause (`windows`), fusion with vectors, anything about meaning.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from index.errors import IndexDamaged
from index.scored import Scored
from index.windows import LexicalText

if TYPE_CHECKING:
    import tantivy

HEADING_BOOST: Final = 1.0
"""Weight of the heading field (title, region, path, own heading) where the caller names none."""

BODY_BOOST: Final = 1.0
"""Weight of the body field where the caller names none."""

WRITER_BYTES: Final = 128_000_000
"""Memory of the writer before it cuts a segment; with one thread 100,000 clauses are one segment."""

_HAN: Final = "㐀-鿿豈-﫿〇々\U00020000-\U000323af"

_TOKEN = re.compile(rf"([a-z0-9]+(?:[.,][0-9]+)*)|([{_HAN}]+)|([^\W_a-z0-9{_HAN}]+)")
"""A Latin word or number (``pm2.5``, ``1,200``), a run of Chinese (``海绵城市``), a run of another script."""

_INNER_BLANK = re.compile(rf"(?<=[{_HAN}])[ \t\u3000]+(?=[{_HAN}])")
"""A stray blank between Chinese characters, which is no word end: ``海绵 城市``."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One clause as it is posted: its key, its document's number, its words."""

    key: int
    document: int
    text: LexicalText


@functools.cache
def _converter() -> Callable[[str], str]:
    import opencc  # noqa: PLC0415 - half of all commands never search

    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert


def simplified(text: str) -> str:
    """The text with traditional characters made simplified (海綿城市 -> 海绵城市); about 25 µs a question."""
    return text if text.isascii() else _converter()(text)


def tokens(text: str) -> list[str]:
    """The tokens of a text: ``海绵城市30%，好`` -> 海绵, 绵城, 城市, 30, 好."""
    folded = _INNER_BLANK.sub("", simplified(unicodedata.normalize("NFKC", text).lower()))
    found: list[str] = []
    for word, run, other in _TOKEN.findall(folded):
        if not run:
            found.append(word.replace(",", "") or other)
        elif len(run) == 1:
            found.append(run)
        else:
            found.extend(map("".join, pairwise(run)))
    return found


def write_postings(folder: Path, postings: Iterable[Posting]) -> None:
    """Add postings to the folder, which is made where it is not there.

    Raises OSError where the disk is full or the folder cannot be written.
    """
    import tantivy  # noqa: PLC0415 - not needed to import the package

    folder.mkdir(parents=True, exist_ok=True)
    try:
        writer = tantivy.Index(_schema(), str(folder)).writer(WRITER_BYTES, 1)
        for posting in postings:
            writer.add_document(_as_row(posting))
        writer.commit()
        writer.wait_merging_threads()
    except ValueError as error:  # tantivy reports every failed write so
        raise OSError(f"the postings cannot be written to {folder}: {error}") from error
    for lock in folder.glob(".tantivy-*.lock"):
        lock.unlink()
    for file in folder.iterdir():  # tantivy keeps some to the user who built them
        file.chmod(0o644)


def _schema() -> tantivy.Schema:
    import tantivy  # noqa: PLC0415

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("key", indexed=True, fast=True)
    builder.add_unsigned_field("document", indexed=True)
    for field in ("heading", "body"):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _as_row(posting: Posting) -> tantivy.Document:
    import tantivy  # noqa: PLC0415

    row = tantivy.Document()
    row.add_unsigned("key", posting.key)
    row.add_unsigned("document", posting.document)
    row.add_text("heading", " ".join(tokens(posting.text.heading)))
    row.add_text("body", " ".join(tokens(posting.text.body)))
    return row


class Postings:
    """The postings of one generation, read only; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Open the postings; raises IndexDamaged where they cannot be read."""
        import tantivy  # noqa: PLC0415

        try:
            index = tantivy.Index.open(str(folder))
            index.config_reader("manual")
            index.reload()
        except ValueError as error:
            raise IndexDamaged(f"The postings in {folder} cannot be read: {error}") from error
        self._schema = index.schema
        self._searcher = index.searcher()

    def __len__(self) -> int:
        return self._searcher.num_docs

    def search(
        self,
        text: str,
        limit: int,
        *,
        documents: Sequence[int] | None = None,
        heading_boost: float = HEADING_BOOST,
        body_boost: float = BODY_BOOST,
    ) -> list[Scored]:
        """The best clauses by BM25, best first; ``documents`` narrows to those numbers.

        The rarity of a word is counted over the whole index, so a score means the same with a filter.
        """
        words = self._words(text, heading_boost, body_boost)
        if words is None or limit < 1:
            return []
        return self._run(words if documents is None else self._within(words, "document", documents), limit)

    def score(
        self,
        text: str,
        keys: Sequence[int],
        *,
        heading_boost: float = HEADING_BOOST,
        body_boost: float = BODY_BOOST,
    ) -> dict[int, float]:
        """The BM25 score of every key named, 0 where no word is shared."""
        scores = dict.fromkeys(keys, 0.0)
        words = self._words(text, heading_boost, body_boost)
        if words is not None and keys:
            found = self._run(self._within(words, "key", keys), len(scores))
            scores.update((one.key, one.score) for one in found)
        return scores

    def frequency(self, token: str) -> int:
        """How many clauses hold the token (as `tokens` makes it) in their own words."""
        return int(self._searcher.doc_freq("body", token))

    def holding(self, text: str, documents: Sequence[int] | None = None) -> int:
        """How many clauses hold every token of the text, in their words or above them; 0 without tokens."""
        import tantivy  # noqa: PLC0415

        held = [
            tantivy.Query.disjunction_max_query(
                [
                    tantivy.Query.term_query(self._schema, field, token, "freq")
                    for field in ("heading", "body")
                ]
            )
            for token in dict.fromkeys(tokens(text))
        ]
        if not held:
            return 0
        both = tantivy.Query.boolean_query([(tantivy.Occur.Must, one) for one in held])
        query = both if documents is None else self._within(both, "document", documents)
        return int(self._searcher.search(query, 1, count=True).count)  # type: ignore[attr-defined]

    def keys(self) -> Iterator[int]:
        """The keys of all clauses posted, in no order."""
        import tantivy  # noqa: PLC0415

        return (one.key for one in self._run(tantivy.Query.all_query(), max(1, len(self))))

    def _words(self, text: str, heading_boost: float, body_boost: float) -> tantivy.Query | None:
        import tantivy  # noqa: PLC0415

        counted = Counter(tokens(text))
        fields = (("heading", heading_boost), ("body", body_boost))
        clauses = [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(
                    tantivy.Query.term_query(self._schema, field, token, "freq"), boost * count
                ),
            )
            for token, count in counted.items()
            for field, boost in fields
            if boost > 0
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

    def _run(self, query: tantivy.Query, limit: int) -> list[Scored]:
        hits = self._searcher.search(query, limit, count=False).hits
        keys = self._searcher.fast_field_values("key", [address for _, address in hits])
        return [
            Scored(int(key), float(score))
            for (score, _), key in zip(hits, keys, strict=True)
            if key is not None
        ]
