"""The words of the server's own pages, login and description of the routes; and how words are read.

A folder holds them in ``words.zh.toml`` and ``words.en.toml``, a table a page, the same keys in both.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

Language = Literal["zh", "en"]


class Texts:
    """One table of words in one language; ``{…}`` are filled in where they are used.

    Each word is an attribute; a subclass declares only what is not a plain text, such as a table below.
    The tests hold every use against the files.
    """

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.__dict__.update(table)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> str: ...


AnyTexts = TypeVar("AnyTexts", bound=Texts)


class WebWords(Texts):
    """The words of the server's own pages in one language."""

    language: Language
    roles: Mapping[str, str]


def in_both(kind: type[AnyTexts], folder: Path, table: str) -> tuple[AnyTexts, AnyTexts]:
    """A table of the folder's words in Chinese and in English."""
    return kind(_file(folder / "words.zh.toml")[table]), kind(_file(folder / "words.en.toml")[table])


@cache
def _file(path: Path) -> dict[str, dict[str, Any]]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


ZH, EN = in_both(WebWords, Path(__file__).parent, "server")


def words_in(language: str | None) -> WebWords:
    """The words of a language named in an address; Chinese unless it is ``en``."""
    return EN if language == "en" else ZH
