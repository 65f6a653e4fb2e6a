"""The measures by which answers are judged against what was expected.

Texts are compared after NFKC and without white space, so full and half width forms are the same and line
breaks do not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.language.folding import plain
from index.search.index import Index
from qa.records import Citation


def rank_of(wanted: Sequence[str], texts: Iterable[str]) -> int | None:
    """The rank, from 1, of the first text that holds one of the strings; None where none does."""
    strings = [plain(one) for one in wanted]
    for rank, text in enumerate(texts, 1):
        compared = plain(text)
        if any(one in compared for one in strings):
            return rank
    return None


def common_length(first: str, second: str) -> int:
    """The length of the longest common subsequence, in characters.

    Bit-parallel (Hyyrö 2004, Bit-parallel LCS-length computation revisited): a bit a character of
    ``second``; a bit that turns to 0 is a match gained.
    """
    every = (1 << len(second)) - 1
    places: dict[str, int] = {}
    for at, character in enumerate(second):
        places[character] = places.get(character, 0) | 1 << at
    row = every
    for character in first:
        matched = row & places.get(character, 0)
        row = (row + matched | row - matched) & every
    return len(second) - row.bit_count()


def rouge_l(given: str, expected: str) -> float:
    """ROUGE-L F1 over characters (Lin 2004), 0 to 1; 0 where one of them is empty."""
    one, other = plain(given), plain(expected)
    common = common_length(one, other)
    if not common:
        return 0.0
    precision, recall = common / len(one), common / len(other)
    return 2 * precision * recall / (precision + recall)


def is_verbatim(citation: Citation, index: Index) -> bool:
    """True where the quote, which is not blank, stands in the text of the document that it names.

    The document's text is the file's without the furniture that `verify` accounts for.
    """
    quote = plain(citation.quote)
    return bool(quote) and quote in plain(index.document(citation.file).text)
