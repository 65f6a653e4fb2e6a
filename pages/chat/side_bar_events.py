"""What happens in the side bar: conversations opened, named, deleted or handed out, and the list kept right.

Whose conversations these are, each event asks anew of the request (`owner_of`): the browser only names them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, Literal

import gradio as gr

from index.errors import WriteError
from index.search.live import LiveIndex
from pages.chat.conversation import Turn, Turns
from pages.chat.exports import tell, transcript_of
from pages.chat.history import Kept, history_of
from pages.chat.side_bar import side_bar_list
from pages.chat.steps import Standing, Steps, Wish
from pages.chat.talks import Current, Talks, begun
from pages.common.words import Language, Words, words_of
from qa.api.feedback import feedback_of
from web.access.browsers import owner_of

log = logging.getLogger(__name__)
GONE: Final = Turn("", problem="gone")
"""Stands in the place of a conversation that is not there, or not this owner's."""
_OF_TURNS: Final = frozenset({"ask", "clear", "open"})
"""Wishes that name no turn."""


@dataclass(frozen=True, slots=True)
class Start:
    """What a run begins with: the wish, its turn numbered as in ``turns``, the conversation as it is kept,
    and the steps where they are not the wish's own."""

    wish: Wish
    current: Current
    turns: Turns
    steps: Iterator[Standing] | None = None


@dataclass(frozen=True, slots=True)
class Came:
    """What an address leads to; of a conversation whose answers must be made again its name alone, at which
    the page asks for them."""

    current: Current
    turns: Turns = ()


