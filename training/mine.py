"""Orders the tempting windows of prepared lines by what a packed judge takes for answers: its mistakes first.

    python -m training.mine --prepared FOLDER [FOLDER …] --model model.onnx --out FOLDER
        [--answerable 3000] [--windows 8]

Silence is decided by the clause, of all that are read, which the judge holds highest; windows that a search
puts first tempt less than those that the judge itself takes for answers.  One wording a line is judged, with
so many of its windows; the line is written with the hardest of them.  A window of another document that the
judge is sure of may well answer a question that names no document, and is left out.  All unanswerable lines
are taken, and so many answerable ones, drawn by chance.  Contrast lines stay where they are.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import Any

from training.lines import Line, load
from training.packed import Judging, opened

SEED = 20261130
KEPT = 4
"""Windows kept of the line's own documents; of others half as many (`groups` draws the first most often)."""
SURE = 0.0
"""Log odds from which a window of another document is left out."""


def main() -> None:
    """Judges and writes reading.jsonl; an empty contrast.jsonl beside it."""
    parser = argparse.ArgumentParser(description="Order tempting windows by a judge.")
    parser.add_argument("--prepared", type=Path, nargs="+", required=True, help="folders of training.prepare")
    parser.add_argument("--model", type=Path, required=True, help="a packed judge")
    parser.add_argument("--answerable", type=int, default=3000, help="answerable lines")
    parser.add_argument("--windows", type=int, default=8, help="windows judged a line")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    chance = random.Random(SEED)
    lines = [line for folder in options.prepared for line in load(folder / "reading.jsonl")]
    known = [line for line in lines if line["gold"]]
    lines = [line for line in lines if not line["gold"]]
    lines += chance.sample(known, min(options.answerable, len(known)))
    chance.shuffle(lines)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "contrast.jsonl").write_text("", encoding="utf-8")
    judge, mistakes = opened(options.model), 0
    with (options.out / "reading.jsonl").open("w", encoding="utf-8") as out:
        for at, line in enumerate(lines, 1):
            made, wrong = mined(line, judge, options.windows, chance)
            mistakes += wrong
            out.write(json.dumps(made, ensure_ascii=False) + "\n")
            if at % 500 == 0:
                print(
                    f"{at} of {len(lines)} lines, {mistakes} with a wrong window of their own above 0",
                    flush=True,
                )
    print(f"{len(lines)} lines, {mistakes} with a wrong window of their own above 0")


def mined(line: Line, judge: Judging, most: int, chance: random.Random) -> tuple[Line, bool]:
    """The line with its hardest windows by one wording's verdicts, and whether one of its own is above 0."""
    at = chance.randrange(len(line["variants"]))
    found: list[dict[str, Any]] = line["wrong"][at]
    own, others = ([w for w in found if bool(w.get("own")) is is_own] for is_own in (True, False))
    own = own[: most - 2]
    shown = [*own, *others[: most - len(own)]]
    verdicts = judge([(line["variants"][at], w["heading"], w["text"]) for w in shown])
    ranked = sorted(zip((v.odds for v in verdicts), shown, strict=True), key=lambda one: -one[0])
    kept = [w for _, w in ranked if w.get("own")][:KEPT]
    kept += [w for odds, w in ranked if not w.get("own") and odds < SURE][: KEPT // 2]
    above = any(odds > 0 and w.get("own") for odds, w in ranked)
    return {**line, "wrong": [kept] * len(line["variants"])}, above


if __name__ == "__main__":
    main()
