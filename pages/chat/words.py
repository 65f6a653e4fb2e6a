"""The words of the folded line 为什么这样回答, in Chinese and English: plain ones, for any reader."""

from __future__ import annotations

from collections.abc import Mapping

from pages.common.words import WORDS, Language, Texts, in_both
from qa.judgement import CheckName


class WhyWords(Texts):
    """Every text of it in one language.

    ``unknown`` and ``inherited`` stand behind a word of the subject; ``cited`` and ``further`` behind a
    clause; ``failed`` says of each test what it means that it was not passed.
    """

    failed: Mapping[CheckName, str]


ZH, EN = in_both(WhyWords, WORDS, "why")


def why_words(language: Language) -> WhyWords:
    """The words in a language."""
    return EN if language == "en" else ZH
