"""A question's words: jieba's cut, without the words that carry no subject.

The dictionary is read at the first call (0.2 s) and not at import.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.question.jieba_cut import Cutter

Known = Callable[[str], int]
"""How many clauses hold a word."""
MOSTLY = 0.6
"""A character goes with the word before it where at least this share of the clauses with the word hold both:
供水管网 stands in all with 供水管, 基站建(设) in few with 基站."""

_WORDLIKE = re.compile(r"[A-Za-z0-9\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.+-]*$")
_NUMBER = re.compile(r"[\d.]+[%年月日个]?$")


@functools.cache
def _cutter() -> Cutter:
    from qa.question.jieba_cut import Cutter  # noqa: PLC0415 - its dictionary takes 0.2 s to read

    return Cutter()


def word_count(text: str) -> int:
    """How often jieba's dictionary counted the text as one word; 0 where it has it not."""
    cutter = _cutter()
    cutter.initialize()
    return int(cutter.FREQ.get(text, 0))


def part_of_speech(word: str) -> str:
    """jieba's tag of the word, as n, v, ns; empty for a word that its dictionary has not."""
    cutter = _cutter()
    cutter.initialize()
    return cutter.tags.get(word, "")


@functools.lru_cache(maxsize=8)
def word_ends(text: str) -> frozenset[int]:
    """Where jieba's words of the text end; kept, as it is asked for every title in a text."""
    return frozenset(itertools.accumulate(map(len, _cutter().cut(text))))


def is_stop(word: str) -> bool:
    """True for a word that says nothing about a question's subject."""
    return word in _stop()


def words_of(text: str, known: Known | None = None) -> list[str]:
    """The text's words in order; a Latin letter keeps the single character after it (e镇).

    ``known`` counts the clauses that hold a word: a character that the dictionary leaves over goes with the
    word before it where most that hold the word hold the two as one (供水管|网 → 供水管网).
    """
    words: list[str] = []
    before = ""
    for word in _cutter().cut(text):
        if not _WORDLIKE.search(word):
            before = ""
            continue
        lone = len(word) == 1 and bool(words) and before == words[-1]
        latin = lone and len(before) == 1 and bool(_LATIN.match(before))
        left_over = lone and len(before) > 1 and not is_stop(word)
        if latin or (left_over and known and known(before + word) > MOSTLY * known(before)):
            words[-1] += word
        else:
            words.append(word)
        before = words[-1]
    return words


def terms_of(text: str, known: Known | None = None) -> tuple[str, ...]:
    """The text's words that say what it is about, in order, each once; ``known`` as in words_of."""
    return tuple(dict.fromkeys(word for word in words_of(text, known) if is_term(word)))


@functools.cache
def _stop() -> frozenset[str]:
    text = resources.files("qa.question").joinpath("words/function_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def is_term(word: str) -> bool:
    """True for a word that can say what a question is about; single characters and bare numbers cannot."""
    if word in _stop() or _NUMBER.match(word):
        return False
    return len(word) > 1 or bool(_LATIN.match(word))
