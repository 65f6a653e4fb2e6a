"""How many parts a document, or what stands under a heading, has: counted, and marked as counted.

一共有多少条, 分几章, 重点任务有几项, 申请材料有几样. Left out: figures that a clause states.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from index.clauses.numbering import Family
from index.entries import DocumentInfo
from index.language.folding import without_blanks
from index.language.numerals import ORDINALS, chinese_numeral
from qa.answer.by_label import parts_told
from qa.answer.meant import documents_meant
from qa.evidence import silence
from qa.evidence.findings import Finding, Inquiry
from qa.evidence.outline import Section, first_level, items_of, numbered, outline_of
from qa.evidence.subject import WHOLE
from qa.printed import flat
from qa.question.kinds import holds_kind
from qa.question.terms import terms_of
from qa.records import Block, Hit, Quotes, Statement

MOST_DOCUMENTS = 5
FEWEST = 2
"""Items that make a list."""
SHORTEST_ENDING = 2
"""Characters of the word that headings share and a question counts: 工程, 行动."""
_NAMED: tuple[Family, ...] = ("编", "章", "节", "条", "附件")
"""Families that are counted by their own name."""
_THROUGH: tuple[Family, ...] = ("1.", "（一）")
MOST_LISTED = 12
"""Parts that are named after their number."""


def parts_counted(inquiry: Inquiry, hits: Sequence[Hit]) -> list[Block]:
    """How many parts of each kind the documents meant have; empty where none is meant, or too many."""
    meant = documents_meant(inquiry, hits)
    if not 0 < len(meant) <= MOST_DOCUMENTS:
        return []
    return [block for info in meant for block in _of_document(inquiry, info)]


def parts_of_that_number(inquiry: Inquiry, hits: Sequence[Hit]) -> list[Block]:
    """六大工程, 五项行动: the parts of a heading that are as many as the question says and whose headings end
    in the word that it counts; empty where no document meant has any, or something else is asked."""
    few = len(inquiry.index.infos) <= MOST_DOCUMENTS and not inquiry.query.regions
    meant = list(inquiry.index.infos) if few else documents_meant(inquiry, hits)
    if len(meant) > MOST_DOCUMENTS:
        files = {hit.file for hit in hits[:MOST_DOCUMENTS]}
        meant = [info for info in meant if info.file in files]
    found = [part for info in meant if (part := _so_many(inquiry, info))]
    return [block for part in found for block in parts_told(inquiry, part)]


def _so_many(inquiry: Inquiry, info: DocumentInfo) -> Section | None:
    text = without_blanks(inquiry.query.text)
    for part in outline_of(inquiry.index.entries_of(info.file)).walk():
        shared = _shared_ending([without_blanks(inner.words) for inner in part.parts])
        if len(part.parts) < FEWEST or len(shared) < SHORTEST_ENDING:
            continue
        number = f"{chinese_numeral(len(part.parts))}|{len(part.parts)}"
        counted = (
            re.search(rf"(?<![{ORDINALS}\d])(?:{number})[大项个类条]?{re.escape(shared[at:])}", text)
            for at in range(len(shared) - 1)
        )
        match = next(filter(None, counted), None)
        if match and not _another_asked(inquiry, part, f"{info.title}{part.words}{match.group()}"):
            return part
    return None


def _shared_ending(words: Sequence[str]) -> str:
    """What all end in: 工程 of 产业提升工程, 基础配套工程."""
    backwards = zip(*(one[::-1] for one in words), strict=False)
    shared = "".join(takewhile(bool, (signs[0] if len(set(signs)) == 1 else "" for signs in backwards)))[::-1]
    return shared if all(len(one) > len(shared) for one in words) else ""


def _another_asked(inquiry: Inquiry, part: Section, words: str) -> bool:
    """True where the question holds a word of what stands under the heading that these words do not hold."""
    others = [term for term in inquiry.query.own_terms if term not in words]
    texts = [entry.clause.text for entry in part.all_entries()]
    return any(term in text for term in others for text in texts)


def _of_document(inquiry: Inquiry, info: DocumentInfo) -> list[Block]:
    root = outline_of(inquiry.index.entries_of(info.file))
    asked = next((family for family in _NAMED if family == inquiry.query.unit), None)
    parts = numbered(root, asked) if asked else _numbered_through(root)
    family = asked if parts else None
    parts = parts or first_level(root)
    if not parts:
        return []
    ends = [inquiry.citations.cite(part.all_entries()[0]) for part in (parts[0], parts[-1])]
    others = [_count(len(found), one) for one in _NAMED if one != family and (found := numbered(root, one))]
    labels = [part.marker.label for part in (parts[0], parts[-1]) if part.marker] if family else []
    notes = [
        *(["至".join(labels)] if len(labels) > 1 else []),
        *([f"全文另有{'、'.join(others)}"] if others else []),
    ]
    beside = f"（{'；'.join(notes)}）" if notes else ""
    head = _count(len(parts), family) if family else f"{len(parts)}个部分"
    lead = Statement(f"《{info.title}》共{head}{beside}，按编号数得。", tuple(dict.fromkeys(ends)))
    return (
        [lead] if len(parts) > MOST_LISTED else [lead, Quotes(tuple(_named(inquiry, one) for one in parts))]
    )


def _numbered_through(root: Section) -> list[Section]:
    """The items that a document numbers from its first part to its last (1. to 34.); empty where none are."""
    level = first_level(root)
    for family in _THROUGH:
        items = numbered(root, family)
        numbers = [item.marker.number for item in items if item.marker]
        if len(items) > len(level) and numbers == list(range(1, len(items) + 1)):
            return items
    return []


def _named(inquiry: Inquiry, part: Section) -> Statement:
    return Statement(flat(part.words), (inquiry.citations.cite(part.all_entries()[0]),))


def _count(number: int, family: Family) -> str:
    """6章, 2个附件, 34项."""
    if family in _THROUGH:
        return f"{number}项"
    return f"{number}个{family}" if family == "附件" else f"{number}{family}"


def items_counted(inquiry: Inquiry, findings: Sequence[Finding]) -> list[Block]:
    """How many items stand under the heading that is the subject, or in the clause that answers; empty
    where the clause states a figure or counts nothing up."""
    best = findings[0]
    section = _headed(inquiry, best)
    if section:
        return parts_told(inquiry, section)
    items = items_of(best.entry)
    query = inquiry.query
    stated = holds_kind(query.asked, best.hit.facts) or (query.times and not query.unit)
    if stated or len(items) < FEWEST or not silence.speaks(inquiry, findings):
        return []
    start = best.hit.clause.start
    lines = tuple(
        Statement(
            flat(best.hit.clause.text[item.start - start : item.end - start]),
            (inquiry.citations.cite(best.entry, item.start, item.end),),
        )
        for item in items
    )
    return [Statement(f"共{len(items)}项，按编号数得："), Quotes(lines)]


def _headed(inquiry: Inquiry, best: Finding) -> Section | None:
    """The part of the best clause's document whose own heading is the whole subject."""
    root = outline_of(inquiry.index.entries_of(best.hit.file))
    sections = (part for part in root.walk() if len(part.parts) >= FEWEST)
    return next((part for part in sections if _is_subject(inquiry, part)), None)


def _is_subject(inquiry: Inquiry, part: Section) -> bool:
    """True where the heading holds the whole subject, and no word that the question does not say."""
    words = without_blanks(part.words)
    covered = inquiry.subject.coverage(words)
    said = all(term in inquiry.query.text for term in terms_of(words))
    return inquiry.at_least("heading_whole", covered, WHOLE) and said
