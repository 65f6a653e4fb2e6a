"""Fits the constants by which a body told by what it does is found (管科研的厅): qa.question.bodies.

    python -m training.fit_bodies --index INDEX

INDEX holds the plans of ``eval/plans/documents``.  ``data/described_bodies.jsonl`` has questions with the
words that tell a body, and which one it is, or none.  A setting counts by the right ones less the wrong ones
(a body named where another or none is meant): a wrong body's tasks are worse than none.  Every second line
fits, the others tell what the setting is worth.  Prints the settings tried, best first; the values stand in
the module.
"""

from __future__ import annotations

import argparse
import functools
import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.search.index import Index, open_index
from qa.question import bodies
from qa.question.understand import understand

DATA = Path(__file__).parent / "data" / "described_bodies.jsonl"
TRIED: dict[str, Sequence[float]] = {
    "WORK": (0.0, 0.3, 0.6, 1.0),
    "SURE": (0.01, 0.02, 0.03, 0.05),
    "FEW": (1, 20),
    "GAP": (2, 6),
}
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Told:
    """Of how many lines the right body, a wrong one and none were named, and how many name none rightly."""

    right: int
    wrong: int
    unnamed: int
    silent: int

    @property
    def worth(self) -> int:
        """The right ones less the wrong ones."""
        return self.right + self.silent - self.wrong


def main() -> None:
    """Prints the settings, best first, with what the other half says of each."""
    parser = argparse.ArgumentParser(description="Fit how described bodies are found.")
    parser.add_argument("--index", type=Path, required=True)
    options = parser.parse_args()
    lines = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]
    now = {name: float(vars(bodies)[name]) for name in TRIED}
    found: list[tuple[int, dict[str, float], Told, Told]] = []
    bodies._texts_of = functools.cache(bodies._texts_of)  # read once for all
    with open_index(options.index) as index:
        for setting in settings(now):
            fitting, other = told(lines[::2], setting, index), told(lines[1::2], setting, index)
            found.append((fitting.worth, setting, fitting, other))
    found.sort(key=lambda one: (-one[0], sum(one[1][name] != now[name] for name in now)))
    for worth, setting, fitting, other in found[:SHOWN]:
        print("as it is" if setting == now else setting, worth, fitting, "the other half:", other)
    if not any(setting == now for _, setting, _, _ in found[:SHOWN]):
        print(*next(one for one in found if one[1] == now))


def settings(now: dict[str, float]) -> list[dict[str, float]]:
    """WORK and SURE in all combinations with the others as they are, and the others each alone."""
    names = ("WORK", "SURE")
    pairs = [
        {**now, **dict(zip(names, two, strict=True))}
        for two in itertools.product(TRIED["WORK"], TRIED["SURE"])
    ]
    alone = [{**now, name: value} for name in ("FEW", "GAP") for value in TRIED[name]]
    return [dict(one) for one in {tuple(sorted(one.items())) for one in (now, *pairs, *alone)}]


def told(lines: Sequence[dict[str, Any]], setting: dict[str, float], index: Index) -> Told:
    """How many bodies are found under a setting."""
    before = {name: vars(bodies)[name] for name in setting}
    try:
        for name, value in setting.items():
            setattr(bodies, name, type(before[name])(value))
        named = [understand(line["question"], index).agency for line in lines]
    finally:
        for name, value in before.items():
            setattr(bodies, name, value)
    pairs = [(name, line["body"]) for name, line in zip(named, lines, strict=True)]
    return Told(
        right=sum(name == body is not None for name, body in pairs),
        wrong=sum(name not in (None, body) for name, body in pairs),
        unnamed=sum(name is None and body is not None for name, body in pairs),
        silent=sum(name is None and body is None for name, body in pairs),
    )


if __name__ == "__main__":
    main()
