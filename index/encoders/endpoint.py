"""A model behind an embeddings endpoint that speaks OpenAI's protocol, as an Encoder like the shipped one.

It is named by one string, the address and the model's name after a ``#``: http://127.0.0.1:11434/v1#bge-m3.
That string stands in the index; a key does not: it is read from TIAOWEN_EMBEDDINGS_KEY and goes nowhere but
into the request.  What the server says is checked before it is believed.  Left out: the server's own limit of
a text's length, which a window of 300 characters seldom meets and which the server reports.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import numpy as np
from pydantic import BaseModel, ValidationError

from index.encoders.fingerprint import PROBES, sketch
from index.encoders.openai_client import headers, openai_client
from index.encoders.prompts import prompts_of
from index.encoders.threads import pooled
from index.errors import ModelError, short_words

if TYPE_CHECKING:
    from index.encoders.encoder import Progress, Vectors

KEY: Final = "TIAOWEN_EMBEDDINGS_KEY"
BATCH: Final = 10
"""Texts a request: what the most sparing of the known services takes (DashScope; others 25, 64, 2048)."""
AT_ONCE: Final = 4
"""Requests under way at a time, which keeps a server busy while answers travel."""
SECONDS_TO_ANSWER: Final = 120.0
"""A server that loads its model for the first request takes up to a minute."""
PAUSES_OF_A_BUILD: Final = (1.0, 4.0, 16.0)
PAUSES_OF_A_QUESTION: Final = (0.5,)
"""Seconds waited before a request is sent again after 429, 5xx or a broken connection."""


class _Row(BaseModel):
    """One vector of a reply."""

    index: int
    embedding: list[float]


class _Reply(BaseModel):
    """What a server must say, as far as it is used."""

    data: list[_Row]


class EndpointEncoder:
    """A model behind an endpoint; safe to use from several threads at once.

    Its checksum is a sketch of what it makes of some fixed texts, taken when it is made (`probe`): another
    model that answers under the same name later is noticed at the next start, not between two questions.
    """

    def __init__(self, source: str) -> None:
        """Ask the endpoint that ``source`` names for the probes; raises ModelError where that fails."""
        url, self._named = endpoint_of(source)
        self.name = source
        self._url = url
        self._prompts = prompts_of(self._named)
        self._key = os.environ.get(KEY, "")
        self._client, self._headers = _client(url, self._key), headers(self._key)
        self.dimension = 0  # until the first answer tells
        probes = self._encode([self._prompts.passage + text for text in PROBES], PAUSES_OF_A_QUESTION)
        self.dimension = probes.shape[1]
        self.checksum = sketch(probes)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encodes texts to be found: float32 (n, dim), unit rows, in the order given.

        Raises ModelError where the endpoint does not answer as it should.
        """
        vectors = np.empty((len(texts), self.dimension), np.float32)
        starts = range(0, len(texts), BATCH)

        def encode(start: int) -> int:
            part = [self._prompts.passage + text for text in texts[start : start + BATCH]]
            vectors[start : start + len(part)] = self._encode(part, PAUSES_OF_A_BUILD)
            return len(part)

        pooled(encode, starts, AT_ONCE, progress)
        return vectors

    def encode_question(self, text: str) -> Vectors:
        """Encodes a question: float32 (dim,), unit length; raises ModelError as for passages."""
        vector: Vectors = self._encode([self._prompts.query + text], PAUSES_OF_A_QUESTION)[0]
        return vector

    def _encode(self, texts: list[str], pauses: Sequence[float]) -> Vectors:
        """Unit rows, one a text."""
        vectors = self._read(self._ask(texts, pauses), len(texts))
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.isfinite(lengths).all() or not lengths.all():
            raise self._wrong("a vector that is empty or holds no numbers (NaN)")
        if self.dimension and vectors.shape[1] != self.dimension:
            raise self._wrong(
                f"vectors of {vectors.shape[1]} dimensions, where it gave {self.dimension} before"
            )
        unit: Vectors = (vectors / lengths).astype(np.float32)
        return unit

    def _ask(self, texts: list[str], pauses: Sequence[float]) -> bytes:
        """The body of the server's answer."""
        import openai  # noqa: PLC0415 - an extra, and a second

        passing = (openai.RateLimitError, openai.InternalServerError, openai.APIConnectionError)
        for pause in (*pauses, None):
            try:
                answered = self._client.embeddings.with_raw_response.create(
                    model=self._named, input=texts, encoding_format="float", extra_headers=self._headers
                )
                content: bytes = answered.http_response.content
                return content
            except openai.OpenAIError as error:
                timed_out = isinstance(error, openai.APITimeoutError)
                if pause is None or timed_out or not isinstance(error, passing):
                    # Without the cause: a server's words about a request may repeat the key.
                    raise ModelError(self._refused(error)) from None
            time.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _read(self, content: bytes, texts: int) -> Vectors:
        """The vectors of a reply in the order of the texts, as the server gave them."""
        try:
            rows = sorted(_Reply.model_validate_json(content).data, key=lambda row: row.index)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False)[0]
            raise self._wrong(f"no list of vectors ({short_words(str(first['msg']))})") from None
        if [row.index for row in rows] != list(range(texts)):
            raise self._wrong(f"{len(rows)} vectors for {texts} texts, or not one for each")
        lengths = {len(row.embedding) for row in rows}
        if len(lengths) != 1 or 0 in lengths:
            raise self._wrong(f"vectors of {sorted(lengths)} dimensions in one answer")
        return np.array([row.embedding for row in rows], np.float64)

    def _wrong(self, what: str) -> ModelError:
        return ModelError(
            f"The endpoint {self._url} answered for the model {self._named} with {what}. "
            "Check that the model is one for embeddings, and the address."
        )

    def _refused(self, error: Any) -> str:
        """What was wrong and what to do, for an error of the client."""
        status = getattr(error, "status_code", None)
        return f"{self._said(error, status)} {_mend(status, bool(self._key))}"

    def _said(self, error: Any, status: int | None) -> str:
        words = str((error.__cause__ if status is None else None) or error)
        words = words.replace(self._key, "…") if self._key else words
        place = f"The endpoint {self._url}"
        if status is None:
            return f"{place} does not answer ({short_words(words)})."
        return f"{place} refuses the model {self._named} ({short_words(words)})."


