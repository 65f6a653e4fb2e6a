"""What a figure measures, against the very thing that a question asks for.

农村生活污水处理率 is no 污水处理率, and the share of plants that were enlarged is none either.  A figure
counts where the sentence with the headings above it holds the whole subject, and the words printed before it
name the thing; the fewer words of it the question lacks, the nearer it is.  Left out: converting units, and a
number that was read in pieces (1亿|2000万元).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.language.folding import without_blanks
from index.language.sentences import sentences
from index.records import Money, Target
from qa.evidence.findings import Finding, Inquiry
from qa.evidence.subject import WHOLE
from qa.judgement import CheckName
from qa.question.kinds import KINDS, holds_kind
from qa.question.terms import part_of_speech, words_of

# What only says for which area a figure holds: 全市, 我县, 县城, 县域, 各县(市), 黄河流域县(市).
_AREA = re.compile(
    r"^(?:(?:[全我本各]|[\u4e00-\u9fff]{2}流域)?(?:省|市|县|旗|区)(?:[(（]市[)）]|域|级地区|城(?!镇))?的?"
    r"|城市(?!化))+(?=[\u4e00-\u9fff]{2})"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: what it measures without its area, and how far that is from what the question asks for.

    ``far`` orders figures, nearest first: whether the subject stands only around the thing and not in it,
    whether the question words it otherwise, and how many of its words the question lacks.
    """

    fact: Target | Money
    finding: Finding
    thing: str
    far: tuple[bool, bool, int]

    @property
    def exact(self) -> bool:
        """True where the thing holds the whole subject and nothing else."""
        return not self.far[0] and not self.far[2]

    @property
    def value(self) -> float:
        """The number, in its unit, 万 and 亿 multiplied out."""
        return self.fact.amount if isinstance(self.fact, Target) else self.fact.yuan

    @property
    def unit(self) -> str:
        """The unit without 万 and 亿, 元 for money."""
        return self.fact.base if isinstance(self.fact, Target) else "元"

    @property
    def told(self) -> str:
        """The figure as printed, with the year it stands under: 100%（2027年）."""
        return f"{self.fact.text}（{self.fact.year}年）" if self.fact.year else self.fact.text


def figures_of(inquiry: Inquiry, findings: Iterable[Finding]) -> list[Figure]:
    """The figures that measure what is asked for, those of the years asked for; the nearest things first."""
    facts = [(finding, fact) for finding in findings for fact in finding.hit.facts]
    read = [figure for finding, fact in facts if (figure := _figure(inquiry, finding, fact))]
    unique = {(one.thing, one.value, one.unit, one.fact.year): one for one in reversed(read)}
    in_order = list(unique.values())[::-1]
    return sorted(in_order, key=lambda figure: figure.far)


def _figure(inquiry: Inquiry, finding: Finding, fact: object) -> Figure | None:
    query = inquiry.query
    if not isinstance(fact, (Target, Money)):
        return None
    if KINDS[query.asked].sums and not holds_kind(query.asked, (fact,)):
        return None
    if any(
        other is not fact and (other.end == fact.start or other.start == fact.end)
        for other in finding.hit.facts
    ):
        return None  # a number read in pieces
    if query.years and fact.year is not None and fact.year not in query.years:
        return None
    thing = _AREA.sub("", fact.subject)
    beyond = [word for word in words_of(thing) if len(word) > 1 and not _is_asked(word, inquiry)]
    whole = _covers(inquiry, finding, fact, "names_thing", thing)
    around = f"{_above(finding)} {_sentence(finding, fact)}"
    named = not beyond and bool(thing) and _covers(inquiry, finding, fact, "around_names_thing", around)
    far = (not whole, not _in_its_words(inquiry, thing), len(beyond))
    return Figure(fact, finding, thing, far) if whole or named else None


def _in_its_words(inquiry: Inquiry, thing: str) -> bool:
    """True where question and thing use the same words, and no synonyms (资金 and 投资)."""
    query = inquiry.query
    return thing in query.text or (bool(query.terms) and all(term in thing for term in query.terms))


def _is_asked(word: str, inquiry: Inquiry) -> bool:
    """True where the question holds the word or a synonym; 总投资 is the sum of a 投资."""
    forms = {form for known in inquiry.subject.words for form in known.forms}
    return word in inquiry.query.text or word in forms or word.removeprefix("总") in forms


def _covers(inquiry: Inquiry, finding: Finding, fact: Target | Money, test: CheckName, text: str) -> bool:
    """True where the text holds every known thing of the subject; 最高 says nothing of what is measured."""
    words = zip(inquiry.query.terms, inquiry.subject.words, strict=True)
    things = [word for term, word in words if word.known and part_of_speech(term)[:1] not in ("a", "d", "m")]
    held = sum(word.held_by(text) for word in things)
    return bool(things) and inquiry.at_least(test, held, WHOLE * len(things), finding, start=fact.start)


def _above(finding: Finding) -> str:
    return " ".join((*finding.hit.clause.place, finding.hit.title))


def _sentence(finding: Finding, fact: Target | Money) -> str:
    clause = finding.hit.clause
    at = fact.start - clause.start
    spans = sentences(clause.text)
    return next((clause.text[span.start : span.end] for span in spans if span.start <= at < span.end), "")


def nearest(figures: Sequence[Figure]) -> list[Figure]:
    """Those of the things that the question names most nearly."""
    return [figure for figure in figures if figure.far == figures[0].far]


def names_thing(finding: Finding, thing: str) -> bool:
    """True where the clause prints the thing, whether or not a figure of it was read."""
    return thing in without_blanks(finding.hit.clause.text)


def with_the_very_thing(inquiry: Inquiry, findings: Sequence[Finding], best: Finding) -> Finding:
    """The best finding, or the one with a figure of the thing asked, in its words, where the best has only of
    wider, narrower or other ones: 污水处理率 and not 农村生活污水处理率."""
    figures = figures_of(inquiry, [one for one in findings if one.hit.region == best.hit.region])
    here = {one.unit: one for one in reversed(figures) if one.finding is best}
    if any(one.finding is best for one in figures if one.exact):
        return best
    nearer = (one for one in figures if one.unit in here and one.far < here[one.unit].far)
    return next((one.finding for one in nearer if not any(one.far[:2])), best)
