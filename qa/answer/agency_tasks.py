"""Everything that an agency must do: every clause that names it, from the facts, none left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.entries import Entry
from index.language.sentences import sentences
from index.records import Agency
from qa.agencies import ROLES, fact_of, files_by_region, keys_charging, of_level
from qa.answer.due import years_asked
from qa.evidence.findings import Inquiry
from qa.evidence.subject import WHOLE, Subject
from qa.judgement import Check
from qa.printed import flat, summary
from qa.records import Block, Quotes, Statement

UNNAMED_REGION = "未注明地区的"


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
    """Only those due in the years, and in the field, that the question names beside the body; and what to
    say of it, also where none is and all are given."""
    query, index = inquiry.query, inquiry.index
    kept = list(entries)
    if query.years:
        due = set(index.keys_by_year(*years_asked(query)))
        kept = [entry for entry in kept if entry.key in due]
    terms = query.terms
    titled = [e for e in kept if all(term in index.info(e.file).title for term in terms)]
    if terms and titled:  # 数字先锋城市方案: the words name a document, and no field of work
        kept = titled
    elif terms:
        subject = Subject(replace(query, terms=terms, own_terms=terms), index)
        words = {e.key: f"{' '.join(e.clause.place)} {e.clause.text}" for e in kept}
        held = {key: subject.coverage(text) for key, text in words.items()}
        kept = [entry for entry in kept if _is_on_topic(inquiry, entry, held[entry.key])]
    if len(kept) == len(entries):
        return list(entries), None
    asked = "、".join((*(f"{year}年" for year in query.years), *terms))
    if not kept:
        return list(entries), Statement(f"没有一项写明“{asked}”；以下是全部任务。")
    return kept, Statement(f"只列与“{asked}”有关的{len(kept)}项（全部{len(entries)}项）。")


def _is_on_topic(inquiry: Inquiry, entry: Entry, held: float) -> bool:
    passed, region = held >= WHOLE, inquiry.index.info(entry.file).region
    of = (None, entry.key, region, entry.file, entry.clause.start)
    return inquiry.notes.check(Check("on_topic", held, WHOLE, passed, inquiry.query.asked, *of))


def _tasks_in(inquiry: Inquiry, region: str, entries: Sequence[Entry]) -> list[Block]:
    """One region's tasks; only those that the agency leads where the question asks for these."""
    name = _printed(inquiry, entries)
    ordered = sorted(entries, key=lambda entry: (entry.file, entry.clause.start))
    head = f"{region}文件中写明由{name}负责或参与的共{len(ordered)}项"
    if inquiry.query.leads:
        led = [entry for entry in ordered if _fact(inquiry, entry).role == "lead"]
        others = f"（另有{len(ordered) - len(led)}项列为责任单位或参与）" if len(led) < len(ordered) else ""
        head = (
            f"{region}文件中写明由{name}牵头的共{len(led)}项{others}" if led else f"{head}，没有一项写明牵头"
        )
        ordered = led or ordered
    return [Statement(f"{head}："), Quotes(tuple(_task(inquiry, entry) for entry in ordered))]


def _fact(inquiry: Inquiry, entry: Entry) -> Agency:
    assert inquiry.query.agency is not None
    return fact_of(entry, inquiry.query.agency)


def _task(inquiry: Inquiry, entry: Entry) -> Statement:
    clause, fact = entry.clause, _fact(inquiry, entry)
    above = clause.path[-1] if clause.path else ""
    heading = " · ".join(dict.fromkeys(filter(None, (above, clause.heading))))
    number = inquiry.citations.cite(entry)
    words = _charging(entry, fact) or summary(entry)
    return Statement(f"{heading}（{ROLES[fact.role]}）：{words}", (number,))


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
