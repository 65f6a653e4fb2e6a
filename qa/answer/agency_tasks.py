"""Everything that an agency must do: every clause that names it, from the facts, none left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.entries import Entry
from index.facts.agency_lists import SUPPORTING
from index.language.sentences import sentences
from index.records import Agency
from qa.agencies import ROLES, fact_of, files_by_region, keys_charging, of_level
from qa.answer.due import years_asked
from qa.answer.meant import Headed, headed
from qa.evidence.announced import ITEM, clauses_below
from qa.evidence.findings import Inquiry
from qa.evidence.subject import WHOLE, Subject
from qa.judgement import Check
from qa.printed import flat, own_place, summary
from qa.records import Block, Quotes, Statement

UNNAMED_REGION = "未注明地区的"
LONGEST_ITEMS = 600
"""Characters of announced items that are told with a task."""


def tasks_of(inquiry: Inquiry) -> tuple[list[Block], bool]:
    """The clauses that make the agency responsible, by region in the order of the documents."""
    query, index = inquiry.query, inquiry.index
    assert query.agency is not None
    by_region = files_by_region(index, query.regions)
    everywhere = [key for files in by_region.values() for key in keys_charging(index, query.agency, files)]
    entries = of_level(index.entries(everywhere), query.agency, query.text)
    entries, narrowed = _narrowed(inquiry, entries)
    blocks: list[Block] = [narrowed] if narrowed else []
    for region, files in by_region.items():
        here = [entry for entry in entries if entry.file in files]
        if here:
            blocks += _tasks_in(inquiry, region or UNNAMED_REGION, here)
        elif query.regions:
            blocks.append(Statement(f"{region}文件没有把任何任务交给“{query.agency}”。"))
    none = Statement(f"现有文件没有把任何任务交给“{query.agency}”。")
    abstained = not inquiry.at_least("tasks_found", len(inquiry.citations.all()), 1)
    if abstained:
        inquiry.notes.silenced(None, None)
    return blocks or [none], abstained


def _narrowed(inquiry: Inquiry, entries: Sequence[Entry]) -> tuple[list[Entry], Statement | None]:
    """Only those of the documents, due in the years, and in the field, that the question names beside the
    body; and what to say of it, also where none is and all are given."""
    query, index = inquiry.query, inquiry.index
    named = _documents_named(inquiry, entries)
    within = kept = [entry for entry in entries if entry.file in named.files]
    terms, years = named.terms, named.years
    if years:
        due = set(index.keys_by_year(*years_asked(query)))
        kept = [entry for entry in kept if entry.key in due]
    if terms:
        subject = Subject(replace(query, terms=terms, own_terms=terms), index)
        words = {e.key: f"{' '.join(e.clause.place)} {e.clause.text}" for e in kept}
        held = {key: subject.coverage(text) for key, text in words.items()}
        kept = [entry for entry in kept if _is_on_topic(inquiry, entry, held[entry.key])]
    if len(kept) == len(within):
        return kept, _told_named(inquiry, entries, kept)
    asked = "、".join((*(f"{year}年" for year in years), *terms))
    if not kept:
        return within, Statement(f"没有一项写明“{asked}”；以下是全部任务。")
    return kept, Statement(f"只列与“{asked}”有关的{len(kept)}项（全部{len(within)}项）。")


def _documents_named(inquiry: Inquiry, entries: Sequence[Entry]) -> Headed:
    """The documents that the question names beside the body, of every region asked for by itself."""
    files = dict.fromkeys(entry.file for entry in entries)
    if not inquiry.query.regions:
        return headed(inquiry, files)
    region_of = {file: inquiry.index.info(file).region for file in files}
    parts = [headed(inquiry, [f for f in files if region_of[f] == one]) for one in set(region_of.values())]
    terms = (term for term in inquiry.query.terms if all(term in part.terms for part in parts))
    years = (year for year in inquiry.query.years if all(year in part.years for part in parts))
    return Headed(tuple(file for part in parts for file in part.files), tuple(terms), tuple(years))


def _told_named(inquiry: Inquiry, entries: Sequence[Entry], kept: Sequence[Entry]) -> Statement | None:
    """That tasks of other documents are left out; None where none are."""
    if len(kept) == len(entries):
        return None
    titles = [f"《{inquiry.index.info(file).title}》" for file in dict.fromkeys(entry.file for entry in kept)]
    where = titles[0] if len(titles) == 1 else f"所问的{len(titles)}份文件"
    return Statement(f"只列{where}中的{len(kept)}项（文件库中全部{len(entries)}项）。")


def _is_on_topic(inquiry: Inquiry, entry: Entry, held: float) -> bool:
    passed, region = held >= WHOLE, inquiry.index.info(entry.file).region
    of = (None, entry.key, region, entry.file, entry.clause.start)
    return inquiry.notes.check(Check("on_topic", held, WHOLE, passed, inquiry.query.asked, *of))


def _tasks_in(inquiry: Inquiry, region: str, entries: Sequence[Entry]) -> list[Block]:
    """One region's tasks; only those that the agency leads where the question asks for these."""
    name = _printed(inquiry, entries)
    ordered = sorted(entries, key=lambda entry: (entry.file, entry.clause.start))
    head = f"{region}文件中写明由{name}负责或参与的共{len(ordered)}项"
    if _only_led(inquiry):
        led = [entry for entry in ordered if _fact(inquiry, entry).role == "lead"]
        others = f"（另有{len(ordered) - len(led)}项列为责任单位或参与）" if len(led) < len(ordered) else ""
        head = (
            f"{region}文件中写明由{name}牵头的共{len(led)}项{others}" if led else f"{head}，没有一项写明牵头"
        )
        ordered = led or ordered
    return [Statement(f"{head}："), Quotes(tuple(_task(inquiry, entry) for entry in ordered))]


