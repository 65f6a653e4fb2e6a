"""Tables that lost their grid are told; those that files hold, and Markdown, are not."""

from __future__ import annotations

from pathlib import Path

from index.check.guessed_tables import guessed_tables
from index.parsing.parse import parse_source
from index.reading.read import text_of
from tests.support.tables_made import Page, html

CELLS = ("任务", "牵头单位", "时限", "污水管网", "县住建局", "2026年6月", "停车场", "县城管局", "2025年12月")
FLAT = "".join(f"{cell} |\n" for cell in CELLS)


def told(data: bytes, name: str) -> list[tuple[int, int]]:
    parsed = parse_source(text_of(data, Path(name)), name)
    return [(table.rows, table.columns) for table in guessed_tables(parsed.document, parsed.clauses)]


def test_a_flattened_table_is_guessed_and_told() -> None:
    assert told(f"某县方案\n为抓好落实，制定本方案。\n{FLAT}".encode(), "a.txt") == [(2, 3)]


def test_tables_with_their_grid_are_not_told() -> None:
    rows = (CELLS[:3], CELLS[3:6], CELLS[6:])
    assert told(html(Page(("某县方案", rows))), "a.html") == []
    markdown = "".join(f"| {' | '.join(row)} |\n" for row in (rows[0], ("---",) * 3, *rows[1:]))
    assert told(markdown.encode(), "a.md") == []


def test_cells_that_fit_no_number_of_columns_stay_lines() -> None:
    cells = (
        "3",
        "宣传工作，有展板、标语和宣传册等资料。",
        "",
        "10",
        "县委宣传部",
        "完成排查整治并建立台账。",
        "2025年",
    )
    text = "某县考核表\n" + "".join(f"{cell} |\n" for cell in cells)
    assert told(text.encode(), "a.txt") == [(0, 0)]