def _mend(status: int | None, has_key: bool) -> str:
    match status:
        case None:
            return "Start the server, or check the address; most end in /v1."
        case 401 | 403:
            return f"It does not take the key in {KEY}." if has_key else f"Set the key: export {KEY}=…"
        case 404:
            return "Check the model's name as the server lists it, and the address; most end in /v1."
        case 429:
            return "It was asked again and says that it is asked too often. Wait, then run this again."
        case status if status >= 500:
            return "It was asked again and failed again: see the server's own log."
        case _:
            return "See the server's own log for what it does not take."


def endpoint_of(source: str) -> tuple[str, str]:
    """Address and model of ``http://host/v1#model``.

    Raises ModelError where a part is missing, or where it holds what may be a key.
    """
    form = "Name an endpoint as http://HOST:PORT/v1#MODEL"
    try:
        parts = urlsplit(source)
        hostname, secret = parts.hostname, parts.username or parts.password or parts.query
    except ValueError as error:
        raise ModelError(f"The address of the endpoint cannot be read ({error}). {form}.") from None
    if secret:  # not repeated: it would stand in the index and in the log
        raise ModelError(
            f"The address of the endpoint must not hold a user, a key or a query. {form}; {KEY}=…"
        )
    if not hostname or not parts.fragment:
        raise ModelError(f"{source!r} names no endpoint and model. {form}.")
    return source.partition("#")[0].rstrip("/"), parts.fragment


def _client(url: str, key: str) -> Any:
    try:
        return openai_client(url, key, SECONDS_TO_ANSWER)
    except ModuleNotFoundError as error:
        raise ModelError(
            f"An endpoint needs the package openai, which is not installed ({error}). "
            'Run: pip install "tiaowen[llm]"; or name no model, for the one that ships.'
        ) from error
