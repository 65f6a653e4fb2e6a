"""Everyday words → the documents' words, from ``synonyms.txt`` and from a file of the user's own."""

from __future__ import annotations

import functools
import os
from importlib import resources
from pathlib import Path

from index.errors import SourceError

USER_FILE = "TIAOWEN_SYNONYMS"
"""The environment variable that names the user's own file."""


def alternatives(text: str) -> dict[str, tuple[str, ...]]:
    """The words of the text that stand in a group, with the other words of their groups.

    Raises SourceError where the user's own file cannot be read.
    """
    groups = _groups(os.environ.get(USER_FILE))
    return {word: others for word, others in groups.items() if word in text}


@functools.lru_cache(maxsize=2)
def _groups(own: str | None) -> dict[str, tuple[str, ...]]:
    text = resources.files("qa.question").joinpath("words/everyday_words.txt").read_text(encoding="utf-8")
    if own:
        try:
            text += "\n" + Path(own).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise SourceError(
                f"The synonym file {own} named by {USER_FILE} cannot be read: {error}"
            ) from error
    groups: dict[str, list[str]] = {}
    for line in text.splitlines():
        words = [] if line.startswith("#") else line.split()
        for word in words:
            groups.setdefault(word, []).extend(other for other in words if other != word)
    return {word: tuple(dict.fromkeys(others)) for word, others in groups.items()}
