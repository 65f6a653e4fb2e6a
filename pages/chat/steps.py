"""What a person can do with the conversation, each as the steps by which it changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from index.search.live import LiveIndex
from pages.chat.answering import Answering, Scope
from pages.chat.conversation import Turn
from pages.chat.exports import said_of
from pages.chat.past import readable
from pages.chat.rewording import asking_for, in_region
from qa.api.feedback import VERDICTS, feedback_of
from qa.question.kinds import CHOICES
from qa.question.places import all_regions

Turns = tuple[Turn, ...]
MANY: Final = 10_000
"""More blocks than an answer has: all are shown."""
EVERYTHING: Final = Scope()


@dataclass(frozen=True, slots=True)
class Standing:
    """The conversation as it stands; ``given`` is text that goes back into the box."""

    turns: Turns
    given: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the browser asks for, as far as it makes sense: anything may be sent.

    ``run`` names this one wish.  ``turn`` and ``value`` are numbers, -1 for none; ``conversation`` and
    ``past`` are the name and the questions of a past conversation.
    """

    run: str
    what: str
    question: str = ""
    turn: int = -1
    value: int = 0
    conversation: str = ""
    past: object = None


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
        if wish.what == "reopen":
            return self._reopened(wish.past)
        if not 0 <= wish.turn < len(turns):
            return iter(())
        return self._linked(wish, turns, scope)

    def asked(self, question: str, turns: Turns = (), scope: Scope = EVERYTHING) -> Iterator[Standing]:
        """Answer block by block, or sentence by sentence where a model writes.

        What cannot be asked goes back into the box.
        """
        if self._answering.takes(question):
            yield Standing((*turns, Turn(question)))
        first = 1
        for turn in self._answering.growing(question, turns, scope):
            if turn.answer is None:
                yield Standing((*turns, turn), question)
            elif turn.growing:
                yield Standing((*turns, turn))
                first = MANY  # what is whole then is shown at once
            else:
                blocks = max(len(turn.answer.blocks), 1)
                for shown in range(min(first, blocks), blocks + 1):
                    yield Standing((*turns, replace(turn, shown=shown)))

    def _linked(self, wish: Wish, turns: Turns, scope: Scope) -> Iterator[Standing]:
        """What a link in the answer of ``wish.turn`` does."""
        what, turn, before = wish.what, turns[wish.turn], turns[: wish.turn]
        if what == "edit":
            yield Standing(before, turn.question)
        elif what == "retry":
            yield from self.asked(turn.question, before, scope)
        elif what == "afresh":
            begun = replace(self._answering.whole(turn.question, ()), afresh=True)
            yield Standing((*turns, replace(begun, shown=MANY)))
        elif what in VERDICTS and turn.answer:
            self._feedback.put(said_of(turn, what, self._live.current().manifest.number))
            yield Standing((*before, replace(turn, verdict=what), *turns[wish.turn + 1 :]))
        elif turn.answer and (question := changed(what, turn, wish.value, all_regions(self._live.current()))):
            yield from self.asked(question, turns, replace(scope, regions=()))

    def _reopened(self, past: object) -> Iterator[Standing]:
        """The questions of a past conversation asked again."""
        turns: Turns = ()
        for asked in readable(past):
            turn = replace(self._answering.whole(asked.text, () if asked.afresh else turns), shown=MANY)
            turns = (*turns, replace(turn, afresh=asked.afresh))
            yield Standing(turns)


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
