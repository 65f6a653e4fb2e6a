"""A document at a glance: what it sets, for whom and until when, and its aim.

Counted and quoted, nothing put into other words.  Left out: how it is shown, and its outline.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.entries import Entry
from index.search.index import Index
from qa.answer.overview import aims
from qa.ledger.tasks import tasks_set


@dataclass(frozen=True, slots=True)
class Glance:
    """``tasks`` counts clauses that set one, ``agencies`` the bodies charged; ``years`` are those of its
    deadlines, ascending.  ``aim`` is the first clause that says what is to be reached, else the first of the
    body, None where there is none."""

    tasks: int
    agencies: int
    years: tuple[int, ...]
    aim: Entry | None


def glance(index: Index, file: str) -> Glance:
    """The document at a glance; raises SourceError where the index does not hold it."""
    tasks = tasks_set(index, documents=[file])
    charged = {agency.text for task in tasks for agency in task.agencies}
    years = tuple(sorted({year for task in tasks for year in task.years}))
    return Glance(len(tasks), len(charged), years, next(iter(aims(index.entries_of(file))), None))
