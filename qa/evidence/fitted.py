"""The threshold of silence and what is weighed against it, read from ``fitted.json``, which
tools/fit_silence.py writes beside this module with the files that it was fitted on and what it gave there."""

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


Part = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Silence:
    """The regression that tells whether the documents answer.

    ``value``: the sum of its parts from which they do.  ``first``: the share of the first clause's log odds;
    the rest is that of the clause which the judge holds highest.  ``offsets`` are for the situation.
    """

    value: float
    first: float
    offsets: Mapping[Situation, float]

    def parts(self, best: float, first: float, where: Situation) -> tuple[Part, ...]:
        """What the sum is made of: ``best`` and ``first`` are log odds of the judge."""
        return ("judge", best + self.first * (first - best)), ("offset", self.offsets[where])

    def weigh(self, best: float, first: float, where: Situation) -> float:
        """The sum of the parts, which `value` is the threshold of."""
        return sum(number for _, number in self.parts(best, first, where))


def situation(asked: Asked, holds: bool) -> Situation:
    """Which offset counts for a clause that holds the kind asked for of the whole subject, or not."""
    kind = KINDS[asked]
    if kind.of_agencies:
        return "bodies" if holds else "no_bodies"
    if kind.figure:
        return "figure" if holds else "no_figure"
    return "other"


@functools.cache
def silence_in(file: Path | None = None) -> Silence:
    """The threshold of silence that a file holds (FILE where left out).

    Raises ModelError where it has none.
    """
    file = file or FILE
    try:
        said = json.loads(file.read_text("utf-8"))["silence"]
        offsets = {name: float(said["offsets"][name]) for name in SITUATIONS}
        return Silence(float(said["value"]), float(said["first"]), offsets)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"No threshold of silence in {file} ({error}). Install the project again "
            "(pip install --force-reinstall), or run: python tools/fit_silence.py FEATURES.jsonl"
        ) from error
