"""Prints what other values of a constant of the search or of the answer would give, on development questions.

    python -m training.fit_answer --ask QUESTIONS.jsonl=INDEX … --vary qa.search.find.JUDGE_WEIGHT=.3,.5,.8
        [--vary qa.answer.single.NEAR=1,2]

Questions are of the formats that ``python -m qa evaluate`` reads.  Each constant is varied alone, the others
as they stand in the program; with ``--together`` all combinations are tried.  The judge reads each pair once,
so that all values but the first cost little.  Which value to take is read off the table: most answers
complete, in the mean of the files, the other figures not worse.
"""

from __future__ import annotations

import argparse
import importlib
import itertools
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from index.search.index import open_index
from qa.quality.evaluate import evaluate
from qa.search import clause_judge

SHOWN = ("R@1", "R@5", "document_R@1", "evidence_cited", "answer_complete", "span_rouge_l", "answer_rouge_l",
         "silent_on_answerable", "abstained", "abstain_recall")  # fmt: skip
VERDICTS = 1_000_000
"""Verdicts of the judge that are remembered."""

Setting = dict[str, float]


def main() -> None:
    """Prints a line for each file and setting, and at last the means of complete answers."""
    parser = argparse.ArgumentParser(description="Try other values of constants.")
    parser.add_argument("--ask", action="append", required=True, metavar="QUESTIONS=INDEX")
    parser.add_argument("--vary", action="append", required=True, metavar="MODULE.NAME=VALUE,VALUE")
    parser.add_argument("--together", action="store_true", help="all combinations")
    options = parser.parse_args()
    clause_judge.KEPT = VERDICTS  # type: ignore[misc]
    varied = {}
    for one in options.vary:
        name, _, values = one.partition("=")
        varied[name] = [float(value) for value in values.split(",")]
    means: dict[str, list[float]] = {}
    for one in options.ask:
        questions, _, folder = one.rpartition("=")
        index = open_index(Path(folder))
        for setting in settings(varied, together=options.together):
            found = figures(Path(questions), index, setting)
            shown = " ".join(f"{name} {found[name]:.3f}" for name in SHOWN if found.get(name) is not None)
            print(Path(questions).stem, setting or "as it is", shown, flush=True)
            if "answer_complete" in found:  # not of questions over documents
                means.setdefault(str(setting), []).append(found["answer_complete"])
    for name, complete in means.items():
        print(f"{sum(complete) / len(complete):.4f} complete in the mean: {name}")


def settings(varied: dict[str, list[float]], *, together: bool) -> Iterator[Setting]:
    """The program's own, then each constant's values alone, or all combinations."""
    yield {}
    if together:
        for chosen in itertools.product(*varied.values()):
            yield dict(zip(varied, chosen, strict=True))
        return
    for name, values in varied.items():
        for value in values:
            yield {name: value}


def figures(questions: Path, index: Any, setting: Setting) -> dict[str, float]:
    """The figures of a file of questions with some constants changed."""
    homes = {name: home_of(name) for name in setting}
    before = {name: vars(home)[constant] for name, (home, constant) in homes.items()}
    try:
        for name, value in setting.items():
            setattr(*homes[name], type(before[name])(value))
        found = evaluate(questions, index)
    finally:
        for name, value in before.items():
            setattr(*homes[name], value)
    return {one.name: one.value for part in found.figures for one in part if one.value is not None}


def home_of(name: str) -> tuple[ModuleType, str]:
    """The module of qa.answer.single.NEAR, and NEAR; ends the program where there is none."""
    module, _, constant = name.rpartition(".")
    try:
        home = importlib.import_module(module)
    except (ImportError, ValueError):
        raise SystemExit(f"{name}: no such module; give it whole, as qa.answer.single.NEAR") from None
    if constant not in vars(home):
        raise SystemExit(f"{module} has no {constant}")
    return home, constant


if __name__ == "__main__":
    main()
