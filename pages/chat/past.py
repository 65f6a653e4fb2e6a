"""Past conversations: their questions, kept in this person's browser, and asked again when one is opened.

Only questions are kept, so that what is shown are always today's documents.  Left out: keeping and listing
them, which the browser does (past.js).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pages.chat.conversation import Turn
from pages.common.markup import attributes
from pages.common.words import Words

MOST_QUESTIONS: Final = 30
LONGEST: Final = 200
"""Characters of a question kept."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a past conversation; ``afresh`` where nothing was taken over from those before."""

    text: str
    afresh: bool = False


def kept(conversation: str, turns: Sequence[Turn], owner: str, words: Words) -> str:
    """What the browser is told to keep of this conversation, for whom, and the words to list it with.

    ``conversation`` names it, ``owner`` is the user's name, empty where nobody logs in.
    """
    said = [turn for turn in turns if turn.answer and turn.complete][-MOST_QUESTIONS:]
    questions = [{"text": turn.question[:LONGEST], "afresh": turn.afresh} for turn in said]
    told = {"title": words.past, "clear": words.past_clear, "note": words.past_note}
    data = attributes(
        owner=owner, conversation=conversation, questions=json.dumps(questions, ensure_ascii=False), **told
    )
    return f'<div class="tw-kept" hidden{data}></div>'


def readable(past: object) -> list[Asked]:
    """The questions of a past conversation as the browser sends them; a person, or another program, may have
    changed what it keeps, and what is no question is left out."""
    if not isinstance(past, list):
        return []
    return [
        Asked(one["text"][:LONGEST], one.get("afresh") is True)
        for one in past[:MOST_QUESTIONS]
        if isinstance(one, dict) and isinstance(one.get("text"), str)
    ]
