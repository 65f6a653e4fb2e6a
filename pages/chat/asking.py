"""Between the browser's list of wishes (asking.js) and the server: what is asked for, and when it is done."""

from __future__ import annotations

from typing import Final, Literal

import gradio as gr

from pages.chat.steps import Wish
from pages.common.markup import attributes

State = Literal["begun", "over", "stopped"]
ARRIVED: Final = "arrived"
"""The run that every page begins with; before it is over nothing is asked."""
LONGEST_NAME: Final = 64
"""Characters of a run's or a conversation's name; those that the page makes are shorter."""


def wish_of(event: gr.EventData) -> Wish:
    """What the browser sent, as far as it makes sense."""
    number = {name: _number(getattr(event, name, None)) for name in ("turn", "value")}
    text = {name: _text(getattr(event, name, None)) for name in ("run", "what", "question", "conversation")}
    return Wish(
        run=text["run"][:LONGEST_NAME],
        what=text["what"],
        question=text["question"],
        turn=number["turn"],
        value=number["value"],
        conversation=text["conversation"][:LONGEST_NAME],
    )


def told(run: str, state: State, given: str = "") -> str:
    """What tells the browser how far a run is.

    ``begun``: what was asked shows in the conversation.  ``over``: ``given`` is text for the box.
    ``stopped``: nothing came of it, and what was asked goes back into the box.
    """
    return f'<i class="tw-run" hidden{attributes(run=run, state=state, given=given)}></i>'


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else -1
