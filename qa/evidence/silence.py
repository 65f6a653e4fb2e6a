"""When the documents do not say: the tests that no search score can override.

Three silences: the region is not in the index; the subject is not in the region's documents; the subject is
there and what is asked about it is not.  How each is worded is in ``nearest``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.engines.selection import Selection
from index.language.years import tells_any, years_told
from qa.evidence.findings import Finding, Inquiry
from qa.evidence.subject import holds_particulars
from qa.question.kinds import ANYTHING, KINDS, holds_kind
from qa.question.places import spoken_forms
from qa.question.subject_words import Word
from qa.question.terms import part_of_speech
from qa.records import Query, Statement
from qa.search.cosine_scale import as_shipped

DOUBT_MISSING = 2.1
DOUBT_COVERAGE = -1.75
DOUBT_UNKNOWN = 0.5
DOUBT_COSINE = -38.5
USUAL_COSINE = 0.89
PLACELESS_COSINE = 0.87
"""In place of USUAL_COSINE for a question without a region: what is encoded of a clause begins with one."""
FOREIGN_COSINE = 0.83
"""The same for a question mostly in Latin letters, which lies further off."""
DOUBT_LIMIT = -0.18
"""A logistic regression over the 135 development questions with a plain answer form, 104 answerable and 31
not, whose best clause states the kind of fact asked for: does that clause speak of the subject?  It weighs
the share of the known words that the region's documents lack, the share that the clause holds, the share of
words no document knows, and the cosine.  Leave-one-out figures in docs/quality.md."""
MOST_UNKNOWN = 0.7
"""A question for anything or a list, so much of whose subject no document knows, is about something else; no
answerable development question of these forms goes beyond .66, three of four everyday off-topic ones do."""
SUBJECT_SHARE = 0.7
"""A clause that states the fact counts where it scores at least this share of the best clause's score."""

# 河要, 镇要, 城到: a word cut across a verb says nothing of what the documents know.
_CUT_WRONG = re.compile(r"[要到给把跟被让]")
_FOREIGN = re.compile(r"(?:[A-Za-z]+[ ,'?]+){5}")  # How many people will be …


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


def speaks(inquiry: Inquiry, finding: Finding) -> bool:
    """True where the clause speaks of the subject, as far as its words and its vector tell."""
    if inquiry.query.elsewhere and not inquiry.query.regions and not _names_place(inquiry, finding):
        return False
    if _is_of_something_else(inquiry, finding) or _thing_is_unknown(inquiry, finding):
        return False
    return doubt(inquiry, finding) < DOUBT_LIMIT


def _is_of_something_else(inquiry: Inquiry, finding: Finding) -> bool:
    """True where no document knows most of the question's words; regions set side by side are not doubted."""
    query = inquiry.query
    if not KINDS[query.asked].open or (query.compares and not query.every_region):
        return False
    words = [
        w for w, term in zip(inquiry.subject.words, query.terms, strict=True) if not _CUT_WRONG.search(term)
    ]
    total = sum(word.weight for word in words)
    unknown = sum(word.weight for word in words if not word.known)
    known = not (total > 0 and unknown >= MOST_UNKNOWN * total)
    share = unknown / total if total > 0 else 0.0
    return not inquiry.test("words_known", known, finding, value=share, threshold=MOST_UNKNOWN)


def _thing_is_unknown(inquiry: Inquiry, finding: Finding) -> bool:
    """True where the question names a thing that no document knows, and beside it only what is done with it
    (高铁开通, 共享单车): a verb that is known finds clauses on other things."""
    query = inquiry.query
    if query.compares and not query.every_region:
        return False
    known = [tag for tag, word in _tagged(inquiry) if word.known]
    unknown = [tag for tag, word in _tagged(inquiry) if not word.known]
    alone = any(tag.startswith("n") for tag in unknown) and all(tag.startswith("v") for tag in known)
    return not inquiry.test("thing_known", not alone, finding)


def _tagged(inquiry: Inquiry) -> list[tuple[str, Word]]:
    """The subject's words with their parts of speech; empty for those that the dictionary has not."""
    words = zip(inquiry.query.terms, inquiry.subject.words, strict=True)
    return [(part_of_speech(term), word) for term, word in words]


def doubt(inquiry: Inquiry, finding: Finding) -> float:
    """The log odds that the clause does not speak of the subject."""
    usual, held = _usual_cosine(inquiry), finding.coverage
    missing = inquiry.subject.missing_share(inquiry.index, _files_of_region(inquiry, finding))
    unknown = inquiry.subject.unknown_share
    cosine = as_shipped(inquiry.index, finding.hit.vector_score)
    odds = (
        DOUBT_MISSING * missing
        + DOUBT_COVERAGE * held
        + DOUBT_UNKNOWN * unknown
        + DOUBT_COSINE * (cosine - usual)
    )
    shares = (("missing", missing), ("coverage", held), ("unknown", unknown))
    parts = (*shares, ("cosine", cosine), ("usual_cosine", usual))
    inquiry.test("doubt", odds < DOUBT_LIMIT, finding, value=odds, threshold=DOUBT_LIMIT, parts=parts)
    return odds


def _usual_cosine(inquiry: Inquiry) -> float:
    if _FOREIGN.search(inquiry.query.text):
        return FOREIGN_COSINE
    return PLACELESS_COSINE if inquiry.query.every_region or not inquiry.query.regions else USUAL_COSINE


def _files_of_region(inquiry: Inquiry, finding: Finding) -> Selection | None:
    """The documents of the finding's region; None for all where its document names none."""
    if finding.hit.region is None:
        return None
    return inquiry.index.of_regions((finding.hit.region,))


def stated(inquiry: Inquiry, findings: Sequence[Finding]) -> Finding | None:
    """The best finding that states the fact asked for; None where none near the best one does."""
    if findings and inquiry.query.asked == ANYTHING and not _is_of_the_years(inquiry, findings[0]):
        return None
    return next(
        (
            finding
            for finding in findings
            if inquiry.at_least("near_best", finding.score, SUBJECT_SHARE * findings[0].score, finding)
            and states(inquiry, finding)
            and (finding is findings[0] or speaks(inquiry, finding))
        ),
        None,
    )


def states(inquiry: Inquiry, finding: Finding) -> bool:
    """True where the clause holds the kind of fact that is asked for."""
    kind = KINDS[inquiry.query.asked]
    if kind.dated and not _is_of_the_years(inquiry, finding):
        return False
    held = holds_particulars(inquiry.query, finding.hit.clause.text)
    if not inquiry.test("particulars", held, finding):
        return False
    if not kind.facts:
        return True
    charged = kind.of_agencies and holds_kind(inquiry.query.asked, finding.hit.facts)
    told = charged or any(passage.answers for passage in finding.passages)
    return inquiry.test("states_kind", told, finding)


def _is_of_the_years(inquiry: Inquiry, finding: Finding) -> bool:
    return inquiry.test("years", not is_of_other_years(inquiry.query, finding), finding)


def is_of_other_years(query: Query, finding: Finding) -> bool:
    """True where the clause tells years and none of those asked for: a goal for 2025 is none for 2030."""
    text = finding.hit.clause.text
    return bool(query.years and years_told(text)) and not tells_any(text, query.years)
