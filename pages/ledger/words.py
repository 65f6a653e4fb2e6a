"""The words of the ledger page in Chinese and English; what documents say stays as it is."""

from __future__ import annotations

from collections.abc import Mapping

from index.records import Role
from pages.common.words import WORDS, Texts, in_both
from qa.ledger.table import Column


class LedgerWords(Texts):
    """The words of the ledger page in one language."""

    columns: Mapping[Column, str]
    roles: Mapping[Role, str]


ZH, EN = in_both(LedgerWords, WORDS, "ledger")


def ledger_words(language: str) -> LedgerWords:
    """The page's words in that language; Chinese for any language it does not have."""
    return EN if language == "en" else ZH
