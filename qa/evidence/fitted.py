"""The thresholds that decide what is said.

That of silence is read from ``fitted.json``, which tools/fit_silence.py writes beside this module with the
files that it was fitted on and what it gave there.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from index.errors import ModelError
from qa.question.kinds import KINDS
from qa.records import Asked

FILE: Final = Path(__file__).with_name("fitted.json")

Situation = Literal["bodies", "no_bodies", "figure", "no_figure", "other"]
"""Bodies are asked for and the clause is on the whole subject and charges some, or not; a figure, sum or time
likewise; all else."""
SITUATIONS: Final[tuple[Situation, ...]] = get_args(Situation)


@dataclass(frozen=True, slots=True)
class Fitted:
    """``inside``: log odds from which a part of a clause is quoted; ``near``: how far below the best part
    others are still quoted; ``spread``: how far below the best region's clause another region's is still set
    beside it, where the question names none."""

    inside: float
    near: float
    spread: float
    phrase: float
    whole: int
    beside: float

    @property
    def silence(self) -> float:
        """Log odds from which a clause is held for an answer; raises ModelError where FILE has none."""
        return silence_in(FILE).value

    def offset(self, situation: Situation) -> float:
        """What is added to the judge's log odds in a situation; raises ModelError where FILE has none."""
        return silence_in(FILE).offsets[situation]


@dataclass(frozen=True, slots=True)
class Silence:
    """The threshold of silence, and what is added to the judge's log odds before."""

    value: float
    offsets: Mapping[Situation, float]


def situation(asked: Asked, holds: bool) -> Situation:
    """Which offset counts for a clause that holds the kind asked for of the whole subject, or not."""
    kind = KINDS[asked]
    if kind.of_agencies:
        return "bodies" if holds else "no_bodies"
    if kind.figure:
        return "figure" if holds else "no_figure"
    return "other"


@functools.cache
def silence_in(file: Path) -> Silence:
    """The threshold of silence that a file holds; raises ModelError where it has none."""
    try:
        said = json.loads(file.read_text("utf-8"))["silence"]
        return Silence(float(said["value"]), {name: float(said["offsets"][name]) for name in SITUATIONS})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"No threshold of silence in {file} ({error}). Install the project again "
            "(pip install --force-reinstall), or run: python tools/fit_silence.py FEATURES.jsonl"
        ) from error


FITTED: Final = Fitted(inside=0.0, near=2.0, spread=2.0, phrase=3.0, whole=0, beside=0.0)
