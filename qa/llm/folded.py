"""Text as it is compared: NFKC, lower case, no blanks, no invisible characters; with the way back.

Left out: traditional characters; a model that writes them does not write what the clause says.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_INVISIBLE = frozenset({"Cf", "Cc", "Zs", "Zl", "Zp", "Cs", "Co", "Mn", "Me"})
"""Categories that a reader does not see: format characters (also U+E0000 tags), controls, blanks, marks."""
_SAME = str.maketrans("“”„‟＂‘’‚‛「」『』—–―‐‑‒−~〜～〔〕【】", '"""""\'\'\'\'""""----------()()')


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` for comparing; ``at[i]`` is the place in the original of its character ``i``."""

    text: str
    at: tuple[int, ...]


def folded(text: str) -> str:
    """The text for comparing."""
    return with_places(text).text


@lru_cache(maxsize=512)
def with_places(text: str) -> Folded:
    """The text for comparing, with the place of each of its characters in the original."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for one in unicodedata.normalize("NFKC", sign).lower().translate(_SAME):
            if unicodedata.category(one) not in _INVISIBLE:
                signs.append(one)
                places.append(place)
    return Folded("".join(signs), tuple(places))
