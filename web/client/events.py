"""A streamed answer read back: server-sent events as `replies` writes them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

_END: Final = "\n\n"


@dataclass(frozen=True, slots=True)
class Event:
    """One event: its name and what its data says."""

    name: str
    data: Any


def events_in(pieces: Iterable[str]) -> Iterator[Event]:
    """The events of a stream that comes in pieces, cut anywhere; one that never ends is none.

    Only a line feed ends a line: a text may hold other signs that Python takes for line ends.
    """
    held = ""
    for piece in pieces:
        *whole, held = (held + piece).split(_END)
        yield from map(_event, whole)


def _event(lines: str) -> Event:
    fields = [line.partition(": ") for line in lines.split("\n")]
    name = next((value for field, _, value in fields if field == "event"), "message")
    return Event(name, json.loads("\n".join(value for field, _, value in fields if field == "data")))
