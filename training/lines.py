"""Lines of questions and of contrast sets: where they lie, which are kept apart, how they are asked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Line = dict[str, Any]
FOLDERS = {
    "plans": "eval/plans/documents",
    "notices": "eval/gov_notices/documents",
    "laws": "eval/regulations",
    "more_laws": "train/regulations",
}
"""Collections by name, in the shared folder."""
SETS = ("plans", "notices", "laws")
"""Collections with development questions."""
_DATED = re.compile(r"[(（]\d{4}-\d\d-\d\d[)）]")


def load(path: Path) -> list[Line]:
    """The lines of a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def names(line: Line) -> set[str]:
    """The names of a line's files."""
    return {Path(name).name for name in line.get("files") or [line["file"]]}


def held_back(shared: Path) -> set[str]:
    """Files of the development sets, and of other versions of their laws."""
    sets = [*SETS, "contrast"]
    found = {n for s in sets for x in load(shared / "eval/reading" / f"{s}.jsonl") for n in names(x)}
    laws = {_DATED.sub("", n) for n in found if n.endswith(".md")}
    folders = (shared / FOLDERS["laws"], shared / FOLDERS["more_laws"])
    return found | {p.name for f in folders for p in f.iterdir() if _DATED.sub("", p.name) in laws}


def asked_in_full(line: Line) -> Iterator[str]:
    """The wordings, each behind the last question of what came before."""
    before = line.get("history") or []
    yield from (f"{before[-1]}；{text}" if before else text for text in line["variants"])
