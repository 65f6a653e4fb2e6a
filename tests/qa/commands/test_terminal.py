"""Answers in a terminal: tables that fit and that do not, and text that must not drive it."""

from __future__ import annotations

import pytest

from index.commands.streams import printable
from index.search.index import Index
from qa.api.ask import ask
from qa.commands.terminal import shown_answer, width_of


def test_a_chinese_character_takes_two_columns():
    assert width_of("宁武 30%") == 8


def test_control_characters_are_taken_out():
    assert printable("海绵\x1b[2J城市\r\u202e\n\t。") == "海绵[2J城市\n\t。"


def test_a_citation_names_document_number_place_and_quote(policy_index: Index):
    shown = shown_answer(ask("宁武县海绵城市建设由谁负责?", index=policy_index))
    answer, *_, citation = shown.split("\n\n")
    assert "县住建局" in answer
    assert answer.endswith("[1]")
    first, place, quote = citation.split("\n")
    assert first.startswith("[1] 宁武县人民政府办公室关于印发")
    assert first.endswith("（宁政办发〔2024〕63号）")
    assert " > " in place
    assert "县住建局" in quote


@pytest.mark.parametrize("columns", [40, 2000])
def test_a_comparison_has_a_line_a_region_however_wide_the_terminal(
    policy_index: Index, monkeypatch: pytest.MonkeyPatch, columns: int
):
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = shown_answer(ask("宁武和运城的海绵城市由谁负责?", index=policy_index))
    table = shown.split("\n[1]")[0]
    rows = [line for line in table.split("\n") if line.startswith(("宁武县", "运城市"))]
    assert len(rows) == 2
    assert all(("：" in row[:4]) == (columns == 40) for row in rows)
    assert "|" not in table
