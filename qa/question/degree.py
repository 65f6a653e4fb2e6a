"""Which end of an order a question asks for, by 更 or 最 with an adjective of degree (最长, 更少).

These words are a closed class, those that ``words/function_words.txt`` counts among its own; what is said
without them (谁家投得多) is the question reader's to read.
"""

from __future__ import annotations

import re
from typing import Final

from qa.records import Superlative

_DEGREE: Final = re.compile(r"[更最](?:(?P<most>[多高大长晚])|(?P<least>[少低小短早]))")


def direction(text: str) -> Superlative | None:
    """The end asked for; None where no such word stands there, or both do."""
    found = {"most" if match["most"] else "least" for match in _DEGREE.finditer(text)}
    if found == {"most"}:
        return "most"
    return "least" if found == {"least"} else None
