"""The interface's words in Chinese and English: those of the chat and of what all pages share.

Only the interface: questions, answers and quotes stay in the documents' language.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

from index.records import DocumentKind, FieldName, PageKind, PageStart
from index.search.amended import ChangeKind
from index.search.links import LinkKind
from qa.records import Asked
from web.plain_pages.words import Language, Texts, in_both

__all__ = ["EN", "WORDS", "ZH", "Language", "Page", "Texts", "Words", "in_both", "words_of"]

Page = Literal["chat", "ledger", "compare", "documents", "administration"]
"""Each page; all but the chat stand in a folder of that name below the site's root."""

WORDS: Final = Path(__file__).parent
"""Where the words of all pages stand."""


class Words(Texts):
    """The words of the chat and of what all pages share, in one language."""

    language: Language
    pages: Mapping[Page, str]
    kinds: Mapping[DocumentKind, str]
    asked: Mapping[Asked, str]
    ask_for: Mapping[str, str]
    fields: Mapping[FieldName, str]
    reasons: Mapping[str, str]
    page_kinds: Mapping[PageKind, str]
    links: Mapping[LinkKind, str]
    linked: Mapping[LinkKind, str]
    article: Mapping[ChangeKind, str]

    def page(self, page: PageStart) -> str:
        """A page or sheet as it is named: 第3页, sheet 任务分工."""
        return self.page_kinds[page.kind].format(name=page.name)


ZH, EN = in_both(Words, WORDS, "site")


def words_of(language: str) -> Words:
    """The interface in that language; Chinese for any language it does not have."""
    return EN if language == "en" else ZH
