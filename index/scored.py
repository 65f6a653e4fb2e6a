"""A clause's key with the score that one search gave it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scored:
    """``key`` names a clause of the index; ``score`` is always higher-is-better."""

    key: int
    score: float
