"""Several questions in one turn, cut apart where each part asks something by itself.

Where parts may end is punctuation, numbering (1. 2.) and the words that join (以及, 还有); whether a part
asks is the question reader's to say.  What only tells of the asker's case goes with the question behind it.
Left out: parts that share one verb (由谁牵头和配合), which are read as several facts of one subject.
"""

from __future__ import annotations

import re
from typing import Final

from qa.question.question_words import asks_something
from qa.question.reader import UNREAD, Reading, shipped_question_reader

MOST_PARTS: Final = 6
_JOINS: Final = re.compile(r"[?;!。\n,、]+|以及|还有(?!效|哪|什么|多少|几|没)")
"""Where one question may end and the next begin (NFKC)."""
# 1.青石县… 2.白河县…
_NUMBERED: Final = re.compile(r"(?:^|(?<=\s))\(?\d{1,2}[.、)]\s*(?=\D)")
_FACTS: Final = frozenset({"lead", "agency", "deadline", "quantity", "money", "document", "tasks"})


def questions_apart(text: str) -> tuple[str, ...]:
    """The questions of a text, in order; the text alone where it is one, more than MOST_PARTS, or longer than
    the question reader reads."""
    if UNREAD in shipped_question_reader().read(text).tags:
        return (text,)
    numbered = [part for part in _NUMBERED.split(text) if part.strip()]
    parts = [part for one in numbered for part in _asking(_JOINS.split(one))]
    return tuple(parts) if 1 < len(parts) <= MOST_PARTS else (text,)


def _asking(pieces: list[str]) -> list[str]:
    """The pieces put together so that each asks by itself: what does not goes with the next, or the last."""
    found: list[str] = []
    waiting = ""
    for piece in pieces:
        waiting = f"{waiting},{piece}" if waiting.strip() else piece
        if waiting.strip() and _asks(
            shipped_question_reader().read(waiting.strip(), found[-1] if found else "")
        ):
            found.append(waiting.strip())
            waiting = ""
    if waiting.strip():
        found = [*found[:-1], f"{found[-1]},{waiting.strip()}"] if found else [waiting.strip()]
    return found


def _asks(reading: Reading) -> bool:
    """True where a question word stands and a fact, or a yes or no, is asked for."""
    if reading.kind == "nothing" or not asks_something(reading.text):
        return False
    return bool(reading.parts) or "yes_no" in reading.flags or reading.kind in _FACTS
