"""Example questions for whatever documents are loaded, each of another kind, in the language of the page.

Those written for the documents that ship with the project are offered where their region and subject are in
the index; for other documents they are made of what their clauses state.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice, zip_longest
from typing import Final

from index.search.index import Index
from pages.common.questions import in_words
from pages.common.words import Language, words_of
from qa.answer.suggestions import worth_asking
from qa.question.places import all_regions

OFFERED: Final = 5
"""Examples on the empty page: what fits beside each other without scrolling at 390 pixels."""
LOOKED_AT: Final = 4
"""Documents from which examples are made."""

SHIPPED: Final = (
    ("", "海绵城市", "哪个部门牵头海绵城市建设？", "Which department leads sponge city construction?"),
    (
        "宁武县",
        "恢河",
        "宁武县恢河防洪能力提升项目总投资多少？",
        "How much is invested in 恢河防洪能力提升改造 in Ningwu?",
    ),
    (
        "成武县",
        "老旧小区",
        "成武县老旧小区改造要在什么时候完成？",
        "When must old residential areas be renovated in Chengwu?",
    ),
    ("宁武县", "行政审批局", "宁武县行政审批局要干哪些活？", "What are the tasks of 行政审批局 in Ningwu?"),
    (
        "杭锦旗",
        "污水处理率",
        "杭锦旗2025年县城污水处理率要达到多少？",
        "What sewage treatment rate must Hangjin Banner reach by 2025?",
    ),
)
"""Region (empty for none), a word that the index must hold, and the question in both languages."""


def examples(index: Index, language: Language = "zh") -> list[str]:
    """At most OFFERED questions that this index can answer."""
    questions = chain(_shipped(index, language), _made(index, language))
    return list(islice(dict.fromkeys(questions), OFFERED))


def _shipped(index: Index, language: Language) -> Iterator[str]:
    regions = all_regions(index)
    for region, word, chinese, english in SHIPPED:
        if (not region or region in regions) and index.clauses_holding(word):
            yield english if language == "en" else chinese


def _made(index: Index, language: Language) -> Iterator[str]:
    """Of each document one of another kind than of those before it, then the others."""
    worth = [worth_asking(index, info.file) for info in index.infos[:LOOKED_AT]]
    turned = [one[place % len(one) :] + one[: place % len(one)] for place, one in enumerate(worth) if one]
    for together in zip_longest(*turned):
        yield from (in_words(one, words_of(language)) for one in together if one)