class SideBarEvents:
    """Over the conversations beside one index; safe between threads."""

    def __init__(self, live: LiveIndex, steps: Steps) -> None:
        self._live = live
        self._steps = steps
        self.talks = Talks(history_of(live.path))
        self._feedback = feedback_of(live.path)

    def begin(self, owner: str, wish: Wish, current: Current, turns: Turns) -> Start:
        """What a wish is done with, after what other pages did with the conversation meanwhile."""
        if wish.what == "open":
            return self._opening(owner, wish, turns)
        if not current.revision:
            return Start(wish, current, turns)
        try:
            kept = self.talks.one(owner, current.id)
        except WriteError as error:
            log.error("Conversations cannot be read: %s", error)
            return Start(wish, current, turns)
        if kept is None:
            return Start(wish, begun(), () if wish.what == "ask" else turns)
        if kept.revision == current.revision:
            return Start(wish, current, turns)
        newest = self._turns_of(owner, kept)
        return Start(_renumbered(wish, turns, newest), Current(kept.id, kept.revision), newest)

    def _opening(self, owner: str, wish: Wish, turns: Turns) -> Start:
        kept = self.talks.one(owner, wish.conversation)
        if kept is None:
            return Start(wish, begun(), turns, iter([Standing((GONE,))]))
        at_hand = self.talks.answered(owner, kept, self._generation)
        steps = self._steps.reopened(kept) if at_hand is None else iter([Standing(at_hand)])
        return Start(wish, Current(kept.id, kept.revision), turns, steps)

    def _turns_of(self, owner: str, kept: Kept) -> Turns:
        """The conversation with its answers, made again where they are not at hand."""
        at_hand = self.talks.answered(owner, kept, self._generation)
        if at_hand is not None:
            return at_hand
        *_, last = self._steps.reopened(kept)
        return last.turns

    def end(self, owner: str, start: Start, turns: Turns, words: Words) -> Current:
        """Keep what became of it; that it cannot be is told and stops nobody."""
        if start.wish.what == "open":
            self.talks.remember(owner, start.current, turns, self._generation)
            return start.current
        if start.wish.what == "edit":  # until the question is asked again, what was answered stays kept
            return start.current
        try:
            return self.talks.keep(owner, start.current, start.turns, turns, self._generation)
        except WriteError as error:
            log.error("A conversation could not be kept: %s", error)
            tell(words.conversation_not_kept)
            return start.current

    def came_for(self, owner: str, conversation: str, words: Words) -> Came:
        """What the address of a conversation leads to."""
        if not conversation:
            return Came(begun())
        try:
            kept = self.talks.one(owner, conversation)
        except WriteError as error:
            log.error("Conversations cannot be read: %s", error)
            return Came(begun(), (Turn("", failure=words.conversation_not_kept),))
        if kept is None:
            return Came(begun(), (GONE,))
        turns = self.talks.answered(owner, kept, self._generation)
        if turns is None:
            return Came(Current(kept.id))
        return Came(Current(kept.id, kept.revision), turns)

    def listed(self, owner: str, current: Current, words: Words, sought: str = "") -> str:
        """The side bar's list as it is now."""
        try:
            kept = self.talks.listed(owner, sought)
            here = self.talks.one(owner, current.id)
        except WriteError as error:
            log.error("Conversations cannot be read: %s", error)
            return f'<p class="tw-history-none" role="alert">{words.conversation_not_kept}</p>'
        now, replied = datetime.now(UTC), self._with_reply(kept)
        newest = here.revision if here else 0
        return side_bar_list(kept, current, newest, owner, sought, now, words, replied=replied)

    def replied(self, owner: str) -> tuple[str, ...]:
        """The owner's conversations with a reply that was not seen; none where that cannot be known."""
        try:
            return self._with_reply(self.talks.listed(owner))
        except WriteError as error:
            log.error("Conversations cannot be read: %s", error)
            return ()

    def _with_reply(self, kept: Sequence[Kept]) -> tuple[str, ...]:
        try:
            unseen = self._feedback.unseen()
        except WriteError as error:
            log.error("Replies cannot be read: %s", error)
            return ()
        return tuple(one.id for one in kept if any(asked.id in unseen for asked in one.questions))

    def replies_to(self, turns: Turns) -> dict[str, str]:
        """What was replied to what was said of these answers, by the answer's id."""
        try:
            return self._feedback.replies([turn.id for turn in turns if turn.verdict and turn.id])
        except WriteError as error:
            log.error("Replies cannot be read: %s", error)
            return {}

    def look(
        self, current: Current, language: Language, request: gr.Request, event: gr.EventData
    ) -> tuple[str, str]:
        """The list once more, of what is sought → side bar, sought."""
        sought = _text(event, "sought")
        return self.listed(owner_of(request), current, words_of(language), sought), sought

    def rename(
        self, current: Current, language: Language, sought: str, request: gr.Request, event: gr.EventData
    ) -> str:
        """Give a conversation another name."""
        owner = owner_of(request)
        self.talks.history.rename(owner, _text(event, "conversation"), _text(event, "title"))
        return self.listed(owner, current, words_of(language), sought)

    def remove(
        self, current: Current, language: Language, sought: str, request: gr.Request, event: gr.EventData
    ) -> str:
        """Delete a conversation, or all where none is named as ``conversation``."""
        owner, conversation = owner_of(request), _text(event, "conversation")
        if owner and (conversation or getattr(event, "all", None) is True):
            self.talks.forget(owner, conversation or None)
        return self.listed(owner, current, words_of(language), sought)

    def export(self, language: Language, request: gr.Request, event: gr.EventData) -> str:
        """A conversation as a file, in an element that the browser makes a file of."""
        owner = owner_of(request)
        kept = self.talks.one(owner, _text(event, "conversation"))
        if kept is None:
            return ""
        turns = self._turns_of(owner, kept)
        ending: Literal["docx", "md"] = "md" if _text(event, "ending") == "md" else "docx"
        return transcript_of(turns, words_of(language), ending)

    @property
    def _generation(self) -> int:
        return self._live.current().manifest.number


def _renumbered(wish: Wish, shown: Turns, newest: Turns) -> Wish:
    """The wish for the same turn as it stands now; for none where it is there no more."""
    if wish.what in _OF_TURNS or not 0 <= wish.turn < len(shown):
        return wish
    of = [place for place, turn in enumerate(newest) if turn.id == shown[wish.turn].id]
    return replace(wish, turn=of[0] if of else -1)


def _text(event: gr.EventData, name: str) -> str:
    value = getattr(event, name, "")
    return value if isinstance(value, str) else ""
