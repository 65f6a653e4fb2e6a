"""Past conversations: their questions, kept in this person's browser, and asked again when one is opened.

Only questions are kept, so that what is shown are always today's documents.  Left out: how the browser keeps
them (gr.BrowserState does).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Any, Final

from pages.conversation import Turn
from pages.markup import one_line
from pages.words import Words

MOST: Final = 20
"""Conversations kept; the oldest goes first."""
MOST_QUESTIONS: Final = 30
LONGEST: Final = 200
"""Characters of a question kept."""

Past = list[dict[str, Any]]
"""As the browser keeps it: ``{"id", "at", "questions": [{"text", "afresh"}, …]}``, the latest first."""


def remembered(past: object, turns: Sequence[Turn]) -> Past:
    """What is kept, with this conversation as it stands now in front."""
    kept = readable(past)
    said = [turn for turn in turns if turn.answer][-MOST_QUESTIONS:]
    if not said:
        return kept
    questions = [{"text": turn.question[:LONGEST], "afresh": turn.afresh} for turn in said]
    now = {"id": said[0].id, "at": datetime.now().strftime("%m-%d %H:%M"), "questions": questions}
    return [now, *(one for one in kept if one["id"] != now["id"])][:MOST]


def readable(past: object) -> Past:
    """What of the browser's store can be used: a person, or another program, may have changed it."""
    if not isinstance(past, list):
        return []
    return [one for one in past if _is_one(one)][:MOST]


def _is_one(one: object) -> bool:
    if not isinstance(one, dict) or not isinstance(one.get("id"), str) or not isinstance(one.get("at"), str):
        return False
    questions = one.get("questions")
    return (
        isinstance(questions, list)
        and 0 < len(questions) <= MOST_QUESTIONS
        and all(isinstance(q, dict) and isinstance(q.get("text"), str) for q in questions)
    )


def past_list(past: object, words: Words) -> str:
    """The past conversations, folded up, each a button that opens it; nothing where there is none."""
    kept = readable(past)
    if not kept:
        return ""
    lines = "".join(
        f'<li><button type="button" class="tw-reopen" data-number="{number}">'
        f"{one_line(one['questions'][0]['text'])}</button>"
        f"<small>{one_line(one['at'])} · {len(one['questions'])}</small></li>"
        for number, one in enumerate(kept)
    )
    return (
        f'<details class="tw-past"><summary>{escape(words.past)} <span>{len(kept)}</span></summary>'
        f"<ul>{lines}</ul><p>{escape(words.past_note)} "
        f'<button type="button" class="tw-forget">{escape(words.past_clear)}</button></p></details>'
    )
