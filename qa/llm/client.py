"""Words from an OpenAI-compatible endpoint, as they come; every way to fail is a ``Silent`` with its reason.

Nothing that a server says about an error is passed on: such messages quote keys and questions.  Left out:
what is asked (`prompt`) and what is made of the words (`written`).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from index.encoders.openai_client import headers, openai_client
from qa.api.object_types import NoModelAnswer
from qa.llm.settings import Settings
from qa.llm.thinking import APART

if TYPE_CHECKING:
    from openai import OpenAI

log = logging.getLogger(__name__)

Message = dict[str, str]
MOST_CHARACTERS: Final = 24_000
"""Of one answer with the reasoning before it; a server that does not stop is stopped."""
MOST_TOKENS: Final = 6000
"""The same: a model that reasons uses several thousand before it answers."""
_WHOLE: Final = frozenset({"stop", "end_turn", "eos"})
_BY_STATUS: Final[dict[int, NoModelAnswer]] = {
    401: "key",
    403: "key",
    404: "name",
    408: "timeout",
    429: "limit",
    504: "timeout",
}
_OF_THE_WIRE: Final = ("httpx", "httpx2", "httpcore", "httpcore2")
"""Libraries below the client, whose errors while an answer comes it passes on as they are."""


class Silent(Exception):  # noqa: N818 - the state is the name
    """The model gave no answer that can be used; ``why`` says why."""

    def __init__(self, why: NoModelAnswer) -> None:
        super().__init__(why)
        self.why: NoModelAnswer = why


def words(settings: Settings, messages: Sequence[Message]) -> Iterator[str]:
    """What the model says, piece by piece; raises Silent, also where it stops half way.

    Reasoning that comes in a field of its own is left out; ``APART`` stands for it.
    """
    import openai  # noqa: PLC0415 - an extra

    until = time.monotonic() + settings.timeout
    asked: list[Any] = list(messages)
    begun = False
    try:
        stream = _client(settings).chat.completions.create(
            model=settings.model,
            messages=asked,
            stream=True,
            temperature=settings.temperature,
            max_tokens=MOST_TOKENS,
            extra_headers=headers(settings.key),
        )
        with closing(stream):
            for piece in _pieces(stream, until):
                begun = True
                yield piece
    except openai.APITimeoutError as error:
        raise _silent("timeout", error) from None
    except openai.APIStatusError as error:
        raise _silent(_BY_STATUS.get(error.status_code, "server"), error) from None
    except openai.APIConnectionError as error:
        raise _silent("half" if begun else "unreachable", error) from None
    except (openai.OpenAIError, ValueError, TypeError, AttributeError, KeyError, IndexError) as error:
        # An error told within the stream, or something that is no stream of chat completions.
        raise _silent("garbage", error) from None
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in _OF_THE_WIRE:
            raise
        raise _silent("timeout" if "Timeout" in type(error).__name__ else "half", error) from None


def _pieces(stream: Any, until: float) -> Iterator[str]:
    length, ended, answered, apart = 0, None, False, False
    for chunk in stream:
        answered = True
        if time.monotonic() > until:
            raise Silent("timeout")
        if not chunk.choices:  # the last of some servers counts tokens only
            continue
        choice = chunk.choices[0]
        if getattr(choice.delta, "refusal", None):
            raise Silent("refused")
        if not apart and _reasons(choice.delta):
            apart = True
            yield APART
        piece = choice.delta.content or ""
        if not isinstance(piece, str):
            raise Silent("garbage")
        length += len(piece)
        if piece:
            yield piece
        ended = choice.finish_reason or ended
        if length > MOST_CHARACTERS:
            raise Silent("garbage")
    if not answered:  # a page for people, or nothing
        raise Silent("garbage")
    if ended == "content_filter":
        raise Silent("refused")
    if ended not in _WHOLE:
        raise Silent("half")


def _reasons(delta: Any) -> bool:
    """Whether the server sends reasoning in a field of its own, which is not read."""
    return any(getattr(delta, name, None) for name in ("reasoning_content", "reasoning", "reasoning_details"))


def _silent(why: NoModelAnswer, error: Exception) -> Silent:
    """Logs what kind of failure it was, never what the server wrote."""
    status = getattr(error, "status_code", None)
    log.warning("The language model gave no answer: %s (%s)", why, status or type(error).__name__)
    return Silent(why)


@lru_cache(maxsize=4)
def _client(settings: Settings) -> OpenAI:
    """One client for each endpoint, which keeps its connections.  It does not ask again: the answer made
    without a model is there at once."""
    return openai_client(settings.url, settings.key, settings.timeout)
