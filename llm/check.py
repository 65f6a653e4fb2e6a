"""A sentence of a language model against the clauses that it cites: it stands, or why it does not.

Every number with its unit, date, body, place, quoted phrase and strong word (不得, 全部) must stand in a
clause cited.  One clause, of the region that the sentence names, holds a number with the same time and bound
beside the same words (`bound`); a body has the role that the clause gives it (`bodies`); what the clause
forbids, makes conditional or only strives for may not lose that (`kept`); and most of the words must be the
clauses'.  Left out: what the sentence means; words that all stand in a clause can still be put together
wrongly, which is why every sentence carries its citations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, Literal

from index.agencies import find_agencies
from index.records import Agency, Role
from index.regions import regions_in, short_forms
from llm.bodies import Charge, charges, holds
from llm.bound import Figure, bare, figures, same_time, stretches, telling, times
from llm.elements import NUMBER, Element, elements, numbers, regions_of
from llm.folded import folded
from llm.kept import added, answered, lost, narrowed, only_leads, silences
from llm.sentences import Sentence
from llm.worked_out import works_out

Reason = Literal[
    "uncited",
    "unknown",
    "number",
    "date",
    "body",
    "place",
    "quote",
    "name",
    "word",
    "bound",
    "role",
    "region",
    "lost",
    "strange",
]
"""uncited: cites nothing; unknown: cites a clause that was not given; bound: the number stands in the clause
but with another time or bound, or beside other words; role: the clause gives the body another role; region:
no clause of the region that is named carries it; lost: 不得, 原则上, 力争 of the clause left out; strange:
too few of its words are the clause's; else what does not stand there."""

# Each threshold: `benchmarks/llm/cases.py --sweep` counts the errors at other values.
COVERED: Final = 0.55
"""Share of a sentence's pairs of characters that the clauses cited must hold."""
CITED_COVERS: Final = 0.12
"""The same for each clause cited by itself: one that holds less is no source of the sentence."""
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
PART_COVERED, PART_LENGTH = 0.5, 4
"""Share of the pairs of a part (between commas) that the clauses must hold, of parts with so many pairs."""
WORKED: Final = 4
"""Characters before a figure that is worked out which say so: 合计投资, 提高."""
OF_REGION: Final = 0.6
"""Share of the pairs of what is told of a region that clauses of that region must hold."""
MATTER_LENGTH: Final = 2
"""The same of what bodies are said to be charged with: 恢河防洪项目由…."""
_NUMERALS: Final = "〇零一二三四五六七八九十百千万亿两"
_LEVEL: Final = "省市县区旗州盟"
_PART: Final = re.compile(r"[^,;。!?:]+")
_SENTENCE: Final = re.compile(r"[^。!?]+[。!?]?")
# The model weighs regions or figures against each other, which no clause says.
_COMPARED: Final = re.compile(
    r"相同|一致|接近|不同|最[高低大小多少]|更[高低大小多少]|比(?![例重率较])[^,。]{2,20}[高低大小多少]"
)


@dataclass(frozen=True, slots=True)
class Source:
    """A clause as the check sees it, folded: its ``text``, and ``around``: title, region and headings.

    ``roles`` are the bodies that it charges, as printed, in their order; ``regions`` the names that stand for
    it: the document's own region.
    """

    text: str
    around: str
    roles: Mapping[str, Role] = field(hash=False)
    regions: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        text: str,
        around: Iterable[str],
        bodies: Iterable[Agency | str],
        region: str | None = None,
    ) -> Source:
        """A source of unfolded words; ``bodies`` are those that the clause's facts hold.

        A body given by its name alone has the role that the text gives it.
        """
        around = list(around)
        read: dict[str, Role] = {folded(body.text): body.role for body in find_agencies(text, 0)}
        roles: dict[str, Role] = {}
        for body in bodies:
            name = folded(body if isinstance(body, str) else body.text)
            role = read.get(name, "responsible") if isinstance(body, str) else body.role
            if roles.get(name) != "lead":
                roles[name] = role
        where = [region] if region else [one.name for one in regions_in(" ".join(around))][:1]
        names = {name for one in where for name in (folded(one), *map(folded, short_forms(one)))}
        return cls(folded(text), folded("\n".join(around)), roles, frozenset(names))


def judged(sentence: Sentence, sources: Mapping[int, Source]) -> tuple[tuple[Reason, ...], list[int]]:
    """Why a sentence does not stand (nothing where it does), and the numbers cited that are its sources."""
    if any(number not in sources for number in sentence.cited):
        return ("unknown",), []
    cited = [number for number in sentence.cited if supports(sentence.text, sources[number])]
    reasons = faults(sentence.text, [sources[number] for number in cited or sentence.cited])
    if sentence.cited and not cited:
        reasons = reasons or ["strange"]
    return tuple(reasons), cited


def faults(sentence: str, cited: Sequence[Source]) -> list[Reason]:
    """Why the sentence (without its citations) does not stand in the clauses cited; empty where it does."""
    if not cited:
        return ["uncited"]
    words, said_unsaid = silences(answered(folded(sentence)), [source.text for source in cited])
    if not said_unsaid:
        return ["strange"]
    if not words:
        return []
    given = charges(words, _bodies(words), _names(cited))
    held = [one for one in given if _holds(one, words, cited)]
    found = missing(words, cited, held) + (["role"] if len(held) < len(given) else [])
    if not found:
        found += [reason for reason, wrong in _bindings(words, cited, given) if wrong]
    return list(dict.fromkeys(found))


