"""English questions: phrases → the words of Chinese policy documents, from ``glossary.txt``.

The question's English frame (who, when, how many) stays, and is read by ``reader``.  Left out: translation;
what the file does not hold is left to the encoder, which knows both languages a little.
"""

from __future__ import annotations

import functools
import re
from importlib import resources

_LATIN = re.compile(r"[A-Za-z]{3}")


def in_chinese(text: str) -> str:
    """The text with the phrases that the glossary holds in Chinese: sponge cities → 海绵城市."""
    if not _LATIN.search(text):
        return text
    phrases, pattern = _glossary()
    return pattern.sub(lambda found: phrases[found[1].lower()], text)


@functools.cache
def _glossary() -> tuple[dict[str, str], re.Pattern[str]]:
    lines = (
        resources.files("qa.question")
        .joinpath("words/english_phrases.txt")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    phrases: dict[str, str] = {}
    for line in lines:
        if "=" in line and not line.startswith("#"):
            english, words = line.split("=")
            phrases |= {phrase.strip(): words.strip() for phrase in english.split(",")}
    longest_first = sorted(phrases, key=len, reverse=True)
    return phrases, re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})s?\b", re.IGNORECASE)
