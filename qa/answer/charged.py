"""The bodies that a clause charges, as it prints them, or by role where they stand apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from typing import get_args

from index.records import Agency, Role
from qa.answer.charged_apart import agencies_that_answer
from qa.evidence.findings import Finding, Inquiry
from qa.printed import flat, own_place, topic_of
from qa.question.kinds import KINDS, holds_kind
from qa.records import Statement

NO_LEAD = "文件未写明牵头单位"
_OPENS = "（(：:"
_ENDS = "）)。；;\n"
"""What a list of bodies begins behind and ends before."""
# What joins two bodies of one role.
_JOINS = re.compile(r"[、,，]|[、,，]?(?:会同|和|与|及|以及|联合|或|或者)")
# What stands between sentences, and not between 牵头单位：… and ；配合单位：…
_APART = re.compile(r"[。；;\n](?![ \t\u3000]*[\u4e00-\u9fff]{2,8}[:：])")


def asks_for_agencies(inquiry: Inquiry, finding: Finding) -> bool:
    """True where the answer is the agencies that the clause charges, and not bodies in its sentences."""
    asked = inquiry.query.asked
    return KINDS[asked].of_agencies and holds_kind(asked, finding.hit.facts)


def agencies_statement(inquiry: Inquiry, finding: Finding, *, with_topic: bool = True) -> Statement:
    """县发展和改革局牵头；责任单位：…: the roles only as the text gives them."""
    agencies = list(chain(*agencies_that_answer(inquiry, finding)))
    number = inquiry.citations.cite(finding.entry, *_span_of(agencies, finding))
    words = agencies_words(inquiry, finding)
    clause = finding.hit.clause
    topic = own_place(clause) if clause.heading else " ".join(filter(None, (topic_of(clause), clause.label)))
    return Statement(f"{topic}：{words}" if with_topic and topic else words, (number,))


def agencies_words(inquiry: Inquiry, finding: Finding) -> str:
    """The agencies as the clause prints them in one list (县住建局牵头，县财政局配合); by role where they
    stand apart, each printed as in the source."""
    agencies = list(chain(*agencies_that_answer(inquiry, finding)))
    leads = _names(agencies, "lead")
    listed = _names(agencies, "first", "responsible")
    beside: tuple[tuple[Role, str], ...] = (("support", "配合"), ("supervise", "指导"), ("assess", "考核"))
    printed = _printed_list(finding, agencies)
    unsaid = [NO_LEAD] if inquiry.query.asked == "lead" and not leads else []
    first = f"（首列：{listed[0]}）" if unsaid and len(listed) > 1 else ""
    if printed and len(listed) == len(set(_names(agencies, *get_args(Role)))):
        return "；".join([*unsaid, f"责任单位{first}：{printed}"])
    if printed:
        return "；".join([*unsaid, printed])
    parts = [f"{_joined(finding, agencies, 'lead')}牵头"] if leads else unsaid
    parts += [f"责任单位{first}：{_joined(finding, agencies, 'first', 'responsible')}"] if listed else []
    parts += [f"{word}单位：{names}" for role, word in beside if (names := _joined(finding, agencies, role))]
    return "；".join(parts)


def _joined(finding: Finding, agencies: Sequence[Agency], *roles: Role) -> str:
    """Their names with what the clause prints between two neighbours (县住建局会同县发改局), else 、."""
    text, offset = finding.hit.clause.text, finding.hit.clause.start
    words, last, told = "", None, set[str]()
    for one in sorted((one for one in agencies if one.role in roles), key=lambda one: one.start):
        if one.text in told:
            continue
        between = flat(text[last.end - offset : one.start - offset]) if last else ""
        words += (between if _JOINS.fullmatch(between) else "、" if words else "") + one.text
        told.add(one.text)
        last = one
    return words


def _printed_list(finding: Finding, agencies: Sequence[Agency]) -> str:
    """The words of the bracket or the line in which all of them stand; empty where they stand apart."""
    clause = finding.hit.clause
    if clause.cells or in_running_text(finding, agencies):
        return ""
    begin, end = _around(finding, agencies)
    return flat(clause.text[begin:end]).rstrip("、，,")


def in_running_text(finding: Finding, agencies: Sequence[Agency]) -> bool:
    """True where they stand in sentences, and not in one bracket or behind one 责任单位：."""
    text = finding.hit.clause.text
    begin, end = _around(finding, agencies)
    opened = begin > 0 and text[begin - 1] in _OPENS
    return not opened or bool(_APART.search(text, begin, end))


def _around(finding: Finding, agencies: Sequence[Agency]) -> tuple[int, int]:
    """Where in the clause's text the list begins and ends in which the first and the last of them stand."""
    text, offset = finding.hit.clause.text, finding.hit.clause.start
    first, last = _span_of(agencies, finding)
    begin, end = first - offset, last - offset
    while begin > 0 and text[begin - 1] not in f"{_OPENS}{_ENDS}":
        begin -= 1
    depth = 0
    while end < len(text) and (depth or text[end] not in _ENDS):
        depth += (text[end] in "（(") - (text[end] in "）)")
        end += 1
    return begin, end


def _names(agencies: Sequence[Agency], *roles: Role) -> list[str]:
    return list(dict.fromkeys(agency.text for agency in agencies if agency.role in roles))


def _span_of(agencies: Sequence[Agency], finding: Finding) -> tuple[int, int]:
    """From the first agency to the last, so that the quote is the list as it stands."""
    clause = finding.hit.clause
    start = min((a.start for a in agencies), default=clause.start)
    end = max((a.end for a in agencies), default=clause.end)
    return start, end
