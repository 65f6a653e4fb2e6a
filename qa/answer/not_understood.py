"""An English question of which words were not understood: said plainly, with questions that can be asked.

The documents are Chinese, and only listed English phrases are known (`qa.question.english`): a question of
whose subject most is missing would be answered on something else.
"""

from __future__ import annotations

import re

from qa.answer.introduction import Ask, samples
from qa.evidence.findings import Inquiry
from qa.records import Block, Query, Quotes, Statement

_HAN = re.compile(r"[\u4e00-\u9fff]")
TRIED = 2
"""Sample questions shown."""


def not_understood(query: Query) -> bool:
    """True for a question without a Chinese character of whose subject no more was understood than not."""
    if not _is_foreign(query) or query.inherited:
        return False
    return len(query.foreign) >= len(query.terms) and not query.agency


def told_not_understood(inquiry: Inquiry, ask: Ask) -> list[Block]:
    """That it was not understood, in English, and what to ask instead."""
    head = f"I did not understand {_quoted(inquiry.query) or 'what you are asking about'}. "
    told = "I read Chinese policy documents and know few English words: please name the subject in Chinese."
    tried = samples(inquiry.index, ask)[:TRIED]
    blocks: list[Block] = [Statement(f"{head}{told}")]
    if tried:
        blocks += [Statement("You could try:"), Quotes(tuple(Statement(question) for question in tried))]
    return blocks


def words_left_out(query: Query) -> list[Statement]:
    """Which words of an English question were not understood, for below its answer."""
    if not _is_foreign(query) or not query.foreign:
        return []
    return [Statement(f"(Words not understood and left out: {_quoted(query)}.)")]


def _is_foreign(query: Query) -> bool:
    return query.turn == "question" and not _HAN.search(query.question)


def _quoted(query: Query) -> str:
    return ", ".join(f"“{word}”" for word in query.foreign)
