"""A fixed sample of the development questions by other hands: three documents, every line asked of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Final

import pytest

from index.build.build import build

EVAL: Final = Path(__file__).parents[3] / "shared" / "eval"
SAMPLE: Final = {
    "plans": "华测_关于印发《上海市脑机接口未来产业培育行动方案（2025-2030年）》的通知.md",
    "notices": "dc910c9b39333debb181e1cd1413a793.txt",
    "laws": "城市居民最低生活保障条例(1999-09-28).md",
}
"""A document of each set, neither the longest nor the shortest of those with questions: 21 lines."""
DOCUMENTS: Final = {"plans": "plans/documents", "notices": "gov_notices/documents", "laws": "regulations"}


def skip_without() -> None:
    """Skips the test where the development data do not lie beside the project."""
    if not (EVAL / "reading").is_dir() or not (EVAL / "reading.py").is_file():
        pytest.skip("the questions by other hands are not here (../shared/eval/reading)")


def fill(folder: Path) -> None:
    """Puts ``questions.jsonl``, ``documents`` and their index ``store`` into a folder."""
    documents = folder / "documents"
    documents.mkdir()
    chosen = []
    for name, file in SAMPLE.items():
        shutil.copy(EVAL / DOCUMENTS[name] / file, documents)
        lines = (EVAL / "reading" / f"{name}.jsonl").read_text("utf-8").splitlines()
        chosen += [line for line in lines if line.strip() and json.loads(line)["file"] == file]
    (folder / "questions.jsonl").write_text("\n".join(chosen), "utf-8")
    build(documents, folder / "store")
