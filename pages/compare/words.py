"""The words of the comparison page in Chinese and English; what documents say stays as it is."""

from __future__ import annotations

from pages.common.words import WORDS, Texts, in_both


class CompareWords(Texts):
    """The words of the comparison page in one language."""


ZH, EN = in_both(CompareWords, WORDS, "compare")


def compare_words(language: str) -> CompareWords:
    """The page's words in that language; Chinese for any language it does not have."""
    return EN if language == "en" else ZH
