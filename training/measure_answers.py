"""Answers all development questions with any judge, and prints its figures beside those of runs before.

    python -m training.measure_answers --shared ../shared --indexes FOLDER --out RUN [--judge FOLDER]
        [--silence FITTED.json] [--sets NAME …] [--ask QUESTIONS.jsonl=INDEX …] [--beside RUN …]

Indexes that FOLDER lacks (policy, notices, plans, laws) are built there by the shipped encoder.  RUN holds of
each set its figures and the features that tools/fit_silence.py reads.  ``told apart`` is how well what a
question is weighed by (`qa.evidence.fitted`) tells answerable from unanswerable, as the area under the curve,
and behind it that of each line's first three wordings.  Left out: other values of constants (`fit_answer`).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from index.build.build import build
from index.search.index import Index, open_index
from qa.evidence import fitted
from qa.quality.evaluate import evaluate
from qa.quality.features import FeatureLine
from qa.search import clause_judge
from training import base
from training.lines import FOLDERS, SETS
from training.rank_candidates import auc

sys.path.insert(0, str(base.ROOT / "tools"))
from fit_silence import Asked, read, weighed

OWN = base.ROOT / "tests/data"
DOCUMENTS = {"policy": base.ROOT / "documents", **{name: Path(FOLDERS[name]) for name in SETS}}
"""What each index is made of; here and below a path that is not whole lies in the shared folder."""
QUESTIONS = {
    "policy": (Path("eval/policy_dev.jsonl"), "policy"),
    "answerable": (OWN / "questions_answerable.jsonl", "policy"),
    "unanswerable": (OWN / "questions_unanswerable.jsonl", "policy"),
    "everyday": (OWN / "questions_everyday.jsonl", "policy"),
    "plans": (Path("eval/reading/plans.jsonl"), "plans"),
    "notices": (Path("eval/reading/notices.jsonl"), "notices"),
    "laws": (Path("eval/reading/laws.jsonl"), "laws"),
    "contest": (Path("eval/gov_notices/questions_dev.jsonl"), "notices"),
}
"""Questions, and the index that they are asked of."""
SHOWN = {
    "document_R@1": "doc@1", "R@1": "R@1", "R@5": "R@5", "document_MRR@10": "MRR", "evidence_cited": "cited",
    "answer_complete": "complete", "all_wordings": "every", "silent_on_answerable": "silent",
    "abstained": "silent", "abstain_recall": "recall", "answer_rouge_l": "ROUGE-L", "told apart": "apart",
    "median_answer_chars": "signs", "quotes_verbatim": "verbatim",
}  # fmt: skip

Figures = dict[str, float | None]


def main() -> None:
    """Answers, writes and prints set by set."""
    options = _options()
    shared = options.shared.resolve()
    if options.judge:
        clause_judge.FOLDER = options.judge.resolve()  # type: ignore[misc]
    if options.silence:
        fitted.FILE = options.silence.resolve()  # type: ignore[misc]
    options.out.mkdir(parents=True, exist_ok=True)
    asked = {name: QUESTIONS[name] for name in options.sets}
    asked |= {file.stem: (file, index) for file, index in options.ask}
    for name, (file, index) in asked.items():
        measure(name, shared / file, opened(index, shared, options.indexes), options.out)
        for run in (*options.beside, options.out):
            if (run / f"{name}.json").is_file():
                said = json.loads((run / f"{name}.json").read_text("utf-8"))
                print(f"{name:12} {run.name:12} {_row(said)}", flush=True)
                if kinds := _kinds(said):
                    print(f"{'':12} {'':12} {kinds}", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Answer all development questions.")
    parser.add_argument("--shared", type=Path, default=base.ROOT.parent / "shared")
    parser.add_argument("--indexes", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--judge", type=Path, help="folder of a packed judge; the shipped one where left out")
    parser.add_argument("--silence", type=Path, help="file of tools/fit_silence.py; the shipped one likewise")
    parser.add_argument("--sets", nargs="*", choices=QUESTIONS, default=list(QUESTIONS), metavar="NAME")
    parser.add_argument("--ask", nargs="+", type=further, default=(), metavar="QUESTIONS=INDEX")
    parser.add_argument("--beside", type=Path, nargs="+", default=(), metavar="RUN")
    return parser.parse_args()


def further(said: str) -> tuple[Path, str]:
    """The file and the index of QUESTIONS.jsonl=INDEX."""
    file, _, index = said.rpartition("=")
    if index not in DOCUMENTS or not Path(file).is_file():
        raise argparse.ArgumentTypeError(f"{said}: a file of questions, =, and one of {', '.join(DOCUMENTS)}")
    return Path(file).resolve(), index


def opened(name: str, shared: Path, indexes: Path) -> Index:
    """The index of that name, built where it is not there."""
    folder = indexes / name
    if not folder.exists():
        build(shared / DOCUMENTS[name], folder)
    return open_index(folder)


def measure(name: str, questions: Path, index: Index, out: Path) -> Figures:
    """Writes out/NAME.features.jsonl and out/NAME.json, and gives the figures."""
    features = out / f"{name}.features.jsonl"
    with features.open("w", encoding="utf-8") as file:

        def told(line: FeatureLine) -> None:
            file.write(f"{json.dumps(line, ensure_ascii=False)}\n")

        found = evaluate(questions, index, told=told)
    for fault in found.faults:
        print(f"{questions}, line {fault.number}: {fault.why}", file=sys.stderr)
    figures: Figures = {one.name: one.value for part in found.figures for one in part}
    asked = weighed(read([features])[0], fitted.silence_in())
    figures["told apart"] = _auc(asked)
    for wording in sorted({one.wording for one in asked if one.wording is not None}):
        figures[f"told apart, {wording}"] = _auc([one for one in asked if one.wording == wording])
    for kind in found.by_kind:
        figures[f"complete, {kind.type} ({kind.questions})"] = kind.complete
    (out / f"{name}.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    return figures


def _auc(asked: list[Asked]) -> float | None:
    return auc([(one.odds, one.answerable) for one in asked])


def _row(figures: Figures) -> str:
    said = [f"{short} {value:.3f}" for key, short in SHOWN.items() if (value := figures.get(key)) is not None]
    by_wording = [f"{value:.3f}" for key, value in figures.items() if "apart, " in key and value is not None]
    return " ".join(said) + (f" ({' / '.join(by_wording[:3])})" if by_wording else "")


def _kinds(figures: Figures) -> str:
    of_kinds = {key.partition(", ")[2]: value for key, value in figures.items() if "complete, " in key}
    return " ".join(f"{kind} {value:.3f}" for kind, value in of_kinds.items() if value is not None)


if __name__ == "__main__":
    main()
