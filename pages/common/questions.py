"""Questions that a document answers, in the language of the page: each was asked before it is offered.

Asking takes a while, so the reader fetches them when the document is shown already.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path
from typing import Final

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from index.errors import SourceError
from index.search.index import Index
from index.search.live import LiveIndex
from pages.common.words import Words, words_of
from qa.answer.suggestions import Worth, worth_asking
from qa.api.ask import ask
from web.replies import refusal
from web.turns import COME_AGAIN, Full, Turns

WAITING: Final = 50
"""Documents whose questions may wait to be asked, one document at a time: people who ask come first."""
_REMEMBERED: Final = 2000
"""Questions of which it is known whether they are answered; a fifth of a megabyte."""
_known: OrderedDict[tuple[Path, int, str], bool] = OrderedDict()
_lock: Final = threading.Lock()


def question_routes(live: LiveIndex) -> APIRouter:
    """``/questions?document=FILE&lang=zh`` → the questions, as a JSON list."""
    routes, turns = APIRouter(include_in_schema=False), Turns(1, WAITING)

    @routes.get("/questions")
    async def questions(document: str = "", lang: str = "zh") -> Response:
        try:
            asked = await turns.take(lambda: answered_questions(live.current(), document, words_of(lang)))
        except SourceError:
            return refusal(404, "The index holds no such document.")
        except Full as full:
            return refusal(429, str(full), headers={"Retry-After": str(COME_AGAIN)})
        return JSONResponse(asked)

    return routes


def in_words(worth: Worth, words: Words) -> str:
    """The question in the language of the page; its subject is the document's own."""
    return words.ask_for[worth.asked].format(region=worth.region, subject=worth.subject)


def answered_questions(index: Index, file: str, words: Words) -> list[str]:
    """What is worth asking of a document and has an answer; takes as long as asking does, the first time."""
    return [
        question for one in worth_asking(index, file) if is_answered(index, question := in_words(one, words))
    ]


def is_answered(index: Index, question: str) -> bool:
    """Whether the documents answer it for sure."""
    key = (index.path, index.manifest.number, question)
    with _lock:
        if key in _known:
            return _known[key]
    answered = not ask(question, index=index).abstained
    with _lock:
        _known[key] = answered
        while len(_known) > _REMEMBERED:
            _known.popitem(last=False)
    return answered
