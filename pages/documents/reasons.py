"""Why a file cannot be read, in the visitor's language.

The readers say it in English, for terminals and logs; ``reasons.toml`` holds the Chinese of each sentence.
The English page shows the readers' own words.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from pages.common.words import Language

_FILE: Final = Path(__file__).with_suffix(".toml")


@cache
def _reasons() -> tuple[tuple[str, str], ...]:
    said = tomllib.loads(_FILE.read_text(encoding="utf-8"))["reason"]
    return tuple((one["says"], one["zh"]) for one in said)


def reason_in_words(message: str, language: Language) -> str:
    """A reader's sentence in the page's language; empty where the Chinese of it is not known."""
    if language == "en":
        return message
    return next((chinese for says, chinese in _reasons() if says in message), "")
