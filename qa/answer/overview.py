"""What a document is about, without a model: its title, aim, targets, and each part with its headings.

At most a screen, every line cited. Left out: an overview of a topic (the best sentences of the clauses on it
are the answer then).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.entries import DocumentInfo, Entry
from index.records import Target
from qa.answer.by_label import articles_in, unit_of
from qa.answer.meant import documents_meant
from qa.evidence.findings import Inquiry
from qa.evidence.outline import Section, first_level, outline_of
from qa.printed import flat, summary
from qa.records import Block, Hit, Quotes, Statement

MOST_DOCUMENTS = 3
"""Documents that are told part by part; more are named, a line each."""
MOST_NAMED = 10
MOST_PARTS = 12
MOST_HEADINGS = 8
"""Headings of a part that are told."""
MOST_TARGETS = 2
LONGEST_AIM = 160
LONGEST_SHORT = 24
"""Characters up to which a number's run-in sentence passes for a heading."""


def overview(inquiry: Inquiry, hits: Sequence[Hit]) -> list[Block]:
    """The overview of the documents meant; empty where none is."""
    meant = documents_meant(inquiry, hits)
    if len(meant) > MOST_DOCUMENTS:
        lines = tuple(filter(None, (_in_a_line(inquiry, info) for info in meant[:MOST_NAMED])))
        more = f"，这里列出前{MOST_NAMED}份" if len(meant) > MOST_NAMED else ""
        return [Statement(f"有{len(meant)}份文件{more}，请写明要了解哪一份："), Quotes(lines)]
    return [block for info in meant for block in _of_document(inquiry, info)]


def _in_a_line(inquiry: Inquiry, info: DocumentInfo) -> Statement | None:
    """A document's title with the headings of its outermost parts."""
    entries = inquiry.index.entries_of(info.file)
    if not entries:
        return None
    parts = "；".join(part.words for part in first_level(outline_of(entries))[:MOST_HEADINGS])
    number = inquiry.citations.cite(entries[0])
    return Statement(f"《{info.title}》{parts}", (number,))


def parts_in_words(inquiry: Inquiry, info: DocumentInfo) -> str:
    """分6章; empty of a document without parts."""
    parts = first_level(outline_of(inquiry.index.entries_of(info.file)))
    return f"分{len(parts)}{_unit(parts)}" if parts else ""


def _of_document(inquiry: Inquiry, info: DocumentInfo) -> list[Block]:
    entries = inquiry.index.entries_of(info.file)
    parts = first_level(outline_of(entries))
    about = "，".join(filter(None, (info.value("number"), info.value("date"))))
    counted = parts_in_words(inquiry, info)
    head = "，".join(filter(None, (about, counted)))
    printed = [field for field in info.fields if field.name in ("title", "number", "date")]
    cited = (inquiry.citations.cite_words(info.file, field.start, field.end) for field in printed)
    numbers = tuple(dict.fromkeys(number for number in cited if number is not None))
    blocks: list[Block] = [Statement(f"《{info.title}》{f'（{head}）' if head else ''}", numbers)]
    lines = [*_aim(inquiry, entries), *_targets(inquiry, entries)]
    lines += [_part(inquiry, part) for part in parts[:MOST_PARTS]]
    if not parts:
        lines += [_said(inquiry, entry) for entry in _bodies(entries)[:MOST_PARTS]]
    if len(parts) > MOST_PARTS:
        lines.append(Statement(f"……另有{len(parts) - MOST_PARTS}{_unit(parts)}"))
    return [*blocks, Quotes(tuple(dict.fromkeys(lines)))]


def _bodies(entries: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.clause.kind in ("body", "row")]


def _aim(inquiry: Inquiry, entries: Sequence[Entry]) -> Iterator[Statement]:
    """The first sentence of the document's first paragraph: what it was made for."""
    first = next(iter(_bodies(entries)), None)
    if first and len(words := summary(first)) <= LONGEST_AIM:
        yield Statement(words, (inquiry.citations.cite(first),))


def _targets(inquiry: Inquiry, entries: Sequence[Entry]) -> Iterator[Statement]:
    for entry in _headed_as_targets(entries):
        yield _said(inquiry, entry)


def aims(entries: Sequence[Entry]) -> list[Entry]:
    """The clauses that say what a document is to reach; the first of its body where none is headed so."""
    return _headed_as_targets(entries) or _bodies(entries)[:1]


def _headed_as_targets(entries: Sequence[Entry]) -> list[Entry]:
    """The clauses that set most figures among those headed as targets, in their order."""
    headed = [one for one in _bodies(entries) if any("目标" in words for words in one.clause.place)]
    counted = sorted(headed, key=_figures, reverse=True)[:MOST_TARGETS]
    return sorted(counted, key=lambda one: one.clause.start)


def _figures(entry: Entry) -> int:
    return sum(isinstance(fact, Target) for fact in entry.facts)


def _said(inquiry: Inquiry, entry: Entry) -> Statement:
    return Statement(summary(entry), (inquiry.citations.cite(entry),))


def _part(inquiry: Inquiry, part: Section) -> Statement:
    """A part's heading, and those of its own parts or its first sentence."""
    entries = part.all_entries()
    number = inquiry.citations.cite(entries[0])
    headings = [_short(inner) for inner in part.parts[:MOST_HEADINGS]]
    more = f"等{len(part.parts)}项" if len(part.parts) > MOST_HEADINGS and not articles_in(part) else ""
    said = articles_in(part) or "；".join(headings) or next((summary(entry) for entry in part.own_text), "")
    words = flat(part.words)
    if part.marker and words == part.marker.label and said:  # 第一条: an article without a heading
        return Statement(said if said.startswith(words) else f"{words}　{said}", (number,))
    return Statement(words if not said or said.startswith(words) else f"{words}：{said}{more}", (number,))


def _unit(parts: Sequence[Section]) -> str:
    """章 or 条 where all parts are such, 部分 else."""
    unit = unit_of(parts)
    return "部分" if unit == "项" else unit


def _short(part: Section) -> str:
    words = flat(part.words)
    return words if len(words) <= 2 * LONGEST_SHORT else f"{words[: 2 * LONGEST_SHORT]}……"
