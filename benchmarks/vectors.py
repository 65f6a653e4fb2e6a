"""What the encoder alone finds: questions against windows by cosine, without words, rules or a region read.

    python benchmarks/vectors.py [MODEL …] [--shared SHARED]

MODEL: folders that tools/pack_model.py wrote (none: the shipped one), measured one after another by the same
questions.  Policy: evidence groups among the first clauses of the documents of the question's region (told by
the file of questions).  Notices: the right document first.  The held-out questions are not looked at.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from index.clauses.windows import is_searched, windows  # noqa: E402
from index.commands.options import named_path  # noqa: E402
from index.encoders.load import load_encoder  # noqa: E402
from index.parsing.parse import parse_file  # noqa: E402
from qa.quality.scoring import rank_of  # noqa: E402

Floats = npt.NDArray[np.float32]


class Encoding(Protocol):
    """What is needed of an encoder here."""

    def encode_passages(self, texts: Sequence[str]) -> Floats:
        """Unit rows (n, dim)."""

    def encode_question(self, text: str) -> Floats:
        """Unit length (dim,)."""


@dataclass(frozen=True, slots=True)
class Library:
    """The windows of a folder; ``clause[i]`` is the clause that window ``i`` is of."""

    texts: list[str]
    clause: npt.NDArray[np.int64]
    clauses: list[str]
    files: list[str]
    regions: list[str | None]


def read_library(folder: Path) -> Library:
    """All .txt files of a folder, cut as the index does."""
    library = Library([], np.empty(0, np.int64), [], [], [])
    of: list[int] = []
    for path in sorted(folder.glob("*.txt")):
        parsed = parse_file(path, folder)
        for clause in filter(is_searched, parsed.clauses):
            texts = windows(parsed.document, clause)
            of.extend([len(library.clauses)] * len(texts))
            library.texts.extend(texts)
            library.clauses.append(clause.text)
            library.files.append(path.name)
            library.regions.append(parsed.document.region)
    return Library(library.texts, np.array(of), library.clauses, library.files, library.regions)


def read_questions(*paths: Path) -> list[dict[str, Any]]:
    """The lines of JSONL files that have an answer."""
    lines = [line for path in paths for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [asked for asked in map(json.loads, lines) if asked.get("type") != "none"]


def scores(library: Library, vectors: Floats, question: Floats) -> Floats:
    """The best cosine of each clause's windows."""
    best = np.full(len(library.clauses), -1, np.float32)
    np.maximum.at(best, library.clause, vectors @ question)
    return best


def policy(encoder: Encoding, library: Library, vectors: Floats, asked: list[dict[str, Any]]) -> str:
    """R@1, R@5, R@10 and MRR@10 over evidence groups."""
    ranks = []
    for question in asked:
        found = scores(library, vectors, encoder.encode_question(question["question"]))
        allowed = {None, *(question.get("regions") or library.regions)}
        outside = [region not in allowed for region in library.regions]
        order = np.argsort(-np.where(outside, -1, found))[:10]
        texts = [library.clauses[at] for at in order]
        ranks += [rank_of(group, texts) for group in question["evidence"]]
    return _figures(ranks)


def notices(encoder: Encoding, library: Library, vectors: Floats, asked: list[dict[str, Any]]) -> str:
    """R@1, R@5, R@10 and MRR@10 of the right document, and the answer in the first five clauses."""
    ranks, answered = [], []
    for question in asked:
        order = np.argsort(-scores(library, vectors, encoder.encode_question(question["question"])))
        files = list(dict.fromkeys(library.files[int(at)] for at in order[:400]))[:10]
        wanted = question["document"]
        ranks.append(files.index(wanted) + 1 if wanted in files else None)
        answered.append(rank_of([question["answer"]], [library.clauses[at] for at in order[:5]]) is not None)
    return f"{_figures(ranks)}, answer in the first 5 clauses {np.mean(answered):.3f}"


def _figures(ranks: Iterable[int | None]) -> str:
    known = np.array([rank or 1_000_000 for rank in ranks])
    shares = " / ".join(f"{np.mean(known <= k):.3f}" for k in (1, 5, 10))
    return f"R@1 / R@5 / R@10 {shares}, MRR@10 {np.mean(np.where(known <= 10, 1 / known, 0)):.3f}"


def main() -> None:
    """Print the figures of each model."""
    parser = argparse.ArgumentParser(description="What the encoder alone finds.")
    parser.add_argument("models", nargs="*", default=[None])
    parser.add_argument("--shared", type=named_path, default=ROOT.parent / "shared")
    options = parser.parse_args()
    plans, many = (
        read_library(ROOT / "documents"),
        read_library(options.shared / "eval/gov_notices/documents"),
    )
    development = read_questions(options.shared / "eval/policy_dev.jsonl")
    further = read_questions(ROOT / "tests/data/questions_answerable.jsonl")
    over_many = read_questions(options.shared / "eval/gov_notices/questions_dev.jsonl")
    for model in options.models:
        encoder = load_encoder(model)
        over_plans = encoder.encode_passages(plans.texts)
        print(model or "the shipped encoder")
        print("  policy, development:", policy(encoder, plans, over_plans, development), flush=True)
        print("  policy, further:    ", policy(encoder, plans, over_plans, further), flush=True)
        vectors = encoder.encode_passages(many.texts)
        print("  notices:            ", notices(encoder, many, vectors, over_many), flush=True)


if __name__ == "__main__":
    main()
