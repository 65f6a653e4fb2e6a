"""When the documents do not say: the tests that no search score can override.

Three silences: the region is not in the index; the subject is not in the region's documents; the subject is
there and what is asked about it is not.  Each names what is missing and shows the nearest clause.
"""

from __future__ import annotations

from index.records import Agency
from qa.evidence import answers_kind
from qa.findings import Finding, Inquiry
from qa.records import Asked, Statement

LEAST_COVERAGE = 0.34
"""The share of the subject's weight that a clause must hold to speak of it; see docs/quality.md."""
SURE_COSINE = 0.885
"""A clause this near to the question speaks of it whatever its words; see docs/quality.md."""
SUBJECT_IS_ABSENT = 0.5
"""A word of the question that is missing from all of a region's documents counts where it carries at least
this share of the subject."""

_ASKED_WORDS: dict[Asked, str] = {
    "agency": "责任单位",
    "lead": "牵头单位",
    "deadline": "时间",
    "quantity": "数量",
    "money": "金额",
}


def unknown_region(inquiry: Inquiry) -> Statement | None:
    """What to say where the question names only regions that no document speaks of."""
    query = inquiry.query
    if query.regions or not query.elsewhere:
        return None
    missing = [name for name in query.elsewhere if not _mentioned(inquiry, name)]
    if len(missing) < len(query.elsewhere):
        return None
    return Statement(f"文件库中没有{'、'.join(missing)}的文件，无法回答。")


def _mentioned(inquiry: Inquiry, name: str) -> bool:
    from index.regions import short_forms  # noqa: PLC0415 - reads a dictionary

    forms = (*short_forms(name), name)
    return any(inquiry.index.clauses_holding(form) for form in forms)


def speaks(inquiry: Inquiry, finding: Finding) -> bool:
    """True where the clause speaks of the subject."""
    if finding.hit.vector_score >= SURE_COSINE:
        return True
    return finding.coverage >= LEAST_COVERAGE


def states(inquiry: Inquiry, finding: Finding) -> bool:
    """True where the clause holds the kind of fact that is asked for."""
    asked = inquiry.query.asked
    if asked in ("agency", "lead"):
        return any(isinstance(fact, Agency) for fact in finding.hit.facts)
    if asked in ("deadline", "quantity", "money"):
        return answers_kind(inquiry.query, finding.hit.clause.text, finding.hit.facts)
    return True


def not_stated(asked: Asked) -> str:
    """未写明责任单位, 未写明时间 …"""
    return f"未写明{_ASKED_WORDS.get(asked, '相关内容')}"
