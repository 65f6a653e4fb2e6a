"""Example questions for whatever documents are loaded.

Those written for the documents that ship with the project are offered where their region and subject are in
the index; for other documents they are made from what the index knows: bodies with tasks, and numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

from index.records import Agency
from index.search.index import Index
from qa.question.places import all_regions

OFFERED: Final = 5
"""Examples on the empty page: what fits beside each other without scrolling at 390 pixels."""
LOOKED_AT: Final = 4
"""Documents from which examples are made."""

SHIPPED: Final = (
    ("", "海绵城市", "哪个部门牵头海绵城市建设？"),
    ("宁武县", "恢河", "宁武县恢河防洪能力提升项目总投资多少？"),
    ("运城市", "规模化供水", "运城市2025年农村规模化供水要覆盖多少农村人口？"),
    ("宁武县", "行政审批局", "宁武县行政审批局要干哪些活？"),
    ("沁水县", "海绵城市", "沁水县海绵城市是哪个部门在抓？"),
)
"""Region (empty for none), a word that the index must hold, and the question."""


def examples(index: Index) -> list[str]:
    """At most OFFERED questions that this index can answer."""
    return list(islice(dict.fromkeys(chain(_shipped(index), _made(index))), OFFERED))


def _shipped(index: Index) -> Iterator[str]:
    regions = all_regions(index)
    for region, word, question in SHIPPED:
        if (not region or region in regions) and index.clauses_holding(word):
            yield question


def _made(index: Index) -> Iterator[str]:
    for info in index.infos[:LOOKED_AT]:
        named = Counter(
            fact.text
            for entry in index.entries_of(info.file)
            for fact in entry.facts
            if isinstance(fact, Agency)
        )
        if info.region and named:
            agency = named.most_common(1)[0][0]
            yield f"{'' if agency.startswith(info.region) else info.region}{agency}负责哪些任务？"
        if info.value("number"):
            yield f"《{info.title}》的发文字号是什么？"
        elif info.value("issuer"):
            yield f"《{info.title}》的发文机关是谁？"
