"""The ledger as a table: words looked for, columns sorted, rows counted; held against the rows themselves."""

from __future__ import annotations

import pytest

from index.search.index import Index
from qa.agencies import ROLES
from qa.ledger.table import Column, bodies_counted, counted, holding, ordered, years_counted
from qa.ledger.tasks import Task, tasks_set


@pytest.fixture(scope="module")
def tasks(policy_index: Index) -> list[Task]:
    return tasks_set(policy_index)


def test_words_are_looked_for_in_clause_and_headings_whatever_their_width(tasks: list[Task]):
    found = holding(tasks, "再生水 ３０％以上")
    assert {task.region for task in found} == {"宁武县", "运城市"}
    assert holding(tasks, "再生水 30%以上") == found == holding(tasks, "30%以上  再生水")
    assert holding(tasks, "海綿城市") == holding(tasks, "海绵城市") != []
    assert holding(tasks, "   ") == tasks
    assert holding(tasks, "月球") == []


@pytest.mark.parametrize(
    "column", ["place", "region", "task", "body", "others", "due", "targets", "document"]
)
@pytest.mark.parametrize("descending", [False, True])
def test_sorting_loses_no_row(tasks: list[Task], column: Column, descending: bool):
    rows = ordered(tasks, column, descending=descending)
    assert sorted(task.clause_key for task in rows) == sorted(task.clause_key for task in tasks)


def test_rows_without_a_year_stand_last_either_way(tasks: list[Task]):
    up, down = ordered(tasks, "due"), ordered(tasks, "due", descending=True)
    dated = sum(1 for task in tasks if task.years)
    assert all(task.years for task in (*up[:dated], *down[:dated]))
    assert up[0].years[0] == min(year for task in tasks for year in task.years)
    assert up[dated:] == down[dated:]


def test_regions_sort_as_a_dictionary_does(tasks: list[Task]):
    assert list(dict.fromkeys(t.region for t in ordered(tasks, "region"))) == [
        "成武县",
        "杭锦旗",
        "宁武县",
        "沁水县",
        "运城市",
    ]


def test_counts_agree_with_the_rows(tasks: list[Task]):
    counts = counted(tasks)
    assert counts.tasks == len(tasks) == sum(counts.regions.values())
    assert counts.roles == {role: sum(1 for task in tasks if task.bodies(role)) for role in ROLES}
    assert counts.roles["first"] > counts.roles["lead"] > counts.roles["supervise"] == 0
    assert counted([]).regions == {}


def test_a_body_counts_once_a_row_in_its_strongest_role(tasks: list[Task]):
    first, *_ = bodies = bodies_counted(tasks, 20)
    assert len(bodies) == 20 and first.name == "住房城乡建设局"
    charged = [task for task in tasks if any(a.name == first.name for a in task.agencies)]
    assert first.tasks == len(charged)
    led = [t for t in charged if any(a.name == first.name and a.role == "lead" for a in t.agencies)]
    assert first.by_role["lead"] == len(led)


def test_each_year_of_a_row_is_counted(tasks: list[Task]):
    years = years_counted(tasks)
    assert [count.year for count in years] == sorted(count.year for count in years)
    assert sum(len(count.tasks) for count in years) == sum(len(task.years) for task in tasks)
    assert all(count.year in task.years for count in years for task in count.tasks)
