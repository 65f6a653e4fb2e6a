"""Makes the training lines and the ranking sets once, so that a training run only reads them.

    python -m training.prepare --shared ../shared --kept FOLDER [--extra FOLDER] --out FOLDER

Writes FOLDER/reading.jsonl (questions with the windows that answer them and windows that tempt),
contrast.jsonl, and rank_{plans,notices,laws}.jsonl (development questions with thirty candidates each;
never trained on).  Candidates are found as the search finds them, by words and by the shipped question
encoder; with ``--words-only`` by words alone, which takes a minute where no vectors are kept yet.
Documents of the development sets, and other versions of their laws, are left out of everything that is
trained on.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from qa.search.fused import VECTOR_WEIGHT, WORD_WEIGHT
from qa.search.question_encoder import shipped_question_encoder
from training.asked import DATA, read_lines
from training.bigrams import Bigrams
from training.encoded import Collection, encoded, unencoded
from training.lines import FOLDERS, SETS, Line, asked_in_full, held_back, load, names
from training.texts import Window, normal

CANDIDATES = 30
TEMPTING = 12
"""Windows kept a wording while training, the best that do not hold the evidence."""
NEAREST = 100
"""Windows taken by words and by vectors each."""


@dataclass(frozen=True, slots=True)
class Haystack:
    """The windows of one collection and their postings."""

    collection: Collection
    posted: Bigrams

    def best(self, question: str, most: int) -> list[tuple[Window, float]]:
        """The windows that the search would find first, best first, with their scores."""
        words = self.posted.scores(question)
        if not len(self.collection.vectors):
            order = np.argsort(-words)[:most]
            return [(self.collection.windows[n], float(words[n])) for n in order]
        vectors = self.collection.vectors @ shipped_question_encoder().encode(question).vector
        count = min(NEAREST, len(words))
        both = np.union1d(*(np.argpartition(-one, count - 1)[:count] for one in (words, vectors)))
        fused = WORD_WEIGHT * _standard(words[both]) + VECTOR_WEIGHT * _standard(vectors[both])
        order = np.argsort(-fused)[:most]
        return [(self.collection.windows[both[n]], float(fused[n])) for n in order]


def _standard(scores: Any) -> Any:
    spread = scores.std()
    return (scores - scores.mean()) / spread if spread > 0 else np.zeros_like(scores)


def main() -> None:
    """Reads the sets, writes the prepared files, prints how much there is."""
    parser = argparse.ArgumentParser(description="Prepare training lines and ranking sets.")
    parser.add_argument("--shared", type=Path, required=True)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--kept", type=Path, help="where windows' vectors are kept")
    where.add_argument("--words-only", action="store_true", help="candidates by words alone")
    parser.add_argument("--extra", type=Path, help="folder of further questions_*.jsonl, contrast_*.jsonl")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="files of lines, without their ending")
    parser.add_argument("--without", nargs="+", default=(), metavar="NAME", help="files left out")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only-lines", action="store_true", help="no ranking sets")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    held = held_back(options.shared)
    lines, contrast = (
        [line for line in found if names(line).isdisjoint(held)]
        for found in read_lines(options.shared, options.extra, options.only, options.without)
    )
    _write(options.out / "contrast.jsonl", contrast)
    wanted = {name for line in lines for name in names(line)}
    made: list[Line] = []
    folders = {name: options.shared / folder for name, folder in FOLDERS.items()} | {"made": DATA / "made"}
    for name, folder in folders.items():
        paths = sorted(p for p in folder.iterdir() if p.is_file() and p.name not in held)
        if name not in SETS:
            paths = [p for p in paths if p.name in wanted]
        stack = haystack(paths, options.kept)
        made += [x for line in lines if (x := training_line(line, stack)) is not None]
    _write(options.out / "reading.jsonl", made)
    for name in () if options.only_lines else SETS:
        paths = sorted(p for p in folders[name].iterdir() if p.is_file())
        stack = haystack(paths, options.kept)
        _write(options.out / f"rank_{name}.jsonl", ranking_lines(options.shared, name, stack))


def haystack(paths: Sequence[Path], kept: Path | None) -> Haystack:
    """Reads and posts a collection; without a folder for its vectors it is found by words alone."""
    found = encoded(paths, kept) if kept else unencoded(paths)
    return Haystack(found, Bigrams([f"{w.heading}\n{w.text}" for w in found.windows]))


def training_line(line: Line, stack: Haystack) -> Line | None:
    """A line with its windows; None where the collection does not hold its files or no evidence is found."""
    files = [n for n in names(line) if n in stack.collection.rows]
    if not files:
        return None
    near = [normal(line["near"])] if line.get("near") else []
    groups = [[normal(one) for one in group] for group in line["evidence"]]
    own = [stack.collection.windows[n] for f in files for n in stack.collection.rows[f]]
    gold = [w for group in groups if (w := _best(own, group, normal(line.get("span") or ""))) is not None]
    if groups and not gold:
        return None
    keys = [normal(key) for key in line["answer"]]
    wrong = [_tempting(asked, stack, groups, keys, files) for asked in asked_in_full(line)]
    own_near = _best(own, near, "") if near else None
    return {
        "id": line["id"], "variants": list(asked_in_full(line)), "span": line.get("span"),
        "answer": line["answer"],
        "gold": [_shown(w) for w in {id(w): w for w in gold}.values()], "whole": len(gold) == len(groups),
        "near": _shown(own_near) if own_near else None, "wrong": wrong,
    }  # fmt: skip


def _best(own: list[Window], group: list[str], span: str) -> Window | None:
    """The window that holds the evidence; among several the one with the span, then with most around it."""
    found = [w for w in own if any(w.holds(one) for one in group)]
    return max(found, key=lambda w: (span in w.normal, any(one in w.normal for one in group)), default=None)


def _tempting(
    asked: str, stack: Haystack, groups: list[list[str]], keys: list[str], files: list[str]
) -> list[Line]:
    """Windows that words find and that do not hold the answer: of the same files first, then of all."""
    found: list[Line] = []
    for window, _ in stack.best(asked, 40):
        holds = any(window.holds(one) for group in groups for one in group)
        says = bool(keys) and all(key in window.normal for key in keys)
        if not holds and not says:
            found.append({**_shown(window), "own": window.file in files})
    own = [w for w in found if w["own"]][: TEMPTING // 2]
    return own + [w for w in found if not w["own"]][: TEMPTING - len(own)]


def ranking_lines(shared: Path, name: str, stack: Haystack) -> Iterator[Line]:
    """Each development wording with its candidates, their score, and which evidence each holds."""
    for line in load(shared / "eval/reading" / f"{name}.jsonl"):
        groups = [[normal(one) for one in group] for group in line["evidence"]]
        for k, asked in enumerate(asked_in_full(line)):
            hits = []
            for window, score in stack.best(asked, CANDIDATES):
                held = [g for g, group in enumerate(groups) if any(window.holds(one) for one in group)]
                hits.append({**_shown(window), "score": round(score, 3), "holds": held})
            yield {
                "id": f"{line['id']}#{k}", "question": asked, "kind": line["kind"], "groups": len(groups),
                "span": line.get("span"), "hits": hits,
            }  # fmt: skip


def _shown(window: Window) -> Line:
    return {"heading": window.heading, "text": window.text}


def _write(path: Path, lines: Any) -> None:
    count = 0
    with path.open("w", encoding="utf-8") as out:
        for line in lines:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            count += 1
    print(f"{path.name}: {count} lines")


if __name__ == "__main__":
    main()
