"""What stands together in a sentence, against clauses: figures with region, time, bound and subject; what is
told of a region, or after a time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from index.language.regions import short_forms
from qa.llm.bound import Figure, bare, figures, same_time, stretches, telling, times
from qa.llm.kept import only_leads
from qa.llm.source import Source, coverage, pairs_of
from qa.llm.stated import regions_of
from qa.llm.worked_out import works_out

# Each threshold: `benchmarks/llm/cases.py --sweep` counts the errors at other values.
PRECISE: Final = 0.5
"""Share of the pairs beside a number that must stand in the number's own sentence of the clause."""
NAMED: Final = 0.5
"""Share of what the clause says that the number counts which the sentence must say too."""
THEN: Final = 0.7
"""Share of what is said after a time that must stand after it in a clause."""
SHORTEST_SUBJECT: Final = 3
"""Characters before a figure that name what it counts."""
SWAPPED: Final = 2
"""So many pairs beside a number that its clause has only beside another number, and so many of its own that
are missing: 装配式 by 100%."""
LONG: Final = 4
"""Pairs of what is told of a region from which on it is looked at."""
OF_REGION: Final = 0.6
"""Share of the pairs of what is told of a region that clauses of that region must hold."""
_SENTENCE: Final = re.compile(r"[^。!?]+[。!?]?")


def is_bound(figure: Figure, sentence: str, cited: Sequence[Source]) -> bool:
    """Whether one clause, of the region named before the figure, holds it as the sentence does."""
    if works_out(figure.number, sentence):
        return True
    region = _region_before(sentence, figure.number.start)
    others = [one for source in cited for one in figures(source.text) if one.key != figure.key]
    return any(
        _agree(figure, one, source, others)
        for source in cited
        for one in figures(source.text)
        if one.key == figure.key
        if region is None or _is_told_of(region, source, one.at)
    )


def _agree(said: Figure, stands: Figure, source: Source, others: Sequence[Figure]) -> bool:
    if said.bound != stands.bound or not _times_agree(said, stands, source):
        return False
    if not all(one in stands.ordinals for one in said.ordinals if one in source.text and stands.ordinals):
        return False
    if {said.change, stands.change} in ({"change", "level"}, {"change", "start"}):
        return False
    subject = said.subject
    if not subject:
        return True
    scope = stands.scope | telling(source.around)
    elsewhere = frozenset().union(*(one.subject for one in others)) - stands.subject
    return (
        bool(subject & stands.subject)
        and not (len(subject & elsewhere) >= SWAPPED and len(stands.subject - said.subject) >= SWAPPED)
        and len((subject & elsewhere) - scope) < SWAPPED
        and len(subject & scope) >= PRECISE * len(subject)
        and not _loses_subject(said, stands)
    )


def _loses_subject(said: Figure, stands: Figure) -> bool:
    """Whether the sentence says before the figure little, or the end only, of what the clause says that it
    counts: 县城人口 for 常住人口城镇化率, 县城建成区 for 海绵示范县城建成区."""
    if only_leads(said.before) or only_leads(stands.before):
        return False
    if len(said.scope & stands.own) < NAMED * len(stands.own):
        return True
    at = stands.before.rfind(said.before) if len(said.before) >= SHORTEST_SUBJECT else 0
    cut = stands.before[: max(at, 0)]
    return bool(telling(cut)) and not telling(cut) <= said.scope and not only_leads(cut)


def _times_agree(said: Figure, stands: Figure, source: Source) -> bool:
    if not stands.times:
        return all(one in source.text or one in source.around for one in said.times)
    return all(any(same_time(one, other) for other in stands.times) for one in said.times)


def times_stand(words: str, cited: Sequence[Source]) -> bool:
    """Whether each time of the sentence stands in a clause as it is said: 2024年底 is not 2024年."""
    standing = [key for source in cited for _, key in (*times(source.text), *times(source.around))]
    return all(
        any(same_time(key, one) for one in standing) and _is_then(said, key, cited)
        for key, said in stretches(words)
    )


def _is_then(said: str, time: str, cited: Sequence[Source]) -> bool:
    """Whether most of what the sentence says after a time, if clauses say it, stands after it there."""
    if figures(said):  # its time is looked at with it
        return True
    pairs = telling(said)
    known = {pair for source in cited for pair in pairs & telling(source.text)}
    then: set[str] = set()
    for source in cited:
        for key, stretch in stretches(source.text):
            then |= telling(stretch) if same_time(time, key) else set()
    return len(known & then) >= THEN * len(known)


def _region_before(sentence: str, at: int) -> str | None:
    """The region that the sentence tells of at a place: the last named before it, else the first of all."""
    named = regions_of(sentence)
    before = [one for one in named if one.start < at]
    told = before[-1:] or named[:1]
    return told[0].text if told else None


def _is_told_of(region: str, source: Source, span: tuple[int, int]) -> bool:
    """Whether a stretch of the clause tells of a region: its document's own, or one that it names itself."""
    names = {region, *short_forms(region)}
    held = (source.around, source.text[slice(*span)])
    return bool(names & source.regions) or any(name in words for name in names for words in held)


def _told_of(region: str, cited: Sequence[Source]) -> list[Source]:
    """The clauses as far as they tell of a region: whole, or the sentences that name it."""
    found: list[Source] = []
    for source in cited:
        told = [one[0] for one in _SENTENCE.finditer(source.text) if _is_told_of(region, source, one.span())]
        if told:
            found.append(replace(source, text="".join(told)))
    return found


def regions_carry(words: str, cited: Sequence[Source]) -> bool:
    """Whether what is told of each region is carried by clauses of that region alone."""
    mentions = regions_of(words)
    if not mentions:
        return True
    starts = [0, *(one.start for one in mentions[1:]), len(words)]
    for mention, start, end in zip(mentions, starts[:-1], starts[1:], strict=True):
        mine = _told_of(mention.text, cited)
        part = bare(words[start:end])
        if not mine or (len(pairs_of(part)) >= LONG and coverage(part, mine) < OF_REGION):
            return False
    return True
