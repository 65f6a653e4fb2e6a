"""The ledger: a row for each clause that sets a task, and none left out by a filter that it fits."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from index.errors import QuestionError, SourceError
from index.language.years import FIRST_YEAR, LAST_YEAR
from index.records import Agency, Deadline
from index.search.index import Index
from qa import ledger
from qa.ledger.sets_task import sets_task
from qa.ledger.tasks import due_years, role_named

SAMPLE = Path(__file__).parents[2] / "data" / "ledger_sample.jsonl"
NINGWU = "宁武县推进以县城为重要载体的城镇化建设行动方案.txt"


def folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_each_clause_checked_by_hand_is_a_row_with_its_bodies(policy_index: Index):
    rows = ledger(index=policy_index)
    listed = missed = 0
    for line in SAMPLE.read_text("utf-8").splitlines():
        clause = json.loads(line)
        wanted = folded(clause["text"])
        found = [
            row
            for row in rows
            if row.file == clause["file"] and (folded(row.quote) in wanted or wanted in folded(row.quote))
        ]
        assert found, clause["id"]
        said = {folded(a.text) for row in found for a in row.agencies}
        listed += len(clause["agencies"])
        missed += len({folded(a["text"]) for a in clause["agencies"]} - said)
    assert missed <= 0.02 * listed


def test_why_and_by_what_right_is_no_task(policy_index: Index):
    below = ("指导思想", "基本原则", "制定背景", "政策依据", "政策目的")
    for row in ledger(index=policy_index):
        assert not any(name in heading for name in below for heading in row.place)
    entries = policy_index.entries_of(NINGWU)
    (why,) = (entry for entry in entries if entry.clause.text.startswith("为认真贯彻落实"))
    assert not sets_task(why)


def test_quotes_stand_where_they_say(policy_index: Index):
    for row in ledger(index=policy_index):
        assert policy_index.document(row.file).text[row.start : row.end] == row.quote


def test_a_body_under_any_of_its_names(policy_index: Index):
    short = ledger(index=policy_index, regions=["宁武"], agency="县住建局")
    assert short == ledger(index=policy_index, regions=["宁武县"], agency="宁武县住房和城乡建设局")
    every = [
        entry
        for entry in policy_index.entries_of(NINGWU)
        if any(isinstance(fact, Agency) and "住建局" in fact.text for fact in entry.facts)
    ]
    assert [row.clause_key for row in short] == [entry.key for entry in every]
    assert len(short) > 30


def test_levels_are_kept_apart(policy_index: Index):
    printed = {a.text for row in ledger(index=policy_index, agency="市财政局") for a in row.agencies}
    assert "市财政局" in printed
    assert "县财政局" not in printed


def test_roles(policy_index: Index):
    first = ledger(index=policy_index, regions=["成武"], agency="县教体局", roles=["first"])
    assert len(first) == 2
    assert all(row.bodies("first") == ("县教育和体育局",) for row in first)
    every = ledger(index=policy_index, regions=["成武"], agency="县教体局")
    assert {row.clause_key for row in first} < {row.clause_key for row in every}
    assert role_named("牵头") == role_named("lead") == "lead"
    with pytest.raises(QuestionError, match="no role"):
        role_named("主办")


def reaches(deadline: Deadline, first: int, last: int) -> bool:
    """Whether the year it is due by, named or inherited, or the span it ends, falls into these years."""
    due = deadline.due_year
    return due is not None and due >= first and (deadline.first_year or due) <= last


def test_years(policy_index: Index):
    rows = ledger(index=policy_index, due="2025年前")
    assert all(any(reaches(d, FIRST_YEAR, 2025) for d in row.deadlines) for row in rows)
    exact = ledger(index=policy_index, due=2028)
    assert all(any(reaches(d, 2028, 2028) for d in row.deadlines) for row in exact)
    assert {row.region for row in exact} == {"宁武县"}
    keys = set(policy_index.keys_by_year(FIRST_YEAR, 2025))
    assert {row.clause_key for row in rows} == keys & {row.clause_key for row in ledger(index=policy_index)}


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("2025", (2025, 2025)),
        (2025, (2025, 2025)),
        ("2025年底", (2025, 2025)),
        ("2025年底前", (FIRST_YEAR, 2025)),
        ("-2025", (FIRST_YEAR, 2025)),
        ("2024-2026", (2024, 2026)),
        ("2024年至2026年", (2024, 2026)),
        ("2024-", (2024, LAST_YEAR)),
    ],
)
def test_years_as_typed(typed, years):
    assert due_years(typed) == years


@pytest.mark.parametrize("typed", ["", "明年", "25", "2026-2024", "12025"])
def test_no_years(typed):
    with pytest.raises(QuestionError, match="is no year"):
        due_years(typed)


def test_topic(policy_index: Index):
    rows = ledger(index=policy_index, topic="海绵城市")
    assert [row.region for row in rows] == ["宁武县", "成武县", "沁水县", "运城市"]
    assert all("海绵" in row.quote for row in rows)
    assert ledger(index=policy_index, topic="量子计算") == []


def test_filters_together_and_what_cannot_be_read(policy_index: Index):
    rows = ledger(index=policy_index, regions=["运城"], agency="市教育局", due="2024-2027", topic="学校")
    assert rows
    assert all(row.region == "运城市" and "学校" in row.quote for row in rows)
    with pytest.raises(SourceError, match="火星"):
        ledger(index=policy_index, regions=["火星"])
    with pytest.raises(SourceError, match=r"没有\.txt"):
        ledger(index=policy_index, documents=["没有.txt"])
    for empty in ({"agency": " "}, {"topic": ""}):
        with pytest.raises(QuestionError, match="is empty"):
            ledger(index=policy_index, **empty)
