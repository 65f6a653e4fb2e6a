"""A heading as it is shown in a path: on one line, without Markdown marks."""

from __future__ import annotations

import re

from index.language.folding import single_blanks

_LEAD = re.compile(r"^[#*\s\u200b]+")  # ## **一、总体要求
_INNER = re.compile(r"(?<![A-Za-z]) | (?![A-Za-z])")
_TRAIL = "* \t\r\n\u3000\xa0"


def shown(text: str) -> str:
    """No line breaks, no Markdown marks, blanks kept only between Latin words: 第一章 总 则 → 第一章总则."""
    return _INNER.sub("", single_blanks(_LEAD.sub("", text).rstrip(_TRAIL)))
