"""All facts of a clause together: offsets on any text, order, and the five documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.facts.find import find_facts
from index.language.agency_names import normalise_agency
from index.records import Agency, Cell, Clause, Deadline, Fact, Money, Target

DOCUMENTS = Path(__file__).parents[3] / "documents"

# Pieces that the finders react to, so that random text reaches their corners.
_PIECES = """
县住建局 、 市财政局 , ， ； 。 ( ) （ ） [ ] 牵头 按职责分工负责 配合 由 会同 责任单位： 等有关单位
各县(市)人民政府 河津市、 到 2025年 底 前 —2027年 从 开始 〔2023〕 《 》 达到 30 % 以上 1.1-1.5
倍 万 亿元 新增 两座 个 百分之 三十 率 不低于 目前的 基础上 的
"""
PIECES = [*_PIECES.split(), "\n"]


def clause_of(text: str, start: int, cells: tuple[Cell, ...] = ()) -> Clause:
    return Clause(0, "row" if cells else "body", (), None, None, start, start + len(text), text, cells)


def check(clause: Clause, facts: tuple[Fact, ...]) -> None:
    assert list(facts) == sorted(facts, key=lambda fact: fact.start)
    for fact in facts:
        assert clause.start <= fact.start < fact.end <= clause.end
        assert clause.text[fact.start - clause.start : fact.end - clause.start] == fact.text


@given(st.text(), st.integers(0, 10**6))
def test_offsets_hold_on_any_text(text: str, start: int) -> None:
    clause = clause_of(text, start)
    check(clause, find_facts(clause))


@given(st.lists(st.sampled_from(PIECES)).map("".join), st.integers(0, 10**6))
def test_offsets_hold_on_text_like_policy(text: str, start: int) -> None:
    clause = clause_of(text, start)
    check(clause, find_facts(clause))
    as_row = clause_of(text, start, (Cell("责任单位", start, start + len(text)),))
    check(as_row, find_facts(as_row))


@given(st.text())
def test_a_normalised_name_stays_as_it_is_used(text: str) -> None:
    assert normalise_agency(text) == normalise_agency(text + " ")


def test_a_whole_clause() -> None:
    text = "系统化推进海绵城市建设,争取到2028年,建成区30%以上的面积达到要求,投资2亿元。(县住建局、县财政局)"
    facts = find_facts(clause_of(text, 50))
    assert [(type(fact), fact.text) for fact in facts] == [
        (Deadline, "争取到2028年"),
        (Target, "30%以上"),
        (Money, "2亿元"),
        (Agency, "县住建局"),
        (Agency, "县财政局"),
    ]


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.txt")), ids=lambda path: path.stem[:4])
def test_offsets_hold_in_the_documents(path: Path) -> None:
    start = 0
    for line in path.read_text(encoding="utf-8-sig").split("\n"):
        clause = clause_of(line, start)
        check(clause, find_facts(clause))
        start += len(line) + 1


def test_no_department_where_the_document_names_none() -> None:
    for county in ("杭锦旗", "沁水县"):
        for path in DOCUMENTS.glob(f"{county}*.txt"):
            text = path.read_text(encoding="utf-8-sig")
            assert not [f for f in find_facts(clause_of(text, 0)) if isinstance(f, Agency)]
