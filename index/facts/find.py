"""What a clause says that can be filtered and compared: bodies, deadlines, targets, money.

Each finder is a plain function of a text and its offset in the document; this puts them together.
"""

from __future__ import annotations

from index.facts.agencies import find_agencies
from index.facts.deadlines import find_deadlines
from index.facts.targets import find_quantities
from index.records import Clause, Fact


def find_facts(clause: Clause) -> tuple[Fact, ...]:
    """Every fact of a clause, by start; offsets are the document's.

    ``clause.text[f.start - clause.start : f.end - clause.start] == f.text`` for each fact.  Never raises.
    """
    deadlines = find_deadlines(clause.text, clause.start)
    facts: list[Fact] = [
        *find_agencies(clause.text, clause.start, clause.cells),
        *deadlines,
        *find_quantities(clause.text, clause.start, deadlines),
    ]
    return tuple(sorted(facts, key=lambda fact: (fact.start, fact.end)))
