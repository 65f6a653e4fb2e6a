"""Questions and the windows that answer them, over whole collections: what the question encoder learns from.

A collection is a set of documents whose windows the shipped encoder has encoded; the windows of all its
documents are wrong answers to a question but those that hold its evidence.  Documents of the development sets
are left out.  Left out: the model (`question_encoder_net`), the loop (`train_question_encoder`).
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from training.encoded import Collection, encoded, without
from training.lines import FOLDERS, SETS, Line, asked_in_full, held_back, load, names
from training.texts import normal

DATA = Path(__file__).parent / "data"
SHORTEST_TWIN = 12
"""Characters from which evidence that stands in another document's window makes that window right as well."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a collection; ``right``: of each piece of evidence the rows that hold it.

    ``among`` are the rows that it is asked of where it names no document, as questions of contrast sets do;
    all of the collection otherwise.
    """

    text: str
    right: tuple[tuple[int, ...], ...]
    among: tuple[int, ...] = ()


@dataclass(slots=True)
class Learnt:
    """Of each collection its questions, to learn from and (those of eval/reading) to measure by."""

    collections: dict[str, Collection] = field(default_factory=dict)
    learning: dict[str, list[Asked]] = field(default_factory=dict)
    told: dict[str, list[Asked]] = field(default_factory=dict)
    all_of: dict[str, Collection] = field(default_factory=dict)


def learnt(shared: Path, kept: Path, extra: Path | None = None) -> Learnt:
    """Everything; vectors are kept in the folder ``kept`` and read from it the next time."""
    found, held = Learnt(), held_back(shared)
    lines, contrasts = read_lines(shared, extra)
    lines = [line for line in lines if names(line).isdisjoint(held) and line["evidence"]]
    contrasts = [line for line in contrasts if names(line).isdisjoint(held)]
    wanted = {name for line in (*lines, *contrasts) for name in names(line)}
    folders = {name: shared / FOLDERS[name] for name in FOLDERS} | {"made": DATA / "made"}
    for name, folder in folders.items():
        paths = sorted(p for p in folder.iterdir() if p.is_file())
        if name not in SETS:
            paths = [p for p in paths if p.name in wanted]
        whole = encoded(paths, kept)
        if name in SETS:
            found.all_of[name] = whole
            found.told[name] = _asked(load(shared / f"eval/reading/{name}.jsonl"), whole, twins=False)
        free = without(whole, held)
        found.collections[name] = free
        found.learning[name] = _asked(lines, free) + _elliptic(contrasts, free)
    return found


def read_lines(
    shared: Path, extra: Path | None, only: Sequence[str] | None = None, without: Sequence[str] = ()
) -> tuple[list[Line], list[Line]]:
    """Question lines and contrast lines of the shared folder, of the project and of a further folder.

    ``only`` and ``without`` are names of their files without the ending.
    """
    folder = shared / "train/reading"
    asked = [p for n in SETS for p in sorted(folder.glob(f"{n}*.jsonl"))]
    contrast = sorted(folder.glob("contrast*.jsonl"))
    for more in (DATA, extra):
        if more:
            asked += sorted(more.glob("questions_*.jsonl"))
            contrast += sorted(more.glob("contrast_*.jsonl"))
    asked, contrast = (
        [p for p in found if (only is None or p.stem in only) and p.stem not in without]
        for found in (asked, contrast)
    )
    return [x for p in asked for x in load(p)], [x for p in contrast for x in load(p)]


class _Twins:
    """All windows' texts as one, to find the windows of other documents that say the same."""

    def __init__(self, collection: Collection) -> None:
        self._starts, parts, at = [], [], 0
        for window in collection.windows:
            self._starts.append(at)
            parts.append(window.normal)
            at += len(window.normal) + 1
        self._text = "\0".join(parts)

    def of(self, evidence: str) -> list[int]:
        """Rows of the windows that hold it."""
        found, at = [], self._text.find(evidence)
        while at >= 0:
            found.append(bisect.bisect_right(self._starts, at) - 1)
            at = self._text.find(evidence, at + 1)
        return found


def _asked(lines: Sequence[Line], collection: Collection, *, twins: bool = True) -> list[Asked]:
    """The wordings of the lines over the collection's documents."""
    found, same = [], _Twins(collection) if twins else None
    for line in lines:
        files = [name for name in names(line) if name in collection.rows]
        right = []
        for group in line["evidence"] if files else ():
            texts = [normal(one) for one in group]
            rows = {row for text in texts for row in collection.holding(files, text)}
            if same and rows:
                rows |= {row for text in texts if len(text) >= SHORTEST_TWIN for row in same.of(text)}
            if rows:
                right.append(tuple(sorted(rows)))
        if right:
            found += [Asked(text, tuple(right)) for text in asked_in_full(line)]
    return found


def _elliptic(contrasts: Sequence[Line], collection: Collection) -> list[Asked]:
    """Questions that a contrast clause answers, asked of its document alone."""
    found = []
    for line in contrasts:
        for name in names(line):
            among = tuple(collection.rows.get(name, ()))
            for one in line["yes"] if among else ():
                rows = collection.holding([name], normal(one["span"]))
                clause = normal(line["clause"])[:200]
                rows = [
                    r for r in rows if collection.windows[r].normal[:60] in clause or clause[:60] in
                    collection.windows[r].normal_whole
                ]  # fmt: skip
                if rows:
                    found.append(Asked(one["q"], (tuple(rows),), among))
    return found
