"""How Chinese characters are read, from the dictionary of pypinyin.

It is read without importing pypinyin, which takes most of a second and loads 50 MB of phrases.
"""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

_TONES = re.compile("[\u0300\u0301\u0304\u030c]")


@functools.cache
def sounds() -> Mapping[str, frozenset[str]]:
    """Each sound without its tone, with the common characters that are read so."""
    characters: defaultdict[str, set[str]] = defaultdict(set)
    for character in filter(_is_common, map(chr, map(int, _readings()))):
        for sound in sounds_of(character):
            characters[sound].add(character)
    return {sound: frozenset(found) for sound, found in characters.items()}


def sounds_of(character: str) -> frozenset[str]:
    """The sounds of a character without tones; none of one that is not common."""
    return frozenset(map(_toneless, _readings_of(character)))


def in_latin(word: str) -> str:
    """A pattern of the word in Latin letters, however many readings a character has: 吕梁 → l[uvü]liang.

    The syllables may be apart: Lü liang, Xi'an.
    """
    return r"[\s'’-]?".join(map(_spelt, word))


def _spelt(character: str) -> str:
    ways = {_TONES.sub("", unicodedata.normalize("NFD", one)) for one in _readings_of(character)}
    # ü is typed v, and printed u.
    ways = {unicodedata.normalize("NFC", one).replace("ü", "[uvü]") for one in ways}
    return f"(?:{'|'.join(sorted(ways))})" if ways else re.escape(character)


def _readings_of(character: str) -> list[str]:
    readings = _readings().get(str(ord(character)), "") if _is_common(character) else ""
    return readings.split(",") if readings else []


@functools.cache
def _readings() -> Mapping[str, str]:
    """Of every character's code its readings (``"32501": "miào,móu"``).

    Source: pypinyin, https://pypi.org/project/pypinyin/.
    """
    spec = find_spec("pypinyin")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pypinyin is not installed. Run: pip install pypinyin")
    readings: dict[str, str] = json.loads((Path(spec.origin).parent / "pinyin_dict.json").read_text("utf-8"))
    return readings


def _is_common(character: str) -> bool:
    """Whether it is of the basic block of Chinese characters and GB2312 holds it."""
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def _toneless(reading: str) -> str:
    """mián → mian."""
    return "".join(c for c in unicodedata.normalize("NFD", reading) if c.isascii() and c.isalpha())
