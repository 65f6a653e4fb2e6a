"""What text is searched by: pairs of Chinese characters, Latin words and numbers whole.

Bigrams beat dictionary words on both development sets and need no dictionary.  Texts and questions are
folded alike: NFKC, lower case, traditional characters to simplified.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final

from index.language.folding import compatible

_HAN: Final = "㐀-鿿豈-﫿〇々\U00020000-\U000323af"

_TOKEN = re.compile(rf"([a-z0-9]+(?:[.,][0-9]+)*)|([{_HAN}]+)|([^\W_a-z0-9{_HAN}]+)")
"""A Latin word or number (``pm2.5``, ``1,200``), a run of Chinese (``海绵城市``), a run of another script."""

_INNER_BLANK = re.compile(rf"(?<=[{_HAN}])[ \t\u3000]+(?=[{_HAN}])")
"""A stray blank between Chinese characters, which is no word end: ``海绵 城市``."""


@functools.cache
def _converter() -> Callable[[str], str]:
    import opencc  # noqa: PLC0415 - half of all commands never search

    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert


def simplified(text: str) -> str:
    """The text with traditional characters made simplified (海綿城市 -> 海绵城市); about 25 µs a question."""
    return text if text.isascii() else _converter()(text)


def tokens(text: str) -> list[str]:
    """The tokens of a text: ``海绵城市30%，好`` -> 海绵, 绵城, 城市, 30, 好."""
    folded = _INNER_BLANK.sub("", simplified(compatible(text).lower()))
    found: list[str] = []
    for word, run, other in _TOKEN.findall(folded):
        if not run:
            found.append(word.replace(",", "") or other)
        elif len(run) == 1:
            found.append(run)
        else:
            found.extend(map("".join, pairwise(run)))
    return found
