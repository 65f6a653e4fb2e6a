"""jieba's dictionary of Chinese words (``忻州 47 ns``: word, count, part of speech), read without jieba.

Place names are taken from it (`regions`), and a question's words are cut by it (`qa.question.jieba_cut`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from sys import intern


@dataclass(frozen=True, slots=True)
class Dictionary:
    """``counts``: of each word how often it was counted; ``tags``: its part of speech (ns).

    One word stands twice (B超): its last line holds, while ``total`` is the sum over all lines, as in jieba.
    """

    counts: Mapping[str, int]
    tags: Mapping[str, str]
    total: int


@cache
def dictionary() -> Dictionary:
    """The words, read once for all who use them."""
    cells = _file().read_text(encoding="utf-8").split()
    words, counts = cells[0::3], list(map(int, cells[1::3]))
    # Equal tags are kept once: there are some fifty.
    tags = dict(zip(words, map(intern, cells[2::3]), strict=True))
    return Dictionary(dict(zip(words, counts, strict=True)), tags, sum(counts))


def _file() -> Path:
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba is not installed. Run: pip install jieba")
    return Path(spec.origin).parent / "dict.txt"
