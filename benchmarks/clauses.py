"""How fast files become clauses and facts, against plain Python on the same files, and where the time goes.

    python benchmarks/clauses.py [FOLDER...]

Reads every file, cleans, describes and cuts it and finds its facts, each step timed; then reads the same
files and splits them at line breaks and blanks, which is the least that any indexer does.  Prints characters
a second of both and the ratio, so that a slow machine does not pass for slow code.  Without folders:
documents/, and ../shared/eval where it is present.
"""

from __future__ import annotations

import sys
import time
from itertools import pairwise
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from index.clauses.cut import cut  # noqa: E402
from index.facts.find import find_facts  # noqa: E402
from index.metadata.describe import describe  # noqa: E402
from index.reading.clean import clean  # noqa: E402
from index.reading.folder import Found, list_documents  # noqa: E402
from index.reading.read import read_text  # noqa: E402

SHARED = ROOT.parent / "shared" / "eval"
FOLDERS = (ROOT / "documents", SHARED / "gov_notices" / "documents", SHARED / "regulations")
REPEATS = 3
"""Runs over each folder; the median is printed."""
STEPS = ("read", "clean", "describe", "cut", "facts")


def steps(files: tuple[Found, ...]) -> dict[str, float]:
    """The seconds each step takes over the files, and the characters read."""
    spent = dict.fromkeys((*STEPS, "characters", "clauses"), 0.0)
    for found in files:
        marks = [time.perf_counter()]
        text = read_text(found.path).text
        marks.append(time.perf_counter())
        cleaned = clean(text).text
        marks.append(time.perf_counter())
        description = describe(cleaned, found.name)
        marks.append(time.perf_counter())
        clauses = cut(cleaned, description)
        marks.append(time.perf_counter())
        for clause in clauses:
            find_facts(clause)
        marks.append(time.perf_counter())
        for step, (begin, end) in zip(STEPS, pairwise(marks), strict=True):
            spent[step] += end - begin
        spent["characters"] += len(text)
        spent["clauses"] += len(clauses)
    return spent


def plain(files: tuple[Found, ...]) -> float:
    """The seconds to read the files and split them at line breaks and blanks."""
    begin = time.perf_counter()
    for found in files:
        for line in found.path.read_text(encoding="utf-8", errors="replace").splitlines():
            line.split()
    return time.perf_counter() - begin


def report(folder: Path) -> None:
    """Measure a folder and print it."""
    files = list_documents(folder).files
    steps(files)  # the gazetteer and the dictionaries are loaded once
    runs = [steps(files) for _ in range(REPEATS)]
    baseline = median(plain(files) for _ in range(REPEATS))
    spent = {step: median(run[step] for run in runs) for step in STEPS}
    total, characters = sum(spent.values()), runs[0]["characters"]
    print(f"{folder}: {len(files)} files, {characters:,.0f} characters, {runs[0]['clauses']:,.0f} clauses")
    print(f"  files to facts     {characters / total:12,.0f} characters/s   {total:7.2f} s")
    print(f"  read and split     {characters / baseline:12,.0f} characters/s   {baseline:7.2f} s")
    print(f"  ratio              {total / baseline:12,.1f}")
    for step, seconds in spent.items():
        print(f"  {step:10}         {seconds / total:12.0%}                {seconds:14.2f} s")


def main() -> None:
    """Measure the folders named, or the usual ones that are here."""
    for folder in map(Path, sys.argv[1:]) if len(sys.argv) > 1 else FOLDERS:
        if folder.exists():
            report(folder)
        else:
            print(f"{folder} is not here: skipped")


if __name__ == "__main__":
    main()
