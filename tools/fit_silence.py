"""Fit the threshold of silence on what answers were decided on, and write it where the program reads it.

    python -m qa evaluate QUESTIONS.jsonl --why FEATURES.jsonl
    python tools/fit_silence.py FEATURES.jsonl … [--weight W] [--most-silent SHARE] [--first]
        [--keep-weights] [--dry-run]

A question counts by the highest log odds that the judge gave a clause found for it (with ``--first`` those of
the first clause as well), and an offset for what the first clause holds (a body where bodies are asked for, a
figure where one is), weighed by a logistic regression over the same questions; below the threshold the answer
is silence.

Chosen is the threshold with the best balanced accuracy: the mean of the answerable ones answered, W-fold, and
the unanswerable ones silenced; with ``--most-silent`` the highest one that silences
at most this share of the answerable.  Printed are the curve, each file's figures at the threshold, and what
the threshold of one half of the lines gives on the other half (all wordings of a line are in one half).
Left out: questions of which the judge read no clause (a place that no document speaks for), which the
threshold does not decide.
"""

from __future__ import annotations

import argparse
import datetime
import itertools
import json
import statistics
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from index.commands.options import named_path  # noqa: E402
from qa.evidence.fitted import (  # noqa: E402
    FILE,
    SITUATIONS,
    Silence,
    Situation,
    silence_in,
    situation,
)
from qa.evidence.subject import WHOLE  # noqa: E402

POINTS: Final = 21
"""Thresholds of the printed curve, at equal steps of rank."""
PRIOR: Final = 2.0
"""Strength that holds an offset near to 0, in questions."""
NEAR: Final = 0.003
"""Thresholds whose accuracy is so near the best count as equal, and their median is taken, so that no single
question decides."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its file, line and wording, the best and the first clause's log odds, and whether the
    documents answer it.  ``odds`` are what it is weighed by once the weights are known (`weighed`)."""

    file: str
    line: str
    odds: float
    answerable: bool
    situation: Situation = "other"
    wording: int | None = None
    first: float = 0.0


@dataclass(frozen=True, slots=True)
class Point:
    """What a threshold gives: shares of the answerable silenced and of the unanswerable silenced."""

    threshold: float
    silent_wrongly: float
    silence_recall: float
    balanced_accuracy: float


@dataclass(frozen=True, slots=True)
class Rule:
    """How a threshold is chosen; ``most_silent`` is None for the best balanced accuracy."""

    weight: float = 1.0
    most_silent: float | None = None

    def __str__(self) -> str:
        if self.most_silent is None:
            return "best balanced accuracy"
        return f"at most {self.most_silent} of the answerable silent"


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print, and write unless told not to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("features", type=named_path, nargs="+", metavar="FEATURES.jsonl")
    parser.add_argument("--weight", type=float, default=1.0, metavar="W")
    parser.add_argument("--most-silent", type=float, metavar="SHARE")
    parser.add_argument("--first", action="store_true", help="weigh the first clause's log odds too")
    parser.add_argument("--keep-weights", action="store_true", help="fit the threshold alone")
    parser.add_argument("--out", type=named_path, default=FILE)
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    if options.weight <= 0:
        parser.error("--weight is a number above 0")
    if options.most_silent is not None and not 0 <= options.most_silent < 1:
        parser.error("--most-silent is a share from 0 to below 1")
    try:
        asked, unread = read(options.features)
        weights = silence_in(options.out) if options.keep_weights else weights_of(asked, first=options.first)
        asked = weighed(asked, weights)
        found = fitted(asked, Rule(options.weight, options.most_silent))
        found |= {"first": weights.first, "offsets": dict(weights.offsets)}
    except (OSError, ValueError) as error:
        sys.stderr.write(f"fit_silence: {error}\n")
        return 2
    _print(asked, found, unread)
    if not options.dry_run:
        options.out.write_text(json.dumps({"silence": found}, ensure_ascii=False, indent=1) + "\n", "utf-8")
        print(f"\nwritten to {options.out}")
    return 0


