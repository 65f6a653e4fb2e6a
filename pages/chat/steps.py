"""What a person can do with the conversation, each as the steps by which it changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from index.search.live import LiveIndex
from pages.chat.answering import Answering
from pages.chat.conversation import EVERYTHING, Scope, Turn, Turns
from pages.chat.exports import said_of
from pages.chat.history import Kept
from pages.chat.rewording import asking_for, in_region
from qa.api.feedback import VERDICTS, feedback_of
from qa.question.kinds import CHOICES
from qa.question.places import all_regions

MANY: Final = 10_000
"""More blocks than an answer has: all are shown."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The conversation as it stands; ``given`` is text that goes back into the box, ``at`` the turn that is
    worked on, -1 for the last."""

    turns: Turns
    given: str = ""
    at: int = -1


@dataclass(frozen=True, slots=True)
class Wish:
    """What the browser asks for, as far as it makes sense: anything may be sent.

    ``run`` names this one wish.  ``turn`` and ``value`` are numbers, -1 for none; ``conversation`` is the
    name of the one to be opened.
    """

    run: str
    what: str
    question: str = ""
    turn: int = -1
    value: int = 0
    conversation: str = ""


class Steps:
    """Over one index that may be rebuilt meanwhile; safe between threads."""

    def __init__(self, live: LiveIndex, answering: Answering) -> None:
        self._live = live
        self._answering = answering
        self._feedback = feedback_of(live.path)

    def of(self, wish: Wish, turns: Turns, scope: Scope) -> Iterator[Standing]:
        """The steps of a wish; none where it makes no sense."""
        if wish.what == "ask":
            return self.asked(wish.question, turns, scope)
        if not 0 <= wish.turn < len(turns):
            return iter(())
        return self._linked(wish, turns, scope)

    def asked(
        self, question: str, turns: Turns = (), scope: Scope = EVERYTHING, after: Turns = ()
    ) -> Iterator[Standing]:
        """Answer block by block, or sentence by sentence where a model writes; ``after`` stay behind it.

        What cannot be asked goes back into the box.
        """
        at = len(turns)
        if self._answering.takes(question):
            yield Standing((*turns, Turn(question), *after), at=at)
        first = 1
        for turn in self._answering.growing(question, turns, scope):
            if turn.answer is None:
                yield Standing((*turns, turn, *after), question, at)
            elif turn.growing:
                yield Standing((*turns, turn, *after), at=at)
                first = MANY  # what is whole then is shown at once
            else:
                blocks = max(len(turn.answer.blocks), 1)
                for shown in range(min(first, blocks), blocks + 1):
                    yield Standing((*turns, replace(turn, shown=shown), *after), at=at)

    def reopened(self, kept: Kept) -> Iterator[Standing]:
        """The questions of a conversation asked again, of today's documents, without a language model."""
        turns: Turns = ()
        for asked in kept.questions:
            scope = replace(asked.scope, written=False)
            turn = self._answering.whole(asked.text, () if asked.afresh else turns, scope)
            turn = replace(turn, shown=MANY, afresh=asked.afresh, scope=asked.scope)
            turns = (*turns, replace(turn, id=asked.id or turn.id, verdict=asked.verdict))
            yield Standing(turns)

    def _linked(self, wish: Wish, turns: Turns, scope: Scope) -> Iterator[Standing]:
        """What a link in the answer of ``wish.turn`` does."""
        what, turn, before, after = wish.what, turns[wish.turn], turns[: wish.turn], turns[wish.turn + 1 :]
        if what == "edit":
            yield Standing(before, turn.question)
        elif what == "retry" and not turn.afresh:
            yield from self.asked(turn.question, before, scope, after)
        elif what in ("retry", "afresh"):
            begun = replace(self._answering.whole(turn.question, (), scope), afresh=True, shown=MANY)
            if what == "retry":
                yield Standing((*before, begun, *after), at=wish.turn)
            else:
                yield Standing((*turns, begun))
        elif what in VERDICTS and turn.answer:
            self._feedback.put(said_of(turn, what, self._live.current().manifest.number))
            yield Standing((*before, replace(turn, verdict=what), *after), at=wish.turn)
        elif turn.answer and (question := changed(what, turn, wish.value, all_regions(self._live.current()))):
            yield from self.asked(question, turns, replace(scope, regions=()))


def changed(what: str, turn: Turn, chosen: int, regions: Sequence[str]) -> str | None:
    """The question that a link stands for: a suggestion, another region, another kind of answer."""
    assert turn.answer is not None
    if chosen < 0:
        return None
    if what == "suggest" and chosen < len(turn.suggested):
        return turn.suggested[chosen]
    if what == "region" and chosen < len(regions):
        return in_region(turn.answer.query, regions[chosen])
    chooses = what == "asked" and chosen < len(CHOICES)
    return asking_for(turn.answer.query, CHOICES[chosen]) if chooses else None
