"""Makes the training lines and the ranking sets once, so that a training run only reads them.

    python -m training.prepare --shared ../shared [--extra FOLDER [--only-extra]] --out FOLDER

Writes FOLDER/reading.jsonl (questions with the windows that answer them and windows that tempt),
contrast.jsonl, and rank_{plans,notices,laws}.jsonl (development questions with thirty candidates each;
never trained on).  Documents of the development sets, and other versions of their laws, are left out of
everything that is trained on.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.bigrams import Bigrams
from training.texts import Window, normal, windows_of

Line = dict[str, Any]
FOLDERS = {
    "plans": "eval/plans/documents",
    "notices": "eval/gov_notices/documents",
    "laws": "eval/regulations",
    "more_laws": "train/regulations",
}
SETS = ("plans", "notices", "laws")
CANDIDATES = 30
TEMPTING = 12
"""Windows kept a wording while training, the best that do not hold the evidence."""
_DATED = re.compile(r"[(（]\d{4}-\d\d-\d\d[)）]")


@dataclass(frozen=True, slots=True)
class Haystack:
    """The windows of one collection and their postings."""

    windows: list[Window]
    posted: Bigrams
    of_file: dict[str, list[int]]


def main() -> None:
    """Reads the sets, writes the prepared files, prints how much there is."""
    parser = argparse.ArgumentParser(description="Prepare training lines and ranking sets.")
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--extra", type=Path, help="folder with contrast*.jsonl, questions*.jsonl, made/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--only-extra",
        action="store_true",
        help="the extra folder's lines alone, over the documents that they name",
    )
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    held = held_back(options.shared)
    contrast = [x for x in _extra(options, "contrast") if _names(x).isdisjoint(held)]
    _write(options.out / "contrast.jsonl", contrast)
    lines = [x for x in _extra(options, "questions") if _names(x).isdisjoint(held)]
    wanted = {name for line in lines for name in _names(line)}
    made: list[Line] = []
    folders = [options.shared / folder for folder in FOLDERS.values()]
    if options.extra and (options.extra / "made").is_dir():
        folders.append(options.extra / "made")
    for folder in folders:
        paths = sorted(p for p in folder.iterdir() if p.is_file() and p.name not in held)
        if options.only_extra:
            paths = [p for p in paths if p.name in wanted]
        elif folder == options.shared / FOLDERS["more_laws"]:
            paths = [p for p in paths if p.name in wanted or hash_share(p.name) < 0.15]
        stack = haystack(paths) if paths else Haystack([], Bigrams([]), {})
        made += [x for line in lines if (x := training_line(line, stack)) is not None]
    _write(options.out / "reading.jsonl", made)
    for name in () if options.only_extra else SETS:
        stack = haystack(sorted(p for p in (options.shared / FOLDERS[name]).iterdir() if p.is_file()))
        _write(options.out / f"rank_{name}.jsonl", ranking_lines(options.shared, name, stack))


def held_back(shared: Path) -> set[str]:
    """Files of the development sets, and of other versions of their laws."""
    sets = [*SETS, "contrast"]
    names = {n for s in sets for x in load(shared / "eval/reading" / f"{s}.jsonl") for n in _names(x)}
    laws = {_DATED.sub("", n) for n in names if n.endswith(".md")}
    folders = (shared / FOLDERS["laws"], shared / FOLDERS["more_laws"])
    return names | {p.name for f in folders for p in f.iterdir() if _DATED.sub("", p.name) in laws}


def haystack(paths: list[Path]) -> Haystack:
    """Reads and posts a collection."""
    found = windows_of(paths)
    of_file: dict[str, list[int]] = {}
    for number, window in enumerate(found):
        of_file.setdefault(window.file, []).append(number)
    return Haystack(found, Bigrams([f"{w.heading}\n{w.text}" for w in found]), of_file)


def training_line(line: Line, stack: Haystack) -> Line | None:
    """A line with its windows; None where the collection does not hold its files or no evidence is found."""
    files = [n for n in _names(line) if n in stack.of_file]
    if not files:
        return None
    near = [normal(line["near"])] if line.get("near") else []
    groups = [[normal(one) for one in group] for group in line["evidence"]]
    own = [stack.windows[n] for f in files for n in stack.of_file[f]]
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


def asked_in_full(line: Line) -> Iterator[str]:
    """The wordings, each behind the last question of what came before."""
    before = line.get("history") or []
    yield from (f"{before[-1]}；{text}" if before else text for text in line["variants"])


def _best(own: list[Window], group: list[str], span: str) -> Window | None:
    """The window that holds the evidence; among several the one with the span, then with most around it."""
    found = [w for w in own if any(w.holds(one) for one in group)]
    return max(found, key=lambda w: (span in w.normal, any(one in w.normal for one in group)), default=None)


def _tempting(
    asked: str, stack: Haystack, groups: list[list[str]], keys: list[str], files: list[str]
) -> list[Line]:
    """Windows that words find and that do not hold the answer: of the same files first, then of all."""
    found: list[Line] = []
    for number, _ in stack.posted.best(asked, 40):
        window = stack.windows[number]
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
            for number, score in stack.posted.best(asked, CANDIDATES):
                window = stack.windows[number]
                held = [g for g, group in enumerate(groups) if any(window.holds(one) for one in group)]
                hits.append({**_shown(window), "score": round(score, 3), "holds": held})
            yield {
                "id": f"{line['id']}#{k}", "question": asked, "kind": line["kind"], "groups": len(groups),
                "span": line.get("span"), "hits": hits,
            }  # fmt: skip


def hash_share(name: str) -> float:
    """A number from 0 to 1 that depends on the name alone."""
    return sum(ord(c) * (i + 7) for i, c in enumerate(name)) % 1000 / 1000


def load(path: Path) -> list[Line]:
    """The lines of a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _extra(options: argparse.Namespace, kind: str) -> Iterator[Line]:
    """Lines of a kind: the shared ones, then those of the extra folder."""
    names = ["contrast*.jsonl"] if kind == "contrast" else ["plans*.jsonl", "notices*.jsonl", "laws*.jsonl"]
    paths = [p for n in names for p in sorted((options.shared / "train/reading").glob(n))]
    if options.only_extra:
        paths = []
    if options.extra:
        paths += sorted(options.extra.glob(f"{kind}*.jsonl"))
    for path in paths:
        found = load(path)
        print(f"{path.name}: {len(found)} lines")
        yield from found


def _names(line: Line) -> set[str]:
    return {Path(name).name for name in line.get("files") or [line["file"]]}


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
