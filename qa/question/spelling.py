"""Words of a question that no document holds, but a word of the same sound does: 海棉城市 → 海绵城市.

One character of a word of two to four is exchanged for another of the same sound (tones aside), and only
where the documents hold the result.  Wrong characters of another sound, and missing ones, are not mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.language.tokens import tokens
from index.search.index import Index
from qa.question.sounds import sounds, sounds_of
from qa.question.terms import is_stop, word_count

_WORD = re.compile(r"[\u4e00-\u9fff]{2,4}")
RARE = 10
"""Counts in jieba's dictionary up to this are of misspellings too (海棉 3, 海绵 173)."""
LONG, TWICE = 3, 2
"""A word that jieba's dictionary lacks (城镇化率) is meant where it has so many characters and stands in so
many clauses: shorter ones come about by chance, across the borders of words."""
_PLACE = re.compile(r"[省市县区旗州]$")  # 曹县 is a name and no misspelling


def respelled(terms: Sequence[str], index: Index) -> dict[str, str]:
    """The terms that no document holds, each with the word of the same sound that most clauses hold."""
    unknown = [term for term in terms if _may_be_wrong(term) and not index.clauses_holding(term)]
    found = {term: _most_held(term, index) for term in unknown}
    return {term: word for term, word in found.items() if word}


def _may_be_wrong(term: str) -> bool:
    """False for a word of the dictionary, a place, and characters that only ask (人有 in 每个人有多大)."""
    asks = any(is_stop(character) for character in term)
    return bool(_WORD.fullmatch(term)) and word_count(term) <= RARE and not asks and not _PLACE.search(term)


def _most_held(term: str, index: Index) -> str | None:
    counts = {word: index.clauses_holding(word) for word in _alike(term) if _bigrams_known(word, index)}
    best = max(counts, key=lambda word: counts[word], default=None)
    if not best or not counts[best]:
        return None
    in_use = len(best) >= LONG and counts[best] >= TWICE
    return best if word_count(best) > RARE or in_use else None


def regions_respelled(text: str, regions: Sequence[str]) -> dict[str, str]:
    """Names in the text that sound like one of the regions, with it: 运成市 → 运城市.

    For a text that names no place: one character of the full name but its last is another of the same sound.
    """
    found: dict[str, str] = {}
    for region in (region for region in regions if len(region) >= LONG and region[-1] in text):
        for start in range(len(text) - len(region) + 1):
            name = text[start : start + len(region)]
            if name[-1] != region[-1]:
                continue
            differing = [(a, b) for a, b in zip(name[:-1], region[:-1], strict=True) if a != b]
            if len(differing) == 1 and _sound_alike(*differing[0]):
                found[name] = region
    return found


def _sound_alike(one: str, other: str) -> bool:
    return bool(sounds_of(one) & sounds_of(other))


def _bigrams_known(word: str, index: Index) -> bool:
    return all(index.holds_token(token) for token in tokens(word))


def _alike(term: str) -> Iterator[str]:
    """The term with one character exchanged for one of the same sound."""
    for place, character in enumerate(term):
        alike = {other for sound in sounds_of(character) for other in sounds()[sound]}
        yield from (term[:place] + other + term[place + 1 :] for other in alike if other != character)
