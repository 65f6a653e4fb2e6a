"""A part of the development questions over plans as a set: questions by other hands, in people's words.

The documents are those that lines ask about and then the first of the others, so many as are wanted.  Of each
line two wordings are asked: the subject's own words and an everyday one.  Lines that no document answers are
left out, since the peers are never silent.  Scored by the development data's own scorer.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from rows import Set

WORDINGS = "0,1"


def plans(shared: Path, documents: int, out: Path) -> Set:
    """So many plans, copied into ``out``, with their questions."""
    every, lines = shared / "eval/plans/documents", shared / "eval/reading/plans.jsonl"
    read = [json.loads(line) for line in lines.read_text("utf-8").splitlines() if line]
    asked = list(dict.fromkeys(name for one in read for name in one.get("files") or [one["file"]]))
    others = [path.name for path in sorted(every.iterdir()) if path.name not in asked]
    chosen = (asked + others)[:documents]
    folder, kept = out / "plans", out / "plans.lines.jsonl"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in chosen:
        shutil.copy(every / name, folder / name)
    answered = [
        one
        for one in read
        if one["evidence"] and set(one.get("files") or [one["file"]]) <= set(chosen) and one["kind"] != "none"
    ]
    kept.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in answered), "utf-8")
    questions = out / "plans.questions.jsonl"
    _scorer(shared / "eval/score.py", "questions", kept, questions, "--variants", WORDINGS)
    return Set("plans", folder, questions, kept)


def scored(scorer: Path, lines: Path, answers: Path, documents: Path) -> dict[str, float | None]:
    """The figures of the answers, by the scorer of such lines, which stands beside ``scorer``."""
    figures: dict[str, float | None] = json.loads(_scorer(scorer, "score", lines, answers, documents))
    return figures


def _scorer(scorer: Path, *arguments: str | Path) -> str:
    command = [sys.executable, str(scorer.with_name("reading.py")), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
