"""Weighs the parts of the search against each other: words, vector, tokens, whole document.

    python -m training.fit_fusion --shared ../shared --stores FOLDER

For every development question of eval/reading the candidates are scored without the judge; printed is how
much of the evidence is among the first 1, 5, 8, 12 and 20 clauses for each choice of weights.  The judge
reads the first eight clauses, so the choice goes by 5, 8 and 12.  FOLDER holds the indexes ``plans``,
``notices`` and ``laws``.  The weights stand in `qa.search.fused`; five minutes.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.search.index import Index
from index.search.live import LiveIndex
from qa.notes import Notes
from qa.question.understand import understand
from qa.search import find as searching
from qa.search.find import find
from qa.search.fused import CANDIDATES
from training.lines import SETS, load
from training.texts import normal

WEIGHTS = tuple(
    itertools.product((0.3, 0.5, 1.0), (0.5, 1.0, 1.5), (0.0, 1.0, 1.5, 2.0, 3.0), (0.5, 0.7, 1.0))
)
NEAREST = (1, 5, 8, 12, 20)


@dataclass(frozen=True, slots=True)
class Scored:
    """A question's candidates: words, cosine, tokens, document and bonus of each (candidates, 5), and which
    hold each piece of evidence (evidence, candidates)."""

    parts: Any
    holds: Any


def main() -> None:
    """Prints the recall of every choice of weights, for each set."""
    parser = argparse.ArgumentParser(description="Weigh words, vector and document.")
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--stores", type=Path, required=True)
    options = parser.parse_args()
    searching.judged = lambda *_: {}  # what the judge would read is what is ordered here
    for name in SETS:
        index = LiveIndex(options.stores / name).current()
        lines = load(options.shared / f"eval/reading/{name}.jsonl")
        scored = [found for line in lines for found in _scored(index, line)]
        for weights in WEIGHTS:
            print(name, *weights, recall(scored, weights), flush=True)


def recall(scored: Sequence[Scored], weights: tuple[float, float, float, float]) -> dict[int, float]:
    """The share of evidence among the first so many clauses."""
    ranks: list[int] = []
    for one in scored:
        words, cosines, tokens, documents, bonus = one.parts.T
        total = bonus + sum(
            w * _standardised(part)
            for w, part in zip(weights, (words, cosines, tokens, documents), strict=True)
        )
        order = np.argsort(-total, kind="stable")
        for held in one.holds:
            places = np.flatnonzero(held[order])
            ranks.append(int(places[0]) if places.size else CANDIDATES * 2)
    return {k: round(float(np.mean([rank < k for rank in ranks])), 3) for k in NEAREST}


def _standardised(values: Any) -> Any:
    return (values - values.mean()) / (values.std() or 1.0)


def _scored(index: Index, line: dict[str, Any]) -> list[Scored]:
    groups = [[normal(one) for one in group] for group in line["evidence"]]
    return [one for text in line["variants"] if groups if (one := _of(index, line, text, groups))]


def _of(index: Index, line: dict[str, Any], text: str, groups: list[list[str]]) -> Scored | None:
    notes = Notes()
    find(understand(text, index, line.get("history") or []), index, top_k=CANDIDATES, notes=notes)
    found = [one.found for search in notes.judgement(()).searches for one in search.candidates]
    if not found:
        return None
    parts = [
        [one.word_score, one.vector_score, one.token_score, one.document_score, one.bonus] for one in found
    ]
    texts = [normal(one.clause.text) for one in found]
    holds = [[any(words in text for words in group) for text in texts] for group in groups]
    return Scored(np.array(parts, float), np.array(holds))


if __name__ == "__main__":
    main()
