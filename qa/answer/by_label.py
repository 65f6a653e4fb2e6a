"""A question that cites a place by its number (第十二条是什么, 第三章讲什么, 第五条第（二）项): that place.

An article or item is quoted whole, a chapter is told by its parts. Where a subject is asked of it
(第五条规定的罚款是多少), the answer is read from that place alone. Where several documents have such a place,
the choice is given back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.entries import DocumentInfo, Entry
from index.search.links import folded_name, typed_titles
from qa.answer.meant import documents_meant, titles_not_held, told_not_held
from qa.answer.several_facts import whole
from qa.evidence.findings import Inquiry, weigh
from qa.evidence.outline import Place, Section, outline_of, places_of
from qa.printed import flat, row_words, summary
from qa.question.kinds import KINDS
from qa.records import Block, Cited, Hit, Quotes, Statement

LEADING = 2
"""Clauses found first that make their document the one that is meant."""
MOST_DOCUMENTS = 200
"""Documents that are looked through for the place; of more, those that the search found."""
MOST_CHOICES = 8
MOST_PARTS = 40
"""Parts of a chapter that are told."""
FIRST_WORDS = 60
"""Characters of a place that stand for it among choices."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A place of a document that a citation may mean."""

    info: DocumentInfo
    cited: Cited
    place: Place


def by_label(inquiry: Inquiry, hits: Sequence[Hit]) -> tuple[list[Block], bool]:
    """The places cited, or that no document meant has them, which is a silence."""
    if unknown := titles_not_held(inquiry):
        inquiry.at_least("label_printed", 0, 1)
        inquiry.notes.silenced(None, None)
        return [told_not_held(unknown)], True
    meant = documents_meant(inquiry, hits)
    if len(meant) > MOST_DOCUMENTS:
        files = {hit.file for hit in hits}
        meant = [info for info in meant if info.file in files]
    found = [one for info in meant for one in _places(inquiry, info)]
    if not inquiry.at_least("label_printed", len(found), 1):
        inquiry.notes.silenced(None, None)
        return [_not_there(inquiry, meant)], True
    led = _of_the_leading(found, hits) if inquiry.query.terms and not inquiry.query.titles else found
    head = [_title(inquiry, led[0].info)] if len(led) < len(found) or _is_shortened(inquiry, led[0]) else []
    found = led
    if len({one.info.file for one in found}) > 1:
        return _choices(inquiry, found), False
    if inquiry.query.terms and not _is_asked_whole(inquiry, found):
        blocks, abstained = _asked_of_it(inquiry, found)
        if not abstained:
            return blocks, False
    return [*head, *(block for one in found for block in _told(inquiry, one))], False


def _is_asked_whole(inquiry: Inquiry, found: Sequence[_Found]) -> bool:
    """True of numbers without parts under them, of which nothing but what they say is asked: the question's
    words are of their document (那个处理违章的规章，第35条说的是啥)."""
    open_ = KINDS[inquiry.query.asked].open and not inquiry.query.yes_no
    return open_ and not any(one.place.section.heads for one in found)


def _is_shortened(inquiry: Inquiry, found: _Found) -> bool:
    """True where a question names a document by less than its title."""
    titles = {folded_name(title).strip("《》") for title in inquiry.query.titles}
    return bool(titles) and titles.isdisjoint(typed_titles([found.info]))


def _title(inquiry: Inquiry, info: DocumentInfo) -> Statement:
    """The title of a document that no question named, with where it is printed."""
    field = info.field("title")
    number = inquiry.citations.cite_words(info.file, field.start, field.end) if field else None
    return Statement(f"《{info.title}》", (number,) if number is not None else ())


def _places(inquiry: Inquiry, info: DocumentInfo) -> list[_Found]:
    root = outline_of(inquiry.index.entries_of(info.file))
    return [_Found(info, cited, place) for cited in inquiry.query.cited for place in places_of(root, cited)]


def _of_the_leading(found: Sequence[_Found], hits: Sequence[Hit]) -> list[_Found]:
    """Those of the document that the best clauses for the question's own words are of (古树条例第十七条); all
    where they are of several."""
    leading = {hit.file for hit in hits[:LEADING]}
    return [one for one in found if leading == {one.info.file}] or list(found)


def _not_there(inquiry: Inquiry, meant: Sequence[DocumentInfo]) -> Statement:
    words = "、".join(cited.words for cited in inquiry.query.cited)
    where = (
        f"《{meant[0].title}》" if len(meant) == 1 else f"{'、'.join(inquiry.query.regions) or '现有'}文件"
    )
    return Statement(f"{where}中没有读到{words}。")


def _choices(inquiry: Inquiry, found: Sequence[_Found]) -> list[Block]:
    """One line a document, and the request to say which."""
    first = {one.info.file: one for one in reversed(found)}
    order = [first[file] for file in dict.fromkeys(one.info.file for one in found)]
    words = "、".join(dict.fromkeys(one.cited.words for one in found))
    lines = tuple(_choice(inquiry, one) for one in order[:MOST_CHOICES])
    more = f"，这里列出前{MOST_CHOICES}份" if len(order) > MOST_CHOICES else ""
    return [Statement(f"有{len(order)}份文件写有{words}{more}，请写明是哪一份："), Quotes(lines)]


