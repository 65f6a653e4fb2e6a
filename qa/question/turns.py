"""What a message is: an ordinary question, thanks, a command about the answer before, a correction, …

Three logistic regressions (docs/models/turns-zh.md) over what the question reader makes of the message and
over its runs of one to three characters, as they stand and with what was read of them in the place of names
and subjects (不是P是P).  Learnt from written messages and not listed.  Left out: what follows from it
(`turned`, `following`, `qa.answer`).
"""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

import numpy as np

from qa.question.heads import load_head
from qa.question.reader import Floats, Reading
from qa.records import Refers, Turn

FOLDER: Final = Path(__file__).parent / "models" / "turns-zh"

TURNS: Final[tuple[Turn, ...]] = get_args(Turn)
REFERS: Final[tuple[Refers, ...]] = get_args(Refers)
QUESTION: Final[Turn] = "question"
NOTHING: Final[Refers] = "nothing"
Subject = Literal["own", "earlier"]
SUBJECTS: Final[tuple[Subject, ...]] = get_args(Subject)
"""Whose subject a message after another is about: its own, or that of the one before, which it leaves out."""
RUNS, FRAMES = 2048, 1024
"""Places for the runs of characters as they stand, and for those of the frame; several may share one."""
RUN_WEIGHT = 5.0
"""Length of each of the two vectors of runs, beside a state of about 12."""
LONGEST_RUN = 3
_NAMED = re.compile(r"([SPYBXLQTN])\1*")
_UNSURE_KINDS = frozenset({"nothing", "same"})
"""Of messages read as these the likeliest turn holds, question or not: nothing is lost by it."""


class Turns:
    """The two heads; safe to use from several threads at once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load them; raises ModelError where a file is missing or they were fitted to another reader."""
        about, weights = load_head(folder, "turns", "training.fit_turns")
        self._turn, self._refers, self._subject = (
            _Head(
                tuple(about[name]["labels"]),
                float(about[name]["least"]),
                weights[f"{name}.w"],
                weights[f"{name}.b"],
                usual,
            )
            for name, usual in (("turn", QUESTION), ("refers", NOTHING), ("subject", SUBJECTS[0]))
        )

    def turn(self, reading: Reading) -> Turn:
        """What the message is."""
        least = 0.0 if reading.kind in _UNSURE_KINDS else self._turn.least
        return self._turn.said(features(reading), least)  # type: ignore[return-value]

    def refers(self, reading: Reading) -> Refers:
        """What of the answer before it points at."""
        return self._refers.said(features(reading), self._refers.least)  # type: ignore[return-value]

    def subject(self, reading: Reading) -> Subject | None:
        """Whose subject a message that follows another is about; None where that is not sure."""
        odds = self._subject.odds(features(reading))
        if odds > 0:
            return "earlier"
        return "own" if odds < -self._subject.least else None


@dataclass(frozen=True, slots=True)
class _Head:
    """``weights`` (width, classes), ``bias`` (classes,); ``least`` are log odds, between the usual class and
    another, from which what is said holds."""

    labels: Sequence[str]
    least: float
    weights: Floats
    bias: Floats
    usual: str

    def odds(self, values: Floats) -> float:
        """Of two classes, the log odds of the one that is not usual."""
        found = values @ self.weights + self.bias
        return float(found[1 - self.labels.index(self.usual)] - found[self.labels.index(self.usual)])

    def said(self, values: Floats, least: float) -> str:
        """The likeliest class but the usual one, where it is enough likelier than that."""
        odds = values @ self.weights + self.bias
        usual = self.labels.index(self.usual)
        other = max((n for n in range(len(self.labels)) if n != usual), key=lambda n: float(odds[n]))
        return self.labels[other] if odds[other] - odds[usual] > least else self.usual


def features(reading: Reading) -> Floats:
    """What the heads read (768 + RUNS + FRAMES,): the reader's state, runs of the text, runs of its frame."""
    text = reading.text.lower()
    frame = "".join(
        tag if _NAMED.match(tag) else character for character, tag in zip(text, reading.tags, strict=True)
    )
    return np.concatenate([reading.state, _runs(text, RUNS), _runs(_NAMED.sub(r"\1", frame), FRAMES)])


def _runs(text: str, places: int) -> Floats:
    """How often runs of up to LONGEST_RUN characters fall on each place, of length RUN_WEIGHT."""
    found = np.zeros(places, np.float32)
    edged = f"^{text}$"
    for size in range(1, LONGEST_RUN + 1):
        for start in range(len(edged) - size + 1):
            found[zlib.crc32(edged[start : start + size].encode()) % places] += 1
    length = float(np.linalg.norm(found))
    return found * np.float32(RUN_WEIGHT / length)


@functools.cache
def shipped_turns() -> Turns:
    """The shipped heads, loaded at their first use."""
    return Turns()
