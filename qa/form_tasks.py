"""Everything that an agency must do: every clause that names it, from the facts, none left out."""

from __future__ import annotations

from collections.abc import Sequence

from index.entries import Entry
from index.records import Agency, Role
from index.sentences import sentences
from qa.findings import Inquiry
from qa.form_single import flat, row_words
from qa.places import region_of
from qa.records import Block, Quotes, Statement
from qa.wording import asks_who_leads

LONGEST_SUMMARY = 90
_ROLES: dict[Role, str] = {"lead": "牵头", "first": "首列", "responsible": "责任", "support": "配合"}


def tasks_of(inquiry: Inquiry) -> tuple[list[Block], bool]:
    """The clauses that make the agency responsible, in the order of the documents."""
    query, index = inquiry.query, inquiry.index
    assert query.agency is not None
    files = [i.file for i in index.infos if not query.regions or region_of(i) in query.regions]
    entries = index.entries(index.keys_by_agency(query.agency, files))
    where = "、".join(query.regions) or "现有"
    if not entries:
        return [Statement(f"{where}文件没有把任何任务交给“{query.agency}”。")], True
    name = _printed(entries, query.agency)
    ordered = sorted(entries, key=lambda e: (e.file, e.clause.start))
    if asks_who_leads(query.text):
        led = [entry for entry in ordered if _fact(entry, query.agency).role == "lead"]
        others = f"；列为责任单位或参与的另有{len(ordered) - len(led)}项" if len(led) < len(ordered) else ""
        head = f"{where}文件中写明由{name}牵头的共{len(led)}项{others}。"
        ordered = led or ordered
    else:
        head = f"{where}文件中写明由{name}负责或参与的共{len(ordered)}项："
    return [Statement(head), Quotes(tuple(_task(inquiry, entry) for entry in ordered))], False


def _fact(entry: Entry, name: str | None) -> Agency:
    return next(f for f in entry.facts if isinstance(f, Agency) and f.name == name)


def _task(inquiry: Inquiry, entry: Entry) -> Statement:
    fact = _fact(entry, inquiry.query.agency)
    clause = entry.clause
    above = clause.path[-1] if clause.path else ""
    heading = " · ".join(dict.fromkeys(filter(None, (above, clause.heading))))
    number = inquiry.citations.cite(entry)
    role = _ROLES[fact.role]
    return Statement(f"{heading}（{role}）：{summary(entry)}", (number,))


def summary(entry: Entry) -> str:
    """The first sentence after the clause's heading, two where they fit LONGEST_SUMMARY characters."""
    clause = entry.clause
    if clause.cells:
        return row_words(clause)
    spans = sentences(clause.text)
    words = [flat(clause.text[s.start : s.end]) for s in spans]
    if (
        clause.heading
        and len(words) > 1
        and clause.heading in words[0]
        and len(words[0]) < len(clause.heading) + 8
    ):
        words = words[1:]
    text = words[0]
    if len(words) > 1 and len(text) + len(words[1]) <= LONGEST_SUMMARY:
        text += words[1]
    return text


def _printed(entries: Sequence[Entry], name: str) -> str:
    """The agency as the documents print it most often."""
    printed = [f.text for e in entries for f in e.facts if isinstance(f, Agency) and f.name == name]
    return max(set(printed), key=printed.count)