def read(files: Iterable[Path]) -> tuple[list[Asked], int]:
    """The questions of files of features, and how many the judge read no clause of.

    Raises ValueError for a line that is not of ``evaluate --why``, OSError where a file cannot be read.
    """
    asked: list[Asked] = []
    unread = 0
    for file in files:
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            try:
                said = json.loads(line)
                one_line = (
                    str(said["id"]).rpartition("#")[0] if said.get("wording") is not None else said["id"]
                )
                odds, where = _odds(said["why"]), _situation(said)
                answerable = bool(said["answerable"])
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise ValueError(f"{file}, line {number}: not of evaluate --why ({error!r})") from error
            if odds:
                wording = said.get("wording")
                asked.append(Asked(file.name, one_line, max(odds), answerable, where, wording, odds[0]))
            else:
                unread += 1
    return asked, unread


def _odds(why: dict[str, Any]) -> list[float]:
    """The log odds of every clause that the judge read, the first one's first."""
    candidates = (one for search in why["searches"] for one in search["candidates"])
    return [float(one["weighed"]["answer_odds"]) for one in candidates if one["weighed"]]


def _situation(said: dict[str, Any]) -> Situation:
    """That of the first clause of the first search that the judge read."""
    first = (one["weighed"] for search in said["why"]["searches"] for one in search["candidates"])
    weighed = next((one for one in first if one), None)
    holds = weighed is not None and weighed["holds_kind"] and weighed["coverage"] >= WHOLE
    return situation(said["understood"]["asked"], holds)


def weights_of(asked: Sequence[Asked], *, first: bool = False) -> Silence:
    """How what is known of a question is weighed, without a threshold yet: by a logistic regression in which
    both kinds of question weigh the same.  PRIOR holds rare situations near to 0, that of ``other``."""
    columns = [name for name in SITUATIONS if name != "other"]
    rows = np.array([_row_of(one, columns) for one in asked], float)
    if not first:
        rows[:, 1] = 0
    right = np.array([one.answerable for one in asked], float)
    weights = np.where(right == 1, 0.5 / right.mean(), 0.5 / (1 - right.mean()))
    prior = np.diag([0.0] * 3 + [PRIOR] * len(columns))
    found = np.zeros(rows.shape[1])
    for _ in range(50):
        said = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (weights * (said - right)) + prior @ found
        curve = (rows * (weights * said * (1 - said))[:, None]).T @ rows + prior
        found = found - np.linalg.solve(curve + 1e-9 * np.eye(len(found)), slope)
    share, _, *others = (round(float(one / found[0]), 4) for one in found[1:])
    offsets = dict.fromkeys(SITUATIONS, 0.0)
    offsets |= zip(columns, others, strict=True)
    return Silence(0.0, min(max(share, 0.0), 1.0), offsets)


def _row_of(one: Asked, columns: Sequence[Situation]) -> list[float]:
    return [one.odds, one.first - one.odds, 1.0, *(float(one.situation == name) for name in columns)]


def weighed(asked: Sequence[Asked], weights: Silence) -> list[Asked]:
    """The questions with what they are weighed by in the place of the judge's highest log odds."""
    return [replace(one, odds=weights.weigh(one.odds, one.first, one.situation)) for one in asked]


def fitted(asked: Sequence[Asked], rule: Rule) -> dict[str, Any]:
    """The threshold with how it was fitted and what it gives, as it is written.

    Raises ValueError without answerable and unanswerable questions in both halves of the lines.
    """
    halves = _halves(asked)
    for among in (asked, *halves):
        if len({one.answerable for one in among}) < 2:
            raise ValueError("Give answerable and unanswerable questions, at least two lines of each.")
    point = at(asked, choose(asked, rule), rule.weight)
    crossed = [at(test, choose(fit, rule), rule.weight) for fit, test in itertools.permutations(halves)]
    across = {
        name: round(statistics.mean(getattr(one, name) for one in crossed), 4)
        for name in ("silent_wrongly", "silence_recall", "balanced_accuracy")
    }
    return {
        "value": round(point.threshold, 3),
        "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "rule": str(rule),
        "weight": rule.weight,
        "files": [
            {"name": name, "answerable": len(yes), "unanswerable": len(no)}
            for name, (yes, no) in _by_file(asked).items()
        ],
        "silent_wrongly": round(point.silent_wrongly, 4),
        "silence_recall": round(point.silence_recall, 4),
        "balanced_accuracy": round(point.balanced_accuracy, 4),
        "across_halves": {"thresholds": [round(one.threshold, 3) for one in crossed], **across},
    }


