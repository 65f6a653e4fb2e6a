"""How often the kind of a question is read rightly: over the development questions and phrasings kept apart.

    python -m training.measure_questions --index store --lines lines.jsonl [--shared ../shared] [--most 900]

The index is needed since its documents decide which words are known; any will do.  Kinds of the questions are
mapped to those of the product; kinds without one (comparisons, yes or no, unanswerable) are left out.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from index.search.index import open_index
from qa.question.understand import understand
from training.question_lines import SEED

OPEN = ("how", "condition", "definition", "summary", "why", "where", "procedure", "penalty")
RIGHT: dict[str, set[str]] = {
    "agency": {"agency", "lead"}, "who": {"agency", "lead"}, "lead": {"lead"}, "deadline": {"deadline"},
    "when": {"deadline"}, "number": {"quantity"}, "target": {"quantity"}, "count": {"quantity"},
    "money": {"money"}, "list": {"list"}, "inverse_agency": {"tasks"}, "inverse_due": {"list"},
    "locate": {"passage", "document"}, **{kind: {"passage"} for kind in OPEN},
}  # fmt: skip
"""The kinds of the product that are right for a kind of `eval/reading`."""


def main() -> None:
    """Prints the shares read rightly, all together and by kind."""
    parser = argparse.ArgumentParser(description="Kinds of questions read rightly.")
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--lines", type=Path, required=True)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--most", type=int, default=900)
    options = parser.parse_args()
    index = open_index(options.index)

    def asked(text: str, before: str) -> str:
        query = understand(text, index, [before] if before else [])
        return "nothing" if query.asks_nothing else query.asked

    for name, questions in (
        ("eval/reading", list(_development(options.shared))),
        ("phrasings apart", list(_apart(options.lines, options.most))),
    ):
        told, right = Counter[str](), Counter[str]()
        for kind, wanted, text, before in questions:
            hit = asked(text, before) in wanted
            for key in ("all", kind):
                told[key] += 1
                right[key] += hit
        print(name, {key: (round(right[key] / told[key], 3), told[key]) for key in told})


Question = tuple[str, set[str], str, str]
"""Its kind, the kinds that are right, its words and the question before."""


def _development(shared: Path) -> Iterator[Question]:
    for name in ("plans", "notices", "laws"):
        for line in (shared / "eval" / "reading" / f"{name}.jsonl").read_text("utf-8").splitlines():
            one = json.loads(line)
            before = (one.get("history") or [""])[-1]
            for text in one["variants"] if one["kind"] in RIGHT else ():
                yield one["kind"], RIGHT[one["kind"]], text, before


def _apart(path: Path, most: int) -> Iterator[Question]:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    apart = [line for line in lines if line["apart"]]
    random.Random(SEED).shuffle(apart)
    wider = {"due": {"list"}, "locate": {"passage", "document"}}
    for line in apart[:most]:
        if line["kind"] not in {None, "same"}:
            yield line["kind"], wider.get(line["kind"], {line["kind"]}), line["text"], line["before"]


if __name__ == "__main__":
    main()
