"""CMRC 2018 and DRCD as the reader's script reads them (`tools/reader_data.py`)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from opencc import OpenCC

from training.base import ROOT


def article_examples(folder: Path) -> list[Any]:
    """All questions with their paragraph and answer, DRCD in simplified characters."""
    sys.path.insert(0, str(ROOT / "tools"))
    from reader_data import CMRC, DRCD, of_file  # noqa: PLC0415 - a script's module, found by the line above

    simplified = OpenCC("t2s")
    found = [e for name in CMRC for e in of_file(folder / name, None)]
    return found + [e for name in DRCD for e in of_file(folder / name, simplified)]