def choose(asked: Sequence[Asked], rule: Rule) -> float:
    """The threshold by the rule, between two questions' log odds."""
    values = sorted({one.odds for one in asked})
    between = [values[0] - 1.0, *((a + b) / 2 for a, b in itertools.pairwise(values))]
    points = [at(asked, threshold, rule.weight) for threshold in between]
    if rule.most_silent is not None:
        return max(one.threshold for one in points if one.silent_wrongly <= rule.most_silent)
    best = max(one.balanced_accuracy for one in points)
    return statistics.median_low(one.threshold for one in points if one.balanced_accuracy > best - NEAR)


def at(asked: Sequence[Asked], threshold: float, weight: float = 1.0) -> Point:
    """What the threshold gives on these questions, of both kinds."""
    wrongly = statistics.fmean(one.odds < threshold for one in asked if one.answerable)
    recall = statistics.fmean(one.odds < threshold for one in asked if not one.answerable)
    return Point(threshold, wrongly, recall, (weight * (1 - wrongly) + recall) / (weight + 1))


def curve(asked: Sequence[Asked], weight: float = 1.0) -> list[Point]:
    """POINTS thresholds from the lowest log odds to the highest."""
    values = sorted(one.odds for one in asked)
    places = [round(step * (len(values) - 1) / (POINTS - 1)) for step in range(POINTS)]
    return [at(asked, values[place], weight) for place in dict.fromkeys(places)]


def _halves(asked: Sequence[Asked]) -> tuple[list[Asked], list[Asked]]:
    """Every second line of each sort, so that both halves have answerable and unanswerable ones."""
    homes: dict[tuple[str, str], int] = {}
    for sort in (True, False):
        lines = sorted({(one.file, one.line) for one in asked if one.answerable is sort})
        homes |= {line: number % 2 for number, line in enumerate(lines)}
    sides = [[one for one in asked if homes[one.file, one.line] == half] for half in (0, 1)]
    return sides[0], sides[1]


def _by_file(asked: Sequence[Asked]) -> dict[str, tuple[list[Asked], list[Asked]]]:
    names = dict.fromkeys(one.file for one in asked)
    return {
        name: (
            [one for one in asked if one.file == name and one.answerable],
            [one for one in asked if one.file == name and not one.answerable],
        )
        for name in names
    }


def _print(asked: Sequence[Asked], found: dict[str, Any], unread: int) -> None:
    print("threshold  silent wrongly  silence recall  balanced accuracy")
    for one in curve(asked, found["weight"]):
        print(_row(f"{one.threshold:9.3f}", one.silent_wrongly, one.silence_recall, one.balanced_accuracy))
    print(f"\nchosen ({found['rule']}, weight {found['weight']:g}):")
    print(_row(f"{found['value']:9.3f}", *(found[name] for name in _FIGURES)))
    across = found["across_halves"]
    print(_row("across   ", *(across[name] for name in _FIGURES)), f"  {across['thresholds']}")
    for name, (yes, no) in _by_file(asked).items():
        wrongly = sum(one.odds < found["value"] for one in yes)
        rightly = sum(one.odds < found["value"] for one in no)
        print(f"{name}: {wrongly} of {len(yes)} answerable silent, {rightly} of {len(no)} unanswerable")
    print(f"{unread} questions left out: the judge read no clause")


_FIGURES: Final = ("silent_wrongly", "silence_recall", "balanced_accuracy")


def _row(first: str, *figures: float) -> str:
    return first + "".join(f"{figure:16.4f}" for figure in figures)


if __name__ == "__main__":
    sys.exit(main())
