"""Titles of the library's documents that a question shortens, put in brackets as titles are:
古树条例讲什么, of 《古树名木保护条例》 → 《古树条例》讲什么.

A shortened title ends with what the document is called (条例, 方案) as the title does; before it stand
words of the title in their order, and its document's region.  The longest stretch of such words counts, where
it is of `MOST_MEANT` titles at most and no noun goes with it (服务能力|提升方案 names no 成武县…提升方案).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from index.search.links import CALLED
from qa.question.places import spoken_forms
from qa.question.terms import is_stop, part_of_speech, words_of
from qa.question.titles_typed import is_crossed

MOST_MEANT: Final = 3
"""Titles that a shortened one may be of; of more it is what such documents are called, and no name."""
SHORTEST: Final = 4
"""Characters of a shortened title: 古树条例."""
LONGEST: Final = 40
"""Characters before what a document is called in which its shortened title is sought."""
MOST_SOUGHT: Final = 16
"""Times that a question says what documents are called; later ones are not looked at, so that the work is
bounded."""
# What a shortened title stands between.
_STRETCH: Final = re.compile(r"《[^》]*》?|[^\u4e00-\u9fff《]+")
# What is said of other things too: 国家规定 is what the state lays down, 三年计划 a plan.
_SAID_OF_OTHERS: Final = frozenset({"法", "规定", "解释", "决定", "意见", "计划", "措施"})


@dataclass(frozen=True, slots=True)
class _Fit:
    """A title with its regions, of whose first ``before`` characters the words on the left are sought."""

    title: str
    regions: frozenset[str]
    before: int

    def with_word(self, word: str) -> _Fit | None:
        """What is left after the word; None where neither the title's rest nor its region holds it."""
        at = self.title.rfind(word, 0, self.before)
        if at >= 0:
            return _Fit(self.title, self.regions, at)
        return self if self.is_region(word) else None

    def is_region(self, word: str) -> bool:
        return any(word in spoken_forms(region) for region in self.regions)


def with_short_titles(text: str, titles: Mapping[str, frozenset[str]]) -> str:
    """The text with each shortened title in brackets; ``titles`` with the regions of their documents."""
    found: list[str] = []
    left = iter(range(MOST_SOUGHT))
    at = 0
    for apart in (*_STRETCH.finditer(text), None):
        end = apart.start() if apart else len(text)
        found.append(_marked(text[at:end], titles, left))
        if apart:
            found.append(apart.group())
            at = apart.end()
    return "".join(found)


def _marked(stretch: str, titles: Mapping[str, frozenset[str]], left: Iterator[int]) -> str:
    """A stretch of characters without brackets in it; ``left`` counts those looked at."""
    at = 0
    marked = ""
    for called, _ in zip(CALLED.finditer(stretch), left, strict=False):
        if is_crossed(stretch, called.end()):
            continue
        first = max(at, called.start() - LONGEST)
        start = _start(stretch[first : called.start()], called.group(), titles)
        if start is not None:
            marked += f"{stretch[at : first + start]}《{stretch[first + start : called.end()]}》"
            at = called.end()
    return marked + stretch[at:]


def _start(before: str, called: str, titles: Mapping[str, frozenset[str]]) -> int | None:
    """Where in the text before what a document is called its shortened title begins; None where none does."""
    fits = [_Fit(one, of, len(one) - len(called)) for one, of in titles.items() if one.endswith(called)]
    words = words_of(before)
    taken = 0
    while fits and taken < len(words):
        word = words[-1 - taken]
        longer = [fit for one in fits if (fit := one.with_word(word))]
        if not longer:
            break
        fits, taken = longer, taken + 1
    while taken and len(words[-taken]) == 1:
        taken -= 1  # a character that the cut left over: 征信|业
    of_it, rest = words[len(words) - taken :], words[: len(words) - taken]
    own = [word for word in of_it if not is_stop(word) and not any(one.is_region(word) for one in fits)]
    least = 2 if called in _SAID_OF_OTHERS else 1
    if not own or len(of_it) < least or len("".join(of_it)) + len(called) < SHORTEST:
        return None
    if rest and _goes_with_a_noun(rest[-1]):
        return None
    return len("".join(rest)) if len(_apart(fits)) <= MOST_MEANT else None


def _goes_with_a_noun(word: str) -> bool:
    """True where the word before is a part of what is named: a noun or unknown to the dictionary, or a
    character left over."""
    if is_stop(word):
        return False
    tag = part_of_speech(word)
    return len(word) == 1 or not (tag == "v" or tag.startswith(("p", "c", "m", "r", "d", "u", "y")))


def _apart(fits: Sequence[_Fit]) -> set[str]:
    """The titles that are not another one without the state or region before it."""
    titles = {one.title for one in fits}
    return {one for one in titles if not any(other != one and other.endswith(one) for other in titles)}
