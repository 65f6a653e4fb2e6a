"""When the documents do not say: a place that no document speaks for, or no clause that the judge holds for
an answer.  How each silence is worded is in ``nearest``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.language.agency_endings import ANYWHERE
from qa.evidence.findings import Finding, Inquiry
from qa.evidence.fitted import Part, silence_in, situation
from qa.evidence.nearest import is_missing
from qa.evidence.subject import WHOLE
from qa.question.kinds import KINDS, holds_kind
from qa.question.places import MOST_COMPARED, all_regions, spoken_forms
from qa.records import Statement

_BODY = re.compile(ANYWHERE)
SURE = 0.0
"""Log odds that a clause must have where the nouns of the subject stand in no document of its region.  With 2
one of the 80 development questions fewer is complete, without it no more; asked of any library it would cost
.005 of plans' complete answers and .008 of notices' (docs/quality.md)."""
MOST_WORDS = 12
"""Words of a subject that are looked up for that: a page of text is no subject."""
UNREAD = -20.0
"""Log odds of a clause that the judge did not read."""


def unknown_region(inquiry: Inquiry, findings: Sequence[Finding]) -> Statement | None:
    """What to say where the question names only places that no document speaks for and no finding names."""
    query = inquiry.query
    if query.regions or not query.elsewhere:
        return None
    named = any(_names_place(inquiry, finding) for finding in findings)
    if inquiry.test("region_known", named):
        return None
    inquiry.notes.silenced(None, None)
    return Statement(f"文件库中没有{'、'.join(query.elsewhere)}的相关文件，无法回答。")


def _names_place(inquiry: Inquiry, finding: Finding) -> bool:
    """True where the clause is about the place: a document that speaks for no region names it anywhere; one
    of another region names it in full in the sentence that answers, in a heading or in the row."""
    clause = finding.hit.clause
    above = " ".join((finding.hit.title, *clause.path, clause.heading or ""))
    if finding.hit.region is None:
        text = f"{above} {clause.text} {inquiry.index.document(finding.hit.file).text}"
        named = any(form in text for place in inquiry.query.elsewhere for form in spoken_forms(place))
    else:
        spoken = clause.text if clause.cells or not finding.passages else finding.words(finding.passages[0])
        named = any(place in f"{above} {spoken}" for place in inquiry.query.elsewhere)
    return inquiry.test("names_place", named, finding)


def speaks(inquiry: Inquiry, findings: Sequence[Finding]) -> bool:
    """True where the best of the findings is held for an answer: the one threshold of silence."""
    if not findings:
        return False
    if inquiry.query.elsewhere and not inquiry.query.regions and not _names_place(inquiry, findings[0]):
        return False
    told = findings[0].coverage > 0 or not inquiry.query.terms
    if KINDS[inquiry.query.asked].of_agencies and not inquiry.test(
        "holds_subject", told, findings[0], value=findings[0].coverage, threshold=0.0
    ):
        return False  # bodies are charged everywhere: some word of the subject must stand with them
    odds, least = odds_of(findings), silence_in().value
    parts = parts_of(inquiry, findings)
    weighed = _sum_of(parts)
    if not inquiry.test(
        "answers", weighed >= least, findings[0], value=weighed, threshold=least, parts=parts
    ):
        return False
    if odds < SURE and _is_elsewhere(inquiry, findings[0]):
        return False
    return not KINDS[inquiry.query.asked].of_agencies or _names_a_body(inquiry, findings[0])


def _is_elsewhere(inquiry: Inquiry, finding: Finding) -> bool:
    """Whether the nouns that carry the subject stand in other regions' documents and in none of the clause's,
    in a library that sets few regions side by side: 海绵 asked of one whose plan speaks of roads."""
    region = finding.hit.region
    if region is None or not 0 < len(inquiry.query.terms) <= MOST_WORDS:
        return False
    if len(all_regions(inquiry.index)) > MOST_COMPARED:
        return False
    return is_missing(inquiry, (region,))


def _names_a_body(inquiry: Inquiry, finding: Finding) -> bool:
    """True where the clause charges a body, or names what may be one: without, it cannot say who does it."""
    named = holds_kind(inquiry.query.asked, finding.hit.facts) or _BODY.search(finding.hit.clause.text)
    return inquiry.test("names_body", bool(named), finding)


def would_speak(inquiry: Inquiry, finding: Finding) -> bool:
    """True where the finding alone would be held for an answer."""
    return _sum_of(parts_of(inquiry, [finding])) >= silence_in().value


def _sum_of(parts: Sequence[Part]) -> float:
    return sum(number for _, number in parts)


def odds_of(findings: Sequence[Finding]) -> float:
    """The highest log odds that the judge gives one of the findings."""
    return max((one.judged.odds for one in findings if one.judged), default=UNREAD)


def parts_of(inquiry: Inquiry, findings: Sequence[Finding]) -> tuple[Part, ...]:
    """What silence is weighed by, whose sum the threshold is of; ``findings`` is not empty."""
    odds, first, query = odds_of(findings), findings[0], inquiry.query
    holds = first.coverage >= WHOLE and holds_kind(query.asked, first.hit.facts)
    of_first = first.judged.odds if first.judged else odds
    return silence_in().parts(odds, of_first, situation(query.asked, holds))
