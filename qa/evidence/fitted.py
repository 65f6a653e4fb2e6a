"""The threshold of silence, read from ``fitted.json``, which tools/fit_silence.py writes beside this module
with the files that it was fitted on and what it gave there."""

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
class Silence:
    """``value``: log odds from which a clause is held for an answer; ``offsets`` are added to the judge's log
    odds before."""

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
def silence_in(file: Path | None = None) -> Silence:
    """The threshold of silence that a file holds (FILE where left out).

    Raises ModelError where it has none.
    """
    file = file or FILE
    try:
        said = json.loads(file.read_text("utf-8"))["silence"]
        return Silence(float(said["value"]), {name: float(said["offsets"][name]) for name in SITUATIONS})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"No threshold of silence in {file} ({error}). Install the project again "
            "(pip install --force-reinstall), or run: python tools/fit_silence.py FEATURES.jsonl"
        ) from error
