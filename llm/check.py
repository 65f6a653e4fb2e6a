"""A sentence of a language model against the clauses that it cites: it stands, or why it does not.

Every number with its unit, date, body, place, quoted phrase and strong word (牵头, 不得, 全部) must stand in
a clause cited, a number beside words that it has in the sentence too, and most of the words must be the
clauses'.  Left out: what the sentence means; words that all stand in a clause can still be put together
wrongly, which is why every sentence carries its citations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from index.regions import short_forms
from llm.elements import NUMBER, Element, elements, numbers
from llm.folded import folded

Reason = Literal[
    "uncited", "unknown", "number", "date", "body", "place", "quote", "name", "word", "bound", "strange"
]
"""uncited: cites nothing; unknown: cites a clause that was not given; bound: the number stands in the clause
but beside other words; strange: too few of its words are the clause's; else what does not stand there."""

COVERED: Final = 0.55
"""Share of a sentence's pairs of characters that the clauses cited must hold."""
CITED_COVERS: Final = 0.12
"""The same for each clause cited by itself: one that holds less is no source of the sentence."""
REACH: Final = 40
"""Characters before a number in which what it counts is looked for."""
SWAPPED: Final = 3
"""So many pairs beside a number that its clause has only beside another number: 装配式 by 100%."""
_NUMERALS: Final = "〇零一二三四五六七八九十百千万亿两"
_PART_END: Final = re.compile(r"[,。;!?:]")
# Characters that say nothing of a subject: 达到, 不低于, 其中.
_PLAIN: Final = re.compile(
    r"[^一-鿿]|[的了和与及是为在对将到至达于年月日底前均各由以等约超过不低高少多提高以实现力争其中全共突破新增完成个上]"
)
_YEAR_UNITS: Final = frozenset({"年", "月", "日"})
_LEVEL: Final = "省市县区旗州盟"


@dataclass(frozen=True, slots=True)
class Source:
    """A clause as the check sees it, folded: its ``text``, and ``around``: title, region and headings."""

    text: str
    around: str
    bodies: frozenset[str]

    @classmethod
    def of(cls, text: str, around: Iterable[str], bodies: Iterable[str]) -> Source:
        """A source of unfolded words; ``bodies`` are the names that the clause's facts hold."""
        return cls(folded(text), folded("\n".join(around)), frozenset(folded(body) for body in bodies))


def faults(sentence: str, cited: Sequence[Source]) -> list[Reason]:
    """Why the sentence (without its citations) does not stand in the clauses cited; empty where it does."""
    if not cited:
        return ["uncited"]
    words = folded(sentence)
    found: list[Reason] = [
        element.kind
        for element in elements(words)
        if not any(_stands(element, words, source) for source in cited)
    ]
    if not found:
        found += ["bound"] if any(_loose(number, words, cited) for number in numbers(words)) else []
        found += ["strange"] if coverage(words, cited) < COVERED else []
    return list(dict.fromkeys(found))


def supports(sentence: str, source: Source) -> bool:
    """Whether the clause has enough in common with the sentence to be its source."""
    return coverage(folded(sentence), [source]) >= CITED_COVERS


def coverage(words: str, sources: Sequence[Source]) -> float:
    """The share of the folded sentence's pairs of characters that the sources hold; 0 where it has none."""
    wanted = _pairs(words)
    held: set[str] = set().union(*(_pairs(source.text) | _pairs(source.around) for source in sources))
    return len(wanted & held) / len(wanted) if wanted else 0.0


@lru_cache(maxsize=256)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(
        text[at : at + 2] for at in range(len(text) - 1) if text[at].isalnum() and text[at + 1].isalnum()
    )


def _stands(element: Element, sentence: str, source: Source) -> bool:
    if element.kind == "number" and NUMBER.fullmatch(element.text):
        return any(one.text == element.text and one.unit == element.unit for one in numbers(source.text))
    if element.kind == "number":  # 三个 stands in 三个 and not in 十三个
        return re.search(rf"(?<![{_NUMERALS}]){re.escape(element.text)}", source.text) is not None
    if element.kind == "body":
        return _body_stands(element, sentence, source)
    if element.kind == "place":
        names = (element.text, *short_forms(element.text))  # 运城 is 运城市
        return any(name in source.text or name in source.around for name in names)
    if element.kind == "quote":  # a title too: 《…》
        return element.text in source.text or element.text in source.around
    return element.text in source.text


def _body_stands(element: Element, sentence: str, source: Source) -> bool:
    """The name as it is written, or, where other words run into it, a body that the clause's facts hold."""
    name = element.text
    if name in source.text and not _other_level(element, sentence, source):
        return True
    return any(
        name.endswith(body) and (len(name) == len(body) or name[-len(body) - 1] not in _LEVEL)
        for body in source.bodies
    )


def _other_level(element: Element, sentence: str, source: Source) -> bool:
    """Whether the sentence says 市财政局 where the clause only says 县财政局."""
    before = sentence[element.start - 1 : element.start]
    return before != "" and before in _LEVEL and before + element.text not in source.text


def _loose(number: Element, sentence: str, cited: Sequence[Source]) -> bool:
    """Whether the number stands with other words than in the clauses: with none of those beside it there, or
    with several that stand there beside another number."""
    if number.unit in _YEAR_UNITS:
        return False
    beside = _subject(sentence, number.start)
    if not beside:
        return False
    here: set[str] = set()
    elsewhere: set[str] = set()
    for source in cited:
        for one in numbers(source.text):
            same = one.text == number.text and one.unit == number.unit
            if same or one.unit not in _YEAR_UNITS:
                (here if same else elsewhere).update(_subject(source.text, one.start))
    return not beside & here or len(beside & (elsewhere - here)) >= SWAPPED


def _subject(text: str, at: int) -> set[str]:
    """What a number stands with: the pairs of its part of the sentence, from the number before it on; further
    back where nothing is said there."""
    stop = _PART_END.search(text, at)
    counted = [one for one in numbers(text) if one.unit not in _YEAR_UNITS]
    end = min([stop.start() if stop else len(text), *(one.start for one in counted if one.start > at)])
    edges = {at - REACH, *(one.start + len(one.text) for one in counted if one.start < at)}
    edges |= {found.end() for found in _PART_END.finditer(text, max(0, at - REACH), at)}
    for start in sorted((max(0, edge) for edge in edges if edge >= at - REACH), reverse=True):
        if pairs := _telling(text[start:at]):
            return pairs | _telling(text[at:end])
    return _telling(text[at:end])


def _telling(text: str) -> set[str]:
    """Pairs of characters without those that say nothing of a subject."""
    return {
        text[at : at + 2]
        for at in range(len(text) - 1)
        if not _PLAIN.match(text[at]) and not _PLAIN.match(text[at + 1])
    }
