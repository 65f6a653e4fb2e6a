"""Everything that an agency must do: every clause that names it, from the facts, none left out."""

from __future__ import annotations

from collections.abc import Sequence

from index.agency_names import same_body
from index.entries import Entry
from index.records import Agency, Role
from index.sentences import sentences
from qa.findings import Inquiry
from qa.form_single import flat, row_words
from qa.records import Block, Quotes, Statement
from qa.wording import asks_who_leads

LONGEST_SUMMARY = 90
_ROLES: dict[Role, str] = {"lead": "牵头", "first": "首列", "responsible": "责任", "support": "配合"}
_LEVELS = "省市县区旗"


def tasks_of(inquiry: Inquiry) -> tuple[list[Block], bool]:
    """The clauses that make the agency responsible, by region in the order of the documents."""
    query, index = inquiry.query, inquiry.index
    assert query.agency is not None
    by_region = _files_by_region(inquiry)
    everywhere = [key for files in by_region.values() for key in _keys(inquiry, files)]
    entries = _of_level(inquiry, index.entries(everywhere))
    blocks: list[Block] = []
    for region, files in by_region.items():
        here = [entry for entry in entries if entry.file in files]
        if here:
            blocks += _tasks_in(inquiry, region, here)
        elif query.regions:
            blocks.append(Statement(f"{region}文件没有把任何任务交给“{query.agency}”。"))
    none = Statement(f"现有文件没有把任何任务交给“{query.agency}”。")
    return blocks or [none], not inquiry.citations.all()


def _keys(inquiry: Inquiry, files: Sequence[str]) -> list[int]:
    """The clauses of one region that charge the body asked for, else those that charge one like it."""
    found = (inquiry.index.keys_by_agency(body, files) for body in bodies_asked(inquiry))
    return next((keys for keys in found if keys), [])


def bodies_asked(inquiry: Inquiry) -> list[str]:
    """The bodies charged that the question may mean: 教育局, else a 教体局 that took over its work."""
    asked, charged = inquiry.query.agency, inquiry.index.agencies
    if asked is None:
        return []
    return sorted((name for name in charged if same_body(name, asked)), key=lambda name: name != asked)


def _files_by_region(inquiry: Inquiry) -> dict[str, list[str]]:
    """The documents of the regions asked for, or of all; those that name no region stand by themselves."""
    files: dict[str, list[str]] = {}
    for info in inquiry.index.infos:
        region = info.region
        if not inquiry.query.regions or region in inquiry.query.regions:
            files.setdefault(region or "未注明地区的", []).append(info.file)
    return files


def _of_level(inquiry: Inquiry, entries: Sequence[Entry]) -> list[Entry]:
    """Only those of the level that the question prints, where any is: 县财政局 is not 市财政局."""
    asked = inquiry.query.text
    levels = {text[0] for e in entries if (text := _fact(inquiry, e).text)[0] in _LEVELS and text in asked}
    return [e for e in entries if not levels or _fact(inquiry, e).text[0] in levels]


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
    """What the clause says of the agency; its strongest role where it names it twice."""
    facts = [
        f for f in entry.facts if isinstance(f, Agency) and same_body(f.name, inquiry.query.agency or "")
    ]
    return min(facts, key=lambda fact: list(_ROLES).index(fact.role))


def _task(inquiry: Inquiry, entry: Entry) -> Statement:
    clause = entry.clause
    above = clause.path[-1] if clause.path else ""
    heading = " · ".join(dict.fromkeys(filter(None, (above, clause.heading))))
    number = inquiry.citations.cite(entry)
    role = _ROLES[_fact(inquiry, entry).role]
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


def _printed(inquiry: Inquiry, entries: Sequence[Entry]) -> str:
    """The agency as these documents print it most often."""
    printed = [_fact(inquiry, entry).text for entry in entries]
    return max(dict.fromkeys(printed), key=printed.count)
