"""Floors of figures, below which a test of quality fails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

EXACT: Final = {"quotes_verbatim": 1.0}
"""A quote that does not stand in its document is an error at any quality."""


def below(figures: Mapping[str, float | None], floors: Mapping[str, float]) -> dict[str, float | None]:
    """The figures that do not reach their floor; a figure that could not be measured counts as one."""
    return {name: figures[name] for name, floor in floors.items() if (figures[name] or 0.0) < floor}
