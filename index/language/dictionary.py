"""jieba's dictionary of Chinese words (``忻州 47 ns``: word, count, part of speech), read without jieba.

Place names are taken from it (`regions`), and a question's words are cut by it (`qa.question.jieba_cut`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from sys import intern


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The file's lines: the word of each, how often it was counted, its part of speech (ns).

    One word stands twice (B超).
    """

    words: Sequence[str]
    counts: Sequence[int]
    tags: Sequence[str]


@cache
def dictionary() -> Dictionary:
    """The words, read once for all who use them."""
    cells = _file().read_text(encoding="utf-8").split()
    return Dictionary(cells[0::3], list(map(int, cells[1::3])), list(map(intern, cells[2::3])))


def _file() -> Path:
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba is not installed. Run: pip install jieba")
    return Path(spec.origin).parent / "dict.txt"
