"""Between the browser's list of wishes (asking.js) and the server: what is asked for, and when it is done.

Left out: what is done (`steps`).
"""

from __future__ import annotations

from typing import Final
from uuid import uuid4

import gradio as gr

from pages.markup import attributes
from pages.steps import Wish

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
        past=getattr(event, "past", None),
    )


def over(run: str, given: str = "", *, stopped: bool = False) -> str:
    """What tells the browser that a run is over.

    ``given`` is text for the box; ``stopped`` says that nothing came of the run, so that what was asked goes
    back into the box.
    """
    ended = attributes(run=run, given=given, stopped=int(stopped), at=uuid4().hex)
    return f'<i class="tw-over" hidden{ended}></i>'


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else -1