def _only_led(inquiry: Inquiry) -> bool:
    """Whether only what the body leads is asked for, and no other role by its name (牵头和参与的)."""
    others = (*SUPPORTING, ROLES["responsible"])
    return inquiry.query.leads and not any(word in inquiry.query.text for word in others)


def _fact(inquiry: Inquiry, entry: Entry) -> Agency:
    assert inquiry.query.agency is not None
    return fact_of(entry, inquiry.query.agency)


def _task(inquiry: Inquiry, entry: Entry) -> Statement:
    clause, fact = entry.clause, _fact(inquiry, entry)
    number = inquiry.citations.cite(entry)
    words = _with_items(inquiry, entry, _charging(entry, fact) or summary(entry))
    above = clause.path[-1] if clause.path else ""
    heading = " · ".join(dict.fromkeys(filter(None, (above, own_place(clause, words)))))
    return Statement(f"{heading}（{ROLES[fact.role]}）：{words}", (number,))


def _with_items(inquiry: Inquiry, entry: Entry, words: str) -> str:
    """The words, with the items that they announce (履行以下职责：)."""
    head, colon, rest = words.partition("：")
    if not colon or (rest and not ITEM.match(rest)):
        return words
    _, _, after = flat(entry.clause.text).partition(f"{head}{colon}")
    below = [flat(one.clause.text) for one in clauses_below(inquiry.index, entry)]
    told = " ".join(filter(None, (after.strip(), *below)))
    return f"{head}{colon}{told}" if len(told) <= LONGEST_ITEMS else words


def _charging(entry: Entry, fact: Agency) -> str:
    """The sentence that charges the agency, where several sentences charge bodies; else empty."""
    clause = entry.clause
    bodies = [one for one in entry.facts if isinstance(one, Agency)]
    spans = [] if clause.cells else sentences(clause.text)
    charging = [s for s in spans if any(s.start <= one.start - clause.start < s.end for one in bodies)]
    if len(charging) < 2:
        return ""
    mine = next((s for s in charging if s.start <= fact.start - clause.start < s.end), None)
    return flat(clause.text[mine.start : mine.end]) if mine else ""


def _printed(inquiry: Inquiry, entries: Sequence[Entry]) -> str:
    """The agency as these documents print it most often."""
    printed = [_fact(inquiry, entry).text for entry in entries]
    return max(dict.fromkeys(printed), key=printed.count)
