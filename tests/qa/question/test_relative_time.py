"""Times that count from today, read in figures where the question asks for that time."""

from __future__ import annotations

from datetime import date

import pytest

from index.search.index import Index
from index.search.today import VARIABLE
from qa import ask
from qa.question.relative_time import in_figures, years_within

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("今年要做什么", {"今年": "2026年"}),
        ("到去年底", {"去年": "2025年"}),
        ("下个月和本季度", {"下个月": "2027年1月", "本季度": "2026年第四季度"}),
        ("年底前要做完", {"年底": "2026年底"}),
        ("2025年底前要做完", {}),
        ("每年底报送", {}),
    ],
)
def test_in_figures(text: str, told: dict[str, str]):
    assert in_figures(text, "Y" * len(text), TODAY) == told
    assert in_figures(text, "O" * len(text), TODAY) == {}


def test_a_span_begins_today():
    assert years_within("三年内要完成哪些", TODAY) == (2026, 2027, 2028, 2029)
    assert years_within("2025年内", TODAY) == ()


def test_this_year_is_shown_as_read(policy_index: Index, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(VARIABLE, "2025-03-01")
    answer = ask("明年宁武县要完成什么任务", index=policy_index)
    assert "写明2026年的共9项" in answer.text
    assert "“明年”按“2026年”理解" in answer.text


def test_what_is_past_is_told_by_today(policy_index: Index, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(VARIABLE, "2026-12-01")
    answer = ask("宁武县哪些任务已经过期了", index=policy_index)
    assert "今天是2026年12月1日" in answer.text
    assert "期限在2025年及以前，已过" in answer.text
    assert "是否已经完成文件没有写" in answer.text
