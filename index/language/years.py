"""The years that words tell, and whether a year asked for is among them (2026 is in 2024—2027年)."""

from __future__ import annotations

import re
from collections.abc import Iterable

YEAR = r"(?:19|20)\d\d"
"""A year as documents print it, as a pattern: 1998, 2025."""

FIRST_YEAR, LAST_YEAR = 1949, 2199
"""From and to where a span without a beginning or an end reaches: 2026年前, 2024-."""

_YEAR = re.compile(rf"(?<!\d)({YEAR})(?!\d)")
_SPAN = re.compile(rf"(?<!\d)({YEAR})\s*年?\s*[-—–~～至到]+\s*({YEAR})(?!\d)")


def years_told(text: str) -> list[int]:
    """The years named in the text, each once, in its order; of a span its first and last."""
    return list(dict.fromkeys(int(year) for year in _YEAR.findall(text)))


def tells_any(text: str, years: Iterable[int]) -> bool:
    """True where the text names one of the years or a span that holds it."""
    told = set(years_told(text))
    spans = [(int(first), int(last)) for first, last in _SPAN.findall(text)]
    return any(year in told or any(a <= year <= b for a, b in spans) for year in years)
