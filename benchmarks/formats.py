"""Whether a document comes out the same from every format: the share of its clauses that agree.

    python benchmarks/formats.py

Makes each of the five documents into every other format that is read, reads them back and compares clauses.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from index.parse import Parsed  # noqa: E402

_BLANKS_AND_BARS = re.compile(r"[\s|]+")
"""Where lines break and how a table is drawn is the format's: a⏎ b |."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many clauses the same document has in both formats; a clause that stands twice counts twice."""

    same: int
    reference: int
    other: int

    @property
    def f1(self) -> float:
        """The harmonic mean of the shares of both sides, 0 to 1; 1 where neither has a clause."""
        total = self.reference + self.other
        return 2 * self.same / total if total else 1.0


def agreement(reference: Parsed, other: Parsed) -> Agreement:
    """Compare the clauses of two readings of one document: label and words, blanks and table bars dropped."""
    ours, theirs = _counted(reference), _counted(other)
    return Agreement((ours & theirs).total(), ours.total(), theirs.total())


def _counted(parsed: Parsed) -> Counter[tuple[str, str]]:
    return Counter((_bare(clause.label or ""), _bare(clause.text)) for clause in parsed.clauses)


def _bare(text: str) -> str:
    return _BLANKS_AND_BARS.sub("", text)
