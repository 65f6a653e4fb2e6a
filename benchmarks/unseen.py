"""The figures over the questions that no rule was made with: tests/data/questions_unseen.jsonl.

    python benchmarks/unseen.py [SHARED]

Builds an index of the notices and one of the laws and regulations in SHARED/eval (default: ../shared), and
answers the fifty questions of each.  Prints figures only: the questions are to stay unseen.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from index.build.build import build  # noqa: E402
from index.search.index import open_index  # noqa: E402
from qa.quality.evaluate import evaluate  # noqa: E402

QUESTIONS = ROOT / "tests/data/questions_unseen.jsonl"


def main() -> None:
    """Print one line of figures for each of the two collections."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    with tempfile.TemporaryDirectory() as folder:
        for letter, documents in (("n", "gov_notices/documents"), ("r", "regulations")):
            store, asked = Path(folder) / letter, Path(folder) / f"{letter}.jsonl"
            build(shared / "eval" / documents, store)
            mine = [line for line in lines if json.loads(line)["id"].startswith(letter)]
            asked.write_text("\n".join(mine), encoding="utf-8")
            with open_index(store) as index:
                figures = evaluate(asked, index).document_figures
            print(documents, " ".join(f"{one.name} {one.value}" for one in figures))


if __name__ == "__main__":
    main()
