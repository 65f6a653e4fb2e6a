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
from typing import Final

from index.language.folding import folded
from index.language.numerals import NUMERALS
from index.language.regions import LEVELS, short_forms
from qa.api.object_types import StruckBecause
from qa.llm.binding import is_bound, regions_carry, times_stand
from qa.llm.bodies import Charge, charges, holds
from qa.llm.bound import bare, figures
from qa.llm.kept import added, answered, lost, narrowed, silences
from qa.llm.sentences import Sentence
from qa.llm.source import Source, coverage, pairs_of
from qa.llm.stated import NUMBER, Element, elements, numbers
from qa.llm.worked_out import works_out

# Each threshold: `benchmarks/llm/cases.py --sweep` counts the errors at other values.
COVERED: Final = 0.55
"""Share of a sentence's pairs of characters that the clauses cited must hold."""
CITED_COVERS: Final = 0.12
"""The same for each clause cited by itself: one that holds less is no source of the sentence."""
PART_COVERED, PART_LENGTH = 0.5, 4
"""Share of the pairs of a part (between commas) that the clauses must hold, of parts with so many pairs."""
WORKED: Final = 4
"""Characters before a figure that is worked out which say so: 合计投资, 提高."""
MATTER_LENGTH: Final = 2
"""The same of what bodies are said to be charged with: 恢河防洪项目由…."""
_PART: Final = re.compile(r"[^,;。!?:]+")
# The model weighs regions or figures against each other, which no clause says.
_COMPARED: Final = re.compile(
    r"相同|一致|接近|不同|最[高低大小多少]|更[高低大小多少]|比(?![例重率较])[^,。]{2,20}[高低大小多少]"
)


def judged(sentence: Sentence, sources: Mapping[int, Source]) -> tuple[tuple[StruckBecause, ...], list[int]]:
    """Why a sentence does not stand (nothing where it does), and the numbers cited that are its sources."""
    if any(number not in sources for number in sentence.cited):
        return ("unknown",), []
    cited = [number for number in sentence.cited if supports(sentence.text, sources[number])]
    reasons = faults(sentence.text, [sources[number] for number in cited or sentence.cited])
    if sentence.cited and not cited:
        reasons = reasons or ["strange"]
    return tuple(reasons), cited


def faults(sentence: str, cited: Sequence[Source]) -> list[StruckBecause]:
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


def missing(words: str, cited: Sequence[Source], held: Sequence[Charge] = ()) -> list[StruckBecause]:
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


def _bindings(
    words: str, cited: Sequence[Source], given: Sequence[Charge]
) -> Iterable[tuple[StruckBecause, bool]]:
    """What is looked at where all that is stated stands: does it stand together?"""
    texts = [source.text for source in cited]
    yield "bound", any(not is_bound(figure, words, cited) for figure in figures(words))
    yield "bound", not times_stand(words, cited)
    yield "region", not regions_carry(words, cited)
    yield "lost", lost(words, texts) or narrowed(words, texts)
    yield "word", added(words, texts) or _weighs(words, texts)
    own = _without(words, given)
    yield "strange", bool(pairs_of(own)) and coverage(own, cited) < COVERED
    yield "strange", any(_is_strange(part, cited) for part in _PART.findall(own))


def supports(sentence: str, source: Source) -> bool:
    """Whether the clause has enough in common with the sentence to be its source."""
    words, _ = silences(folded(sentence), [source.text])
    return not pairs_of(bare(words)) or coverage(words, [source]) >= CITED_COVERS


def _weighs(words: str, texts: Sequence[str]) -> bool:
    return any(found[0] not in text for found in _COMPARED.finditer(words) for text in texts)


def _is_strange(part: str, cited: Sequence[Source], length: int = PART_LENGTH) -> bool:
    return len(pairs_of(part)) >= length and coverage(part, cited) < PART_COVERED


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


def _in(element: Element, given: Sequence[Charge]) -> bool:
    """Whether an element is a word of a role, which is looked at with its bodies."""
    return element.kind == "word" and any(one.start <= element.start < one.end for one in given)


def _stands(element: Element, sentence: str, source: Source) -> bool:
    if element.kind == "number" and NUMBER.fullmatch(element.text):
        return any(one.text == element.text and one.unit == element.unit for one in numbers(source.text))
    if element.kind == "number":  # 三个 stands in 三个 and not in 十三个
        return re.search(rf"(?<![{NUMERALS}]){re.escape(element.text)}", source.text) is not None
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
            rf"{region[-1]}{re.escape(own)}|(?<![{LEVELS}]){re.escape(own)}", source.text
        ):
            return True
    return any(
        name.endswith(body) and (len(name) == len(body) or name[-len(body) - 1] not in LEVELS)
        for body in source.roles
    )


def _other_level(element: Element, sentence: str, source: Source) -> bool:
    """Whether the sentence says 市财政局 where the clause only says 县财政局."""
    before = sentence[element.start - 1 : element.start]
    if element.text[0] in LEVELS:
        return False
    return before != "" and before in LEVELS and before + element.text not in source.text
