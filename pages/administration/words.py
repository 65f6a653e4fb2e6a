"""The words of the administration, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from pages.administration.view import Section
from pages.common.words import WORDS, Texts, in_both
from qa.api.feedback import Verdict
from web.access.accounts import Role


class AdministrationWords(Texts):
    """The words of the administration in one language."""

    sections: Mapping[Section, str]
    roles: Mapping[Role, str]
    role_hints: Mapping[Role, str]
    verdicts: Mapping[Verdict, str]
    changes: Mapping[str, str]
    errors: Mapping[str, str]
    phases: Mapping[str, str]


ZH, EN = in_both(AdministrationWords, WORDS, "administration")


def administration_words(language: str) -> AdministrationWords:
    """The page's words in that language; Chinese for any language it does not have."""
    return EN if language == "en" else ZH
