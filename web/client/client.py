"""A client of a running server's routes for programs: their answers, typed, and their errors as exceptions.

    >>> with Client("http://127.0.0.1:7860", user="张三", password="…") as client:
    ...     client.ask("宁武县海绵城市建设由谁负责?")["answer"]

Needs httpx and nothing of the server: neither an index nor its libraries.  Left out: changing documents,
which no route does; asyncio.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final, Literal, Self, TypedDict, Unpack, cast
from urllib.parse import quote

from qa.api.object_types import AnswerObject, BlockObject
from web.api.outputs import Documents, Health, Hits, Ledger, Me
from web.client.events import Event, events_in
from web.client.sending import ClientError, RequestRefused, Sender, ServerUnreachable

__all__ = [
    "AnswerPart",
    "BlockPart",
    "Client",
    "ClientError",
    "RequestRefused",
    "ServerUnreachable",
]

TIMEOUT, PATIENCE = 70.0, 20.0
"""Seconds: for an answer, which takes sixty at most where a language model writes it; and to come again when
told to."""
ROUTES: Final = "api/v1"


@dataclass(frozen=True, slots=True)
class BlockPart:
    """A part of a streamed answer."""

    block: BlockObject


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """The whole of a streamed answer, which comes last."""

    answer: AnswerObject


class Asked(TypedDict, total=False):
    """What goes with a question: earlier questions, oldest first; where alone it is asked; ``written`` where
    the server's language model is to write the answer, ``why`` for how the answer came about."""

    history: Sequence[str]
    regions: Sequence[str]
    documents: Sequence[str]
    written: bool
    why: bool


class Filters(TypedDict, total=False):
    """Of the ledger: ``roles`` of 牵头, 首列, 责任 and 配合, ``due`` as 2025年前."""

    regions: Sequence[str]
    documents: Sequence[str]
    agency: str | None
    roles: Sequence[str]
    due: str | int | None
    topic: str | None


class Client:
    """A server at an address (http://127.0.0.1:7860, https://office.example/tiaowen), for one user.

    Logs in at the first question where ``user`` is given, and again where the session has ended.  A server
    that is busy says when to come again, which is done for up to ``patience`` seconds in all; ``timeout`` is
    in seconds too.  Safe between threads.  Methods raise RequestRefused for an answer that is no success,
    ServerUnreachable, and ClientError for what is no answer of such a server.
    """

    def __init__(
        self,
        address: str,
        *,
        user: str | None = None,
        password: str | None = None,
        timeout: float = TIMEOUT,
        patience: float = PATIENCE,
    ) -> None:
        self._sender = Sender(address, user, password, timeout, patience)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._sender.close()

    def search(
        self,
        question: str,
        *,
        top_k: int = 10,
        regions: Sequence[str] | None = None,
        documents: Sequence[str] | None = None,
    ) -> Hits:
        """The clauses that match, best first."""
        given = {"question": question, "top_k": top_k, "regions": regions, "documents": documents}
        return cast("Hits", self._post("search", given))

    def ask(self, question: str, **asked: Unpack[Asked]) -> AnswerObject:
        """The answer with its citations."""
        return cast("AnswerObject", self._post("ask", {"question": question, **asked}))

    def ask_stream(self, question: str, **asked: Unpack[Asked]) -> Iterator[BlockPart | AnswerPart]:
        """The answer part by part as it comes, then whole; errors are raised at the first part.

        Of an answer that a language model writes only the whole counts: it may differ from the parts.
        """
        given = {"question": question, **asked, "stream": True}
        response = self._sender.open("POST", f"{ROUTES}/ask", given)
        with closing(response):
            events = events_in(response.iter_text())
            while event := self._next(events):
                if event.name == "answer":
                    yield AnswerPart(event.data)
                    return
                yield BlockPart(event.data)
        raise ServerUnreachable("The answer broke off before its end. Ask again.")

    def ledger(self, **filters: Unpack[Filters]) -> Ledger:
        """The clauses that set a task and fit all filters."""
        return cast("Ledger", self._post("ledger", _sent(filters)))

    def ledger_file(self, form: Literal["csv", "xlsx"], **filters: Unpack[Filters]) -> bytes:
        """The same rows as a file: CSV in UTF-8, or a workbook."""
        return self._sender.send("POST", f"{ROUTES}/ledger", {**_sent(filters), "format": form}).content

    def documents(self) -> Documents:
        """The documents of the index with what each says about itself."""
        return cast("Documents", self._sender.json("GET", f"{ROUTES}/documents"))

    def feedback(self) -> bytes:
        """What readers said of answers, as CSV in UTF-8; only for editors."""
        return self._sender.send("GET", f"{ROUTES}/feedback").content

    def backups(self, name: str) -> bytes:
        """The backup of that name, a zip archive; only for administrators."""
        return self._sender.send("GET", f"{ROUTES}/backups/{quote(name, safe='')}").content

    def me(self) -> Me:
        """Who asks, and what they may do."""
        return cast("Me", self._sender.json("GET", f"{ROUTES}/me"))

    def health(self) -> Health:
        """How the server is, also where it cannot answer; needs no login."""
        response = self._sender.get("healthz")
        if response.status_code not in (200, 503):
            raise self._sender.refusal(response)
        return cast("Health", self._sender.read(response))

    def _next(self, events: Iterator[Event]) -> Event | None:
        with self._sender.reaching():
            return next(events, None)

    def _post(self, route: str, given: dict[str, Any]) -> Any:
        return self._sender.json("POST", f"{ROUTES}/{route}", given)


def _sent(filters: Filters) -> dict[str, Any]:
    """The filters as the route takes them: a year as a text."""
    return {**filters, "due": str(filters["due"])} if filters.get("due") is not None else dict(filters)
