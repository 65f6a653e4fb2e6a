"""Rows of the ledger as a table is looked at: those that hold words, in the order of a column, counted.

Works on rows that `tasks` found.  Left out: which clauses are rows, and how a table or a picture looks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from index.language.folding import caseless
from index.language.tokens import simplified
from index.records import Role
from qa.agencies import ROLES
from qa.ledger.tasks import Task

Column = Literal["place", "region", "task", "body", "others", "due", "targets", "document"]
"""place: the order of the documents and their texts; the others by what stands in the column."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows there are; by region (None: documents that name none), most first, and by role.

    A row counts for a role where it charges any body in it.
    """

    tasks: int
    regions: Mapping[str | None, int]
    roles: Mapping[Role, int]


@dataclass(frozen=True, slots=True)
class BodyCount:
    """A body (normalised name) and the rows that charge it, each counted once, in its strongest role."""

    name: str
    by_role: Mapping[Role, int]

    @property
    def tasks(self) -> int:
        """The rows of all roles."""
        return sum(self.by_role.values())


@dataclass(frozen=True, slots=True)
class YearCount:
    """The rows of one region that are due in one year."""

    year: int
    region: str | None
    tasks: tuple[Task, ...]


def holding(tasks: Sequence[Task], typed: str) -> list[Task]:
    """The rows that hold every word of ``typed`` (parted by blanks), in their clause or the headings above.

    Widths of characters and traditional forms do not matter; no synonym is tried.
    """
    words = [simplified(word) for word in caseless(typed).split()]
    return [task for task in tasks if _holds(task, words)]


def _holds(task: Task, words: Sequence[str]) -> bool:
    text = caseless(" ".join((*task.place, task.quote, task.title, task.document_number or "")))
    return all(word in text for word in words)


def ordered(tasks: Sequence[Task], column: Column, *, descending: bool = False) -> list[Task]:
    """The rows by a column; what leaves it empty stands last either way, and equals keep their order."""
    if column == "place":
        return list(reversed(tasks)) if descending else list(tasks)
    key = _KEYS[column]
    filled = [task for task in tasks if key(task)]
    empty = [task for task in tasks if not key(task)]
    return sorted(filled, key=key, reverse=descending) + empty


def _in_pinyin(text: str) -> bytes:
    """Sorts Chinese about as a dictionary does: GB 18030 keeps the common characters in pinyin order."""
    return text.encode("gb18030", errors="replace")


_KEYS: Final[dict[Column, Callable[[Task], Any]]] = {
    "region": lambda task: _in_pinyin(task.region or ""),
    "task": lambda task: _in_pinyin(task.task),
    "body": lambda task: _in_pinyin("、".join(task.bodies("lead", "first"))),
    "others": lambda task: len(task.bodies("responsible", "support")),
    "due": lambda task: (task.years[0], task.years[-1]) if task.years else (),
    "targets": lambda task: len(task.targets),
    "document": lambda task: _in_pinyin(task.title),
}


def counted(tasks: Sequence[Task]) -> Counts:
    """The rows counted by region and by role."""
    regions = Counter(task.region for task in tasks)
    charged = Counter(role for task in tasks for role in {agency.role for agency in task.agencies})
    return Counts(len(tasks), dict(regions.most_common()), {role: charged[role] for role in ROLES})


def bodies_counted(tasks: Sequence[Task], most: int) -> list[BodyCount]:
    """The bodies that most rows charge, most first, at most ``most``."""
    strength = list(ROLES)
    by_body: dict[str, Counter[Role]] = {}
    for task in tasks:
        roles: dict[str, Role] = {}
        for agency in task.agencies:
            known = roles.setdefault(agency.name, agency.role)
            roles[agency.name] = min(known, agency.role, key=strength.index)
        for name, role in roles.items():
            by_body.setdefault(name, Counter())[role] += 1
    bodies = [BodyCount(name, dict(roles)) for name, roles in by_body.items()]
    return sorted(bodies, key=lambda body: -body.tasks)[:most]


def years_counted(tasks: Sequence[Task]) -> list[YearCount]:
    """The rows by the years they are due in and by region, years ascending; two years count twice."""
    due: dict[tuple[int, str | None], list[Task]] = {}
    for task in tasks:
        for year in task.years:
            due.setdefault((year, task.region), []).append(task)
    return [YearCount(y, r, tuple(due[y, r])) for y, r in sorted(due, key=lambda key: key[0])]
