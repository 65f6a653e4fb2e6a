"""Text made alike: widths, radicals, blanks and characters that nobody sees.

``compatible`` is Unicode's NFKC: ３０ ％ → 30 %, ① → 1.  ``unified`` only puts ideographs for radicals, one
for one: fonts draw both with one glyph, and a PDF often names the glyph by the radical, so that nobody sees
the difference and nobody finds the word.  ``folded`` is text as two texts are compared, with the way back.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

ZERO_WIDTH: Final = r"\u200b-\u200f"
"""Characters without a width, and marks of direction, for the inside of a pattern's brackets: U+200B."""
INVISIBLE: Final = rf"\u00ad{ZERO_WIDTH}\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
"""The same with the soft hyphen, embeddings, joiners, variation selectors and the byte order mark."""

_BLANKS: Final = re.compile(r"\s+")
# Unicode's EquivalentUnifiedIdeograph.txt; the block has no decompositions but for ⺟ and ⻳.
_SUPPLEMENT = (
    "⺀冫⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎尢⺏尣⺐尢⺑尣⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月"
    "⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺳网⺴网⺵网⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿"
    "⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃西⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青"
    "⻙韦⻚页⻛风⻜飞⻝食⻞飠⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_PAIRS = zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)
_UNIFIED = {ord(radical): ideograph for radical, ideograph in _PAIRS} | {
    radical: unicodedata.normalize("NFKC", chr(radical)) for radical in range(0x2F00, 0x2FD6)
}
_RADICALS: Final = re.compile(f"[{''.join(map(chr, _UNIFIED))}]")


def compatible(text: str) -> str:
    """NFKC: full and half width forms, ligatures and enclosed numbers as plain characters."""
    return unicodedata.normalize("NFKC", text)


def without_blanks(text: str) -> str:
    """The text without any blank or line break: ``总 则`` → 总则."""
    return _BLANKS.sub("", text)


def single_blanks(text: str) -> str:
    """Every run of blanks and line breaks as one blank."""
    return _BLANKS.sub(" ", text)


def plain(text: str) -> str:
    """The text as it is compared: ``３０ ％ 以上`` → 30%以上."""
    return without_blanks(compatible(text))


def caseless(text: str) -> str:
    """The text as it is sought by people: widths and case do not matter, blanks stay."""
    return compatible(text).casefold()


def unified(text: str) -> str:
    """The text with CJK radicals as ideographs; its length does not change."""
    return text.translate(_UNIFIED) if _RADICALS.search(text) else text


_UNSEEN_CATEGORIES = frozenset({"Cf", "Cc", "Zs", "Zl", "Zp", "Cs", "Co", "Mn", "Me"})
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
            if unicodedata.category(one) not in _UNSEEN_CATEGORIES:
                signs.append(one)
                places.append(place)
    return Folded("".join(signs), tuple(places))
