"""Conversations as the pages go on with them: what is kept (`history`), and the answers at hand.

Answers are remembered for as long as the server runs and the index is the same, so that a page loaded anew
shows what it showed.  Two pages may go on with one conversation: what one was told comes before what the
other is.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from pages.chat.conversation import Turn, Turns
from pages.chat.history import Asked, History, Kept

REMEMBERED: Final = 100
"""Conversations whose answers are at hand; one of ten answers with many clauses takes a few megabytes."""
_ATTEMPTS: Final = 3
"""Times that a conversation is written over what another page wrote meanwhile."""


@dataclass(frozen=True, slots=True)
class Current:
    """The conversation that a page shows; ``revision`` 0 where nothing of it is kept."""

    id: str
    revision: int = 0


@dataclass(frozen=True, slots=True)
class _Answered:
    revision: int
    generation: int
    turns: Turns


def begun() -> Current:
    """A conversation that nothing was asked in."""
    return Current(uuid4().hex[:16])


class Talks:
    """Each owner's conversations; an owner "" has none.  Safe between threads; raises what `History` does."""

    def __init__(self, history: History) -> None:
        self.history = history
        self._lock = threading.Lock()
        self._answered: OrderedDict[tuple[str, str], _Answered] = OrderedDict()

    def listed(self, owner: str, sought: str = "") -> list[Kept]:
        """The owner's conversations that hold what is sought, the one last used first."""
        return self.history.listed(owner, sought) if owner else []

    def one(self, owner: str, conversation: str) -> Kept | None:
        """A conversation of this owner; None where there is none."""
        return self.history.one(owner, conversation) if owner and conversation else None

    def answered(self, owner: str, kept: Kept, generation: int) -> Turns | None:
        """The turns of a conversation where they are at hand and of this generation of the index."""
        with self._lock:
            found = self._answered.get((owner, kept.id))
        fresh = found and (found.revision, found.generation) == (kept.revision, generation)
        return found.turns if found and fresh else None

    def remember(self, owner: str, current: Current, turns: Turns, generation: int) -> None:
        """Have the turns at hand when the conversation is opened again."""
        if not owner or not current.revision:
            return
        with self._lock:
            self._answered[owner, current.id] = _Answered(current.revision, generation, turns)
            self._answered.move_to_end((owner, current.id))
            while len(self._answered) > REMEMBERED:
                self._answered.popitem(last=False)

    def keep(self, owner: str, current: Current, before: Turns, after: Turns, generation: int) -> Current:
        """Keep what became of a conversation → as this page knows it now; ``before`` is what it began with.

        Where another page has gone on with it meanwhile, what is new here comes behind that; where it was
        deleted meanwhile, what is new here begins another.  The revision given back is then an older one than
        what is kept: this page does not show all of it.
        """
        questions = asked_in(after)
        if not owner or not questions or questions == asked_in(before):
            return current
        for attempt in range(_ATTEMPTS):
            revision = self.history.put(owner, current.id, current.revision, questions)
            if revision is not None and not attempt:
                current = Current(current.id, revision)
                self.remember(owner, current, after, generation)
                return current
            if revision is not None:
                return Current(current.id, revision - 1)
            there = self.history.one(owner, current.id)
            known = {turn.id for turn in before}
            new = asked_in([turn for turn in after if turn.id not in known])
            current = Current(there.id, there.revision) if there else begun()
            questions = (*(there.questions if there else ()), *new)
        return current

    def forget(self, owner: str, conversation: str | None = None) -> None:
        """Delete a conversation of this owner, or all."""
        self.history.delete(owner, conversation)
        with self._lock:
            for key in [key for key in self._answered if key[0] == owner and conversation in (None, key[1])]:
                del self._answered[key]


def asked_in(turns: Sequence[Turn]) -> tuple[Asked, ...]:
    """What is kept of turns: the questions that were answered."""
    said = (turn for turn in turns if turn.answer and turn.complete)
    return tuple(Asked(turn.question, turn.afresh, turn.id, turn.verdict, turn.scope) for turn in said)
