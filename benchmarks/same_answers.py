"""Whether two states of the program answer alike: what a change that should only be faster must show.

    python -m qa batch tests/data/questions_answerable.jsonl --out before.jsonl     # the one state
    python -m qa batch tests/data/questions_answerable.jsonl --out after.jsonl      # the other
    python benchmarks/same_answers.py before.jsonl after.jsonl

Alike means what a reader sees: words, blocks, silence and citations.  The order of the first five clauses is
told beside it, scores are not compared.  The exit code is 1 where an answer differs.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from index.commands.options import named_path

SEEN: Final = ("answer", "abstained", "blocks", "citations", "understood")
Told = dict[str, Any]


def read(path: Path) -> dict[str, Told]:
    """The answers of a file by their ids, or by their questions where they have none."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]
    return {str(one.get("id", one["question"])): one for one in lines}


def first_five(one: Told) -> list[tuple[str, int]]:
    """Which clauses stand first, best first."""
    return [(hit["file"], hit["start"]) for hit in one["hits"][:5]]


def main() -> int:
    """Compare and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("before", type=named_path)
    parser.add_argument("after", type=named_path)
    options = parser.parse_args()
    before, after = read(options.before), read(options.after)
    if before.keys() != after.keys():
        raise SystemExit("The files answer different questions. Make both from the same file.")
    differ = [key for key in before if any(before[key][part] != after[key][part] for part in SEEN)]
    moved = sum(first_five(before[key]) != first_five(after[key]) for key in before)
    print(f"{len(before)} answers, {len(differ)} differ; the first five clauses of {moved} do")
    for key in differ:
        print(f"  {key}\n    {before[key]['answer'][:200]!r}\n    {after[key]['answer'][:200]!r}")
    return 1 if differ else 0


if __name__ == "__main__":
    raise SystemExit(main())
