"""A question for yes or no: its answer opens with 是 or 不是, or that the document does not say which.

是 and 不是 are said only of what was compared: a number, a year, a body, an interval, or a rule whose words
plainly deny or grant what is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.records import Agency
from qa.evidence.announced import announcement_of
from qa.evidence.findings import Finding, Inquiry
from qa.evidence.passages import ANSWERS, Passage, phrases_of, point_of
from qa.evidence.polarity import asks_against, denies, is_plain
from qa.evidence.premises import Premise, figures_supposed, supposed_body
from qa.evidence.subject import WHOLE
from qa.records import Statement

UNSAID = "文件未写明是或不是，以原文为准："


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer quotes: the passages of its clause, and their words."""

    passages: Sequence[Passage]
    words: str


def on_bodies(inquiry: Inquiry, agencies: Sequence[Agency]) -> Statement | None:
    """Whether the body supposed is charged; None where the question supposes none."""
    premise = supposed_body(inquiry.query, agencies)
    return _put(inquiry, premise) if premise else None


def on_sentences(
    inquiry: Inquiry,
    best: Finding,
    findings: Sequence[Finding],
    told: Told,
    *,
    held: str | None = None,
) -> Statement | None:
    """What the sentences say to the question's premises, or to the question itself; None where there is
    nothing to say.  ``held`` is a number of the asker's own that the best finding's interval holds."""
    premise = figures_supposed(inquiry, best, findings, told.words)
    if premise is None and inquiry.query.yes_no:
        premise = _by_its_words(inquiry, best, told.passages)
        if held and premise is None:
            plain = is_plain(_rule(best, told.passages[0])) if told.passages else True
            premise = Premise(True if plain else None, f"{held}在原文所列的范围之内")
    return _put(inquiry, premise)


def _put(inquiry: Inquiry, premise: Premise | None) -> Statement | None:
    """是，…。 / 不是，…。 / 文件未写明…; without an opening where no yes or no is asked for."""
    if premise is None:
        return Statement(UNSAID) if inquiry.query.yes_no else None
    if not inquiry.query.yes_no:
        return Statement(f"{premise.words}。")
    opening = {True: "是", False: "不是", None: "文件未写明"}[premise.holds]
    return Statement("，".join(filter(None, (opening, premise.words))) + "。")


def _by_its_words(inquiry: Inquiry, best: Finding, chosen: Sequence[Passage]) -> Premise | None:
    """Yes or no by the phrases that answer, where they plainly grant or deny.

    A denial is taken from the phrase on the subject or the one that the judge points at, of an item from the
    words that announce it; a grant, or a plain statement that the judge is sure of, only where nothing in the
    sentence denies and it holds the whole subject.
    """
    if not chosen or best.hit.clause.cells or asks_against(inquiry.query.text):
        return None
    passage = max(chosen, key=lambda one: one.score)
    above = announcement_of(best, passage)
    phrases = (best.words(above),) if above else _phrases(inquiry, best, passage)
    said = {denies(phrase) for phrase in phrases}
    if True in said and False not in said:
        return Premise(False, "")
    words = best.words(passage)
    granted = said == {False} and denies(words) is False
    stated = (
        said == {None} and is_plain(words) and inquiry.at_least("passage_near", passage.score, ANSWERS, best)
    )
    if not (granted or stated) or inquiry.subject.unknown_share:
        return None
    around = f"{' '.join(best.hit.clause.place)} {best.hit.title} {best.words(passage)}"
    whole = inquiry.at_least("quote_whole", inquiry.subject.coverage(around), WHOLE, best)
    return Premise(True, "") if whole else None


def _rule(finding: Finding, passage: Passage) -> str:
    """The words that say what holds: of an item those that announce it."""
    above = announcement_of(finding, passage)
    return finding.words(above or passage)


def _phrases(inquiry: Inquiry, finding: Finding, passage: Passage) -> tuple[str, str]:
    """The phrase of the passage that holds most of the subject, and the one that the judge points at."""
    offset = finding.hit.clause.start
    text = finding.hit.clause.text
    points = {
        text[one.start - offset : one.end - offset]: point_of(
            finding.judged, one.start - offset, one.end - offset
        )
        for one in phrases_of(finding.entry, passage)
    }
    on_subject = max(points, key=lambda words: (inquiry.subject.coverage(words), points[words]))
    return on_subject, max(points, key=lambda words: points[words])
