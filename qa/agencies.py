"""Bodies that documents charge with tasks, found by the name that a person gives them.

县财政局 is looked for by its normalised name; where a region charges none of that name, one that took over
its work counts (教育局, 教体局).
"""

from __future__ import annotations

from collections.abc import Sequence

from index.entries import Entry
from index.language.agency_names import same_body
from index.language.regions import LEVELS
from index.records import Agency, Role
from index.search.index import Index

ROLES: dict[Role, str] = {
    "lead": "牵头",
    "first": "首列",
    "responsible": "责任",
    "support": "配合",
    "supervise": "指导",
    "assess": "考核",
}
"""What the roles are called, the strongest first."""
_LEVELS = f"{LEVELS}国"


def bodies_meant(index: Index, name: str) -> list[str]:
    """The bodies charged (normalised names) that ``name`` may mean, the one of that very name first."""
    return sorted(
        (body for body in index.agencies if same_body(body, name)), key=lambda body: (body != name, body)
    )


def keys_charging(index: Index, name: str, files: Sequence[str]) -> list[int]:
    """The clauses of these documents that charge the body, else those that charge one like it."""
    found = (index.keys_by_agency(body, files) for body in bodies_meant(index, name))
    return next((keys for keys in found if keys), [])


def fact_of(entry: Entry, name: str) -> Agency:
    """What the clause says of the body; its strongest role where it names it twice."""
    facts = [fact for fact in entry.facts if isinstance(fact, Agency) and same_body(fact.name, name)]
    return min(facts, key=lambda fact: list(ROLES).index(fact.role))


def of_level(entries: Sequence[Entry], name: str, typed: str) -> list[Entry]:
    """Without those of another level than was typed, where one is: 县财政局 and 国家邮政局 are not 市…局."""
    printed = {fact_of(entry, name).text for entry in entries}
    levels = {text[0] for text in printed if text[0] in _LEVELS and text in typed}
    others = set(_LEVELS) - levels if levels else set()
    return [entry for entry in entries if fact_of(entry, name).text[0] not in others]


def files_by_region(index: Index, regions: Sequence[str]) -> dict[str | None, list[str]]:
    """The documents of these regions, or of all; None holds those that name no region."""
    files: dict[str | None, list[str]] = {}
    for info in index.infos:
        if not regions or info.region in regions:
            files.setdefault(info.region, []).append(info.file)
    return files
