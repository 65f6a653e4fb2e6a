"""Everything that an agency must do: every clause that names it, from the facts, none left out."""

from __future__ import annotations

from collections.abc import Sequence

from index.entries import Entry
from index.records import Agency
from qa.bodies import ROLES, fact_of, files_by_region, keys_charging, of_level
from qa.findings import Inquiry
from qa.printed import summary
from qa.records import Block, Quotes, Statement
from qa.wording import asks_who_leads

UNNAMED_REGION = "未注明地区的"


def tasks_of(inquiry: Inquiry) -> tuple[list[Block], bool]:
    """The clauses that make the agency responsible, by region in the order of the documents."""
    query, index = inquiry.query, inquiry.index
    assert query.agency is not None
    by_region = files_by_region(index, query.regions)
    everywhere = [key for files in by_region.values() for key in keys_charging(index, query.agency, files)]
    entries = of_level(index.entries(everywhere), query.agency, query.text)
    blocks: list[Block] = []
    for region, files in by_region.items():
        here = [entry for entry in entries if entry.file in files]
        if here:
            blocks += _tasks_in(inquiry, region or UNNAMED_REGION, here)
        elif query.regions:
            blocks.append(Statement(f"{region}文件没有把任何任务交给“{query.agency}”。"))
    none = Statement(f"现有文件没有把任何任务交给“{query.agency}”。")
    return blocks or [none], not inquiry.citations.all()


def _tasks_in(inquiry: Inquiry, region: str, entries: Sequence[Entry]) -> list[Block]:
    """One region's tasks; only those that the agency leads where the question asks for these."""
    name = _printed(inquiry, entries)
    ordered = sorted(entries, key=lambda entry: (entry.file, entry.clause.start))
    head = f"{region}文件中写明由{name}负责或参与的共{len(ordered)}项"
    if asks_who_leads(inquiry.query.text):
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
    clause = entry.clause
    above = clause.path[-1] if clause.path else ""
    heading = " · ".join(dict.fromkeys(filter(None, (above, clause.heading))))
    number = inquiry.citations.cite(entry)
    role = ROLES[_fact(inquiry, entry).role]
    return Statement(f"{heading}（{role}）：{summary(entry)}", (number,))


def _printed(inquiry: Inquiry, entries: Sequence[Entry]) -> str:
    """The agency as these documents print it most often."""
    printed = [_fact(inquiry, entry).text for entry in entries]
    return max(dict.fromkeys(printed), key=printed.count)
