"""What a clause says that can be filtered and compared: bodies, deadlines, targets, money.

Each finder is a plain function of a text and its offset in the document; this puts them together.
"""

from __future__ import annotations

import re

from index.facts.agencies import find_agencies
from index.facts.deadlines import find_deadlines
from index.facts.targets import find_quantities
from index.language.years import YEAR
from index.records import Clause, Fact, Target

# 一、发展现状, 过去五年工作回顾: what is reported, not what is to be reached
_STATE = re.compile(r"现状|回顾|主要成[效就绩]|取得(?:的|了)?[一-鿿]{0,6}成[效就]|发展基础|基本情况")
_YEAR = re.compile(rf"(?<![\d—\-～~至到])({YEAR})年(?![—\-～~至到])")


def find_facts(clause: Clause, *, year: int | None = None, issued: int | None = None) -> tuple[Fact, ...]:
    """Every fact of a clause, by start; offsets are the document's.

    ``year`` is that of the document's title, which 年底前 inherits where no heading above names one;
    ``issued`` the year of its date.  What stands before the body (title, notice)
    sets only times that say 前, 底 or 到.

    ``clause.text[f.start - clause.start : f.end - clause.start] == f.text`` for each fact.  Never raises.
    """
    above = next((int(told[-1]) for one in reversed(clause.path) if (told := _YEAR.findall(one))), year)
    deadlines = find_deadlines(clause.text, clause.start, year=above, issued=issued)
    if clause.kind in ("front", "heading"):
        deadlines = tuple(one for one in deadlines if one.bound in ("by", "before", "end"))
    dated = [one for one in deadlines if one.year is not None]
    agencies = find_agencies(clause.text, clause.start, clause.cells, running=clause.kind != "heading")
    quantities = find_quantities(clause.text, clause.start, dated, issued=issued)
    if any(_STATE.search(one) for one in (*clause.path, clause.heading or "")):
        deadlines = tuple(one for one in deadlines if one.bound in ("by", "before", "end"))
        quantities = tuple(one for one in quantities if not isinstance(one, Target) or one.year is not None)
    facts: list[Fact] = [
        *agencies,
        *deadlines,
        *(one for one in quantities if not any(a.start <= one.start < a.end for a in agencies)),
    ]
    return tuple(sorted(facts, key=lambda fact: (fact.start, fact.end)))