def _choice(inquiry: Inquiry, one: _Found) -> Statement:
    entry, start, end = _stretch(one.place)
    words = flat(inquiry.index.document(entry.file).text[start:end])
    shown = words if len(words) <= FIRST_WORDS else f"{words[:FIRST_WORDS]}……"
    return Statement(f"《{one.info.title}》{shown}", (inquiry.citations.cite(entry, start, end),))


def _stretch(place: Place) -> tuple[Entry, int, int]:
    """The clause that a place begins with, and where in the document its words stand."""
    entry = place.entry or place.section.all_entries()[0]
    span = place.span
    return (entry, span.start, span.end) if span else (entry, entry.clause.start, entry.clause.end)


def _asked_of_it(inquiry: Inquiry, found: Sequence[_Found]) -> tuple[list[Block], bool]:
    """The answer read from the clauses of the places alone."""
    entries = {
        entry.key: entry
        for one in found
        for entry in ([one.place.entry] if one.place.entry else one.place.section.all_entries())
        if entry.clause.kind != "heading"
    }
    hits = [_hit(inquiry, entry) for entry in entries.values()]
    findings = weigh(inquiry, hits)
    findings.sort(key=lambda one: one.judged.odds if one.judged else 0.0, reverse=True)
    return whole(inquiry, findings)


def _hit(inquiry: Inquiry, entry: Entry) -> Hit:
    info = inquiry.index.info(entry.file)
    return Hit(entry.key, entry.file, info.title, info.region, entry.clause, entry.facts, 0.0, 0.0, 0.0, 0.0)


def _told(inquiry: Inquiry, one: _Found) -> list[Block]:
    """A stretch or an article word for word; a chapter's heading with its parts."""
    place = one.place
    if place.entry and place.span:
        entry, start, end = _stretch(place)
        words = flat(inquiry.index.document(entry.file).text[start:end])
        label = place.section.marker.label if place.section.marker else ""
        return [Statement(f"{label}{words}", (inquiry.citations.cite(entry, start, end),))]
    if place.section.heads:
        return parts_told(inquiry, place.section)
    entries = place.section.own_text or place.section.entries
    told = tuple(Statement(_in_full(entry), (inquiry.citations.cite(entry),)) for entry in entries)
    if len(told) == 1 or not all(entry.clause.cells for entry in entries):
        return list(told)
    shown = f"，这里列出前{MOST_PARTS}行" if len(told) > MOST_PARTS else ""
    return [Statement(f"{place.section.words}（共{len(told)}行{shown}）："), Quotes(told[:MOST_PARTS])]


def _in_full(entry: Entry) -> str:
    return row_words(entry.clause) if entry.clause.cells else flat(entry.clause.text)


def parts_told(inquiry: Inquiry, section: Section) -> list[Block]:
    """A part's heading and how many parts it has, what stands under it itself, and each part in a line."""
    parts = section.parts
    count = f"共{len(parts)}{unit_of(parts)}"
    lines = [*(_line(inquiry, entry) for entry in section.own_text[:1])]
    lines += [_part_line(inquiry, part) for part in parts[:MOST_PARTS]]
    more = f"，这里列出前{MOST_PARTS}{unit_of(parts)}" if len(parts) > MOST_PARTS else ""
    return [Statement(f"{section.words}（{count}{more}）："), Quotes(tuple(lines))]


def articles_in(part: Section) -> str:
    """第一条至第九条, where all its parts are numbers without a heading; else empty."""
    labels = [one.marker.label for one in part.parts if one.marker and flat(one.words) == one.marker.label]
    return f"{labels[0]}至{labels[-1]}" if 1 < len(labels) == len(part.parts) else ""


def unit_of(parts: Sequence[Section]) -> str:
    """What numbered parts are counted by: 条, 章, 节 as printed, 项 for all else."""
    families = {part.marker.family for part in parts if part.marker}
    return next(iter(families)) if len(families) == 1 and families <= {"编", "章", "节", "条"} else "项"


def _part_line(inquiry: Inquiry, part: Section) -> Statement:
    """A part's heading with its first sentence, or with the headings of its own parts."""
    text = part.own_text
    if text:
        number = inquiry.citations.cite(text[0])
        said = summary(text[0])
        return Statement(said if said.startswith(part.words) else f"{part.words}　{said}", (number,))
    numbers = tuple(inquiry.citations.cite(entry) for entry in part.entries[:1])
    inner = articles_in(part) or "；".join(one.words for one in part.parts)
    return Statement(f"{part.words}：{inner}" if inner else part.words, numbers)


def _line(inquiry: Inquiry, entry: Entry) -> Statement:
    return Statement(summary(entry), (inquiry.citations.cite(entry),))