def missing(words: str, cited: Sequence[Source], held: Sequence[Charge] = ()) -> list[Reason]:
    """What the folded sentence states that stands in none of the clauses; ``held`` are roles that were found
    true, whose words (牵头) need not stand."""
    return [
        element.kind
        for element in elements(words)
        if not _in(element, held) and not any(_stands(element, words, source) for source in cited)
        if not (element.kind == "number" and works_out(element, words))
    ]


def _bodies(words: str) -> list[Element]:
    return [one for one in elements(words) if one.kind == "body"]


def _bindings(words: str, cited: Sequence[Source], given: Sequence[Charge]) -> Iterable[tuple[Reason, bool]]:
    """What is looked at where all that is stated stands: does it stand together?"""
    texts = [source.text for source in cited]
    yield "bound", any(not _is_bound(figure, words, cited) for figure in figures(words))
    yield "bound", not _times_stand(words, cited)
    yield "region", not _regions_carry(words, cited)
    yield "lost", lost(words, texts) or narrowed(words, texts)
    yield "word", added(words, texts) or _weighs(words, texts)
    own = _without(words, given)
    yield "strange", bool(_pairs(own)) and coverage(own, cited) < COVERED
    yield "strange", any(_is_strange(part, cited) for part in _PART.findall(own))


def supports(sentence: str, source: Source) -> bool:
    """Whether the clause has enough in common with the sentence to be its source."""
    words, _ = silences(folded(sentence), [source.text])
    return not _pairs(bare(words)) or coverage(words, [source]) >= CITED_COVERS


def coverage(words: str, sources: Sequence[Source]) -> float:
    """The share of the folded sentence's pairs of characters that the sources hold; 0 where it has none."""
    wanted = _pairs(words)
    held: set[str] = set().union(*(_pairs(source.text) | _pairs(source.around) for source in sources))
    return len(wanted & held) / len(wanted) if wanted else 0.0


def _weighs(words: str, texts: Sequence[str]) -> bool:
    return any(found[0] not in text for found in _COMPARED.finditer(words) for text in texts)


def _is_strange(part: str, cited: Sequence[Source], length: int = PART_LENGTH) -> bool:
    return len(_pairs(part)) >= length and coverage(part, cited) < PART_COVERED


def _without(words: str, given: Sequence[Charge]) -> str:
    """The sentence without its lists of bodies, what it works out, and what only tells of clauses."""
    spans = [(one.start, one.end) for one in given]
    spans += [
        (one.start - WORKED, one.start + len(one.text) + len(one.unit))
        for one in numbers(words)
        if works_out(one, words)
    ]
    for start, end in spans:
        words = words[: max(0, start)] + "," * (end - max(0, start)) + words[end:]
    return bare(words)


def _names(cited: Sequence[Source]) -> list[str]:
    return [name for source in cited for name in source.roles]


def _holds(charge: Charge, words: str, cited: Sequence[Source]) -> bool:
    """Whether one clause gives the bodies their role, and in the matter of that part of the sentence."""
    start = max(words.rfind(edge, 0, charge.start) for edge in ",;。") + 1
    matter = _without(words[: charge.start], ())[start:]
    return any(
        holds(charge, source.roles, source.text) and not _is_strange(matter, [source], MATTER_LENGTH)
        for source in cited
    )


@lru_cache(maxsize=256)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(
        text[at : at + 2] for at in range(len(text) - 1) if text[at].isalnum() and text[at + 1].isalnum()
    )


def _in(element: Element, given: Sequence[Charge]) -> bool:
    """Whether an element is a word of a role, which is looked at with its bodies."""
    return element.kind == "word" and any(one.start <= element.start < one.end for one in given)


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
    for region in source.regions:  # 宁武县财政局 is the 县财政局 of its plan
        own = name.removeprefix(region)
        if own != name and re.search(
            rf"{region[-1]}{re.escape(own)}|(?<![{_LEVEL}]){re.escape(own)}", source.text
        ):
            return True
    return any(
        name.endswith(body) and (len(name) == len(body) or name[-len(body) - 1] not in _LEVEL)
        for body in source.roles
    )


def _other_level(element: Element, sentence: str, source: Source) -> bool:
    """Whether the sentence says 市财政局 where the clause only says 县财政局."""
    before = sentence[element.start - 1 : element.start]
    if element.text[0] in _LEVEL:
        return False
    return before != "" and before in _LEVEL and before + element.text not in source.text


def _is_bound(figure: Figure, sentence: str, cited: Sequence[Source]) -> bool:
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


def _times_stand(words: str, cited: Sequence[Source]) -> bool:
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


def _regions_carry(words: str, cited: Sequence[Source]) -> bool:
    """Whether what is told of each region is carried by clauses of that region alone."""
    mentions = regions_of(words)
    if not mentions:
        return True
    starts = [0, *(one.start for one in mentions[1:]), len(words)]
    for mention, start, end in zip(mentions, starts[:-1], starts[1:], strict=True):
        mine = _told_of(mention.text, cited)
        part = bare(words[start:end])
        if not mine or (len(_pairs(part)) >= PART_LENGTH and coverage(part, mine) < OF_REGION):
            return False
    return True
