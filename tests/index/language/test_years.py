"""Years: which are told, and whether a span holds one."""

from __future__ import annotations

from index.language.years import tells_any, years_told


def test_years_are_told_once_and_in_order() -> None:
    assert years_told("到2027年建成，2025年开工，2027年底验收") == [2027, 2025]
    assert years_told("1998年") == [1998]
    assert years_told("项目总投资20255万元，编号12025") == []


def test_a_year_within_a_span_is_told() -> None:
    assert tells_any("2024—2027年实施", [2026])
    assert tells_any("2024年至2027年", [2025])
    assert not tells_any("2024—2027年实施", [2028])
    assert not tells_any("投资2026万元，到2025年", [2024])
